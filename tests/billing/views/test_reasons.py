"""Why a line stands, down to the very texts and entries."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from billing.models import DecidedLine
from networks.models import AuditEntry
from networks.permissions import Role
from tests.clinic import STEADY, Clinic, fill, signed_in
from tests.world import NOW, World


@pytest.fixture
def oak(world: World):
    with time_machine.travel(datetime(2026, 3, 2, 15, 5, tzinfo=UTC)):
        clinic = Clinic(world, fill(world.oak, {"Rosa": STEADY}, now=NOW))
        yield clinic


def _address(clinic: Clinic, code: str = "98985") -> str:
    with clinic.scope():
        line = DecidedLine.objects.get(code=code)
    return reverse("billing:reasons", args=[line.pk])


def test_a_clinician_reads_the_very_texts(oak: Clinic) -> None:
    text = oak.as_(Role.CLINICIAN).get(_address(oak)).content.decode()
    assert "device.days" in text
    assert "“4 Y”" in text
    assert "from the patient" in text
    with oak.scope():
        assert AuditEntry.objects.filter(action="patient.viewed", details={"page": "reasons"}).count() == 1


def test_a_biller_sees_the_facts_without_the_texts(oak: Clinic) -> None:
    text = oak.as_(Role.BILLER).get(_address(oak)).content.decode()
    assert "from the patient" in text
    assert "“4 Y”" not in text


def test_another_practice_finds_nothing(oak: Clinic, world: World) -> None:
    assert signed_in(world.fir.people[Role.BILLER]).get(_address(oak)).status_code == 404


def test_who_may_open_it(oak: Clinic) -> None:
    assert Client().get(_address(oak)).status_code == 302
    assert oak.as_(Role.FRONT_DESK).get(_address(oak)).status_code == 403
