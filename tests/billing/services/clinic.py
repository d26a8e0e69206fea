"""A practice's patients for billing tests, made by services, with readings as the reader leaves them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from billing.models import DecidedLine, EpisodeDecision, EpisodeMonth, EpisodeWindow
from billing.services import claims, gates, minutes
from checkins.models import MonitoringDay, Reading
from checkins.services.touching import touch
from networks.local_days import local_date, zone_named
from networks.models import Clinician, Payer
from networks.permissions import Role
from patients.models import ConsentEvent, Episode, Patient
from patients.services import consents, registration
from tests.world import SYSTEM, Home

START = date(2026, 3, 2)
# 2026-03-02 09:00 in Chicago; later days keep the UTC hour.
MORNING = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
JULY = datetime(2026, 7, 1, 15, 0, tzinfo=UTC)


def on(day: date, hour: int = 15, minute: int = 0, second: int = 0) -> datetime:
    """An instant in UTC on a date."""
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC)


def after(days: int) -> date:
    """So many dates after the start."""
    return START + timedelta(days=days)


def payer(name: str = "Lakeshore Health") -> Payer:
    """A payer of the directory, made once."""
    return Payer.objects.get_or_create(name=name, defaults={"kind": Payer.Kind.COMMERCIAL})[0]


def open_gates(home: Home, *, starts_on: date = START) -> None:
    """File the practice's device determination."""
    gates.record_device_determination(
        home.practice,
        basis="Enforcement discretion for a software function",
        memo="Memo 2026-1",
        software_version="1.0",
        signed_by="Counsel",
        starts_on=starts_on,
        actor=SYSTEM,
        now=on(starts_on),
    )


def enrol(
    home: Home,
    *,
    number: int = 0,
    starts_on: date = START,
    covered: bool = True,
    clinician: Clinician | None = None,
    discipline: str = Episode.Discipline.PT,
) -> Episode:
    """A patient whose every gate is open from a date on, without readings or minutes."""
    now = on(starts_on)
    details = registration.PatientDetails(
        given_name="Ana",
        family_name=f"Example {number}",
        language="en",
        time_zone=home.practice.time_zone,
    )
    patient = registration.register_patient(home.practice, details=details, actor=SYSTEM, now=now)
    if covered:
        cover(patient, starts_on=starts_on)
    return enrol_again(
        home, patient, starts_on=starts_on, clinician=clinician, discipline=discipline, consented=True
    )


def enrol_again(
    home: Home,
    patient: Patient,
    *,
    starts_on: date,
    clinician: Clinician | None = None,
    discipline: str = Episode.Discipline.PT,
    consented: bool = False,
) -> Episode:
    """Another episode of a patient, with its plan of care and set-up."""
    now = on(starts_on)
    episode = registration.open_episode(
        patient,
        clinician=clinician or home.clinician,
        condition="knee",
        side="left",
        starts_on=starts_on,
        actor=SYSTEM,
        now=now,
        discipline=discipline,
    )
    registration.record_plan_of_care(
        episode, starts_on=starts_on, ends_on=None, names_rtm=True, actor=SYSTEM, now=now
    )
    if consented:
        consents.give(patient, kind=ConsentEvent.Kind.MONITORING, method="paper", actor=SYSTEM, now=now)
    set_up(home, episode, completed_on=starts_on)
    return episode


def cover(patient: Patient, *, starts_on: date = START, **changes: object) -> object:
    """Record that the usual payer covers the patient."""
    wanted = {
        "payer": payer(),
        "status": "covered",
        "starts_on": starts_on,
        "evidence": "Portal, reference 1",
        "actor": SYSTEM,
        "now": JULY,
    } | changes
    return gates.record_coverage(patient, **wanted)


def bills(home: Home, **changes: object) -> None:
    """Record as whom the practice bills, its fees for some codes, and the usual payer's number."""
    who = {"actor": SYSTEM, "now": on(START)}
    wanted = {"npi": "1234567893", "place_of_service": "11", "practice_number": "OAK", "starts_on": START}
    claims.record_billing_provider(home.practice.pk, **(wanted | changes), **who)
    fees = {"98975": Decimal("30.00"), "98977": Decimal("72.50"), "98981": Decimal("60.00")}
    claims.record_fees(home.practice.pk, dollars=fees, starts_on=START, **who)
    claims.record_payer_number(home.practice.pk, payer=payer(), number="TEST1", **who)


def diagnose(episode: Episode, *codes: str, starts_on: date = START, **changes: object) -> object:
    """Record an episode's diagnoses for its claims, and the patient's member number."""
    wanted = {"referring_npi": "2000000036", "referring_name": "Dr Elm", "case_number": "CASE-31"} | changes
    details = claims.Details(codes or ("M17.11", "M25.561"), **wanted)
    cover(episode.patient, member_id="1EG4TE5MK73")
    return claims.record_details(episode, details=details, starts_on=starts_on, actor=SYSTEM, now=on(START))


def set_up(home: Home, episode: Episode, *, completed_on: date = START, **changes: object) -> object:
    """Record twelve minutes of teaching by the PT."""
    wanted = {
        "completed_on": completed_on,
        "pt_minutes": 12,
        "pta_minutes": 0,
        "taught_by": home.clinician,
        "actor": SYSTEM,
        "now": on(completed_on),
    } | changes
    return gates.record_set_up(episode, **wanted)


def report(episode: Episode, *days: int, source: str = "patient", hour: int = 15) -> list[Reading]:
    """Readings on so many dates after the start, as the reader derives them, the episode touched."""
    zone = zone_named(episode.patient.time_zone)
    made = Reading.objects.bulk_create(
        Reading(
            practice_id=episode.practice_id,
            episode=episode,
            item="pain",
            low=4,
            high=4,
            source=source,
            received_at=on(after(day), hour),
            local_date=local_date(on(after(day), hour), zone),
        )
        for day in days
    )
    if source != Reading.Source.STAFF:
        MonitoringDay.objects.bulk_create(
            [
                MonitoringDay(practice_id=episode.practice_id, episode=episode, local_date=each.local_date)
                for each in made
            ],
            ignore_conflicts=True,
        )
    touch([episode.pk], practice_id=episode.practice_id, now=on(after(max(days, default=0)), hour))
    return made


def talk(home: Home, episode: Episode, day: int, *, length: int = 12, **changes: object) -> object:
    """Note a call of so many minutes by the PT."""
    started_at = on(after(day), 17)
    wanted = {
        "clinician": home.clinician,
        "by": home.people[Role.CLINICIAN],
        "started_at": started_at,
        "ended_at": started_at + timedelta(minutes=length),
        "mode": "phone",
        "topic": "Pain after the stairs",
        "reached": True,
        "actor": SYSTEM,
        "now": JULY,
    } | changes
    return minutes.log_call(episode, **wanted)


def lines(episode: Episode) -> list[tuple[str, int, str, str]]:
    """Code, units, date of service and status of the kept lines, in order."""
    rows = DecidedLine.objects.filter(episode=episode).order_by("position")
    return [(each.code, each.units, each.date_of_service.isoformat(), each.status) for each in rows]


def derived(practice_id: object) -> dict[str, list[tuple[object, ...]]]:
    """Every derived row of a practice with its id, to compare before and after."""
    return {
        model.__name__: sorted(
            tuple(repr(each) for each in row)
            for row in model.objects.filter(practice_id=practice_id).values_list()
        )
        for model in (EpisodeDecision, EpisodeWindow, EpisodeMonth, DecidedLine)
    }
