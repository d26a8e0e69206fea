"""Rows for tests of pages, made by the product's own services wherever one exists; call inside a scope."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from billing.services import coverages, gates
from checkins.models import OutboxRow, Sender
from checkins.services import planning, protocols, reading, writing
from checkins.services.enrollment import EnrollmentRequest, enroll
from checkins.services.line import Route, add_sender, route_of, routes_of
from checkins.services.receiving import TextIn, receive
from networks.models import Clinician, Payer, Practice
from patients.models import Episode
from tests.world import SYSTEM, Home

_NUMBERS = count(1)


@dataclass(frozen=True)
class Enrolled:
    """An episode and the number its patient texts from."""

    episode: Episode
    mobile: str
    route: Route

    @property
    def patient_id(self):
        return self.episode.patient_id


def line_of(practice: Practice, *, now: datetime) -> Route:
    """Return the practice's route, with a ready sender; made on the first call."""
    found = list(routes_of(practice.pk).values())
    if found:
        return found[0]
    protocols.ship()
    number = f"+1312555{next(_NUMBERS):04d}"
    route = add_sender(
        practice, number=number, account_sid="AC" + "0" * 32, token="a" * 32, actor=SYSTEM, now=now
    )
    return route_of(route.key) or route


def enrolled(
    home: Home,
    *,
    now: datetime,
    given_name: str = "Ada",
    family_name: str = "Ortiz",
    mobile: str = "",
    language: str = "en",
    condition: str = Episode.Condition.KNEE,
    side: str = Episode.Side.LEFT,
    surgery_on: date | None = None,
    birth_date: date | None = date(1968, 4, 2),
    record_number: str = "",
    clinician: Clinician | None = None,
    gated: bool = False,
    shares_phone: bool = False,
) -> Enrolled:
    """Enrol a patient at `now`; `gated` also records set-up, device determination and coverage."""
    route = line_of(home.practice, now=now)
    number = next(_NUMBERS)
    mobile = mobile or f"+1312{200 + number // 100:03d}55{number % 100:02d}"
    episode = enroll(
        Practice.objects.get(pk=home.practice.pk),
        request=EnrollmentRequest(
            given_name=given_name,
            family_name=family_name,
            mobile=mobile,
            language=language,
            condition=condition,
            side=side,
            clinician_id=(clinician or home.clinician).pk,
            time_zone=home.practice.time_zone,
            surgery_on=surgery_on,
            birth_date=birth_date,
            record_number=record_number,
            shares_phone=shares_phone,
        ),
        actor=SYSTEM,
        now=now,
    )
    if gated:
        open_gates(home, episode, now=now)
    return Enrolled(episode, mobile, route)


def open_gates(home: Home, episode: Episode, *, now: datetime) -> None:
    """Record set-up and coverage, so that codes are decided for what the patient reports."""
    payer, _ = Payer.objects.get_or_create(name="Prairie Health", kind=Payer.Kind.COMMERCIAL)
    coverages.record_coverage(
        episode.patient,
        payer=payer,
        status="covered",
        starts_on=episode.starts_on,
        evidence="Payer's portal",
        actor=SYSTEM,
        now=now,
    )
    gates.record_set_up(
        episode,
        completed_on=episode.starts_on,
        pt_minutes=12,
        pta_minutes=0,
        taught_by=episode.clinician,
        actor=SYSTEM,
        now=now,
    )


def determination(home: Home, *, starts_on: date, now: datetime) -> None:
    """Record that the practice holds the software to be a device."""
    gates.record_device_determination(
        home.practice,
        basis="Determined by the practice",
        memo="Memo of 2026",
        software_version="1",
        signed_by="The owner",
        starts_on=starts_on,
        actor=SYSTEM,
        now=now,
    )


def writes(who: Enrolled, body: str, *, at: datetime) -> None:
    """Let a patient write; the text waits to be read."""
    text_in(who.route, who.mobile, body, at=at)


def text_in(route: Route, number: str, body: str, *, at: datetime) -> None:
    """Let any number write to a practice."""
    receive(route, TextIn(sid=f"SM{next(_NUMBERS):032d}", from_number=number, body=body, raw="{}"), now=at)


def read_all(home: Home, *, at: datetime) -> None:
    """Read everything that waits."""
    reading.read_pending(home.practice.pk, now=lambda: at)


def asked(home: Home, *, at: datetime) -> None:
    """Ask everybody who is due at `at`, and let the texts arrive."""
    planning.plan_day(home.practice.pk, now=at)
    writing.write_texts(home.practice.pk, now=at)
    OutboxRow.objects.filter(
        practice=home.practice, state=OutboxRow.State.PENDING, not_before__lte=at
    ).update(state=OutboxRow.State.SENT, status="delivered", attempted_at=at, finished_at=at)


def local_noon(day: date, home: Home, *, hour: int = 9, minute: int = 0) -> datetime:
    """Return an instant of a local day of the practice."""
    zone = ZoneInfo(home.practice.time_zone)
    return datetime.combine(day, time(hour, minute), tzinfo=zone).astimezone(UTC)


def days_of_answers(
    home: Home, people: Sequence[tuple[Enrolled, Sequence[str | None]]], *, first: date, days: int
) -> None:
    """Ask everybody daily from `first` on; person by person the day's answer, None for silence."""
    for away in range(days):
        day = first + timedelta(days=away)
        asked(home, at=local_noon(day, home))
        for place, (who, answers) in enumerate(people):
            answer = answers[away] if away < len(answers) else None
            if answer is not None:
                writes(who, answer, at=local_noon(day, home, hour=10, minute=place % 60))
        read_all(home, at=local_noon(day, home, hour=11))


def sender_of(practice: Practice) -> Sender:
    """Return the practice's sender."""
    return Sender.objects.get(practice=practice)
