"""The page on which a practice chooses from when until when it texts."""

from datetime import time

import pytest
from django.test import Client

from networks.models import AuditEntry, Practice
from networks.permissions import Role
from networks.scoping import Scope, open_scope
from tests.clinic import Clinic, signed_in

PAGE = "/settings/hours/"
CHOSEN = {"texts_from": "08:30", "texts_until": "19:30", "texts_on_sunday": "no"}


@pytest.fixture(autouse=True)
def _state_hours_hold(settings) -> None:
    settings.KEEP_STATE_HOURS = True


def _kept(clinic: Clinic) -> tuple[time, time, bool]:
    with clinic.scope():
        practice = Practice.objects.get(pk=clinic.home.practice.pk)
    return practice.texts_from, practice.texts_until, practice.texts_on_sunday


def test_the_admin_sees_what_holds_and_changes_it(clinic: Clinic) -> None:
    client = clinic.as_(Role.PRACTICE_ADMIN)
    page = client.get(PAGE).content.decode()
    assert "Texts leave between 9:00 and 20:00, Sundays too; Illinois allows 8:00 to 21:00." in page
    assert "Nobody has changed them yet" in page
    assert 'value="09:00"' in page
    page = client.post(PAGE, CHOSEN, follow=True).content.decode()
    assert "They hold from the next text on." in page
    assert "Texts leave between 8:30 and 19:30, not on Sundays; Illinois allows 8:00 to 21:00." in page
    admin = clinic.home.people[Role.PRACTICE_ADMIN]
    assert f"Last changed by {admin.name}, " in page
    assert _kept(clinic) == (time(8, 30), time(19, 30), False)
    with clinic.scope():
        entry = AuditEntry.objects.get(action="practice.texting_hours_set")
    assert (entry.user_id, entry.details) == (
        admin.pk,
        {"from": "08:30", "until": "19:30", "sundays": False},
    )
    assert "Set the texting hours" in client.get("/audit/").content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param({"texts_until": "08:00"}, "later in the day", id="wrong way round"),
        pytest.param({"texts_from": "07:00"}, "Texts in Illinois begin at 8:00", id="before the state"),
        pytest.param({"texts_until": "22:00"}, "Texts in Illinois end at 21:00", id="after the state"),
        pytest.param({"texts_until": "10:00"}, "at least 2 hours", id="too short"),
        pytest.param({"texts_from": ""}, "Choose a time.", id="no time"),
        pytest.param({"texts_from": "25:61"}, "hours and minutes", id="not a time"),
        pytest.param({"texts_on_sunday": "maybe"}, "Choose yes or no.", id="Sundays"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(clinic: Clinic, given: dict[str, str], said: str) -> None:
    before = _kept(clinic)
    answer = clinic.as_(Role.PRACTICE_ADMIN).post(PAGE, CHOSEN | given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [_faulty(given)])
    assert said in answer.content.decode()
    assert _kept(clinic) == before


def _faulty(given: dict[str, str]) -> str:
    return next(iter(given))


def test_nobody_who_is_asked_falls_silent(clinic: Clinic) -> None:
    with clinic.scope():
        plan = clinic.people["Wendy"].episode.plans.get()
        plan.send_at = time(18)
        plan.save(update_fields=["send_at"])
    client = clinic.as_(Role.PRACTICE_ADMIN)
    page = client.post(PAGE, CHOSEN | {"texts_until": "18:00"})
    assert page.status_code == 422
    assert "1 patient is asked at or after that time, the last at 18:00" in page.content.decode()
    assert client.post(PAGE, CHOSEN | {"texts_until": "18:30"}).status_code == 302


def test_hours_that_the_state_cuts_are_said_and_offered_as_they_hold(clinic: Clinic) -> None:
    with clinic.scope():
        Practice.objects.filter(pk=clinic.home.practice.pk).update(state="RI")
    page = clinic.as_(Role.PRACTICE_ADMIN).get(PAGE).content.decode()
    assert "The practice chose between 9:00 and 20:00, Sundays too." in page
    assert 'value="18:00"' in page


def test_demonstrations_keep_no_states_hours(clinic: Clinic, settings) -> None:
    settings.KEEP_STATE_HOURS = False
    client = clinic.as_(Role.PRACTICE_ADMIN)
    given = {"texts_from": "00:00", "texts_until": "23:59", "texts_on_sunday": "yes"}
    page = client.post(PAGE, given, follow=True).content.decode()
    assert "Texts leave between 0:00 and 23:59, Sundays too." in page
    assert "This is a demonstration" in page


def test_only_the_practices_admin_sets_its_own_hours(clinic: Clinic) -> None:
    before = _kept(clinic)
    for method in ("get", "post"):
        assert getattr(Client(), method)(PAGE, CHOSEN).status_code == 302
        for role in (Role.CLINICIAN, Role.FRONT_DESK, Role.BILLER):
            assert getattr(clinic.as_(role), method)(PAGE, CHOSEN).status_code == 403
        network_admin = signed_in(clinic.world.network_people["cin", Role.NETWORK_ADMIN])
        assert getattr(network_admin, method)(PAGE, CHOSEN).status_code == 403
    elm = clinic.world.elm
    assert clinic.as_(Role.PRACTICE_ADMIN, home=elm).post(PAGE, CHOSEN).status_code == 302
    assert _kept(clinic) == before
    with open_scope(Scope.of_practice(elm.practice.pk)):
        assert Practice.objects.get(pk=elm.practice.pk).texts_until == time(19, 30)
