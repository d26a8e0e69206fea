"""The page of people: administrators of a home keep who works there, and nobody else sees it."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from networks.models import Clinician, RoleAssignment, User
from networks.permissions import Role
from networks.scoping import practice_scope
from tests.clinic import signed_in
from tests.world import NOW, Home, World

PAGE = reverse("networks:people")
INVITE = reverse("networks:invite")
NEWCOMER = {"name": "Ana New", "email": "ana@new.test", "role": "biller", "npi": "", "credential": ""}
# Frame 8, roles 1, names 1, second steps 1.
PINNED = 11


@pytest.fixture
def admin(world: World) -> Client:
    return signed_in(world.oak.people[Role.PRACTICE_ADMIN])


def _text(answer) -> str:
    return " ".join(answer.content.decode().split())


def _person(person: User, route: str = "person") -> str:
    return reverse(f"networks:{route}", args=[person.pk])


def _end(home: Home, role: Role) -> str:
    held = RoleAssignment.objects.get(user=home.people[role], practice=home.practice, role=role)
    return reverse("networks:end-role", args=[held.pk])


def test_shows_who_works_here_and_nobody_else(world: World, admin: Client) -> None:
    Authenticator.objects.create(
        user=world.oak.people[Role.PRACTICE_ADMIN], type=Authenticator.Type.TOTP, data={}
    )
    text = _text(admin.get(PAGE))
    assert "Oak front_desk" in text
    assert "Front desk <span" in text
    assert "Not signed in yet" in text
    assert "Has signed in" in text
    assert '<td data-label="Second step">On</td>' in text
    assert "elm.test" not in text


def test_the_list_costs_the_same_for_many(world: World, admin: Client, django_assert_max_num_queries) -> None:
    admin.get(PAGE)
    with django_assert_max_num_queries(PINNED):
        admin.get(PAGE)


def test_many_people_come_in_pages_and_are_found_by_name(world: World, admin: Client) -> None:
    oak = world.oak.practice
    with practice_scope(oak.pk):
        for number in range(60):
            person = User.objects.create(email=f"z{number}@many.test", name=f"Zed Ñandú {number}")
            RoleAssignment.objects.create(
                user=person,
                practice=oak,
                role=Role.BILLER,
                time_zone=oak.time_zone,
                starts_at=NOW - timedelta(days=1),
            )
    first, second = _text(admin.get(PAGE)), _text(admin.get(PAGE, {"page": "2"}))
    assert "Page 1 of 2" in first
    assert ("Zed Ñandú 0" in first, "Zed Ñandú 9<" in first, "Zed Ñandú 9<" in second) == (True, False, True)
    found = _text(admin.post(PAGE, {"q": "ñandú Z59@"}))
    assert "1 person found" in found
    assert ("Zed Ñandú 59" in found, "Zed Ñandú 5<" in found) == (True, False)
    assert "Nobody found" in _text(admin.post(PAGE, {"q": "elm biller"}))


def test_invites_somebody_and_shows_them(
    admin: Client, mailoutbox, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin.post(INVITE, NEWCOMER)
    assert (answer.status_code, answer.url) == (302, PAGE)
    text = _text(admin.get(PAGE))
    assert "Ana New is invited: a mail is on its way." in text
    assert "Invited 2 Mar 2026" in text
    assert [each.to for each in mailoutbox] == [["ana@new.test"]]


def test_known_and_unknown_addresses_get_the_same_answer(world: World, admin: Client) -> None:
    known = world.elm.people[Role.BILLER].email
    pages = []
    for email in (known, "ana@new.test"):
        answer = admin.post(INVITE, NEWCOMER | {"email": email}, follow=True)
        person = User.objects.get(email=email)
        pages.append(_text(answer).replace(str(person.pk), "ID").replace(email, "EMAIL"))
        held = RoleAssignment.objects.get(user=person, practice=world.oak.practice)
        with practice_scope(world.oak.practice.pk):
            held.delete()
    assert _without_tokens(pages[0]) == _without_tokens(pages[1])
    assert "Elm biller" not in pages[0]


def _without_tokens(text: str) -> list[str]:
    return [
        each
        for each in text.split()
        if "value=" not in each and "X-CSRFToken" not in each and '"}' not in each
    ]


def test_a_clinician_is_asked_for_an_npi(world: World, admin: Client) -> None:
    clinician = NEWCOMER | {"role": "clinician"}
    answer = admin.post(INVITE, clinician)
    assert answer.status_code == 422
    assert "A clinician needs an NPI" in _text(answer)
    admin.post(INVITE, clinician | {"npi": "1234567893", "credential": "PT"})
    with practice_scope(world.oak.practice.pk):
        assert Clinician.objects.get(npi="1234567893").user.email == "ana@new.test"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Write the person&#x27;s name."),
        ({"email": "ana at new"}, "Write an e-mail address, such as ana@example.org."),
        ({"role": ""}, "Choose a role."),
        ({"role": "quality"}, "Choose one of these roles."),
        ({"role": "operator"}, "Choose one of these roles."),
        ({"role": "clinician", "npi": "1234567890", "credential": "PT"}, "wrong check digit"),
        ({"email": "biller@oak.test"}, "This person holds that role here already."),
    ],
    ids=["name", "email", "no_role", "networks_role", "operator", "npi", "twice"],
)
def test_bad_input_is_answered_in_words(admin: Client, changes: dict[str, str], sentence: str) -> None:
    answer = admin.post(INVITE, NEWCOMER | changes)
    assert answer.status_code == 422
    assert sentence in _text(answer)
    assert "Nobody is invited yet" in _text(answer)


def test_gives_a_further_role_and_ends_one_at_once(world: World, admin: Client) -> None:
    biller = world.oak.people[Role.BILLER]
    theirs = signed_in(biller)
    assert theirs.get(reverse("billing:board")).status_code == 200
    given = admin.post(_person(biller, "give-role"), {"role": "auditor"}, follow=True)
    assert "The role is given" in _text(given)
    again = admin.post(_person(biller, "give-role"), {"role": "auditor"})
    assert (again.status_code, "holds that role here already" in _text(again)) == (422, True)
    ended = admin.post(
        _end(world.oak, Role.BILLER), {"last_day": "2026-03-02", "reason": "other_duties"}, follow=True
    )
    assert "Biller, 2 Mar 2026 to 2 Mar 2026" in _text(ended)
    assert theirs.get(reverse("billing:board")).status_code == 403
    assert "reason “other_duties”" in admin.get(reverse("networks:audit")).content.decode()


def test_a_later_last_day_is_shown_as_such(world: World, admin: Client) -> None:
    admin.post(_end(world.oak, Role.BILLER), {"last_day": "2026-03-31", "reason": "left"})
    assert "until 31 Mar 2026" in _text(admin.get(_person(world.oak.people[Role.BILLER])))


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"last_day": "2026-03-01", "reason": "left"}, "The last day cannot be in the past"),
        ({"last_day": "soon", "reason": "left"}, "Write the last day as 2026-03-31."),
        ({"last_day": "2026-03-02", "reason": "fired"}, "Choose why it ends."),
    ],
    ids=["past", "no_date", "reason"],
)
def test_bad_endings_are_refused_in_words(
    world: World, admin: Client, sent: dict[str, str], sentence: str
) -> None:
    answer = admin.post(_end(world.oak, Role.BILLER), sent)
    assert answer.status_code in {400, 422}
    assert sentence in _text(answer)


def test_the_last_administrator_stays(world: World, admin: Client) -> None:
    answer = admin.post(_end(world.oak, Role.PRACTICE_ADMIN), {"last_day": "2026-03-02", "reason": "left"})
    assert answer.status_code == 409
    assert "This is the last administrator here" in _text(answer)


def test_the_invitation_is_sent_again_until_they_came(
    world: World, admin: Client, mailoutbox, django_capture_on_commit_callbacks
) -> None:
    admin.post(INVITE, NEWCOMER)
    person = User.objects.get(email="ana@new.test")
    assert "Mail has not left" in _text(admin.get(_person(person)))
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(_person(person, "send-invitation"))
    assert len(mailoutbox) == 1
    User.objects.filter(pk=person.pk).update(last_login=NOW + timedelta(minutes=1))
    refused = admin.post(_person(person, "send-invitation"))
    assert (refused.status_code, "has signed in already" in _text(refused)) == (409, True)


def test_former_people_stay_in_sight_and_get_no_invitation(world: World, admin: Client) -> None:
    admin.post(_end(world.oak, Role.BILLER), {"last_day": "2026-03-02", "reason": "left"})
    assert "Worked here before" in _text(admin.get(PAGE))
    refused = admin.post(_person(world.oak.people[Role.BILLER], "send-invitation"))
    assert (refused.status_code, "give one first" in _text(refused)) == (409, True)


def test_whoever_is_alone_is_told_to_invite(world: World, admin: Client) -> None:
    RoleAssignment.objects.filter(practice=world.oak.practice).exclude(role=Role.PRACTICE_ADMIN).delete()
    assert "You are the only one here" in _text(admin.get(PAGE))


def test_a_networks_administrator_keeps_the_networks_people(world: World) -> None:
    client = signed_in(world.network_people["cin", Role.NETWORK_ADMIN])
    text = _text(client.get(PAGE))
    assert "quality@cin.test" in text
    assert "oak.test" not in text
    assert client.post(INVITE, NEWCOMER | {"role": "quality"}).status_code == 302
    assert "Choose one of these roles." in _text(client.post(INVITE, NEWCOMER | {"role": "biller"}))


def test_only_administrators_see_it(world: World) -> None:
    for person in (
        world.oak.people[Role.CLINICIAN],
        world.oak.people[Role.AUDITOR],
        world.network_people["cin", Role.QUALITY],
    ):
        client = signed_in(person)
        assert client.get(PAGE).status_code == 403
        assert client.post(INVITE, NEWCOMER).status_code == 403
    assert Client().get(PAGE).status_code == 302


def test_another_homes_people_and_roles_do_not_exist(world: World, admin: Client) -> None:
    stranger = world.elm.people[Role.BILLER]
    assert admin.get(_person(stranger)).status_code == 404
    assert admin.post(_person(stranger, "give-role"), {"role": "auditor"}).status_code == 404
    assert admin.post(_person(stranger, "send-invitation")).status_code == 404
    sent = {"last_day": "2026-03-02", "reason": "left"}
    assert admin.post(_end(world.elm, Role.BILLER), sent).status_code == 404
    network = signed_in(world.network_people["cin", Role.NETWORK_ADMIN])
    assert network.post(_end(world.oak, Role.BILLER), sent).status_code == 404
