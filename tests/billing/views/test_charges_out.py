"""The page of charges out."""

import pytest
from django.test import Client
from django.urls import reverse

from billing.models import ChargeBatch
from networks.permissions import Role
from tests.billing.views.test_closing import choices, sign
from tests.clinic import Clinic

PAGE = "/billing/charges/"


@pytest.fixture
def certified(clinic: Clinic) -> Clinic:
    clinician = clinic.as_(Role.CLINICIAN)
    assert sign(clinician, choices(clinician)).status_code == 302
    return clinic


def test_a_biller_makes_a_file_and_takes_it_again(certified: Clinic) -> None:
    biller = certified.as_(Role.BILLER)
    assert "RTM000001" in biller.get(PAGE).content.decode()
    # Nothing that a claim needs is recorded here: the rows wait, and each says what it lacks and where to enter it.
    waiting = biller.post(PAGE, {"mapping": "daybook"})
    assert waiting.status_code == 409
    assert "every charge that waits lacks something a claim needs" in waiting.content.decode()
    assert "No diagnosis code is recorded for this date." in waiting.content.decode()
    assert reverse("billing:claims") in waiting.content.decode()
    assert biller.post(PAGE, {"mapping": "daybook", "with_gaps": "on"}).status_code == 302
    after = biller.get(PAGE).content.decode()
    assert "File B000001 is ready below: 3 rows." in after
    assert "Nothing waits" in after
    with certified.scope():
        batch = ChargeBatch.objects.get()
    address = reverse("billing:charges-file", args=[batch.pk])
    first = biller.get(address)
    assert first["Content-Disposition"] == 'attachment; filename="charges-B000001.csv"'
    assert first.content == biller.get(address).content
    assert first.content.startswith(b"charge_id,claim_id,")
    assert certified.as_(Role.BILLER, home=certified.world.elm).get(address).status_code == 404
    assert certified.as_(Role.CLINICIAN).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_a_second_click_and_an_unknown_system_are_answered_in_words(certified: Clinic) -> None:
    biller = certified.as_(Role.BILLER)
    assert "Choose the system" in biller.post(PAGE, {"mapping": "x"}).content.decode()
    biller.post(PAGE, {"mapping": "webpt"})
    again = biller.post(PAGE, {"mapping": "webpt"})
    assert again.status_code == 409
    assert "every certified charge has left already" in again.content.decode()


def test_an_empty_page_says_what_to_do(clinic: Clinic) -> None:
    shown = clinic.as_(Role.PRACTICE_ADMIN).get(PAGE).content.decode()
    assert "certified a month" in shown


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.ASSISTANT, Role.FRONT_DESK, Role.AUDITOR])
def test_others_do_not_export(clinic: Clinic, role: Role) -> None:
    assert clinic.as_(role).get(PAGE).status_code == 403
    assert clinic.as_(role).post(PAGE, {"mapping": "daybook"}).status_code == 403


def test_anonymous_people_are_led_to_the_sign_in(clinic: Clinic) -> None:
    assert Client().get(PAGE).status_code == 302
