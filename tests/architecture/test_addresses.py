"""A walk of every address as everybody: nobody finds what is not theirs, and nothing breaks."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, time

import pytest
import time_machine
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from billing.certification_statements import CURRENT_STATEMENT
from billing.presenters.closing import shape_of
from billing.selectors.closing import month_list, months_of_episodes
from billing.services import certification, charges_out, gates, minutes
from checkins.services import drills, snoozes
from networks.actors import Actor
from networks.models import Payer, RoleAssignment, User
from networks.permissions import Role, permissions_of
from networks.scoping import Scope, open_scope
from networks.services import rota
from patients.services import milestones
from reporting.models import ProfileDraft, Release
from tests import factories
from tests.architecture.addresses import Address, addresses, rows_for
from tests.callers import as_machine
from tests.clinic import STEADY, fill, signed_in
from tests.module_rows import Unblocked
from tests.world import NOW, SYSTEM, Home, World

METHODS = ("GET", "POST")
# Names and words of Oak's patients that nobody else may ever be shown.
SECRETS = (
    *("Zephyrine", "Quillfeather", "Thaddeus", "marmalade chest pain"),
    *("+13125550177", "3125550177", "(312) 555-0178"),
)

_SIGN_IN = "allauth's page of the sign-in, for everybody"
_OWN = "allauth's page about the account of whoever is signed in, and nobody else's"
# Addresses that no permission guards, each with its reason.
OPEN: dict[str, str] = {
    "healthz": "tells that the process answers",
    "readyz": "names parts that fail; no data",
    "metrics": "figures, for the local network only",
    "webhooks/twilio/inbound/<str:key>/": "the carrier's signature stands for a sign-in",
    "webhooks/twilio/status/<str:key>/": "the carrier's signature stands for a sign-in",
    "c/<str:token>/": "the patient's own page: the signed link stands for a sign-in",
    "a/<str:consent_token>/": "the patient's own page of consent: the signed link stands for a sign-in",
    "": "leads to the home of the role, or to the sign-in",
    "demo-clock/": "moves the clock of a demonstration; not there where the setting is off, as in production",
    "workspace/": "switches between one's own workspaces; checks that they are",
    "api/schema/": "the description of the API; no data",
    "api/docs/": "the same as a page",
    "api/token/": "gives tokens for a machine's own id and secret",
    "api/token/revoke/": "takes back a token that is shown",
    "tour/": "the tour of whoever is signed in; words only, no data",
    "tour/steps/": "the same, for the script that walks it",
    "help/": "help texts of the repository; no data",
    "help/<slug:name>/": "help texts of the repository; no data",
    "styles/": "the parts of pages with invented figures, for whoever is signed in; no data",
    "verify/": "anybody checks a released profile; no data but public keys",
    "verify/keys.json": "the public keys",
    "accounts/login/": _SIGN_IN,
    "accounts/logout/": _SIGN_IN,
    "accounts/inactive/": _SIGN_IN,
    "accounts/signup/": "allauth's page of registering, which is closed",
    "accounts/confirm-email/": _SIGN_IN,
    "accounts/^confirm-email/(?P<key>[-:\\w]+)/$": _SIGN_IN,
    "accounts/login/code/confirm/": _SIGN_IN,
    "accounts/password/reset/": _SIGN_IN,
    "accounts/password/reset/done/": _SIGN_IN,
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": _SIGN_IN,
    "accounts/password/reset/key/done/": _SIGN_IN,
    "accounts/reauthenticate/": _OWN,
    "accounts/email/": _OWN,
    "accounts/password/change/": _OWN,
    "accounts/password/set/": _OWN,
    "accounts/2fa/": _OWN,
    "accounts/2fa/authenticate/": _SIGN_IN,
    "accounts/2fa/reauthenticate/": _OWN,
    "accounts/2fa/totp/activate/": _OWN,
    "accounts/2fa/totp/deactivate/": _OWN,
    "accounts/2fa/recovery-codes/": _OWN,
    "accounts/2fa/recovery-codes/generate/": _OWN,
    "accounts/2fa/recovery-codes/download/": _OWN,
    "accounts/2fa/webauthn/": _OWN,
    "accounts/2fa/webauthn/add/": _OWN,
    "accounts/2fa/webauthn/reauthenticate/": _OWN,
    "accounts/2fa/webauthn/keys/<int:pk>/remove/": _OWN,
    "accounts/2fa/webauthn/keys/<int:pk>/edit/": _OWN,
    "accounts/sessions/": _OWN,
}


@dataclass
class Walk:
    """Oak with patients whose names are unmistakable, and an id of Oak's for each place in an address."""

    world: World
    values: dict[str, str] = field(default_factory=dict)
    seen: dict[str, set[int]] = field(default_factory=dict)

    def answers(self, client: Client, *, open_too: bool) -> Iterator[tuple[Address, str, HttpResponse]]:
        """Ask for every address both ways, with every id of Oak's; nothing that is done stays done."""
        client.raise_request_exception = False
        # The first look notes in the session when it was; undone with it, each later one would write that again.
        client.get(reverse("networks:help-home"))
        cookies = deepcopy(client.cookies)
        for address in addresses():
            for method in METHODS if open_too or address.route not in OPEN else ():
                # One of the addresses signs people out.
                client.cookies = deepcopy(cookies)
                with transaction.atomic():
                    yield address, method, self._ask(client, address, method)
                    transaction.set_rollback(True)

    def _ask(self, client: Client, address: Address, method: str) -> HttpResponse:
        url = address.filled(self.values)
        if method == "GET":
            return client.get(url)
        if address.is_api and not address.route.startswith("api/token/"):
            named = {name.removesuffix("_id"): value for name, value in self.values.items()}
            return client.post(url, json.dumps(named), content_type="application/json")
        return client.post(url, self.values | {"workspace": f"practice:{self.world.oak.practice.pk}"})


# One worker does all walks: what they walk through is made once.
pytestmark = pytest.mark.xdist_group("walk")


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """Let it be Monday 2 March 2026, 9:00 in Chicago."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture(scope="module")
def filled_walk(built_world: World, module_rows: Unblocked) -> Walk:
    """Oak with a row for every place in an address, made once for all walks."""
    with module_rows(), time_machine.travel(NOW):
        return _filled(deepcopy(built_world))


@pytest.fixture
def walk(filled_walk: Walk, db: None) -> Walk:
    """A walk of its own for each caller."""
    return deepcopy(filled_walk)


def _filled(world: World) -> Walk:
    """Fill Oak with a row for every place in an address; fail in words where one is missing."""
    people = fill(world.oak, {"Zephyrine": (*STEADY[:5], "marmalade chest pain"), "Thaddeus": STEADY})
    home = world.oak
    released = _release_of_the_ipa(world)
    with open_scope(Scope.of_practice(home.practice.pk)):
        who = factories.enrolled(
            home, now=NOW, given_name="Zephyrine", family_name="Quillfeather", mobile="312 555 0177"
        )
        minutes.log_call(
            people["Thaddeus"].episode,
            clinician=home.clinician,
            by=User.objects.get(pk=home.people[Role.CLINICIAN].pk),
            started_at=NOW.replace(hour=14, minute=0),
            ended_at=NOW.replace(hour=14, minute=9),
            mode="phone",
            topic="marmalade",
            reached=True,
            actor=SYSTEM,
            now=NOW,
        )
        snoozes.snooze(
            people["Thaddeus"].episode, until=date(2026, 3, 4), reason="marmalade", actor=SYSTEM, now=NOW
        )
        milestones.record(
            people["Thaddeus"].episode,
            title="marmalade",
            reached_on=NOW.date(),
            evidence="measured",
            by=User.objects.get(pk=home.people[Role.CLINICIAN].pk),
            actor=SYSTEM,
            now=NOW,
        )
        gates.record_exclusion(
            who.episode, kind="inpatient", starts_on=NOW.date(), source="marmalade", actor=SYSTEM, now=NOW
        )
        factories.text_in(who.route, "+13125550178", "JOIN", at=NOW)
        factories.read_all(home, at=NOW)
        _certify_february(home)
        admin = home.people[Role.PRACTICE_ADMIN].pk
        drills.start_drill(home.practice, actor=Actor.person(admin), now=NOW)
        rota.add_shift(
            home.practice,
            user_id=admin,
            weekday=0,
            starts_at=time(8),
            ends_at=time(18),
            actor=SYSTEM,
            now=NOW,
        )
        known = {
            "patient_id": str(who.patient_id),
            "episode_id": str(who.episode.pk),
            "clinician_id": str(home.clinician.pk),
            "person_id": str(home.people[Role.ASSISTANT].pk),
            "role_assignment_id": str(
                RoleAssignment.objects.get(user=home.people[Role.ASSISTANT], practice=home.practice).pk
            ),
        } | released
        places = {name for each in addresses() if each.route not in OPEN for name in each.places}
        values, missing = rows_for(places, known=known)
    assert not missing, f"the walk cannot fill these places: {missing}"
    return Walk(world, values)


def _certify_february(home: Home) -> None:
    """Certify what may be certified of Oak's last month, so that there is a packet to ask for."""
    month = NOW.date().replace(month=2, day=1)
    listed = months_of_episodes(
        home.practice.pk, month_list(home.practice.pk, month=month).ordered, month=month
    )
    outcome = certification.certify(
        [
            certification.Reviewed(
                each.episode.pk, certification.seen_digest(list(map(shape_of, each.lines)))
            )
            for each in listed
        ],
        practice_id=home.practice.pk,
        month=month,
        statement_version=CURRENT_STATEMENT,
        actor=Actor.person(home.people[Role.CLINICIAN].pk),
        now=NOW,
    )
    assert outcome.certified
    charges_out.export(
        home.practice.pk,
        mapping="daybook",
        actor=Actor.person(home.people[Role.BILLER].pk),
        now=NOW,
    )


def _release_of_the_ipa(world: World) -> dict[str, str]:
    """Release an empty profile from the other network, which nobody on these walks works for."""
    quality = world.network_people["ipa", Role.QUALITY]
    payer = Payer.objects.create(name="Walked Health", kind=Payer.Kind.COMMERCIAL)
    same = {"network": world.ipa, "payer": payer, "first_day": NOW.date(), "cut_off": NOW.date()}
    with open_scope(Scope.of_network(world.ipa.pk)):
        draft = ProfileDraft.objects.create(
            **same,
            document={},
            document_sha256="",
            shown_counts={},
            wall={},
            drafted_by=quality,
            drafted_at=NOW,
        )
        release = Release.objects.create(
            **same,
            draft=draft,
            number=1,
            cohort={},
            measures={},
            document={},
            suppression={},
            manifest={},
            approved_by=quality,
            approved_at=NOW,
            released_by=quality,
            occurred_at=NOW,
            recorded_at=NOW,
        )
    return {
        "draft_id": str(draft.pk),
        "release_id": str(release.pk),
        "profile_id": str(release.pk),
        "name": "profile.pdf",
    }


def test_every_address_asks_for_a_permission_or_is_listed_with_a_reason() -> None:
    bare = [each.route for each in addresses() if each.permission("GET") is None and each.route not in OPEN]
    assert not bare, (
        f"{bare}: put @requires(Permission.…) on the view (required_permission on a class of the API), "
        "or list the address in OPEN with the reason why anybody may open it"
    )


def test_the_list_of_open_addresses_is_fresh() -> None:
    known = {each.route: each for each in addresses()}
    gone = sorted(set(OPEN) - known.keys())
    guarded = sorted(route for route in OPEN.keys() & known.keys() if known[route].permission("GET"))
    assert not gone, f"{gone} no longer exist: take them off the list"
    assert not guarded, f"{guarded} ask for a permission now: take them off the list"
    assert all(reason.strip() for reason in OPEN.values())


def _faults(
    walk: Walk,
    client: Client,
    expected: Callable[[Address, str], set[int] | None],
    *,
    hides: bool = True,
    open_too: bool = False,
) -> list[str]:
    """Return in words where an answer is another than expected, fails, or shows a patient of Oak's."""
    faults = []
    for address, method, answer in walk.answers(client, open_too=open_too):
        here = f"{method} {address.route}"
        allowed = expected(address, method)
        if answer.status_code >= 500 and address.route != "readyz":
            faults.append(f"{here} failed with {answer.status_code}")
        elif allowed is not None and answer.status_code not in allowed:
            faults.append(f"{here} answered {answer.status_code}, not {sorted(allowed)}")
        text = b"".join(answer) if answer.streaming else answer.content
        shown = [each for each in SECRETS if each in text.decode(errors="replace")]
        if hides and shown:
            faults.append(f"{here} shows {shown}")
        leads_away = answer.status_code == 302 and not answer.url.startswith("/accounts/login/")
        if leads_away and allowed == _TO_SIGN_IN:
            faults.append(f"{here} leads to {answer.url}")
        walk.seen.setdefault(address.route, set()).add(answer.status_code)
    return faults + [
        f"{route} answered {METHODS} with 405 alone: the walk proves nothing there"
        for route, statuses in walk.seen.items()
        if statuses == {405}
    ]


_TO_SIGN_IN = {302, 401, 403}


def test_nobody_finds_more_than_the_sign_in(walk: Walk) -> None:
    def expected(address: Address, method: str) -> set[int] | None:
        if address.route in OPEN:
            return None
        return {401, 403} if address.is_api else _TO_SIGN_IN

    assert _faults(walk, Client(), expected, open_too=True) == []


def _expected_of(role: Role, *, is_home: bool) -> Callable[[Address, str], set[int] | None]:
    """What a role must be answered: 403 without the permission; with it, 404 for ids of another tenant."""
    held = permissions_of([role])

    def expected(address: Address, method: str) -> set[int] | None:
        if address.route in OPEN:
            return None
        if address.permission(method) not in held:
            return {403}
        if address.places and not is_home:
            return {404, 405}
        return {200, 201, 204, 302, 400, 404, 405, 409, 415, 422}

    return expected


PRACTICE_PEOPLE = [
    Role.CLINICIAN,
    Role.ASSISTANT,
    Role.FRONT_DESK,
    Role.BILLER,
    Role.PRACTICE_ADMIN,
    Role.AUDITOR,
]
NETWORK_PEOPLE = [Role.NETWORK_ADMIN, Role.QUALITY, Role.CONTRACTING, Role.CREDENTIALING, Role.AUDITOR]


@pytest.mark.parametrize("role", PRACTICE_PEOPLE)
def test_each_role_at_home_opens_what_its_permissions_say(walk: Walk, role: Role) -> None:
    client = signed_in(walk.world.oak.people[role])
    expected = _expected_of(role, is_home=True)
    hides, open_too = role is Role.AUDITOR, role is Role.CLINICIAN
    assert _faults(walk, client, expected, hides=hides, open_too=open_too) == []


@pytest.mark.parametrize("role", PRACTICE_PEOPLE)
def test_another_practices_people_find_nothing_of_oak(walk: Walk, role: Role) -> None:
    client = signed_in(walk.world.elm.people[role])
    assert _faults(walk, client, _expected_of(role, is_home=False)) == []


@pytest.mark.parametrize("role", NETWORK_PEOPLE)
def test_people_of_a_network_that_oak_is_in_find_no_patient(walk: Walk, role: Role) -> None:
    client = signed_in(walk.world.network_people["cin", role])
    assert _faults(walk, client, _expected_of(role, is_home=False)) == []


def test_the_operator_finds_no_patient(walk: Walk) -> None:
    assert walk.world.operator is not None
    client = signed_in(walk.world.operator)
    assert _faults(walk, client, _expected_of(Role.OPERATOR, is_home=False)) == []


def test_somebody_without_any_role_finds_nothing(walk: Walk) -> None:
    stranger = signed_in(User.objects.create_user("stranger@nowhere.test", name="Stranger"))
    assert _faults(walk, stranger, lambda *_: {403}) == []


def test_another_practices_machine_finds_nothing_of_oak(walk: Walk) -> None:
    held = permissions_of([Role.PRACTICE_ADMIN])

    def expected(address: Address, method: str) -> set[int] | None:
        if address.route in OPEN:
            return None
        if not address.is_api:
            return _TO_SIGN_IN
        if address.permission(method) not in held:
            return {403}
        return {404, 405} if address.places else None

    assert _faults(walk, as_machine(walk.world.elm.practice), expected) == []
