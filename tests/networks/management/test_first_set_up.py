"""The commands of the first set-up: what they make, what they print, what they refuse."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from networks.models import Membership, Network, Payer, Practice, RoleAssignment, User
from networks.permissions import Role
from networks.scoping import Scope, open_scope
from tests.world import World

pytestmark = pytest.mark.django_db

NETWORK = {"kind": "cin", "mode": "clinical_integration", "admin": "Net@new.test", "admin_name": "Nell Net"}
PRACTICE = {
    "text_name": "Ash PT",
    "phone": "(312) 555-0199",
    "time_zone": "America/Chicago",
    "state": "il",
    "admin": "ada@ash.test",
    "admin_name": "Ada Ash",
}


def _run(command: str, *words: str, **options: object) -> str:
    out = StringIO()
    call_command(command, *words, stdout=out, **options)
    return out.getvalue()


def _id(printed: str, what: str) -> str:
    return re.search(rf"^{what} +([0-9a-f-]{{36}})", printed, re.MULTILINE)[1]


def test_a_network_a_practice_and_their_people_are_founded(mailoutbox) -> None:
    network = _id(_run("found_network", "Ash Network", **NETWORK), "network")
    printed = _run("found_practice", "Ash Physical Therapy", f"--network={network}", **PRACTICE)
    practice = _id(printed, "practice")
    assert "/settings/texting/" in printed
    with open_scope(Scope.of_network(network, members=frozenset({practice}))):
        made, joined = Practice.objects.get(), Membership.objects.get()
        assert Network.objects.get().mode == Network.Mode.CLINICAL_INTEGRATION
    assert (made.phone, made.state, str(joined.practice_id)) == ("312-555-0199", "IL", practice)
    held = RoleAssignment.objects.filter(user__email__in=["net@new.test", "ada@ash.test"]).order_by(
        "starts_at"
    )
    assert [each.role for each in held] == [Role.NETWORK_ADMIN, Role.PRACTICE_ADMIN]
    assert all(each.mailed_at and not each.user.has_usable_password() for each in held)
    assert [each.to for each in mailoutbox] == [["net@new.test"], ["ada@ash.test"]]
    assert mailoutbox[1].subject == "Ash Physical Therapy: your account in Daybook"
    assert (
        "You are invited to work in Daybook for Ash Physical Therapy, as: Administrator."
        in mailoutbox[1].body
    )
    assert "works once, and for 3 days" in mailoutbox[1].body


def test_the_printed_link_leads_to_the_password_and_works_once(mailoutbox) -> None:
    printed = _run("invite_operator", "ops@new.test", "Olga", print_link=True)
    assert not mailoutbox
    path = re.search(r"https?://[^/]+(/accounts/\S+)", printed)[1]
    client = Client()
    form = client.get(path, follow=True)
    assert "Choose your password" in form.content.decode()
    typed = {"password1": "four quiet green chairs", "password2": "four quiet green chairs"}
    done = client.post(form.redirect_chain[-1][0], typed, follow=True)
    assert "Your password is set" in done.content.decode()
    assert User.objects.get(email="ops@new.test").check_password("four quiet green chairs")
    assert "This link no longer works" in Client().get(path, follow=True).content.decode()
    with pytest.raises(CommandError, match="has a password"):
        _run("password_link", "ops@new.test")


def test_a_link_is_printed_again_only_for_those_who_wait(world: World) -> None:
    _run("invite_operator", "ops@new.test", "Olga")
    assert "/accounts/password/reset/key/" in _run("password_link", " OPS@new.test")
    with pytest.raises(CommandError, match="has a password"):
        _run("password_link", "biller@oak.test")
    with pytest.raises(CommandError, match="Nobody has this e-mail address"):
        _run("password_link", "nobody@oak.test")


def test_somebody_known_only_gets_the_role(world: World, mailoutbox) -> None:
    printed = _run("invite_operator", "biller@oak.test", "Other Name", print_link=True)
    assert "known already" in printed
    assert "/password/reset/key/" not in printed
    person = world.oak.people[Role.BILLER]
    assert User.objects.get(pk=person.pk).name == person.name
    assert RoleAssignment.objects.filter(user=person, role=Role.OPERATOR).exists()
    with pytest.raises(CommandError, match="holds that role here already"):
        _run("invite_operator", "biller@oak.test", "Other Name")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"time_zone": "America/Springfield"}, "That time zone does not exist"),
        ({"phone": "555-0100"}, "Write a telephone number with its area code"),
        ({"state": "Illinois"}, "two letters"),
        ({"admin": "ada at ash"}, "Write an e-mail address"),
        ({"text_name": "Ash ★"}, "Use plain letters"),
        ({"admin_name": " "}, "the administrator's name"),
    ],
    ids=["zone", "phone", "state", "email", "text_name", "nobody"],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    changes: dict[str, str], sentence: str, mailoutbox
) -> None:
    before = User.objects.count()
    with pytest.raises(CommandError, match=sentence):
        _run("found_practice", "Ash Physical Therapy", **(PRACTICE | changes))
    assert User.objects.count() == before
    assert not mailoutbox


def test_a_network_that_is_not_there_is_said() -> None:
    nowhere = "--network=00000000-0000-7000-8000-000000000000"
    with pytest.raises(CommandError, match="There is no network with this id"):
        _run("found_practice", "Ash Physical Therapy", nowhere, **PRACTICE)


def test_the_same_command_twice_founds_one() -> None:
    _run("found_practice", "Ash Physical Therapy", **PRACTICE)
    with pytest.raises(CommandError, match="A practice of this name is here already"):
        _run("found_practice", "Ash Physical Therapy", **PRACTICE)
    _run("found_network", "Ash Network", **NETWORK)
    with pytest.raises(CommandError, match="A network of this name is here already"):
        _run("found_network", "Ash Network", **NETWORK)


def test_a_mail_that_does_not_leave_is_said_with_the_way_on(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # the discard port: nobody listens
    with pytest.raises(CommandError, match=r"the mail did not leave .* manage\.py password_link"):
        _run("found_practice", "Ash Physical Therapy", **PRACTICE)
    held = RoleAssignment.objects.get(user__email="ada@ash.test")
    assert held.mailed_at is None


def test_where_mail_is_only_printed_it_says_so(settings, capsys) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    printed = _run("found_network", "Ash Network", **NETWORK)
    assert "Mail is not set up (EMAIL_URL)" in printed


def test_payers_are_added_once_whatever_the_capitals() -> None:
    printed = _run("add_payer", "Prairie Health", kind="commercial")
    assert Payer.objects.get(pk=_id(printed, "payer")).kind == Payer.Kind.COMMERCIAL
    with pytest.raises(CommandError, match="in the directory already"):
        _run("add_payer", "prairie health ", kind="commercial")
    with pytest.raises(CommandError, match="needs a name"):
        _run("add_payer", " ", kind="commercial")


def test_shipping_protocols_may_be_repeated() -> None:
    first = _run("ship_protocols")
    assert int(first.split()[0]) > 0
    assert _run("ship_protocols") == first
