"""The product under the supervisor, its small demonstration told: ready, quick the second time, nothing left."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from config.local.embedded_redis import free_port
from config.local.folders import PROJECT
from config.local.processes import children_of
from tests.local.conftest import read_until

# The aims are 2 minutes cold, set-up included, and 10 s warm; a test machine does other work meanwhile.
COLD_SECONDS = 420
WARM_SECONDS = 60
SERVERS = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "MAKELEVEL", "DJANGO_SETTINGS_MODULE")
PROGRAM = """
import pathlib, sys
from config.local.supervisor import Ports, Supervisor
ports = Ports(web=int(sys.argv[2]), simulator=int(sys.argv[3]))
sys.exit(Supervisor(ports=ports, folder=pathlib.Path(sys.argv[1])).run())
"""


class Run:
    """One run of the product in a folder of its own; killed when it takes longer than `limit` seconds to be ready."""

    def __init__(self, folder: Path, *, limit: float) -> None:
        self.web, self.simulator = free_port(), free_port()
        began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, folder, str(self.web), str(self.simulator)],
            cwd=PROJECT,
            env={name: value for name, value in os.environ.items() if name not in SERVERS}
            | {"DEMO": "small"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        watch = threading.Timer(limit, self.process.kill)
        watch.start()
        try:
            self.said = read_until(self.process, "Ctrl-C stops everything.")
        finally:
            watch.cancel()
        self.seconds = time.monotonic() - began

    def status(self, path: str, *, port: int | None = None) -> int:
        link = http.client.HTTPConnection("127.0.0.1", port or self.web, timeout=20)
        link.request("GET", path)
        return link.getresponse().status

    def descendants(self) -> list[int]:
        found, ahead = [], [self.process.pid]
        while ahead:
            children = children_of(ahead.pop())
            found += children
            ahead += children
        return found

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


@pytest.mark.xdist_group("make-run")
def test_the_product_starts_answers_stops_and_starts_again_quickly(tmp_path):
    folder = tmp_path / "run"
    first = Run(folder, limit=COLD_SECONDS)

    assert first.status("/readyz") == 200
    assert first.status("/accounts/login/") == 200
    assert first.status("/", port=first.simulator) == 200
    running = first.descendants()
    assert len(running) >= 10

    assert first.interrupt() == 0
    assert [pid for pid in running if Path(f"/proc/{pid}").exists()] == []

    second = Run(folder, limit=WARM_SECONDS)
    assert second.status("/readyz") == 200
    assert "demonstration network" not in second.said
    assert second.interrupt() == 0
