"""Patients and episodes over the API."""

import pytest
from django.test import Client

from checkins.services import line
from networks.models import AuditEntry
from networks.permissions import Role
from patients.models import Enrollment
from tests import factories
from tests.callers import problem
from tests.clinic import TODAY, Clinic, fill
from tests.world import NOW, SYSTEM

# Session and person 2, workspaces 1, the scope's transaction 5, the page 1, audit 1.
PINNED = 10
READERS = [Role.CLINICIAN, Role.ASSISTANT, Role.FRONT_DESK, Role.BILLER, Role.PRACTICE_ADMIN]


def _address(clinic: Clinic, resource: str, name: str = "Vera") -> str:
    who = clinic.people[name]
    return f"/api/v1/{resource}/{who.patient_id if resource == 'patients' else who.episode.pk}/"


@pytest.mark.parametrize("role", READERS)
def test_lists_the_practices_patients(clinic: Clinic, role: Role) -> None:
    rows = clinic.as_(role).get("/api/v1/patients/").json()["results"]
    assert [each["given_name"] for each in rows] == ["Wendy", "Sam", "Vera"]
    assert rows[0] == {
        "id": str(clinic.people["Wendy"].patient_id),
        "given_name": "Wendy",
        "family_name": "Ortiz",
        "record_number": "",
        "birth_date": "1968-04-02",
        "language": "en",
        "time_zone": "America/Chicago",
        "created_at": "2026-02-23T14:00:00Z",
        "is_monitored": True,
        "shares_phone": False,
    }


def test_shows_one_patient_and_notes_the_look(clinic: Clinic) -> None:
    answer = clinic.as_(Role.CLINICIAN).get(_address(clinic, "patients"))
    assert answer.json()["given_name"] == "Vera"
    with clinic.scope():
        entry = AuditEntry.objects.get(action="patient.viewed")
    assert entry.user_id == clinic.home.people[Role.CLINICIAN].pk
    assert entry.patient_id == entry.subject_id == clinic.people["Vera"].patient_id
    assert entry.details == {"page": "api:patients"}


def test_lists_and_shows_episodes(clinic: Clinic) -> None:
    rows = clinic.as_(Role.CLINICIAN).get("/api/v1/episodes/").json()["results"]
    assert rows[-1] == clinic.as_(Role.CLINICIAN).get(_address(clinic, "episodes")).json()
    assert rows[-1] == {
        "id": str(clinic.people["Vera"].episode.pk),
        "patient": str(clinic.people["Vera"].patient_id),
        "clinician": str(clinic.home.clinician.pk),
        "discipline": "PT",
        "condition": "knee",
        "side": "left",
        "starts_on": "2026-02-23",
        "ends_on": None,
        "surgery_on": None,
        "end_reason": "",
        "is_monitored": True,
        "shares_phone": False,
    }


@pytest.mark.parametrize(
    ("parameters", "count"),
    [
        ({"state": "open"}, 2),
        ({"state": "ended"}, 1),
        ({"condition": "knee"}, 3),
        ({"condition": "hip"}, 0),
        ({"is_monitored": "true"}, 2),
        ({"is_monitored": "false"}, 1),
        ({"starts_on_or_after": "2026-02-23"}, 3),
        ({"starts_on_or_after": "2026-02-24"}, 0),
        ({"starts_on_or_before": "2026-02-22"}, 0),
    ],
    ids=str,
)
def test_filters_episodes(clinic: Clinic, parameters, count: int) -> None:
    with clinic.scope():
        episode = clinic.people["Sam"].episode
        Enrollment.objects.filter(episode=episode).update(ends_on=TODAY)
        type(episode).objects.filter(pk=episode.pk).update(ends_on=TODAY)
    rows = clinic.as_(Role.CLINICIAN).get("/api/v1/episodes/", parameters).json()["results"]
    assert len(rows) == count


def test_says_of_whom_another_patient_is_texted_at_the_same_mobile(clinic: Clinic) -> None:
    with clinic.scope():
        line.add_sender(
            clinic.home.practice,
            number="+13125550188",
            account_sid="AC" + "1" * 32,
            token="b" * 32,
            actor=SYSTEM,
            now=NOW,
        )
        factories.enrolled(
            clinic.home, now=NOW, given_name="Ben", mobile=clinic.people["Vera"].mobile, shares_phone=True
        )
    client = clinic.as_(Role.CLINICIAN)
    patients = {each["id"]: each for each in _rows(client, "patients")}
    shared = {each["given_name"] for each in patients.values() if each["shares_phone"]}
    assert shared == {"Ben", "Vera"}
    of_episodes = {
        patients[each["patient"]]["given_name"] for each in _rows(client, "episodes") if each["shares_phone"]
    }
    assert of_episodes == shared


def test_filters_by_patient_and_by_the_practices_own_days(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    sam = str(clinic.people["Sam"].patient_id)
    assert [each["patient"] for each in _rows(client, "episodes", patient=sam)] == [sam]
    # Registered on 23 February, 8:00 in Chicago.
    assert len(_rows(client, "patients", created_on_or_after="2026-02-23")) == 3
    assert len(_rows(client, "patients", created_on_or_before="2026-02-22")) == 0
    assert len(_rows(client, "patients", created_on_or_after="2026-02-24")) == 0
    assert len(_rows(client, "patients", created_on_or_before="2026-02-23")) == 3


def _rows(client: Client, resource: str, **parameters: str) -> list[dict]:
    return client.get(f"/api/v1/{resource}/", parameters).json()["results"]


@pytest.mark.parametrize("resource", ["patients", "episodes"])
def test_anonymous_wrong_role_and_other_tenant_see_nothing(clinic: Clinic, resource: str) -> None:
    for address in (f"/api/v1/{resource}/", _address(clinic, resource)):
        assert problem(Client().get(address))["status"] == 401
        assert problem(clinic.as_(Role.AUDITOR).get(address))["status"] == 403
    elm = clinic.as_(Role.CLINICIAN, home=clinic.world.elm)
    assert problem(elm.get(_address(clinic, resource)))["status"] == 404
    assert _rows(elm, resource) == []


def test_a_filter_that_names_another_tenants_patient_finds_nothing(clinic: Clinic) -> None:
    elm = clinic.as_(Role.CLINICIAN, home=clinic.world.elm)
    assert _rows(elm, "episodes", patient=str(clinic.people["Vera"].patient_id)) == []


@pytest.mark.parametrize("resource", ["patients", "episodes"])
def test_a_page_costs_the_same_however_many_rows(
    clinic: Clinic, resource: str, django_assert_num_queries
) -> None:
    client = clinic.as_(Role.CLINICIAN)
    client.get(f"/api/v1/{resource}/")  # the first request of a session also writes into it
    with django_assert_num_queries(PINNED):
        client.get(f"/api/v1/{resource}/")
    fill(clinic.home, {f"More{place}": () for place in range(6)})
    with django_assert_num_queries(PINNED):
        client.get(f"/api/v1/{resource}/")
