"""The page of alerts, by role and by practice."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from checkins.models import Alert
from checkins.services import alerts, escalating
from networks.permissions import Role
from networks.work import Queue, due
from tests.clinic import Clinic
from tests.world import NOW, SYSTEM

PAGE = reverse("checkins:alerts")


@pytest.fixture
def alert(clinic: Clinic) -> Alert:
    with clinic.scope():
        return Alert.objects.get(kind="red_flag")


def _acknowledge(alert: Alert) -> str:
    return reverse("checkins:acknowledge-alert", args=[alert.pk])


def test_shows_what_waits_with_its_steps(clinic: Clinic, alert: Alert) -> None:
    escalating.walk_due(clinic.home.practice.pk, now=NOW)
    text = clinic.as_(Role.CLINICIAN).get(PAGE).content.decode()
    assert "Danger sign: chest or heart trouble" in text
    assert "my chest hurts" in text
    assert "Oak clinician, e-mail: sent" in text
    assert "No clinical lead has signed" in text


def test_acknowledging_stops_the_pages_and_moves_it(clinic: Clinic, alert: Alert) -> None:
    client = clinic.as_(Role.CLINICIAN)
    page = client.post(_acknowledge(alert), follow=True)
    assert "Acknowledged: nobody is paged any more." in page.content.decode()
    assert "my chest hurts" not in client.get(PAGE).content.decode()
    assert "my chest hurts" in client.get(PAGE, {"state": "taken"}).content.decode()
    with clinic.scope():
        alert.refresh_from_db()
        assert alert.escalation.state == "acknowledged"


def test_handed_back_it_waits_again(clinic: Clinic, alert: Alert) -> None:
    with clinic.scope():
        alerts.acknowledge(alert, actor=SYSTEM, now=NOW)
        alerts.hand_back(alert, actor=SYSTEM, now=NOW + timedelta(minutes=1))
    assert "my chest hurts" in clinic.as_(Role.CLINICIAN).get(PAGE).content.decode()
    assert clinic.home.practice.pk in due(Queue.SAFETY, now=NOW + timedelta(minutes=2))


def test_closed_ones_say_what_came_of_them(clinic: Clinic, alert: Alert) -> None:
    with clinic.scope():
        alerts.close(alert, reason="In the ER", outcome="emergency", actor=SYSTEM, now=NOW)
    text = clinic.as_(Role.CLINICIAN).get(PAGE, {"state": "closed"}).content.decode()
    assert "Patient is in emergency care, or 911 was called. In the ER" in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"level": "L1"}, True),
        ({"level": "L2"}, False),
        ({"kind": "red_flag"}, True),
        ({"kind": "unclear"}, False),
        ({"kind": "'; --", "level": "x", "state": "?", "page": "-1"}, True),
    ],
    ids=["level", "other_level", "kind", "other_kind", "nonsense_means_any"],
)
def test_filters(clinic: Clinic, query: dict[str, str], shown: bool) -> None:
    text = clinic.as_(Role.CLINICIAN).get(PAGE, query).content.decode()
    assert ("my chest hurts" in text) is shown


def test_takes_a_fixed_number_of_queries(clinic: Clinic, django_assert_max_num_queries) -> None:
    client = clinic.as_(Role.CLINICIAN)
    client.get(PAGE)
    with django_assert_max_num_queries(20):
        client.get(PAGE)


def test_the_front_desk_sees_it_but_may_not_act(clinic: Clinic, alert: Alert) -> None:
    client = clinic.as_(Role.FRONT_DESK)
    assert "Acknowledge</button>" not in client.get(PAGE).content.decode()
    assert client.post(_acknowledge(alert)).status_code == 403


@pytest.mark.parametrize("role", [Role.BILLER, Role.AUDITOR])
def test_others_may_not_open_it(clinic: Clinic, role: Role) -> None:
    assert clinic.as_(role).get(PAGE).status_code == 403


def test_another_practice_sees_and_acknowledges_nothing(clinic: Clinic, alert: Alert) -> None:
    client = clinic.as_(Role.CLINICIAN, home=clinic.world.elm)
    assert "No alert waits for a person" in client.get(PAGE).content.decode()
    assert client.post(_acknowledge(alert)).status_code == 404


def test_anonymous_people_are_led_to_the_sign_in() -> None:
    assert Client().get(PAGE).status_code == 302


def test_the_page_itself_learns_only_what_is_new(clinic: Clinic, alert: Alert) -> None:
    client = clinic.as_(Role.CLINICIAN)
    seen = client.get(PAGE).context["seen"]
    looks = {"headers": {"HX-Request": "true"}}
    assert client.get(PAGE, {"seen": seen}, **looks).status_code == 204
    assert client.get(PAGE, {"seen": seen}).status_code == 200
    done = client.post(_acknowledge(alert), **looks)
    assert (done.status_code, "Acknowledged" in done.headers["HX-Trigger"]) == (204, True)
    assert client.get(PAGE, {"seen": seen}, **looks).status_code == 200
