"""A threaded HTTP server for one machine, which can also cut a connection in the middle of an answer."""

import os
import socket
import struct
from socketserver import ThreadingMixIn
from typing import Any, cast

from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer

RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER on, 0 seconds: close sends RST


class Handler(WSGIRequestHandler):
    """Speaks HTTP/1.1 with kept connections."""

    disable_nagle_algorithm = True

    def get_environ(self) -> dict[str, Any]:
        """Give the application a way to cut the connection."""
        return {**super().get_environ(), "simulator.reset": self.reset_connection}

    def reset_connection(self) -> None:
        """Cut the connection so that the other side sees a reset."""
        self.close_connection = True
        connection = cast("socket.socket", self.request)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        os.close(connection.detach())

    def log_message(self, *args: object) -> None:
        """Write nothing: texts and numbers belong in the simulator's own log only."""


class Server(ThreadingMixIn, WSGIServer):
    """One thread per connection."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 512

    def handle_error(self, *args: object) -> None:
        """Stay silent about clients that went away; errors of views are answered as 500."""
