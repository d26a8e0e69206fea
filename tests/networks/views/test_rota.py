"""On call: everybody in care reads it, the practice's admin keeps it."""

import pytest
from django.test import Client
from django.urls import reverse

from networks.models import OnCallShift, PagingContact, SafetyCover
from networks.permissions import Role
from networks.scoping import practice_scope
from tests.clinic import signed_in
from tests.world import Home, World

PAGE = reverse("networks:rota")
ADD = reverse("networks:add-shift")
COVER = reverse("networks:set-cover")
MOBILE = reverse("networks:set-mobile")


def _as(home: Home, role: Role) -> Client:
    return signed_in(home.people[role])


def _shift(home: Home, **changes: object) -> dict[str, object]:
    return {
        "user": str(home.people[Role.ASSISTANT].pk),
        "weekday": ["0", "1"],
        "starts_at": "08:00",
        "ends_at": "18:00",
        **changes,
    }


def test_an_empty_rota_says_who_is_paged(world: World) -> None:
    text = _as(world.oak, Role.CLINICIAN).get(PAGE).content.decode()
    assert "The rota is empty" in text
    assert "Put somebody on call" not in text


def test_an_admin_puts_people_on_call_and_takes_them_off(world: World) -> None:
    client = _as(world.oak, Role.PRACTICE_ADMIN)
    page = client.post(ADD, _shift(world.oak), follow=True)
    assert page.content.decode().count("Oak assistant</td>") == 2
    with practice_scope(world.oak.practice.pk):
        shift = OnCallShift.objects.first()
    client.post(reverse("networks:remove-shift", args=[shift.pk]))
    with practice_scope(world.oak.practice.pk):
        assert OnCallShift.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"user": ""}, "This person does not work here"),
        ({"user": "x"}, "Choose a person from the list."),
        ({"weekday": []}, "Choose the days from the list."),
        ({"weekday": ["7"]}, "Choose the days from the list."),
        ({"weekday": ["Monday"]}, "Choose the days from the list."),
        ({"starts_at": "8 am"}, "Write the hours as 08:00 and 18:00."),
    ],
    ids=["nobody", "no_id", "no_day", "day_eight", "a_word", "hours"],
)
def test_bad_shifts_are_refused_in_words(world: World, changes: dict[str, object], sentence: str) -> None:
    page = _as(world.oak, Role.PRACTICE_ADMIN).post(ADD, _shift(world.oak, **changes))
    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_somebody_of_another_practice_is_never_on_call(world: World) -> None:
    stranger = str(world.elm.people[Role.CLINICIAN].pk)
    client = _as(world.oak, Role.PRACTICE_ADMIN)
    assert client.post(ADD, _shift(world.oak, user=stranger)).status_code == 422
    assert client.post(MOBILE, {"user": stranger, "mobile": "312 555 0142"}).status_code == 422
    cover = {"opens": "08:00", "closes": "17:00", "weekdays": ["0"], "owner": stranger}
    assert client.post(COVER, cover).status_code == 422


def test_numbers_are_kept_sealed_and_shown_by_their_end(world: World) -> None:
    client = _as(world.oak, Role.PRACTICE_ADMIN)
    who = str(world.oak.people[Role.ASSISTANT].pk)
    text = client.post(MOBILE, {"user": who, "mobile": "(312) 555-0142"}, follow=True).content.decode()
    assert "Oak assistant, ends in 0142" in text
    assert "5550142" not in text
    with practice_scope(world.oak.practice.pk):
        assert PagingContact.objects.get().mobile == "+13125550142"
    client.post(MOBILE, {"user": who, "mobile": ""})
    with practice_scope(world.oak.practice.pk):
        assert not PagingContact.objects.exists()


@pytest.mark.parametrize("typed", ["12", "0800 555 0142", "call me"])
def test_what_is_no_mobile_is_refused(world: World, typed: str) -> None:
    who = str(world.oak.people[Role.ASSISTANT].pk)
    page = _as(world.oak, Role.PRACTICE_ADMIN).post(MOBILE, {"user": who, "mobile": typed})
    assert page.status_code == 422
    assert "That is no US mobile number" in page.content.decode()


def test_office_hours_backup_and_owner_are_kept(world: World) -> None:
    client = _as(world.oak, Role.PRACTICE_ADMIN)
    owner = world.oak.people[Role.PRACTICE_ADMIN].pk
    client.post(COVER, {"opens": "07:30", "closes": "19:00", "weekdays": ["0", "5"], "owner": str(owner)})
    with practice_scope(world.oak.practice.pk):
        kept = SafetyCover.objects.get()
    assert (kept.weekdays, kept.owner_id, kept.opens_at.hour) == ([0, 5], owner, 7)
    page = client.post(COVER, {"opens": "19:00", "closes": "07:30"})
    assert "The office must close later in the day than it opens." in page.content.decode()


def test_only_an_admin_changes_it(world: World) -> None:
    for role in (Role.CLINICIAN, Role.FRONT_DESK):
        client = _as(world.oak, role)
        assert client.get(PAGE).status_code == 200
        for address in (ADD, COVER, MOBILE):
            assert client.post(address, {}).status_code == 403
    assert _as(world.oak, Role.BILLER).get(PAGE).status_code == 403
    assert Client().get(PAGE).status_code == 302


def test_another_practices_shift_does_not_exist(world: World) -> None:
    _as(world.oak, Role.PRACTICE_ADMIN).post(ADD, _shift(world.oak))
    with practice_scope(world.oak.practice.pk):
        shift = OnCallShift.objects.first()
    client = _as(world.elm, Role.PRACTICE_ADMIN)
    assert client.post(reverse("networks:remove-shift", args=[shift.pk])).status_code == 404
    assert "Oak assistant" not in client.get(PAGE).content.decode()
