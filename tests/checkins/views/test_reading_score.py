"""The published score of the reader: counts of invented texts, for those who see messages."""

import pytest
from django.test import Client
from django.urls import reverse

from checkins.presenters import reading_score
from checkins.presenters.reading_score import score_view
from networks.permissions import Role
from tests.clinic import Clinic, signed_in

ADDRESS = "checkins:reading-score"


def test_shows_every_figure_with_its_interval_and_the_confusions(clinic: Clinic) -> None:
    text = clinic.as_(Role.PRACTICE_ADMIN).get(reverse(ADDRESS)).content.decode()
    score = score_view()
    assert score is not None
    for row in score.figures:
        assert row.name in text
        assert row.interval in text
    for field in score.fields:
        assert field.name in text
    assert score.reader in text
    assert f"{score.texts} texts" in text


def test_says_so_when_nothing_is_published(clinic: Clinic, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "none.json"
    monkeypatch.setattr(reading_score, "_load", lambda path: None)
    assert score_view(empty) is None
    text = clinic.as_(Role.PRACTICE_ADMIN).get(reverse(ADDRESS)).content.decode()
    assert "No measurement is published" in text


def test_messages_lead_there(clinic: Clinic) -> None:
    text = clinic.as_(Role.PRACTICE_ADMIN).get(reverse("checkins:messages")).content.decode()
    assert reverse(ADDRESS) in text


def test_anonymous_people_are_led_to_the_sign_in() -> None:
    assert Client().get(reverse(ADDRESS)).status_code == 302


def test_an_operator_may_not_open_it(clinic: Clinic) -> None:
    assert signed_in(clinic.world.operator).get(reverse(ADDRESS)).status_code == 403
