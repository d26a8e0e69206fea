"""Loaded before Django's settings: gives every test run the real PostgreSQL and Redis it needs."""

import atexit
import os
import shutil
import sys
from pathlib import Path

import pytest

from config.local.processes import start_process
from config.local.servers import LocalServerError, running_servers

ROOT = Path(__file__).resolve().parent.parent


def _start() -> None:
    if os.environ.get("PYTEST_XDIST_WORKER") or os.environ.get("DAYBOOK_TEST_SERVERS"):
        return
    folder = ROOT / ".daybook" / "test"
    try:
        servers = running_servers(folder, durable=False)
        addresses = servers.__enter__()
    except LocalServerError:
        # Another run holds the usual folder; this one gets its own and removes it afterwards.
        folder = ROOT / ".daybook" / f"test-{os.getpid()}"
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        servers = running_servers(folder, durable=False)
        addresses = servers.__enter__()
    os.environ.update(addresses)
    os.environ["DAYBOOK_TEST_SERVERS"] = str(folder)
    atexit.register(servers.__exit__, None, None, None)


_start()


def pytest_configure(config: pytest.Config) -> None:
    """Let the migrated database be made while the test processes load, if there are any to wait for it."""
    if getattr(config.option, "numprocesses", None) and not os.environ.get("PYTEST_XDIST_WORKER"):
        start_process([sys.executable, "-m", "tests.migrated_template"], folder=ROOT)
