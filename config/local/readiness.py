"""Whether the programs answer yet."""

import http.client
import socket
from contextlib import closing

from config.local.ports import HOST

ASK_SECONDS = 5.0
SHOWN_CHARACTERS = 500


def is_listening(port: int) -> bool:
    """Whether somebody accepts connections on a port of this machine."""
    try:
        socket.create_connection((HOST, port), timeout=ASK_SECONDS).close()
    except OSError:
        return False
    return True


def readiness_of(port: int) -> tuple[bool, str]:
    """Ask `/readyz`: whether all parts are fresh, and what it answered, for a message."""
    with closing(http.client.HTTPConnection(HOST, port, timeout=ASK_SECONDS)) as link:
        try:
            link.request("GET", "/readyz")
            answer = link.getresponse()
            text = answer.read(SHOWN_CHARACTERS).decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return False, "nothing, it does not answer yet"
        return answer.status == http.client.OK, f"{answer.status} {text}"
