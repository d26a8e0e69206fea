"""The demonstration: made by the product's own services, so that rebuilding from its facts changes nothing."""

import os
import re
import subprocess
import sys

import psycopg
import pytest

from config.demo.cast import FULL
from config.local.folders import PROJECT
from tests.simulator.server import running_simulator
from tests.system.databases import fresh_database

ROLE_COUNTS = (
    ("networks_network", 2),
    ("networks_practice", 3),
    ("patients_patient", 30),
)


def manage(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", *arguments],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.mark.xdist_group("product")
def test_the_small_demonstration_loads_once_and_its_facts_rebuild_to_the_same_rows(tmp_path):
    with fresh_database() as addresses, running_simulator(database=tmp_path / "carrier.sqlite3") as simulator:
        environment = {
            **os.environ,
            **addresses,
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "TWILIO_API_BASE": simulator.base_url,
            "SEAL_ROOTS_FILE": str(tmp_path / "seal-roots.jsonl"),
            "DEMO_CLOCK_FILE": str(tmp_path / "demo-clock"),
        }
        assert "Prairie Motion Clinic: 10 patients" in manage(environment, "load_demo", "--small")
        with psycopg.connect(addresses["DATABASE_OWNER_URL"], autocommit=True) as link:
            for table, count in ROLE_COUNTS:
                found = link.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()
                assert found == (count,), table
            # The right that was lent for loading is taken back.
            lent = link.execute("SELECT has_table_privilege('daybook_app', 'checkins_checkin', 'MAINTAIN')")
            assert lent.fetchone() == (False,)
        assert manage(environment, "load_demo", "--small").strip() == "The demonstration is loaded."
        # Time that passes when the clock is moved leaves facts and rows as real time does.
        wrote = re.search(r"wrote (\d+) texts", manage(environment, "move_demo_clock", "day"))
        assert wrote is not None
        assert int(wrote[1]) > 10
        assert "0 rows changed in all" in manage(environment, "rebuild")


def test_the_whole_demonstration_has_four_practices_seven_sites_a_dozen_clinicians_and_200_patients():
    assert len(FULL.houses) == 4
    assert sum(len(house.sites) for house in FULL.houses) == 7
    assert sum(len(house.clinicians) for house in FULL.houses) == 12
    assert sum(house.patients for house in FULL.houses) == 200
    assert FULL.days == 75
