"""The activity that a patient is asked about, changed in the side panel."""

import pytest
from django.test import Client
from django.urls import reverse

from checkins.models import OwnActivity
from networks.permissions import Role
from tests.clinic import Clinic

NAME = "checkins:own-activity"


def _at(clinic: Clinic, name: str = NAME) -> str:
    return reverse(name, args=[clinic.people["Vera"].episode.pk])


def test_is_kept_and_shown_on_the_patients_page(clinic: Clinic) -> None:
    desk = clinic.as_(Role.FRONT_DESK)
    assert "climb the stairs" in desk.get(_at(clinic)).content.decode()
    page = desk.post(_at(clinic), {"activity": "walk to the lake"}, follow=True).content.decode()
    assert "walk to the lake" in page
    assert "walk to the lake" in desk.get(_at(clinic)).content.decode()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("x" * 61, "Shorten this to 60 letters."),
        ("walk with Vera", "holds a name"),
        ("my surgery", "a diagnosis"),
    ],
)
def test_what_does_not_fit_is_said_and_kept_in_the_field(clinic: Clinic, words: str, sentence: str) -> None:
    page = clinic.as_(Role.CLINICIAN).post(_at(clinic), {"activity": words})
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert words in page.content.decode()
    with clinic.scope():
        assert not OwnActivity.objects.exists()


def test_the_preview_counts_segments_and_keeps_nothing(clinic: Clinic) -> None:
    page = clinic.as_(Role.CLINICIAN).post(
        _at(clinic, "checkins:own-activity-preview"), {"activity": "walk to the lake"}
    )
    assert "segment" in page.content.decode()
    with clinic.scope():
        assert not OwnActivity.objects.exists()


@pytest.mark.parametrize("name", [NAME, "checkins:own-activity-preview"])
def test_anonymous_wrong_role_and_other_practice_see_nothing(clinic: Clinic, name: str) -> None:
    sent = {"activity": "walk to the lake"}
    assert Client().post(_at(clinic, name), sent).status_code == 302
    assert clinic.as_(Role.BILLER).post(_at(clinic, name), sent).status_code == 403
    assert clinic.as_(Role.CLINICIAN, home=clinic.world.elm).post(_at(clinic, name), sent).status_code == 404
    with clinic.scope():
        assert not OwnActivity.objects.exists()
