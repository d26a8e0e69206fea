"""Dangers of people whose number no patient has, as they stand on Today."""

from datetime import timedelta

import pytest
from django.urls import reverse

from checkins.models import Alert
from checkins.services import alerts
from networks.permissions import Role
from tests import factories
from tests.clinic import Clinic
from tests.world import NOW, SYSTEM

PAGE = reverse("today")
SENTENCE = "Somebody whose number no patient has wrote about trouble breathing today."
PINNED = 12  # as without strangers: they come with what was heard


def _writes(clinic: Clinic, body: str, *, number: str = "+17735550199") -> None:
    with clinic.scope():
        factories.text_in(clinic.people["Sam"].route, number, body, at=NOW)
        factories.read_all(clinic.home, at=NOW)


@pytest.fixture
def alert(clinic: Clinic) -> Alert:
    """The alert about a stranger who cannot breathe."""
    _writes(clinic, "I can't breathe")
    with clinic.scope():
        return Alert.objects.get(patient=None)


def _today(clinic: Clinic, role: Role = Role.CLINICIAN) -> str:
    return clinic.as_(role).get(PAGE).content.decode()


def test_a_strangers_danger_stands_on_top_with_the_way_to_its_alert(clinic: Clinic, alert: Alert) -> None:
    text = _today(clinic)
    assert "2 patients and 1 unknown number need you today" in text
    assert "I can&#x27;t breathe" in text
    assert text.index(SENTENCE) < text.index("Wrote about chest or heart trouble")
    assert f'href="{reverse("checkins:alerts")}#alert-{alert.pk}"' in text
    assert reverse("checkins:acknowledge-alert", args=[alert.pk]) in text
    assert "7735550199" not in text


def test_a_strangers_plain_text_is_nothing_for_today(clinic: Clinic) -> None:
    _writes(clinic, "who is this")
    assert "2 patients need you today" in _today(clinic)


def test_the_front_desk_sees_it_and_may_not_act(clinic: Clinic, alert: Alert) -> None:
    text = _today(clinic, Role.FRONT_DESK)
    assert SENTENCE in text
    assert f"#alert-{alert.pk}" in text
    assert "Acknowledge</button>" not in text


def test_it_stays_acknowledged_until_it_is_closed(clinic: Clinic, alert: Alert) -> None:
    clinic.as_(Role.CLINICIAN).post(reverse("checkins:acknowledge-alert", args=[alert.pk]))
    text = _today(clinic)
    assert f"{SENTENCE} Acknowledged, not closed." in text
    assert f"?state=taken#alert-{alert.pk}" in text
    assert reverse("checkins:acknowledge-alert", args=[alert.pk]) not in text
    assert reverse("checkins:close-alert", args=[alert.pk]) in text
    with clinic.scope():
        alerts.close(alert, reason="Called", outcome="reached", actor=SYSTEM, now=NOW + timedelta(minutes=1))
    assert "Somebody whose number" not in _today(clinic)


def test_the_live_part_brings_it(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    seen = client.get(PAGE).context["seen"]
    _writes(clinic, "I can't breathe")
    assert SENTENCE in client.get(reverse("billing:today-rows"), {"seen": seen}).content.decode()


def test_nobody_is_told_that_all_is_well_while_a_stranger_is_in_danger(clinic: Clinic, alert: Alert) -> None:
    with clinic.scope():
        for each in Alert.objects.exclude(patient=None):
            alerts.close(each, reason="Called", outcome="reached", actor=SYSTEM, now=NOW)
        factories.asked(clinic.home, at=NOW)
        factories.writes(clinic.people["Sam"], "3 Y", at=NOW)
        factories.read_all(clinic.home, at=NOW)
    text = _today(clinic)
    assert "<h1>1 unknown number needs you today</h1>" in text
    assert "nobody waits" not in text


def test_another_practice_sees_nothing_of_it(clinic: Clinic, alert: Alert) -> None:
    page = clinic.as_(Role.CLINICIAN, home=clinic.world.elm).get(PAGE).content.decode()
    assert "Somebody whose number" not in page
    assert "Nobody needs you today" in page


def test_strangers_take_no_further_query(clinic: Clinic, alert: Alert, django_assert_num_queries) -> None:
    for number in range(3):
        _writes(clinic, "I can't breathe", number=f"+1773555010{number}")
    client = clinic.as_(Role.CLINICIAN)
    client.get(PAGE)
    with django_assert_num_queries(PINNED):
        page = client.get(PAGE)
    assert page.content.decode().count(SENTENCE) >= 4
