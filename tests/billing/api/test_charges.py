"""Decided lines over the API."""

import pytest
from django.test import Client

from billing.models import DecidedLine
from networks.models import AuditEntry
from networks.permissions import Role
from tests.billing.views.test_closing import choices, sign
from tests.callers import problem
from tests.clinic import Clinic, fill

ADDRESS = "/api/v1/charges/"
# Session and person 2, workspaces 1, the scope's transaction 5, touched 1, the page 1, audit 1.
PINNED = 11


def _rows(client: Client, **parameters: object) -> list[dict]:
    return client.get(ADDRESS, {"limit": 200} | parameters).json()["results"]


def test_a_line_says_what_it_is_and_why(clinic: Clinic) -> None:
    client = clinic.as_(Role.BILLER)
    rows = _rows(client)
    assert {each["patient"] for each in rows} == {str(each.patient_id) for each in clinic.people.values()}
    for row in rows:
        assert row["status"] in DecidedLine.Status.values
        assert row["reasons"]
        assert all(set(each) == {"rule", "text"} and each["text"] for each in row["reasons"])
    assert client.get(f"{ADDRESS}{rows[0]['id']}/").json() == rows[0]
    with clinic.scope():
        assert AuditEntry.objects.filter(action="patient.viewed", subject_id=rows[0]["id"]).count() == 1


def test_a_call_is_counted_when_the_lines_are_read(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    before = {each["id"]: each for each in _rows(client)}
    body = {
        "episode": str(clinic.people["Wendy"].episode.pk),
        "started_at": "2026-03-02T08:30:00-06:00",
        "ended_at": "2026-03-02T08:52:00-06:00",
        "activity": "conversation",
        "mode": "video",
    }
    assert client.post("/api/v1/time-entries/", body, content_type="application/json").status_code == 201
    assert {each["id"]: each for each in _rows(client)} != before


def test_a_certified_line_names_its_charge_and_stays(clinic: Clinic) -> None:
    clinician = clinic.as_(Role.CLINICIAN)
    assert all(each["charge"] is None and each["certified_at"] is None for each in _rows(clinician))
    assert sign(clinician, choices(clinician)).status_code == 302
    found = _rows(clinician, status="certified")
    assert sorted(each["charge"] for each in found) == ["RTM000001", "RTM000002", "RTM000003"]
    assert all(each["certified_at"].startswith("2026-03-02T") for each in found)


def test_filters(clinic: Clinic) -> None:
    client = clinic.as_(Role.BILLER)
    rows = _rows(client)
    for name in ("status", "code", "patient", "episode"):
        value = rows[0][name]
        assert _rows(client, **{name: value}) == [each for each in rows if each[name] == value]
    day = rows[0]["date_of_service"]
    both = _rows(client, on_or_after=day, on_or_before=day)
    assert both == [each for each in rows if each["date_of_service"] == day]


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.FRONT_DESK, Role.AUDITOR])
def test_anonymous_wrong_role_and_other_tenant_see_nothing(clinic: Clinic, role: Role) -> None:
    row = _rows(clinic.as_(Role.BILLER))[0]
    address = f"{ADDRESS}{row['id']}/"
    for each in (ADDRESS, address):
        assert problem(Client().get(each))["status"] == 401
        assert problem(clinic.as_(role).get(each))["status"] == 403
    elm = clinic.as_(Role.BILLER, home=clinic.world.elm)
    assert problem(elm.get(address))["status"] == 404
    assert _rows(elm) == []


def test_lines_cannot_be_written(clinic: Clinic) -> None:
    answer = clinic.as_(Role.BILLER).post(ADDRESS, {}, content_type="application/json")
    assert problem(answer)["status"] == 405


def test_a_page_costs_the_same_however_many_rows(clinic: Clinic, django_assert_num_queries) -> None:
    client = clinic.as_(Role.BILLER)
    _rows(client)
    with django_assert_num_queries(PINNED):
        _rows(client)
    fill(clinic.home, {f"More{place}": ("3 Y",) * 6 for place in range(3)})
    _rows(client)
    with django_assert_num_queries(PINNED):
        _rows(client)


def test_a_status_that_does_not_exist_is_named(clinic: Clinic) -> None:
    answer = clinic.as_(Role.BILLER).get(ADDRESS, {"status": "paid"})
    assert problem(answer)["errors"] == [
        {
            "parameter": "status",
            "detail": "Select a valid choice. paid is not one of the available choices.",
        }
    ]
