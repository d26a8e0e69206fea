"""What the self-audit counts: the lines, windows, months and entries of a practice over a span of dates."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, Min, OuterRef, Q

from billing.code_set import SETUP_CODE, Family
from billing.models import DecidedLine, EpisodeMonth, EpisodeWindow, Exclusion, TimeEntry
from billing.self_audit import AuditFacts, EntryFacts, MonitoredPatient
from billing.services.rules_in_force import rules_in_force
from checkins.models import MonitoringDay
from networks.local_days import local_date, start_of_day, zone_named
from patients.models import Episode, PlanOfCare

_STANDING = (DecidedLine.Status.BILLABLE, DecidedLine.Status.CERTIFIED)


def audit_facts(practice_id: UUID, *, first: date, last: date, zone: str) -> AuditFacts:
    """Return everything counted with dates of service, closings or work between two dates; nine queries."""
    span = (first, last)
    lines = _lines(practice_id, span=span)
    return AuditFacts(
        patients=_patients(practice_id, lines=lines),
        enrollments=_enrollments(practice_id, span=span),
        windows_with_several_devices=_several_devices(practice_id, span=span),
        window_days=list(
            EpisodeWindow.objects.filter(
                practice_id=practice_id, is_closed=True, clipped_to__range=span
            ).values_list("days", flat=True)
        ),
        month_minutes=list(
            EpisodeMonth.objects.filter(
                practice_id=practice_id, is_closed=True, month__range=(first.replace(day=1), last)
            ).values_list("minutes", flat=True)
        ),
        entries=_entries(practice_id, span=span, zone=zone),
    )


_Lines = dict[UUID, list[tuple[str, date]]]


def _lines(practice_id: UUID, *, span: tuple[date, date]) -> _Lines:
    found: defaultdict[UUID, list[tuple[str, date]]] = defaultdict(list)
    rows = DecidedLine.objects.filter(
        practice_id=practice_id, status__in=_STANDING, date_of_service__range=span
    )
    for patient, code, day in rows.values_list("episode__patient_id", "code", "date_of_service"):
        found[patient].append((code, day))
    return found


def _patients(practice_id: UUID, *, lines: _Lines) -> list[MonitoredPatient]:
    code_set = rules_in_force().code_set
    families = {each.code: each.family for each in code_set.codes}
    # A set-up may lie before the span; who ever had one has one.
    with_set_up = set(
        DecidedLine.objects.filter(
            practice_id=practice_id, code=SETUP_CODE, status__in=_STANDING
        ).values_list("episode__patient_id", flat=True)
    )
    unevaluated = _monitored_before_a_plan(practice_id)
    elsewhere = set(
        Exclusion.objects.standing()
        .filter(practice_id=practice_id, kind__in=(Exclusion.Kind.RPM, Exclusion.Kind.OTHER_RTM))
        .values_list("episode__patient_id", flat=True)
    )

    def dates(patient: UUID, family: Family) -> tuple[date, ...]:
        return tuple(sorted({day for code, day in lines[patient] if families.get(code) is family}))

    return [
        MonitoredPatient(
            has_set_up=patient in with_set_up,
            device_dates=dates(patient, Family.DEVICE),
            management_dates=dates(patient, Family.MANAGEMENT),
            was_evaluated_first=patient not in unevaluated,
            monitored_elsewhere=patient in elsewhere,
        )
        for patient in lines
    ]


def _monitored_before_a_plan(practice_id: UUID) -> set[UUID]:
    """Patients with an episode whose first answer came before its evaluation or any plan of care."""
    first_days = MonitoringDay.objects.filter(practice_id=practice_id).values("episode_id")
    earliest = dict(first_days.annotate(first=Min("local_date")).values_list("episode_id", "first"))
    plan = PlanOfCare.objects.standing().filter(practice_id=practice_id, episode_id=OuterRef("pk"))
    stands = Q(plans_of_care__voids=None, plans_of_care__voided_by=None)
    rows = Episode.objects.filter(practice_id=practice_id).annotate(
        has_plan=Exists(plan), plan_from=Min("plans_of_care__starts_on", filter=stands)
    )
    return {
        patient
        for episode, patient, starts_on, plan_from in rows.values_list(
            "pk", "patient_id", "starts_on", "plan_from"
        )
        if episode in earliest
        and (plan_from is None or earliest[episode] < plan_from or earliest[episode] < starts_on)
    }


def _enrollments(practice_id: UUID, *, span: tuple[date, date]) -> dict[date, int]:
    firsts = MonitoringDay.objects.filter(practice_id=practice_id).values("episode_id")
    counts: defaultdict[date, int] = defaultdict(int)
    for day in firsts.annotate(first=Min("local_date")).values_list("first", flat=True):
        if span[0] <= day <= span[1]:
            counts[day.replace(day=1)] += 1
    return dict(counts)


def _several_devices(practice_id: UUID, *, span: tuple[date, date]) -> int:
    device_codes = rules_in_force().code_set.device_codes
    rows = DecidedLine.objects.filter(
        practice_id=practice_id,
        status__in=_STANDING,
        code__in=device_codes,
        date_of_service__range=span,
    )
    per_date = rows.order_by().values("episode__patient_id", "date_of_service").annotate(many=Count("pk"))
    return per_date.filter(many__gt=1).count()


def _entries(practice_id: UUID, *, span: tuple[date, date], zone: str) -> list[EntryFacts]:
    place = zone_named(zone)
    begin, end = start_of_day(span[0], place), start_of_day(span[1] + timedelta(days=1), place)
    rows = TimeEntry.objects.filter(
        practice_id=practice_id, started_at__gte=begin, started_at__lt=end, voids=None, voided_by=None
    )
    return [
        EntryFacts(length, delay, live)
        for length, delay, live in rows.annotate(
            length=F("ended_at") - F("started_at"), delay=F("recorded_at") - F("ended_at")
        ).values_list("length", "delay", "live_contact")
    ]


def last_twelve_months(now: datetime, *, zone: str) -> tuple[date, date]:
    """Return the first and last date of the twelve months that end today."""
    today = local_date(now, zone_named(zone))
    return today.replace(year=today.year - 1, day=1), today
