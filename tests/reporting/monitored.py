"""A cohort of invented patients in bulk rows: enough of them for a profile to show figures."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from billing.models import Coverage
from checkins.models import CheckIn, MonitoringDay, OutboundMessage, OutboxRow, Plan, Reading, Sender
from checkins.services import protocols
from networks.models import Network, Payer
from networks.scoping import Scope, open_scope
from patients.models import Enrollment, Episode, Patient, Phone
from tests import factories
from tests.world import NOW, SYSTEM, Home

FIRST = date(2026, 1, 1)
CUT_OFF = date(2026, 3, 1)
LAST_ENTRY = date(2026, 1, 30)


@dataclass(frozen=True)
class Course:
    """How one invented patient fares: pain from and to, the share of days answered, when silence falls."""

    began_on: date
    pain_from: int
    pain_to: int
    answers: float = 1.0
    silent_after: int = 999
    condition: str = "knee"
    born: int = 1960
    language: str = "en"
    operated: bool = False


def clinically_integrated(network: Network) -> Network:
    """Let the network be one whose quality lead may see outcomes by practice."""
    with open_scope(Scope.of_network(network.pk)):
        Network.objects.filter(pk=network.pk).update(mode=Network.Mode.CLINICAL_INTEGRATION)
    network.mode = Network.Mode.CLINICAL_INTEGRATION
    return network


def payer_named(name: str) -> Payer:
    """Return a payer, made on the first call."""
    return Payer.objects.get_or_create(name=name, defaults={"kind": Payer.Kind.COMMERCIAL})[0]


def courses(
    n: int, *, seed: int = 1, first: date = FIRST, last: date = LAST_ENTRY, answers: float = 1.0
) -> list[Course]:
    """Return n courses: two in three improve by much, one in six falls silent early."""
    luck = random.Random(seed)
    return [
        Course(
            began_on=first + timedelta(days=luck.randrange((last - first).days + 1)),
            pain_from=luck.choice([6, 7, 8]) if place % 3 else 7,
            pain_to=luck.choice([2, 3, 3, 4]) if place % 3 else 6,
            answers=answers,
            silent_after=8 if place % 6 == 5 else 999,
            condition=("knee", "back")[place % 2],
            born=luck.choice([1946, 1955, 1972]),
            language="es" if place % 3 == 0 else "en",
            operated=place % 2 == 0,
        )
        for place in range(n)
    ]


def monitor(
    home: Home, told: list[Course], *, payer: Payer, cut_off: date = CUT_OFF, tag: str = "m"
) -> list[Episode]:
    """Write the patients' whole monitoring into one practice, as of the cut-off; needs no open scope."""
    with open_scope(Scope.of_practice(home.practice.pk)):
        return _write(home, told, payer=payer, cut_off=cut_off, tag=tag)


def _write(home: Home, told: list[Course], *, payer: Payer, cut_off: date, tag: str) -> list[Episode]:
    practice, luck = home.practice, random.Random(7)
    factories.line_of(practice, now=NOW)
    sender = Sender.objects.get(practice=practice)
    protocol = protocols.adopt_for(practice, condition="knee", actor=SYSTEM, now=NOW)
    at = NOW.replace(month=1, day=1)
    patients = [
        Patient(
            practice=practice,
            given_name=f"P{place}",
            family_name="Invented",
            record_number=f"{tag}{place}",
            birth_date=date(each.born, 5, 1),
            language=each.language,
            time_zone="America/Chicago",
            created_at=at,
        )
        for place, each in enumerate(told)
    ]
    Patient.objects.bulk_create(patients)
    phones = [
        Phone(
            practice=practice,
            patient=patient,
            number="+13125550000",
            number_index=f"{tag}{place}{home.practice.pk}".encode()[:32].ljust(32, b"."),
            last_four="0000",
            added_at=at,
        )
        for place, patient in enumerate(patients)
    ]
    Phone.objects.bulk_create(phones)
    episodes = [
        Episode(
            practice=practice,
            patient=patient,
            clinician=home.clinician,
            condition=each.condition,
            starts_on=each.began_on - timedelta(days=1),
            surgery_on=each.began_on - timedelta(days=12) if each.operated else None,
        )
        for each, patient in zip(told, patients, strict=True)
    ]
    Episode.objects.bulk_create(episodes)
    Enrollment.objects.bulk_create(
        Enrollment(practice=practice, episode=episode, starts_on=each.began_on)
        for each, episode in zip(told, episodes, strict=True)
    )
    Coverage.objects.bulk_create(
        Coverage(
            practice=practice,
            patient=patient,
            payer=payer,
            status="covered",
            starts_on=date(2025, 12, 1),
            recorded_at=at,
        )
        for patient in patients
    )
    plans = [
        Plan(
            practice=practice,
            episode=episode,
            protocol=protocol,
            phone=phone,
            sender=sender,
            time_zone="America/Chicago",
            starts_on=each.began_on,
        )
        for each, episode, phone in zip(told, episodes, phones, strict=True)
    ]
    Plan.objects.bulk_create(plans)
    _write_days(
        practice,
        sender,
        list(zip(told, episodes, plans, phones, strict=True)),
        cut_off=cut_off,
        at=at,
        luck=luck,
    )
    return episodes


def _write_days(practice, sender, people, *, cut_off, at, luck) -> None:
    asked, texts, rows, values, days = [], [], [], [], []
    for each, episode, plan, phone in people:
        for since in range(0, (cut_off - each.began_on).days + 1, 4):
            day = each.began_on + timedelta(days=since)
            says = luck.random() < each.answers and since <= each.silent_after
            check_in = CheckIn(
                practice=practice,
                episode=episode,
                plan=plan,
                local_date=day,
                items=["pain", "exercises"],
                open_items=[],
                state="answered" if says else "closed",
                expires_at=at,
                planned_at=at,
            )
            text = OutboundMessage(
                practice=practice,
                patient=episode.patient,
                episode=episode,
                phone=phone,
                sender=sender,
                check_in=check_in,
                kind="check_in",
                body="?",
                language="en",
                occurred_at=at,
                recorded_at=at,
            )
            asked.append(check_in)
            texts.append(text)
            rows.append(
                OutboxRow(
                    practice=practice,
                    message=text,
                    sender=sender,
                    phone=phone,
                    state="sent",
                    status="delivered",
                    not_before=at,
                    not_after=at,
                    finished_at=at,
                )
            )
            if says:
                pain = each.pain_from if since < 7 else each.pain_to
                shared = {
                    "practice": practice,
                    "episode": episode,
                    "check_in": check_in,
                    "source": "patient",
                    "received_at": at,
                    "local_date": day,
                }
                values.append(Reading(item="pain", low=Decimal(pain), high=Decimal(pain), **shared))
                values.append(Reading(item="exercises", word="yes" if since % 8 else "no", **shared))
                days.append(MonitoringDay(practice=practice, episode=episode, local_date=day))
    CheckIn.objects.bulk_create(asked)
    OutboundMessage.objects.bulk_create(texts)
    OutboxRow.objects.bulk_create(rows)
    Reading.objects.bulk_create(values)
    MonitoringDay.objects.bulk_create(days)
