"""The product under the supervisor, its small demonstration told by its own services: ready, quick the second time,
nothing left behind, and rebuilding from its facts changes nothing."""

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest

from config.demo.cast import FULL
from config.local.embedded_redis import free_port
from config.local.folders import PROJECT
from config.local.processes import children_of
from config.local.servers import running_servers
from tests.local.conftest import read_until
from tests.simulator.server import running_simulator

# The aims are 2 minutes cold, set-up included, and 10 s warm; a test machine does other work meanwhile.
COLD_SECONDS = 420
WARM_SECONDS = 60
SERVERS = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "MAKELEVEL", "DJANGO_SETTINGS_MODULE")
ROLE_COUNTS = (
    ("networks_network", 2),
    ("networks_practice", 3),
    ("patients_patient", 30),
)
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


COMMANDS = """
import sys
from django.core.management import execute_from_command_line
for each in sys.argv[1:]:
    execute_from_command_line(["manage.py", *each.split()])
    print("=== done", flush=True)
"""


def manage(environment: dict[str, str], *commands: str) -> list[str]:
    """Run commands one after the other in one process, which imports the product once; return what each said."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", COMMANDS, *commands],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    *said, rest = done.stdout.split("=== done\n")
    assert rest == ""
    return said


def check_the_demonstration(folder: Path) -> None:
    """What the product wrote about itself, with nothing running but its servers and the carrier."""
    carrier = running_simulator(database=folder / "simulator.sqlite3")
    with running_servers(folder, environment={}) as addresses, carrier as simulator:
        environment = {
            **os.environ,
            **addresses,
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "TWILIO_API_BASE": simulator.base_url,
            "SEAL_ROOTS_FILE": str(folder / "seal-roots.jsonl"),
            "DEMO_CLOCK_FILE": str(folder / "demo-clock"),
        }
        with psycopg.connect(addresses["DATABASE_OWNER_URL"], autocommit=True) as link:
            for table, count in ROLE_COUNTS:
                found = link.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
                assert found == (count,), table
            # The right that was lent for loading is taken back.
            lent = link.execute("SELECT has_table_privilege('daybook_app', 'checkins_checkin', 'MAINTAIN')")
            assert lent.fetchone() == (False,)
        # Time that passes when the clock is moved leaves facts and rows as real time does. A week, as no worker
        # asked anybody today: how much of one day is left to tell hangs on the hour at which the test runs.
        again, moved, rebuilt = manage(environment, "load_demo --small", "move_demo_clock week", "rebuild")
        assert again.strip() == "The demonstration is loaded."
        wrote = re.search(r"wrote (\d+) texts", moved)
        assert wrote is not None
        assert int(wrote[1]) > 100
        assert "0 rows changed in all" in rebuilt
        # The next start tells the hour as it is.
        (folder / "demo-clock").unlink()


@pytest.mark.xdist_group("make-run")
def test_the_product_starts_answers_stops_rebuilds_to_the_same_rows_and_starts_again(tmp_path):
    folder = tmp_path / "run"
    first = Run(folder, limit=COLD_SECONDS)

    assert first.status("/readyz") == 200
    assert first.status("/accounts/login/") == 200
    assert first.status("/", port=first.simulator) == 200
    running = first.descendants()
    assert len(running) >= 10

    assert first.interrupt() == 0
    assert [pid for pid in running if Path(f"/proc/{pid}").exists()] == []

    check_the_demonstration(folder)

    second = Run(folder, limit=WARM_SECONDS)
    assert second.status("/readyz") == 200
    assert "demonstration network" not in second.said
    assert second.interrupt() == 0


def test_the_whole_demonstration_has_four_practices_seven_sites_a_dozen_clinicians_and_200_patients():
    assert len(FULL.houses) == 4
    assert sum(len(house.sites) for house in FULL.houses) == 7
    assert sum(len(house.clinicians) for house in FULL.houses) == 12
    assert sum(house.patients for house in FULL.houses) == 200
    assert FULL.days == 75
