"""A patient's text that could not be read stands where staff look, with its words, and pages nobody by itself."""

import pytest
from django.db import DataError
from django.urls import reverse

from checkins.services import reading
from networks.permissions import Role
from tests import factories
from tests.clinic import Clinic
from tests.world import NOW


def test_a_persons_text_that_failed_is_on_messages_and_on_their_page(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise DataError("refused")

    wendy = clinic.people["Wendy"]
    with clinic.scope():
        factories.writes(wendy, "the brace rubs", at=NOW)
        with monkeypatch.context() as patched:
            patched.setattr(reading.consequences, "follow", refuse)
            factories.read_all(clinic.home, at=NOW)
    messages = clinic.as_(Role.FRONT_DESK).get(reverse("checkins:messages")).content.decode()
    assert "1 text waits for a person" in messages
    assert "the brace rubs" in messages
    assert "It could not be read: read it yourself." in messages
    today = clinic.as_(Role.CLINICIAN).get(reverse("today"))
    assert "the brace rubs" in today.content.decode()
    thread = clinic.as_(Role.CLINICIAN).get(reverse("checkins:conversation", args=[wendy.episode.patient_id]))
    assert "the brace rubs" in thread.content.decode()
