"""The clinic that API tests look at: Oak's three patients on Monday 2 March 2026, 9:00 in Chicago."""

import copy
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from billing.services.minutes import log_call
from networks.models import User
from networks.permissions import Role
from tests.clinic import STORIES, Clinic, fill
from tests.module_rows import Unblocked
from tests.world import NOW, SYSTEM, World


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """Let it be Monday morning."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture(scope="module")
def filled_clinic(built_world: World, module_rows: Unblocked) -> Clinic:
    """Vera wrote of chest pain, Sam fell silent, Wendy is doing well; told once for the tests of a module."""
    # A minute before the tests, so that what they add has later keys.
    with module_rows(), time_machine.travel(NOW - timedelta(minutes=1)):
        return _with_calls(Clinic(copy.deepcopy(built_world)))


@pytest.fixture
def clinic(filled_clinic: Clinic, db: None) -> Clinic:
    """Vera wrote of chest pain, Sam fell silent, Wendy is doing well; one call was logged for each."""
    return copy.deepcopy(filled_clinic)


def _with_calls(clinic: Clinic) -> Clinic:
    clinic.people = fill(clinic.home, STORIES)
    with clinic.scope():
        for who in clinic.people.values():
            log_call(
                who.episode,
                clinician=clinic.home.clinician,
                by=User.objects.get(pk=clinic.home.people[Role.CLINICIAN].pk),
                started_at=NOW.replace(hour=14, minute=0),
                ended_at=NOW.replace(hour=14, minute=9),
                mode="phone",
                topic="Exercises",
                reached=True,
                actor=SYSTEM,
                now=NOW,
            )
    return clinic
