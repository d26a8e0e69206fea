"""Operations: ids, counts and times only."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from checkins.services import line
from networks import work
from networks.models import Heartbeat
from networks.permissions import Role
from tests import factories
from tests.clinic import Clinic, signed_in
from tests.world import NOW


def test_shows_pulses_notices_and_work_and_nobodys_data(clinic: Clinic) -> None:
    Heartbeat.objects.create(name="send", beat_at=NOW - timedelta(minutes=3))
    Heartbeat.objects.create(name="inbound", beat_at=NOW)
    with clinic.scope():
        sender = factories.sender_of(clinic.home.practice)
        line.notice(clinic.home.practice.pk, sender.pk, kind="bad_signature", now=NOW)
        work.ring(clinic.home.practice.pk, work.Queue.SEND, at=NOW - timedelta(hours=1))
    text = signed_in(clinic.world.operator).get(reverse("checkins:operations")).content.decode()
    assert "Webhooks with a wrong signature" in text
    assert str(clinic.home.practice.pk) in text
    assert text.count(">late<") >= 2
    assert ">alive<" in text
    assert "Ortiz" not in text
    assert "chest" not in text


def test_says_what_to_do_when_nothing_has_reported(world) -> None:
    text = signed_in(world.operator).get(reverse("checkins:operations")).content.decode()
    assert "No process has reported yet" in text


def test_anonymous_people_are_led_to_the_sign_in() -> None:
    assert Client().get(reverse("checkins:operations")).status_code == 302


def test_a_practice_admin_may_not_open_it(clinic: Clinic) -> None:
    assert clinic.as_(Role.PRACTICE_ADMIN).get(reverse("checkins:operations")).status_code == 403
