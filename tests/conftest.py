"""What all tests share: the real database under both roles, and an invented network to work in."""

import copy
import gc
import os
import shutil

import hypothesis
import pytest
from django.db import connections

from tests.distribution import pytest_collection_modifyitems, pytest_xdist_make_scheduler
from tests.migrated_template import copy_template
from tests.module_rows import module_rows
from tests.system.shared import pytest_runtest_teardown
from tests.world import World, build_world

# Examples are not timed: the machine may be busy. On a build server the same ones are tried every time.
hypothesis.settings.register_profile(
    "daybook",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
hypothesis.settings.load_profile("daybook")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Take what is loaded out of the garbage collector's rounds and let it go round seldom: that saves a tenth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


# The browser's event loop stays on the thread after a browser test, and Django would then refuse the ORM there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

_worlds: list[World] = []

__all__ = [
    "module_rows",
    "pytest_collection_modifyitems",
    "pytest_runtest_teardown",
    "pytest_xdist_make_scheduler",
]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Use the system's Chromium, quiet and without the sandbox that root cannot have."""
    found = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {"executable_path": found, "args": [*quiet, "--no-first-run", "--disable-sync", "--disable-quic"]}


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> None:
    """Make the test database as the owner role; the tests themselves run as the app role."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "single")
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        name = f"test_daybook_{worker}"
        copy_template(os.environ["DATABASE_OWNER_URL"], name)
        for alias in ("owner", "default"):
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        # Committed once: each test works on it in a transaction of its own, which is rolled back.
        _worlds.append(build_world())
    # The next run makes the database anew; dropping it here would fail over a thread that still holds it.


@pytest.fixture(scope="session")
def built_world(django_db_setup: None) -> World:
    """The world as it was committed: to be copied, never changed."""
    return _worlds[0]


@pytest.fixture
def world(built_world: World, db: None) -> World:
    """Two networks, three practices (one a member of both), every role, a patient in each practice."""
    return copy.deepcopy(built_world)
