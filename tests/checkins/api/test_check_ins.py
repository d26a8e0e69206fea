"""Check-ins, monitoring days and texts over the API."""

import pytest
from django.test import Client

from networks.models import AuditEntry
from networks.permissions import Role
from tests import factories
from tests.callers import problem
from tests.clinic import Clinic, fill
from tests.world import NOW

# Session and person 2, workspaces 1, the scope's transaction 5, the page 1, audit 1.
PINNED = {"check-ins": 11, "monitoring-days": 10, "messages": 11}
ONE = {"check-ins": "check_in", "monitoring-days": "monitoring_day", "messages": "message"}


def _rows(client: Client, resource: str, **parameters: object) -> list[dict]:
    return client.get(f"/api/v1/{resource}/", {"limit": 200} | parameters).json()["results"]


def test_a_check_in_shows_what_was_asked_and_answered(clinic: Clinic) -> None:
    wendy = str(clinic.people["Wendy"].patient_id)
    found = _rows(clinic.as_(Role.CLINICIAN), "check-ins", patient=wendy, on_or_after="2026-02-24")
    shown = next(each for each in found if each["local_date"] == "2026-02-24")
    assert shown["patient"] == wendy
    assert (shown["state"], shown["closed_reason"], shown["open_items"]) == ("answered", "", [])
    assert shown["items"] == ["pain", "exercises"]
    answers = {each["item"]: (each["low"], each["word"]) for each in shown["answers"]}
    assert answers == {"pain": ("4.0", ""), "exercises": (None, "yes")}


def test_filters_by_state_dates_and_episode(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    sam = str(clinic.people["Sam"].episode.pk)
    every = _rows(client, "check-ins", episode=sam)
    answered = _rows(client, "check-ins", episode=sam, state="answered")
    assert (len(every), len(answered)) == (6, 2)
    assert len(_rows(client, "check-ins", episode=sam, on_or_before="2026-02-25")) == 2
    assert len(_rows(client, "monitoring-days", episode=sam)) == 2
    assert _rows(client, "monitoring-days", episode=sam, on_or_after="2026-03-01") == []


def test_texts_go_both_ways_in_one_list(clinic: Clinic) -> None:
    vera = str(clinic.people["Vera"].patient_id)
    rows = _rows(clinic.as_(Role.CLINICIAN), "messages", patient=vera)
    assert {each["direction"] for each in rows} == {"in", "out"}
    chest = next(each for each in rows if each["body"] == "my chest hurts")
    assert (chest["direction"], chest["state"], chest["media"]) == ("in", "read", 0)
    welcome = next(each for each in rows if each["kind"] == "welcome")
    assert (welcome["direction"], welcome["patient"]) == ("out", vera)
    assert not {"from_number", "to", "number"} & chest.keys(), "no phone number is given out"


@pytest.mark.parametrize(
    ("parameters", "directions"),
    [({"direction": "in"}, {"in"}), ({"direction": "out"}, {"out"}), ({"state": "read"}, {"in"})],
    ids=str,
)
def test_texts_are_filtered_by_direction_and_state(clinic: Clinic, parameters, directions) -> None:
    rows = _rows(clinic.as_(Role.CLINICIAN), "messages", **parameters)
    assert {each["direction"] for each in rows} == directions


def test_texts_are_filtered_by_the_practices_own_days(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    day = _rows(client, "messages", direction="in", on_or_after="2026-02-24", on_or_before="2026-02-24")
    assert [each["body"] for each in day] == ["4 Y", "4 Y", "4 Y"]


def test_a_text_of_an_unknown_number_has_no_patient(clinic: Clinic) -> None:
    with clinic.scope():
        factories.text_in(clinic.people["Vera"].route, "+13125559999", "who is this", at=NOW)
        factories.read_all(clinic.home, at=NOW)
    (row,) = _rows(clinic.as_(Role.CLINICIAN), "messages", state="unknown_sender")
    assert (row["patient"], row["body"]) == (None, "who is this")


def test_half_a_surrogate_pair_does_not_break_the_list(clinic: Clinic) -> None:
    with clinic.scope():
        factories.writes(clinic.people["Vera"], "ok \ud83d", at=NOW)
    answer = clinic.as_(Role.CLINICIAN).get("/api/v1/messages/", {"direction": "in"})
    assert answer.json()["results"][0]["body"] == "ok \ud83d"


@pytest.mark.parametrize("resource", list(ONE))
def test_one_row_is_as_in_the_list_and_noted(clinic: Clinic, resource: str) -> None:
    client = clinic.as_(Role.CLINICIAN)
    for row in _rows(client, resource)[:3]:
        assert client.get(f"/api/v1/{resource}/{row['id']}/").json() == row
        with clinic.scope():
            looks = AuditEntry.objects.filter(action="patient.viewed", subject_id=row["id"])
            assert [str(each.patient_id) for each in looks] == [row["patient"]]


@pytest.mark.parametrize("resource", list(ONE))
def test_anonymous_wrong_role_and_other_tenant_see_nothing(clinic: Clinic, resource: str) -> None:
    row = _rows(clinic.as_(Role.CLINICIAN), resource)[0]
    for address in (f"/api/v1/{resource}/", f"/api/v1/{resource}/{row['id']}/"):
        assert problem(Client().get(address))["status"] == 401
        assert problem(clinic.as_(Role.AUDITOR).get(address))["status"] == 403
    elm = clinic.as_(Role.CLINICIAN, home=clinic.world.elm)
    assert problem(elm.get(f"/api/v1/{resource}/{row['id']}/"))["status"] == 404
    assert _rows(elm, resource) == []


def test_a_biller_reads_check_ins_but_no_texts(clinic: Clinic) -> None:
    biller = clinic.as_(Role.BILLER)
    assert biller.get("/api/v1/check-ins/").status_code == 200
    assert problem(biller.get("/api/v1/messages/"))["status"] == 403


@pytest.mark.parametrize("resource", list(ONE))
def test_a_page_costs_the_same_however_many_rows(
    clinic: Clinic, resource: str, django_assert_num_queries
) -> None:
    client = clinic.as_(Role.CLINICIAN)
    client.get(f"/api/v1/{resource}/", {"limit": 200})  # the first request of a session also writes into it
    with django_assert_num_queries(PINNED[resource]):
        client.get(f"/api/v1/{resource}/", {"limit": 200})
    fill(clinic.home, {f"More{place}": ("3 Y",) * 6 for place in range(3)})
    with django_assert_num_queries(PINNED[resource]):
        client.get(f"/api/v1/{resource}/", {"limit": 200})


@pytest.mark.parametrize("parameter", ["state", "direction", "patient"])
def test_a_filter_that_cannot_be_read_is_named(clinic: Clinic, parameter: str) -> None:
    answer = clinic.as_(Role.CLINICIAN).get("/api/v1/messages/", {parameter: "\u0000?"})
    assert answer.status_code == 400
    assert {each["parameter"] for each in problem(answer)["errors"]} == {parameter}
