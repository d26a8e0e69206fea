"""Ports are read, checked and refused with one sentence, before anything starts."""

import socket
import subprocess
import sys

import pytest

from config.local.folders import PROJECT
from config.local.ports import PortError, Ports, check_ports, ports_from


def test_the_defaults_are_8000_and_8001():
    assert ports_from({}) == Ports(web=8000, simulator=8001)
    assert ports_from({"PORT": "", "SIMULATOR_PORT": ""}) == Ports(web=8000, simulator=8001)


@pytest.mark.parametrize("text", ["http", "-1", "0", "65536", "80.5", " 80"])
def test_what_is_no_port_is_refused(text):
    with pytest.raises(PortError, match="PORT must be a number from 1 to 65535, not"):
        ports_from({"PORT": text})


def test_one_port_cannot_serve_both():
    with pytest.raises(PortError, match="PORT and SIMULATOR_PORT are both 8001"):
        ports_from({"PORT": "8001"})


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
@pytest.mark.parametrize("name", ["PORT", "SIMULATOR_PORT"])
def test_a_taken_port_gives_one_sentence_and_exit_code_1(name, address):
    with socket.socket() as taken:
        taken.bind((address, 0))
        taken.listen()
        number = taken.getsockname()[1]

        done = subprocess.run(
            [sys.executable, "-S", "-m", "config.local.ports"],
            cwd=PROJECT,
            env={"PORT": "18000", "SIMULATOR_PORT": "18001", name: str(number)},
            capture_output=True,
            text=True,
            timeout=30,
        )

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        f"Port {number} is taken by another program: stop that one, or choose another, "
        f"for example: make run {name}={number + 10 if number < 65000 else 8010}"
    ]


def test_a_port_that_was_used_a_moment_ago_is_free():
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as web servers do
        server.bind(("127.0.0.1", 0))
        server.listen()
        number = server.getsockname()[1]
        client = socket.create_connection(("127.0.0.1", number))
        connection, _ = server.accept()
        connection.close()  # our side closes first, so the port stays in TIME_WAIT
        client.close()

    check_ports(Ports(web=number, simulator=number))
