"""Time entries over the API: reading, and logging time."""

import pytest
from django.test import Client

from billing.models import TimeEntry
from networks.models import AuditEntry, Clinician
from networks.permissions import Role
from tests.callers import as_machine, problem
from tests.clinic import Clinic

ADDRESS = "/api/v1/time-entries/"
# Session and person 2, workspaces 1, the scope's transaction 5, the page 1, audit 1.
PINNED = 10


def _body(clinic: Clinic, **changes: object) -> dict:
    whole = {
        "episode": str(clinic.people["Vera"].episode.pk),
        "started_at": "2026-03-02T08:30:00-06:00",
        "ended_at": "2026-03-02T08:42:00-06:00",
        "activity": "conversation",
        "mode": "phone",
        "topic": "Stairs",
    } | changes
    return {name: value for name, value in whole.items() if value is not None}


def _log(client: Client, body: object):
    return client.post(ADDRESS, body, content_type="application/json")


def test_lists_and_shows_what_was_logged(clinic: Clinic) -> None:
    client = clinic.as_(Role.BILLER)
    rows = client.get(ADDRESS).json()["results"]
    assert len(rows) == 3
    assert client.get(f"{ADDRESS}{rows[0]['id']}/").json() == rows[0]
    assert (rows[0]["credential"], rows[0]["live_contact"], rows[0]["voids"]) == ("PT", True, None)


def test_a_clinician_logs_a_call_for_themselves(clinic: Clinic) -> None:
    answer = _log(clinic.as_(Role.CLINICIAN), _body(clinic))
    assert answer.status_code == 201
    made = answer.json()
    assert made["clinician"] == str(clinic.home.clinician.pk)
    assert (made["live_contact"], made["mode"], made["topic"]) == (True, "phone", "Stairs")
    assert answer.headers["Location"].endswith(f"{ADDRESS}{made['id']}/")
    with clinic.scope():
        entry = AuditEntry.objects.get(action="time.logged", subject_id=made["id"])
    assert entry.user_id == clinic.home.people[Role.CLINICIAN].pk


def test_a_call_that_reached_nobody_is_no_live_contact(clinic: Clinic) -> None:
    made = _log(clinic.as_(Role.CLINICIAN), _body(clinic, reached=False)).json()
    assert (made["live_contact"], made["activity"]) == (False, "administrative")


def test_other_time_says_why_it_is_entered_by_hand(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    review = _body(clinic, activity="review", mode=None, topic=None)
    assert problem(_log(client, review))["errors"] == [
        {"pointer": "#/reason", "detail": "Say why the time is entered by hand."}
    ]
    made = _log(client, review | {"reason": "Read the week's answers on paper"}).json()
    assert (made["activity"], made["live_contact"], made["origin"]) == ("review", False, "manual")


def test_logging_the_same_time_twice_is_a_conflict(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    assert _log(client, _body(clinic)).status_code == 201
    answer = _log(client, _body(clinic))
    assert answer.status_code == 409
    assert problem(answer)["detail"] == "This time is noted already."


def test_a_machine_names_the_clinician_whose_time_it_is(clinic: Clinic) -> None:
    caller = as_machine(clinic.home.practice)
    answer = _log(caller, _body(clinic))
    assert problem(answer)["errors"] == [
        {"pointer": "#/clinician", "detail": "Name a clinician who has a sign-in of their own."}
    ]
    made = _log(caller, _body(clinic, clinician=str(clinic.home.clinician.pk))).json()
    with clinic.scope():
        assert TimeEntry.objects.get(pk=made["id"]).by_id == clinic.home.people[Role.CLINICIAN].pk
        entry = AuditEntry.objects.get(action="time.logged", subject_id=made["id"])
    assert entry.system.startswith("api:")


def test_nobody_logs_time_for_somebody_else_who_signs_in(clinic: Clinic) -> None:
    answer = _log(clinic.as_(Role.ASSISTANT), _body(clinic, clinician=str(clinic.home.clinician.pk)))
    assert problem(answer)["detail"] == "Time is entered for the person who worked it."


@pytest.mark.parametrize(
    ("changes", "pointer", "sentence"),
    [
        (
            {"started_at": "2026-03-02T08:30:00"},
            "#/started_at",
            "Add the offset, such as 2026-03-02T09:00:00-06:00.",
        ),
        (
            {"ended_at": "2026-03-02T10:00:00-06:00"},
            "#/ended_at",
            "The end lies in the future: enter time after it was worked.",
        ),
        (
            {"ended_at": "2026-03-02T08:30:00-06:00"},
            "#/ended_at",
            "The end must lie after the start, by a second or more.",
        ),
        ({"mode": None}, "#/mode", "Choose how you talked: phone, video or in the clinic."),
        ({"activity": "dozing"}, "#/activity", '"dozing" is not a valid choice.'),
        ({"episode": "7"}, "#/episode", "Must be a valid UUID."),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_does_not_fit_is_named(clinic: Clinic, changes, pointer: str, sentence: str) -> None:
    answer = _log(clinic.as_(Role.CLINICIAN), _body(clinic, **changes))
    assert answer.status_code == 400
    assert problem(answer)["errors"] == [{"pointer": pointer, "detail": sentence}]
    with clinic.scope():
        assert TimeEntry.objects.count() == 3


def test_anonymous_wrong_roles_and_other_tenants_may_not(clinic: Clinic) -> None:
    with clinic.scope():
        address = f"{ADDRESS}{TimeEntry.objects.first().pk}/"
    assert _log(Client(), _body(clinic)).status_code == 401
    for role in (Role.BILLER, Role.FRONT_DESK, Role.AUDITOR):
        assert _log(clinic.as_(role), _body(clinic)).status_code == 403
    elm = clinic.as_(Role.CLINICIAN, home=clinic.world.elm)
    assert problem(_log(elm, _body(clinic)))["status"] == 404
    assert problem(elm.get(address))["status"] == 404
    assert elm.get(ADDRESS).json()["results"] == []
    assert Client().get(address).status_code == 401


def test_another_practices_clinician_is_unknown(clinic: Clinic) -> None:
    with clinic.scope(clinic.world.elm):
        foreign = Clinician.objects.get().pk
    assert _log(clinic.as_(Role.CLINICIAN), _body(clinic, clinician=str(foreign))).status_code == 404


@pytest.mark.parametrize(
    ("parameters", "count"),
    [
        ({"activity": "conversation"}, 3),
        ({"activity": "review"}, 0),
        ({"live_contact": "true"}, 3),
        ({"on_or_after": "2026-03-02"}, 3),
        ({"on_or_before": "2026-03-01"}, 0),
    ],
    ids=str,
)
def test_filters(clinic: Clinic, parameters, count: int) -> None:
    assert len(clinic.as_(Role.BILLER).get(ADDRESS, parameters).json()["results"]) == count


def test_a_page_costs_the_same_however_many_rows(clinic: Clinic, django_assert_num_queries) -> None:
    client = clinic.as_(Role.CLINICIAN)
    client.get(ADDRESS)  # the first request of a session also writes into it
    with django_assert_num_queries(PINNED):
        client.get(ADDRESS)
    for minute in range(10, 20):
        _log(client, _body(clinic, ended_at=f"2026-03-02T08:{minute + 30}:00-06:00"))
    with django_assert_num_queries(PINNED):
        client.get(ADDRESS)
