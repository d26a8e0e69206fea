"""The practice's locality for estimates."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from billing.models import FeeLocality
from networks.models import AuditEntry
from networks.permissions import Role
from tests.clinic import Clinic

GIVEN = {
    "name": "Chicago",
    "work": "1.010",
    "practice_expense": "1.040",
    "malpractice": "1.900",
    "source": "GPCI file CY2026",
    "starts_on": "2026-01-01",
}
ADDRESS = reverse("billing:locality")


def test_recording_one_moves_the_estimates(clinic: Clinic) -> None:
    client = clinic.as_(Role.BILLER)
    assert client.post(ADDRESS, GIVEN).url == reverse("billing:board")
    with clinic.scope():
        assert FeeLocality.objects.get().malpractice == Decimal("1.900")
        assert AuditEntry.objects.get(action="fee_locality.recorded").details == {"starts_on": "2026-01-01"}
    page = client.get(reverse("billing:board"), {"month": "2026-02"}).content.decode()
    assert "rates for Chicago (GPCI file CY2026)" in page
    assert "Estimates use Chicago" in client.get(ADDRESS).content.decode()


def test_a_month_before_it_keeps_national_rates(clinic: Clinic) -> None:
    client = clinic.as_(Role.BILLER)
    client.post(ADDRESS, GIVEN | {"starts_on": "2026-03-01"})
    assert "national rates" in client.get(reverse("billing:board"), {"month": "2026-02"}).content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"work": "10.1"}, "An index lies between"),
        ({"work": "x"}, "Write a number, such as 1.013."),
        ({"name": " "}, "Fill this in"),
        ({"starts_on": "soon"}, "Write the date"),
    ],
)
def test_bad_input_is_refused_in_words(clinic: Clinic, given: dict[str, str], said: str) -> None:
    page = clinic.as_(Role.BILLER).post(ADDRESS, GIVEN | given)
    assert page.status_code == 422
    assert said in page.content.decode()
    with clinic.scope():
        assert not FeeLocality.objects.exists()


def test_a_second_one_from_the_same_day_is_refused(clinic: Clinic) -> None:
    client = clinic.as_(Role.BILLER)
    client.post(ADDRESS, GIVEN)
    assert "is recorded already" in client.post(ADDRESS, GIVEN).content.decode()


def test_other_practices_keep_theirs(clinic: Clinic) -> None:
    clinic.as_(Role.BILLER).post(ADDRESS, GIVEN)
    page = clinic.as_(Role.BILLER, home=clinic.world.elm).get(ADDRESS)
    assert "national rates" in page.content.decode()
    with clinic.scope(clinic.world.elm):
        assert not FeeLocality.objects.filter(starts_on=date(2026, 1, 1)).exists()


def test_others_may_not_open_it(clinic: Clinic) -> None:
    assert Client().get(ADDRESS).status_code == 302
    assert clinic.as_(Role.CLINICIAN).get(ADDRESS).status_code == 403
