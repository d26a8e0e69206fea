"""The headers of every page: nothing kept by caches, nothing framed, nothing run that is not ours."""

import pytest
from django.test import Client
from django.urls import reverse

from networks.permissions import Role
from tests.clinic import Clinic


@pytest.fixture
def patient_page(clinic: Clinic) -> dict[str, str]:
    address = reverse("billing:patient", args=[clinic.people["Vera"].patient_id])
    return dict(clinic.as_(Role.CLINICIAN).get(address).headers)


def test_no_cache_keeps_a_page_that_shows_a_patient(patient_page: dict[str, str]) -> None:
    assert patient_page["Cache-Control"] == "no-store"


def test_nothing_is_framed_guessed_or_told_to_others(patient_page: dict[str, str]) -> None:
    assert patient_page["X-Frame-Options"] == "DENY"
    assert patient_page["X-Content-Type-Options"] == "nosniff"
    assert patient_page["Referrer-Policy"] == "same-origin"
    assert patient_page["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in patient_page["Permissions-Policy"]


def test_only_our_own_files_run(patient_page: dict[str, str]) -> None:
    policy = dict(part.strip().split(" ", 1) for part in patient_page["Content-Security-Policy"].split(";"))
    # Scripts, styles and connections have no words of their own: they fall back to the first.
    assert policy["default-src"] == "'self'"
    assert not {"script-src", "style-src", "connect-src"} & policy.keys()
    assert {policy[name] for name in ("object-src", "base-uri", "frame-ancestors")} == {"'none'"}
    assert policy["form-action"] == "'self'"


def test_the_sign_in_has_them_too() -> None:
    headers = Client().get(reverse("account_login")).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert "'unsafe-inline'" not in headers["Content-Security-Policy"]
    assert "no-store" in headers["Cache-Control"]
