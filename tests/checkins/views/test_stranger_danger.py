"""A danger in a text of a number that no patient has, as it stands on Messages."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from checkins.models import Alert
from checkins.services import alerts
from networks.permissions import Role
from tests import factories
from tests.clinic import Clinic
from tests.world import NOW, SYSTEM

PAGE = reverse("checkins:messages")
NUMBER = "+17735550199"
# Frame 8, seven lists, the lines 1; nothing is unclear.
PINNED = 16


def _writes(clinic: Clinic, body: str, *, number: str = NUMBER, minutes: int = 0) -> None:
    at = NOW + timedelta(minutes=minutes)
    with clinic.scope():
        factories.text_in(clinic.people["Sam"].route, number, body, at=at)
        factories.read_all(clinic.home, at=at)


@pytest.fixture
def alert(clinic: Clinic) -> Alert:
    """The alert about a stranger who cannot breathe."""
    _writes(clinic, "I can't breathe")
    with clinic.scope():
        return Alert.objects.get(patient=None)


def _unknown(clinic: Clinic, role: Role = Role.CLINICIAN) -> str:
    text = clinic.as_(role).get(PAGE).content.decode()
    return text.split('aria-labelledby="unknown"')[1].split("</section>")[0]


def test_the_row_says_danger_and_leads_to_what_is_done_about_it(clinic: Clinic, alert: Alert) -> None:
    listed = _unknown(clinic)
    assert re.search(r"At once\s*</span>\s*Danger sign: trouble breathing", listed)
    assert f'href="{reverse("checkins:alerts")}#alert-{alert.pk}"' in listed
    assert reverse("checkins:acknowledge-alert", args=[alert.pk]) in listed
    assert reverse("checkins:close-alert", args=[alert.pk]) in listed


def test_the_front_desk_sees_the_danger_and_may_not_act(clinic: Clinic, alert: Alert) -> None:
    listed = _unknown(clinic, Role.FRONT_DESK)
    assert "Danger sign: trouble breathing" in listed
    assert f"#alert-{alert.pk}" in listed
    assert "Acknowledge</button>" not in listed
    assert "Close…" not in listed


def test_acknowledged_on_messages_it_waits_only_to_be_closed(clinic: Clinic, alert: Alert) -> None:
    client = clinic.as_(Role.CLINICIAN)
    client.post(reverse("checkins:acknowledge-alert", args=[alert.pk]))
    listed = _unknown(clinic)
    assert "Danger sign: trouble breathing" in listed
    assert "Acknowledged, not closed." in listed
    assert f"?state=taken#alert-{alert.pk}" in listed
    assert "Acknowledge</button>" not in listed
    assert "Close…" in listed
    with clinic.scope():
        alerts.hand_back(alert, actor=SYSTEM, now=NOW + timedelta(minutes=1))
    assert "Acknowledge</button>" in _unknown(clinic)


def test_danger_stands_before_plain_texts_that_came_later(clinic: Clinic, alert: Alert) -> None:
    _writes(clinic, "who is this", number="+17735550198", minutes=1)
    listed = _unknown(clinic)
    assert listed.index("breathe") < listed.index("who is this")
    with clinic.scope():
        alerts.close(alert, reason="Called, 911 is there", outcome="emergency", actor=SYSTEM, now=NOW)
    listed = _unknown(clinic)
    assert listed.index("who is this") < listed.index("breathe")


def test_what_somebody_has_in_hand_stands_after_what_nobody_has(clinic: Clinic, alert: Alert) -> None:
    _writes(clinic, "my chest hurts", number="+17735550198", minutes=1)
    with clinic.scope():
        later = Alert.objects.filter(patient=None).exclude(pk=alert.pk).get()
        alerts.acknowledge(later, actor=SYSTEM, now=NOW + timedelta(minutes=2))
    listed = _unknown(clinic)
    assert listed.index("breathe") < listed.index("my chest hurts")


def test_strangers_count_in_the_headline_until_somebody_closed_the_danger(
    clinic: Clinic, alert: Alert
) -> None:
    client = clinic.as_(Role.CLINICIAN)
    assert "<h1>1 text waits for a person</h1>" in client.get(PAGE).content.decode()
    _writes(clinic, "who is this", number="+17735550198", minutes=1)
    assert "<h1>2 texts wait for a person</h1>" in client.get(PAGE).content.decode()
    with clinic.scope():
        alerts.close(alert, reason="Called, 911 is there", outcome="emergency", actor=SYSTEM, now=NOW)
    assert "<h1>1 text waits for a person</h1>" in client.get(PAGE).content.decode()
    listed = _unknown(clinic)
    assert "Danger sign: trouble breathing. Closed." in listed
    assert f"?state=closed#alert-{alert.pk}" in listed
    assert "Close…" not in listed


def test_dangers_of_strangers_take_no_further_query(clinic: Clinic, django_assert_num_queries) -> None:
    client = clinic.as_(Role.CLINICIAN)
    client.get(PAGE)
    with django_assert_num_queries(PINNED):
        client.get(PAGE)
    for number in range(3):
        _writes(clinic, "I can't breathe", number=f"+1773555010{number}", minutes=number)
    with django_assert_num_queries(PINNED):
        client.get(PAGE)
