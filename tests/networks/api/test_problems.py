"""What the API says when it refuses, word for word."""

import pytest
from django.test import Client

from networks.permissions import Role
from tests.callers import problem
from tests.clinic import Clinic

PATIENTS = "/api/v1/patients/"
SENTENCE = "There is no such parameter here; known are {}."


def test_nobody_is_told_to_sign_in_or_send_a_token(clinic: Clinic) -> None:
    assert problem(Client().get(PATIENTS)) == {
        "type": "urn:daybook:problem:unauthenticated",
        "title": "Unauthorized",
        "status": 401,
        "detail": "Sign in, or send a token of the client-credentials grant in the Authorization header.",
    }


def test_the_wrong_role_is_told_whom_to_ask(clinic: Clinic) -> None:
    assert problem(clinic.as_(Role.AUDITOR).get(PATIENTS)) == {
        "type": "urn:daybook:problem:not-allowed",
        "title": "Forbidden",
        "status": 403,
        "detail": "Your role, or the scopes of this token, do not include this: ask your administrator.",
    }


def test_an_unknown_id_and_an_unknown_address_read_the_same(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    expected = {
        "type": "urn:daybook:problem:not-found",
        "title": "Not Found",
        "status": 404,
        "detail": "Nothing with this address or id is in your workspace.",
    }
    for address in (
        PATIENTS + "00000000-0000-7000-8000-000000000000/",
        PATIENTS + "7/",
        "/api/v1/nothing/",
        "/api/",
    ):
        assert problem(client.get(address)) == expected


def test_a_misspelt_filter_is_refused_and_never_ignored(clinic: Clinic) -> None:
    found = problem(clinic.as_(Role.CLINICIAN).get(PATIENTS, {"name": "x"}))
    known = "created_on_or_after, created_on_or_before, cursor, is_monitored, limit"
    assert found["errors"] == [{"parameter": "name", "detail": SENTENCE.format(known)}]
    assert found["detail"] == "The request cannot be read: see `errors` for each fault."


@pytest.mark.parametrize(
    ("parameters", "errors"),
    [
        ({"limit": "0"}, [{"parameter": "limit", "detail": "A page holds 1 to 200 rows."}]),
        ({"limit": "201"}, [{"parameter": "limit", "detail": "A page holds 1 to 200 rows."}]),
        ({"limit": "²"}, [{"parameter": "limit", "detail": "A page holds 1 to 200 rows."}]),
        (
            {"cursor": "cD0y"},
            [{"parameter": "cursor", "detail": "Follow the address under `next`: this is no cursor."}],
        ),
        (
            {"created_on_or_after": "2026-02-30"},
            [{"parameter": "created_on_or_after", "detail": "Enter a valid date."}],
        ),
        (
            {"created_on_or_after": "0001-01-01"},
            [{"parameter": "created_on_or_after", "detail": "Use a date from 1900-01-01 on."}],
        ),
        (
            {"created_on_or_before": "9999-12-31"},
            [{"parameter": "created_on_or_before", "detail": "Use a date until 2100-12-31."}],
        ),
    ],
    ids=lambda value: (
        "-".join(f"{key}={each}" for key, each in value.items()) if isinstance(value, dict) else ""
    ),
)
def test_parameters_that_cannot_be_read_are_named(clinic: Clinic, parameters, errors) -> None:
    answer = clinic.as_(Role.CLINICIAN).get(PATIENTS, parameters)
    assert answer.status_code == 400
    assert problem(answer)["errors"] == errors


def test_another_method_is_refused_with_those_that_are_taken(clinic: Clinic) -> None:
    answer = clinic.as_(Role.CLINICIAN).delete(PATIENTS)
    assert (problem(answer)["status"], answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("body", "kind", "status", "detail"),
    [
        ("{", "application/json", 400, "JSON parse error"),
        ("[]", "application/json", 400, "The request cannot be read"),
        ('{"given_name": NaN}', "application/json", 400, "JSON parse error"),
        ("given_name=x", "application/x-www-form-urlencoded", 415, "The API reads JSON"),
        ("<x/>", "text/xml", 415, "The API reads JSON"),
    ],
    ids=["broken", "a list", "no number", "a form", "xml"],
)
def test_a_body_that_is_no_document_is_refused(clinic: Clinic, body, kind, status, detail) -> None:
    answer = clinic.as_(Role.CLINICIAN).post("/api/v1/enrollments/", body, content_type=kind)
    assert answer.status_code == status
    assert problem(answer)["detail"].startswith(detail)


def test_only_json_is_given(clinic: Clinic) -> None:
    answer = clinic.as_(Role.CLINICIAN).get(PATIENTS, headers={"Accept": "text/html"})
    assert problem(answer)["detail"] == "The API answers in JSON: accept application/json."


def test_a_session_without_its_form_token_may_not_write(clinic: Clinic) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(clinic.home.people[Role.CLINICIAN])
    assert client.get(PATIENTS).status_code == 200
    answer = client.post("/api/v1/time-entries/", {}, content_type="application/json")
    assert problem(answer)["status"] == 403


def test_a_failure_of_ours_is_a_problem_without_a_word_about_it(clinic: Clinic, monkeypatch) -> None:
    # The one thing replaced is the read itself, so that it fails as a bug would.
    def fail(self, rows):
        raise RuntimeError("Vera")

    monkeypatch.setattr("patients.api.PatientRows.shaped", fail)
    client = clinic.as_(Role.CLINICIAN)
    client.raise_request_exception = False
    answer = client.get(PATIENTS)
    assert answer.status_code == 500
    assert problem(answer)["detail"] == "Daybook failed here. Nothing was changed; the failure is in its log."
    assert "Vera" not in answer.content.decode()
