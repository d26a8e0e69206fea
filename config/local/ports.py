"""The two ports of `make run`: read, checked and refused before anything starts.

    python -m config.local.ports

Standard library only, so that `make run` can ask before it sets anything up.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HOST = "127.0.0.1"


class PortError(Exception):
    """A port cannot be used; the message says how to choose another."""


@dataclass(frozen=True)
class Ports:
    """Where the web site and the carrier simulator listen."""

    web: int
    simulator: int


def ports_from(environment: Mapping[str, str]) -> Ports:
    """PORT (8000 by default) and SIMULATOR_PORT (8001); PortError when they cannot be ports."""
    ports = Ports(_number(environment, "PORT", 8000), _number(environment, "SIMULATOR_PORT", 8001))
    if ports.web == ports.simulator:
        raise PortError(f"PORT and SIMULATOR_PORT are both {ports.web}: choose two different ports.")
    return ports


def check_ports(ports: Ports) -> None:
    """Raise PortError when somebody already listens on one of the ports."""
    for name, number in (("PORT", ports.web), ("SIMULATOR_PORT", ports.simulator)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, number))
            except OSError as error:
                raise PortError(_sentence(name, number, error)) from error


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise PortError(f"{name} must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _sentence(name: str, number: int, error: OSError) -> str:
    other = f"choose another, for example: make run {name}={number + 10 if number < 65000 else 8010}"
    if error.errno == errno.EADDRINUSE:
        return f"Port {number} is taken by another program: stop that one, or {other}"
    return f"Port {number} cannot be used ({error.strerror}): {other}"


def main() -> int:
    """Check the ports of this environment; return the exit code."""
    try:
        check_ports(ports_from(os.environ))
    except PortError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
