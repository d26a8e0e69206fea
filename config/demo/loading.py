"""Puts the demonstration in place once: networks, practices, people, lines at the simulator, history."""

import json
import secrets
import urllib.request
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache, partial
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from billing.services import gates
from checkins.models import Sender, SenderRoute
from checkins.services import line, line_setup, protocols
from config.demo import claims, statistics
from config.demo.cast import HOUSES, NETWORKS, PASSWORD, PAYERS, House, Size
from config.demo.story import Story, numbers_of
from config.demo.troupe import in_processes
from networks.actors import Actor
from networks.models import Clinician, Network, Payer, Practice, RoleAssignment, User
from networks.permissions import Role
from networks.scoping import Scope, open_scope, practice_scope
from networks.services import organizations

_LOADER = Actor.part("demonstration")
_OPERATOR = "operator@daybook.demo"
_AGE = timedelta(days=400)  # so long before the newest day everything was founded


@cache
def _hashed() -> str:
    """Return the one password's hash: made once, since each hash costs a tenth of a second on purpose."""
    return make_password(PASSWORD)


def _invite(email: str, *, name: str, now: datetime) -> User:
    person = organizations.invite(email, name=name, now=now)
    person.password = _hashed()
    person.save(update_fields=["password"])
    return person


_STAFF = (
    (Role.FRONT_DESK, "frontdesk", "Front desk"),
    (Role.BILLER, "biller", "Biller"),
    (Role.PRACTICE_ADMIN, "admin", "Administrator"),
    (Role.AUDITOR, "auditor", "Auditor"),
)


def is_loaded(size: Size) -> bool:
    """Tell whether the demonstration is there already, whole."""
    return _is_founded() and not _untold(size)


def load(*, now: datetime, size: Size, progress: Callable[[str], None]) -> None:
    """Load the demonstration, or what is missing of it; `size` says how much of it.

    What the practices share comes first; then each practice is told whole or not at all, in a process of
    its own, since their stories have nothing to do with each other. Needs the simulator running.
    """
    if not _is_founded():
        with transaction.atomic():
            _found_networks(now=now)
    with statistics.steadied():
        told = partial(_tell, now=now, size=size)
        for words in in_processes(told, [house.key for house in _untold(size)]):
            progress(words)


def _is_founded() -> bool:
    return RoleAssignment.objects.filter(user__email=_OPERATOR).exists()


def _untold(size: Size) -> list[House]:
    numbers = set(SenderRoute.objects.values_list("number", flat=True))
    return [house for house in size.houses if house.number not in numbers]


def _found_networks(*, now: datetime) -> None:
    protocols.ship()
    founded = now - _AGE
    for name, kind in PAYERS:
        Payer.objects.get_or_create(name=name, defaults={"kind": kind})
    for key, (name, kind, mode) in NETWORKS.items():
        network = organizations.found_network(name=name, kind=kind, mode=mode, actor=_LOADER, now=founded)
        _network_people(key, network, now=founded)
    operator = _invite(_OPERATOR, name="Operator", now=founded)
    organizations.assign_role(operator, role=Role.OPERATOR, home=None, actor=_LOADER, now=founded)


def _network_of(key: str) -> Network:
    """Return a network, found by who administers it: which one it is, its name does not tell a program."""
    posts = RoleAssignment.objects.filter(user__email=f"admin@{key}.demo", network__isnull=False)
    network_id: UUID = posts.values_list("network_id", flat=True).get()
    with open_scope(Scope.of_network(network_id)):
        return Network.objects.get(pk=network_id)


def _tell(key: str, *, now: datetime, size: Size) -> str:
    """Tell one practice's whole story in one transaction; return how large it became."""
    (house,) = (each for each in size.houses if each.key == key)
    founded = now - _AGE
    with transaction.atomic():
        statistics.plan_for_growth()
        practice = _found(house, now=founded)
        for each in house.networks:
            _join(practice, _network_of(each), now=founded)
        clinicians, people = _people(house, practice, now=founded)
        with practice_scope(practice.pk):
            route = _open_line(house, practice, now=founded)
        payers = [Payer.objects.get(name=name) for name, _ in PAYERS]
        with practice_scope(practice.pk):
            claims.record_practice(house, practice, payers, actor=_LOADER, now=founded)
        story = Story(house, practice, route, clinicians, people, payers, now, size.days, size.with_others)
        words = story.tell()
        with practice_scope(practice.pk):
            _tell_simulator(route, numbers_of(practice))
    return words


def _open_line(house: House, practice: Practice, *, now: datetime) -> line.Route:
    gates.record_device_determination(
        practice,
        basis="Software function intended to monitor response to therapy; determination of the practice",
        memo="Memo 2025-11, signed by counsel",
        software_version="Daybook 2026",
        signed_by="Practice owner",
        starts_on=now.date(),
        actor=_LOADER,
        now=now,
    )
    return _line(house, practice, now=now)


def _found(house: House, *, now: datetime) -> Practice:
    practice = organizations.found_practice(
        name=house.name,
        text_name=house.text_name,
        phone=house.phone,
        time_zone=house.time_zone,
        state=house.state,
        actor=_LOADER,
        now=now,
        opened_on=now.date(),
    )
    with practice_scope(practice.pk):
        # Real practices text between 9 and 20; the demonstration answers whoever tries it at night.
        organizations.set_texting_hours(
            practice, opens="00:00", closes="23:59", on_sunday=True, actor=_LOADER, now=now
        )
    return practice


def _join(practice: Practice, network: Network, *, now: datetime) -> None:
    with open_scope(Scope.of_network(network.pk, members=frozenset({practice.pk}))):
        organizations.join_network(
            practice,
            network=network,
            agreement=f"Participation agreement of {now.date()}",
            starts_on=now.date(),
            actor=_LOADER,
            now=now,
        )


def _people(
    house: House, practice: Practice, *, now: datetime
) -> tuple[list[Clinician], dict[Clinician, User]]:
    clinicians: list[Clinician] = []
    people: dict[Clinician, User] = {}
    with practice_scope(practice.pk):
        for name in house.sites[1:]:
            organizations.add_site(practice, name=name, actor=_LOADER, now=now)
        for name, npi, credential in house.clinicians:
            person = _invite(f"{name.split()[0].lower()}@{house.key}.demo", name=name, now=now)
            role = Role.CLINICIAN if credential == "PT" else Role.ASSISTANT
            organizations.assign_role(person, role=role, home=practice, actor=_LOADER, now=now)
            clinician = organizations.add_clinician(
                practice, name=name, npi=npi, credential=credential, actor=_LOADER, now=now, user=person
            )
            clinicians.append(clinician)
            people[clinician] = person
        for role, prefix, title in _STAFF:
            person = _invite(f"{prefix}@{house.key}.demo", name=f"{title}, {house.text_name}", now=now)
            organizations.assign_role(person, role=role, home=practice, actor=_LOADER, now=now)
    return clinicians, people


def _network_people(key: str, network: Network, *, now: datetime) -> None:
    with open_scope(Scope.of_network(network.pk)):
        for role in (Role.NETWORK_ADMIN, Role.QUALITY, Role.CONTRACTING, Role.CREDENTIALING):
            person = _invite(
                f"{role.value.replace('network_', '')}@{key}.demo",
                name=f"{role.value.replace('_', ' ').capitalize()}, {network.name}",
                now=now,
            )
            organizations.assign_role(person, role=role, home=network, actor=_LOADER, now=now)


def _line(house: House, practice: Practice, *, now: datetime) -> line.Route:
    route = line.add_sender(
        practice,
        number=house.number,
        account_sid="AC" + secrets.token_hex(16),
        token=secrets.token_hex(16),
        segments_per_second=12,
        actor=_LOADER,
        now=now,
    )
    # As in life: a number sends once the carriers have approved its campaign.
    line_setup.record_campaign(
        Sender.objects.get(practice=practice, pk=route.sender_id),
        approved_on=now.date(),
        segments_per_second=Decimal(12),
        actor=_LOADER,
        now=now,
    )
    return route


def introduce() -> None:
    """Tell the simulator again which numbers there are and where to call: its address or ours may have changed."""
    for house in HOUSES:
        found = SenderRoute.objects.filter(number=house.number).first()
        if found is not None:
            with practice_scope(found.practice_id):
                practice = Practice.objects.get(pk=found.practice_id)
                _tell_simulator(line.routes_of(practice.pk)[found.sender_id], numbers_of(practice))


def _tell_simulator(route: line.Route, phones: list[tuple[str, str]]) -> None:
    _post(
        "/control/accounts",
        {
            "sid": route.account_sid,
            "auth_token": route.tokens[0],
            "numbers": [{"number": route.number, "inbound_url": route.inbound_url}],
            # YES is an answer here; START alone brings texts back.
            "opt_out": {"advanced": True, "start": ["START", "UNSTOP"]},
        },
    )
    found = [{"number": number, "label": label, "line": route.number} for number, label in phones]
    _post("/control/phones", {"phones": found})


def _post(path: str, document: dict[str, object]) -> None:
    request = urllib.request.Request(  # noqa: S310 - the address is a setting that only names this machine
        settings.TWILIO_API_BASE + path,
        data=json.dumps(document).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=20):  # noqa: S310 - as above
        pass


def sign_ins() -> list[tuple[str, str]]:
    """Return who can sign in to the demonstration: title and e-mail address, for people to try."""
    return [
        ("Clinician at Lakeside PT", "dana@lakeside.demo"),
        ("Assistant at Lakeside PT", "priya@lakeside.demo"),
        ("Front desk at Lakeside PT", "frontdesk@lakeside.demo"),
        ("Biller at Lakeside PT", "biller@lakeside.demo"),
        ("Administrator at Harbor & Main", "admin@harbor.demo"),
        ("Clinician at Prairie Motion", "ruth@prairie.demo"),
        ("Quality lead of the CIN", "quality@cin.demo"),
        ("Network admin of the CIN", "admin@cin.demo"),
        ("Quality lead of the IPA", "quality@ipa.demo"),
        ("Auditor at Lakeside PT", "auditor@lakeside.demo"),
        ("Operator", _OPERATOR),
    ]
