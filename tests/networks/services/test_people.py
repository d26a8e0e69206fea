"""Inviting people, giving and ending roles, against the real database."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.models import AuditEntry, Clinician, Network, Practice, RoleAssignment, User
from networks.permissions import Role
from networks.role_endings import ENDED, LAST_ADMIN, OWN_ADMIN, PAST
from networks.scoping import Scope, open_scope, practice_scope
from networks.selectors import colleagues, names_in
from networks.services import invitations, people
from networks.services.people import Post
from networks.workspaces import workspaces_of
from tests.world import NOW, SYSTEM, World

NPI = "1234567893"
TODAY = date(2026, 3, 2)  # in Chicago at NOW


@pytest.fixture
def oak(world: World):
    """Oak's scope, with its practice."""
    with practice_scope(world.oak.practice.pk):
        yield world.oak.practice


@pytest.fixture
def sent(django_capture_on_commit_callbacks, mailoutbox):
    """Do something, commit it as far as mail goes, and return what was mailed."""

    def do(act):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return list(mailoutbox)

    return do


def _admin(world: World) -> Actor:
    return Actor.person(world.oak.people[Role.PRACTICE_ADMIN].pk)


def _invite(
    home: Practice | Network, actor: Actor = SYSTEM, *, post: Post | None = None, email: str = "ana@new.test"
) -> RoleAssignment:
    return people.invite(
        home, email=email, name="Ana New", post=post or Post(Role.BILLER), actor=actor, now=NOW
    )


def _end(assignment: RoleAssignment, *, last_day: date = TODAY, actor: Actor = SYSTEM) -> RoleAssignment:
    return people.end_role(assignment, last_day=last_day, reason="left", actor=actor, now=NOW)


def _held(world: World, role: Role) -> RoleAssignment:
    return RoleAssignment.objects.get(user=world.oak.people[role], practice=world.oak.practice)


def test_somebody_new_gets_a_role_and_a_link(world: World, oak: Practice, sent) -> None:
    (mail,) = sent(lambda: _invite(oak, _admin(world), email=" Ana@New.test "))
    held = RoleAssignment.objects.get(user__email="ana@new.test")
    assert (held.role, held.practice_id, held.mailed_at) == (Role.BILLER, oak.pk, NOW)
    assert held.user.password.startswith(UNUSABLE_PASSWORD_PREFIX)
    assert mail.to == ["ana@new.test"]
    assert mail.subject == "Oak Physical Therapy: your account in Daybook"
    assert "Hello Ana New," in mail.body
    assert "Oak practice_admin has invited you to work in Daybook for Oak Physical Therapy" in mail.body
    assert re.search(r"^http\S+/accounts/password/reset/key/\S+/$", mail.body, re.MULTILINE)
    entry = AuditEntry.objects.get(subject_id=held.pk)
    assert (entry.action, entry.user_id) == ("role.assigned", _admin(world).user_id)


def test_somebody_known_elsewhere_is_told_and_looks_the_same(world: World, oak: Practice, sent) -> None:
    known = world.elm.people[Role.BILLER]
    User.objects.filter(pk=known.pk).update(last_login=NOW - timedelta(days=1))
    (mail,) = sent(lambda: _invite(oak, email=known.email))
    assert "You have an account already" in mail.body
    assert "/password/reset/key/" not in mail.body
    sent(lambda: _invite(oak))
    shown = {each.email: each for each in colleagues(practice_id=oak.pk, network_id=None)}
    stranger, newcomer = shown[known.email], shown["ana@new.test"]
    for each in (stranger, newcomer):
        assert (each.name, each.has_arrived, each.has_second_step) == ("Ana New", False, False)
        assert each.mailed_at == NOW
    assert User.objects.get(pk=known.pk).name == "Elm biller"
    entries = list(AuditEntry.objects.filter(action="role.assigned"))
    assert names_in(entries)[known.pk] == "Ana New"


def test_their_own_name_is_shown_once_they_signed_in_here(world: World, oak: Practice) -> None:
    known = world.elm.people[Role.BILLER]
    _invite(oak, email=known.email)
    User.objects.filter(pk=known.pk).update(last_login=NOW + timedelta(hours=1))
    (shown,) = colleagues(practice_id=oak.pk, network_id=None, user_id=known.pk)
    assert (shown.name, shown.has_arrived) == ("Elm biller", True)


def test_a_role_held_already_is_a_conflict_and_another_is_not(world: World, oak: Practice) -> None:
    _invite(oak)
    with pytest.raises(Conflict, match="holds that role here already"):
        _invite(oak)
    person = User.objects.get(email="ana@new.test")
    people.give_role(person, home=oak, post=Post(Role.AUDITOR), actor=SYSTEM, now=NOW)
    assert RoleAssignment.objects.filter(user=person, practice=oak).count() == 2


@pytest.mark.parametrize(
    ("email", "name", "post", "field"),
    [
        ("ana", "Ana", Post(Role.BILLER), "email"),
        ("ana@new.test", "  ", Post(Role.BILLER), "name"),
        ("ana@new.test", "Ana", Post(Role.CLINICIAN), "npi"),
        ("ana@new.test", "Ana", Post(Role.CLINICIAN, npi="1234567890", credential="PT"), "npi"),
        ("ana@new.test", "Ana", Post(Role.CLINICIAN, npi=NPI), "credential"),
        ("ana@new.test", "Ana", Post(Role.QUALITY), None),
    ],
    ids=["email", "name", "no_npi", "wrong_npi", "credential", "role"],
)
def test_what_does_not_fit_is_refused_whole(
    oak: Practice, email: str, name: str, post: Post, field: str | None
) -> None:
    with pytest.raises(DomainError) as refusal:
        people.invite(oak, email=email, name=name, post=post, actor=SYSTEM, now=NOW)
    assert refusal.value.field == field
    assert not User.objects.filter(email="ana@new.test").exists()


def test_a_clinician_gets_a_record_or_the_one_that_waited(world: World, oak: Practice) -> None:
    _invite(oak, post=Post(Role.CLINICIAN, npi=NPI, credential="OT"))
    made = Clinician.objects.get(npi=NPI)
    assert (made.name, made.credential, made.user.email) == ("Ana New", "OT", "ana@new.test")
    with pytest.raises(Conflict, match="has this NPI"):
        _invite(oak, post=Post(Role.CLINICIAN, npi=NPI, credential="OT"), email="ben@new.test")
    Clinician.objects.filter(pk=made.pk).update(user=None)
    _invite(oak, post=Post(Role.CLINICIAN, npi=NPI, credential="OT"), email="ben@new.test")
    assert Clinician.objects.get(npi=NPI).user.email == "ben@new.test"
    assert AuditEntry.objects.filter(action="clinician.joined_to_account").exists()


def test_a_clinician_who_returns_keeps_the_record(world: World, oak: Practice) -> None:
    _end(_held(world, Role.CLINICIAN))
    person = world.oak.people[Role.CLINICIAN]
    with pytest.raises(Conflict, match="another NPI"):
        people.give_role(person, home=oak, post=Post(Role.CLINICIAN, npi=NPI), actor=SYSTEM, now=NOW)
    people.give_role(person, home=oak, post=Post(Role.CLINICIAN), actor=SYSTEM, now=NOW)
    assert Clinician.objects.filter(practice=oak, user=person).count() == 1


def test_a_networks_people_are_invited_likewise(world: World, sent) -> None:
    with open_scope(Scope.of_network(world.cin.pk)):
        (mail,) = sent(lambda: _invite(world.cin, post=Post(Role.QUALITY)))
        assert AuditEntry.objects.filter(action="role.assigned", network=world.cin).exists()
    assert "for Lakes CIN, as: Quality." in mail.body


def test_an_ended_role_is_gone_at_once_and_twice_is_refused(world: World, oak: Practice) -> None:
    held = _end(_held(world, Role.BILLER), actor=_admin(world))
    assert workspaces_of(held.user, now=NOW) == []
    entry = AuditEntry.objects.get(action="role.ended")
    assert entry.details == {"role": "biller", "person": str(held.user_id), "reason": "left"}
    with pytest.raises(Conflict, match=ENDED):
        _end(held)


def test_a_later_last_day_lasts_until_its_end_in_the_home(world: World, oak: Practice) -> None:
    held = _end(_held(world, Role.BILLER), last_day=TODAY + timedelta(days=1))
    assert held.ends_at.isoformat() == "2026-03-04T06:00:00+00:00"  # midnight after 3 March in Chicago
    assert workspaces_of(held.user, now=NOW)
    with pytest.raises(DomainError, match=PAST):
        _end(held, last_day=TODAY - timedelta(days=1))


def test_the_last_administrator_stays_and_nobody_ends_their_own(world: World, oak: Practice) -> None:
    held = _held(world, Role.PRACTICE_ADMIN)
    for actor in (SYSTEM, _admin(world)):
        with pytest.raises(Conflict, match=LAST_ADMIN):
            _end(held, actor=actor)
    second = _invite(oak, post=Post(Role.PRACTICE_ADMIN))
    with pytest.raises(Conflict, match=OWN_ADMIN):
        _end(held, actor=_admin(world))
    _end(second, last_day=TODAY + timedelta(days=9), actor=_admin(world))
    with pytest.raises(Conflict, match=LAST_ADMIN):
        _end(held, actor=Actor.person(second.user_id))


def test_another_homes_administrator_does_not_count(world: World, oak: Practice) -> None:
    _invite(oak, post=Post(Role.BILLER), email=world.elm.people[Role.PRACTICE_ADMIN].email)
    with pytest.raises(Conflict, match=LAST_ADMIN):
        _end(_held(world, Role.PRACTICE_ADMIN))


def test_an_invitation_goes_out_again_until_they_sign_in(world: World, oak: Practice, sent) -> None:
    held = _invite(oak)
    later = NOW + timedelta(days=4)

    def again() -> None:
        invitations.send_again(held, inviter="Ada", actor=_admin(world), now=later)

    (mail,) = sent(again)
    assert "ask Ada to send the invitation again" in mail.body
    assert RoleAssignment.objects.get(pk=held.pk).mailed_at == later
    assert AuditEntry.objects.filter(action="invitation.sent_again", subject_id=held.pk).exists()
    held.user.last_login = later
    with pytest.raises(Conflict, match="has signed in already"):
        again()


def test_a_mail_that_fails_leaves_the_role_and_says_so(oak: Practice, sent, settings, caplog) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # the discard port: nobody listens
    sent(lambda: _invite(oak))
    (shown,) = [each for each in colleagues(practice_id=oak.pk, network_id=None) if each.name == "Ana New"]
    assert shown.mailed_at is None
    assert "invitation_not_mailed" in caplog.text
    assert "ana@new.test" not in caplog.text
