"""The API's description, and what a fuzzer that reads it makes of the API."""

from collections.abc import Callable

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from networks.permissions import Role
from tests.callers import machine_of, token_of
from tests.clinic import Clinic

EXAMPLES = 25  # of each operation and caller; about 1,000 calls in all
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
CSRF = "c" * 32
PLAIN = {"Accept-Encoding": "identity"}  # in one process nobody unpacks what was compressed for the wire


def _session(clinic: Clinic) -> dict:
    client = clinic.as_(Role.PRACTICE_ADMIN)
    cookies = {"sessionid": client.cookies["sessionid"].value, "csrftoken": CSRF}
    return {"cookies": cookies, "headers": PLAIN | {"X-CSRFToken": CSRF}}


def _token(clinic: Clinic) -> dict:
    token = token_of(machine_of(clinic.home.practice))
    return {"headers": PLAIN | {"Authorization": f"Bearer {token}"}}


@pytest.fixture
def document(db) -> dict:
    return Client().get("/api/schema/").json()


def test_the_description_is_open_and_of_the_version_agreed(document: dict) -> None:
    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) >= {
        f"/api/v1/{resource}/"
        for resource in (
            "patients",
            "episodes",
            "enrollments",
            "check-ins",
            "messages",
            "monitoring-days",
            "time-entries",
            "charges",
            "profiles",
        )
    }


def test_each_operation_names_its_scope_and_its_refusals(document: dict) -> None:
    for address, operations in document["paths"].items():
        for method, operation in operations.items():
            scopes = [each["token"] for each in operation["security"] if "token" in each]
            assert scopes, f"{method} {address}"
            assert all(scopes), f"{method} {address} can be opened by no token"
            assert {"401", "403", "404"} <= set(operation["responses"]), f"{method} {address}"
    logging = document["paths"]["/api/v1/time-entries/"]["post"]
    assert {"token": ["time:log"]} in logging["security"]


def test_no_address_takes_a_name_or_a_number(document: dict) -> None:
    personal = ("name", "phone", "mobile", "number", "birth", "body", "text", "q", "search")
    taken = {
        parameter["name"]
        for operations in document["paths"].values()
        for operation in operations.values()
        for parameter in operation.get("parameters", [])
    }
    assert not {each for each in taken if any(word == each or word in each.split("_") for word in personal)}


def test_the_page_of_the_description_needs_nothing_from_elsewhere(db) -> None:
    page = Client().get("/api/docs/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "http://" not in text
    assert "https://" not in text
    assert "<style" not in text
    assert text.count("<script src=") == text.count("<script") == 3
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert b"SwaggerUIBundle" in Client().get("/api/docs/?script=").content


def _application() -> Callable:
    """Return the product itself; as Django's own test client does, it keeps the test's connection open."""
    product = get_wsgi_application()

    def answer(environ, start_response):
        for each in (request_started, request_finished):
            each.disconnect(close_old_connections)
        return product(environ, start_response)

    return answer


@pytest.mark.parametrize("caller", [_session, _token], ids=["a session", "a token"])
def test_a_fuzzer_finds_no_failure(clinic: Clinic, caller: Callable[[Clinic], dict]) -> None:
    shown = caller(clinic)
    reader = clinic.as_(Role.PRACTICE_ADMIN)
    schema = schemathesis.openapi.from_wsgi("/api/schema/", _application())
    got_in = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        listed = reader.get(operation.path.partition("{")[0]).json() if "{" in operation.path else {}
        statuses = _fuzz(operation, real=[each["id"] for each in listed.get("results", [])], shown=shown)
        got_in += 200 in statuses
    assert got_in >= 14, "the fuzzer hardly got in"


def _fuzz(operation, *, real: list[str], shown: dict) -> set[int]:
    """Call one operation with what its description allows and forbids; return the statuses it answered."""
    statuses = set()

    @hypothesis.given(case=operation.as_strategy(), pick=st.sampled_from([None, *real]))
    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    def call(case, pick) -> None:
        if pick is not None:
            case.path_parameters = dict.fromkeys(case.path_parameters, pick)
        response = case.call(**shown)
        statuses.add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    call()
    return statuses
