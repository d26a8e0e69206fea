"""Enrolling over the API."""

import pytest
from django.test import Client

from checkins.models import OutboundMessage, Plan
from checkins.services import line
from networks.models import AuditEntry
from networks.permissions import Role
from patients.models import ConsentEvent, Episode, Patient
from tests.callers import as_machine, problem
from tests.clinic import Clinic
from tests.world import NOW, SYSTEM

ADDRESS = "/api/v1/enrollments/"
MISSING = "This field is required."


def _body(clinic: Clinic, **changes: object) -> dict:
    return {
        "given_name": "Nora",
        "family_name": "Quist",
        "mobile": "312 555 0188",
        "language": "es",
        "condition": "shoulder",
        "side": "right",
        "clinician": str(clinic.home.clinician.pk),
        "consent_method": "paper",
    } | changes


def _enrol(client: Client, body: object):
    return client.post(ADDRESS, body, content_type="application/json")


def test_enrols_a_patient_whole(clinic: Clinic) -> None:
    answer = _enrol(clinic.as_(Role.FRONT_DESK), _body(clinic, birth_date="1970-05-06", send_at="10:30"))
    assert answer.status_code == 201
    made = answer.json()
    assert made["starts_on"] == "2026-03-02"
    assert answer.headers["Location"].endswith(f"/api/v1/episodes/{made['episode']}/")
    assert "Nora" not in answer.headers["Location"]
    with clinic.scope():
        patient = Patient.objects.get(pk=made["patient"])
        assert (patient.full_name, patient.language) == ("Nora Quist", "es")
        assert ConsentEvent.objects.filter(patient=patient, method="paper", act="given").count() == 2
        assert f"{Plan.objects.get(episode_id=made['episode']).send_at:%H:%M}" == "10:30"
        assert OutboundMessage.objects.filter(patient=patient, kind="welcome").count() == 1
        acts = set(AuditEntry.objects.filter(patient_id=patient.pk).values_list("action", "user_id"))
    person = clinic.home.people[Role.FRONT_DESK].pk
    assert {("patient.registered", person), ("consent.given", person), ("plan.started", person)} <= acts


def test_a_machine_enrols_and_is_named_in_the_audit_log(clinic: Clinic) -> None:
    answer = _enrol(as_machine(clinic.home.practice), _body(clinic, welcome=False))
    assert answer.status_code == 201
    with clinic.scope():
        entries = AuditEntry.objects.filter(patient_id=answer.json()["patient"])
        assert {each.system.startswith("api:") for each in entries} == {True}
        assert not OutboundMessage.objects.filter(patient_id=answer.json()["patient"]).exists()


def test_enrolling_twice_is_a_conflict_and_changes_nothing(clinic: Clinic) -> None:
    client = clinic.as_(Role.FRONT_DESK)
    _enrol(client, _body(clinic))
    answer = _enrol(client, _body(clinic))
    assert answer.status_code == 409
    assert problem(answer)["errors"][0]["pointer"] == "#/mobile"
    with clinic.scope():
        assert Patient.objects.filter(family_name="Quist").count() == 1


def test_a_shared_mobile_is_enrolled_when_said_so(clinic: Clinic) -> None:
    client = clinic.as_(Role.FRONT_DESK)
    with clinic.scope():
        line.add_sender(
            clinic.home.practice,
            number="+13125550199",
            account_sid="AC" + "1" * 32,
            token="b" * 32,
            actor=SYSTEM,
            now=NOW,
        )
    assert _enrol(client, _body(clinic)).status_code == 201
    refused = _enrol(client, _body(clinic, given_name="Theo"))
    assert (refused.status_code, problem(refused)["errors"][0]["pointer"]) == (409, "#/mobile")
    answer = _enrol(client, _body(clinic, given_name="Theo", shares_phone=True))
    assert answer.status_code == 201
    with clinic.scope():
        assert Plan.objects.get(episode_id=answer.json()["episode"]).sender.number == "+13125550199"


def test_an_empty_document_names_every_answer_that_is_missing(clinic: Clinic) -> None:
    answer = _enrol(clinic.as_(Role.FRONT_DESK), {})
    assert answer.status_code == 400
    names = ("given_name", "family_name", "mobile", "language", "condition", "side", "clinician")
    expected = [{"pointer": f"#/{name}", "detail": MISSING} for name in (*names, "consent_method")]
    assert problem(answer)["errors"] == expected


@pytest.mark.parametrize(
    ("changes", "pointer", "sentence"),
    [
        ({"mobile": "12"}, "#/mobile", None),
        ({"birth_date": "2030-01-01"}, "#/birth_date", "The birth date lies in the future: check the year."),
        (
            {"evaluated_on": "2026-03-09"},
            "#/evaluated_on",
            "The evaluation lies in the future: monitoring starts after it.",
        ),
        (
            {"plan_from": "2026-03-01", "plan_until": "2026-02-01"},
            "#/plan_until",
            "The plan of care ends before it starts: check both dates.",
        ),
        ({"plan_from": "9999-12-31"}, "#/plan_from", None),
        ({"time_zone": "../etc/passwd"}, "#/time_zone", "Choose the patient's time zone from the list."),
        ({"given_name": "N" * 300}, "#/given_name", "Ensure this field has no more than 80 characters."),
        ({"given_name": "No\u0000ra"}, "#/given_name", "Null characters are not allowed."),
        ({"clinician": "7"}, "#/clinician", "Must be a valid UUID."),
        ({"consent_method": "text"}, "#/consent_method", '"text" is not a valid choice.'),
        ({"send_at": "23:00"}, "#/send_at", "Choose an hour between 09:00 and 20:00."),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_does_not_fit_is_named(clinic: Clinic, changes, pointer: str, sentence: str | None) -> None:
    answer = _enrol(clinic.as_(Role.FRONT_DESK), _body(clinic, **changes))
    assert answer.status_code == 400
    (fault,) = problem(answer)["errors"]
    assert fault["pointer"] == pointer
    assert sentence in (None, fault["detail"])
    with clinic.scope():
        assert Episode.objects.count() == 3


def test_another_practices_clinician_is_unknown(clinic: Clinic) -> None:
    body = _body(clinic, clinician=str(clinic.world.elm.clinician.pk))
    answer = _enrol(clinic.as_(Role.FRONT_DESK), body)
    assert problem(answer)["errors"] == [
        {"pointer": "#/clinician", "detail": "Choose a clinician of this practice."}
    ]


def test_anonymous_and_wrong_roles_may_not_enrol(clinic: Clinic) -> None:
    assert _enrol(Client(), _body(clinic)).status_code == 401
    for role in (Role.BILLER, Role.AUDITOR):
        assert _enrol(clinic.as_(role), _body(clinic)).status_code == 403
    assert clinic.as_(Role.FRONT_DESK).get(ADDRESS).status_code == 405
