"""What Today shows: every monitored episode of a practice with its facts, in two queries however many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from billing import worklist
from billing.marks.clocks import MonthFacts
from billing.marks.day_strip import WindowFacts
from billing.models import EpisodeMonth, EpisodeWindow
from billing.selectors.heard import Heard, OpenAlert, heard_from
from billing.selectors.spans import last_of_month, month_from_json, window_from_json
from checkins.models import Snooze
from networks.local_days import local_date
from patients.models import ConsentEvent, Enrollment, Episode, PlanOfCare

_READINGS_DAYS = worklist.BASELINE_DAYS + 2
_ASKED_DAYS = 31


@dataclass(frozen=True)
class WorklistRow:
    """One monitored episode: what is known, where it stands, and the patient's own words behind it."""

    episode: Episode
    facts: worklist.PatientFacts
    placement: worklist.Placement
    month: MonthFacts
    window: WindowFacts | None = None
    exercises: Sequence[tuple[date, str]] = ()
    alerts: Sequence[OpenAlert] = ()
    quote: str = ""
    quoted_at: datetime | None = None


@dataclass(frozen=True)
class StrangerRow:
    """An open danger from a number that no patient has, and where it stands."""

    alert: OpenAlert
    placement: worklist.Placement


@dataclass(frozen=True)
class Worklist:
    """Everything that Today lists, the most urgent first."""

    rows: Sequence[WorklistRow]
    strangers: Sequence[StrangerRow] = ()


def worklist_of(practice_id: UUID, *, zone: str, now: datetime, episode_id: UUID | None = None) -> Worklist:
    """Return the practice's monitored episodes and the dangers of strangers, placed; two queries.

    `episode_id` asks for one of the episodes only, for a row that is drawn anew.
    """
    today = local_date(now, ZoneInfo(zone))
    wanted = {"pk": episode_id} if episode_id else {}
    episodes = list(_monitored(practice_id, today=today).filter(**wanted))
    found = heard_from(
        practice_id,
        [each.pk for each in episodes] if episode_id else None,
        answers_since=today - timedelta(days=_READINGS_DAYS),
        asked_since=today - timedelta(days=_ASKED_DAYS),
    )
    rows = [
        _row(
            each,
            heard=found.episodes.get(each.pk, Heard()),
            alerts=[*found.alerts.get(each.pk, ()), *found.alerts.get(each.patient_id, ())],
            now=now,
        )
        for each in episodes
    ]
    strangers = [_stranger(each, today=today, zone=ZoneInfo(zone)) for each in found.strangers]
    return Worklist(sorted(rows, key=_urgency), sorted(strangers, key=lambda each: each.placement.urgency))


def _stranger(alert: OpenAlert, *, today: date, zone: ZoneInfo) -> StrangerRow:
    fact = _alert_fact(alert, zone=zone, snoozed_at=None)
    return StrangerRow(alert, worklist.place_stranger(fact, today=today))


def _urgency(row: WorklistRow) -> tuple[int, int, str, str]:
    patient = row.episode.patient
    group = worklist.ORDER.index(row.placement.group)
    return group, row.placement.urgency, patient.family_name.lower(), patient.given_name.lower()


def _monitored(practice_id: UUID, *, today: date) -> QuerySet[Episode]:
    def of_episode(model: type[EpisodeWindow | EpisodeMonth | PlanOfCare | Enrollment]) -> QuerySet:  # type: ignore[type-arg] # four models
        return model._default_manager.filter(practice_id=practice_id, episode_id=OuterRef("pk"))

    windows = of_episode(EpisodeWindow).filter(starts_on__lte=today + timedelta(days=1))
    months = of_episode(EpisodeMonth).filter(month=today.replace(day=1))
    texts = ConsentEvent.objects.filter(
        practice_id=practice_id, patient_id=OuterRef("patient_id"), kind=ConsentEvent.Kind.TEXTS
    )
    return (
        Episode.objects.filter(practice_id=practice_id)
        .open_on(today)
        .filter(Exists(of_episode(Enrollment).filter(ends_on=None)))
        .select_related("patient", "clinician")
        .annotate(
            window_json=Subquery(
                windows.order_by("-starts_on").values(
                    found=JSONObject(
                        starts_on="starts_on", ends_on="ends_on", clipped_to="clipped_to", dates="dates"
                    )
                )[:1]
            ),
            month_json=Subquery(
                months.values(
                    found=JSONObject(
                        month="month", minutes="minutes", pta="pta_minutes", contacts="live_contacts"
                    )
                )[:1]
            ),
            plan_ends_on=Subquery(of_episode(PlanOfCare).order_by("-starts_on").values("ends_on")[:1]),
            snooze_json=Subquery(
                Snooze.objects.filter(practice_id=practice_id, episode_id=OuterRef("pk"))
                .standing()
                .order_by("-occurred_at", "-id")
                .values(found=JSONObject(id="id", until="until", reason="reason", at="occurred_at"))[:1]
            ),
            texts_act=Subquery(texts.order_by("-occurred_at", "-id").values("act")[:1]),
        )
    )


def _row(
    episode: Episode,
    *,
    heard: Heard,
    alerts: Sequence[OpenAlert],
    now: datetime,
) -> WorklistRow:
    zone = ZoneInfo(episode.patient.time_zone)
    today = local_date(now, zone)
    window = window_from_json(getattr(episode, "window_json", None), asked=heard.unanswered)
    month = month_from_json(getattr(episode, "month_json", None), today=today)
    answered = [each.day for each in heard.pain] + [day for day, _ in heard.exercises]
    snooze, snoozed_at = _snooze_fact(getattr(episode, "snooze_json", None))
    facts = worklist.PatientFacts(
        today=today,
        alerts=tuple(_alert_fact(each, zone=zone, snoozed_at=snoozed_at) for each in alerts),
        snooze=snooze,
        pain=tuple(heard.pain),
        unanswered=tuple(day for day in heard.unanswered if max(answered, default=date.min) < day < today),
        texts_stopped=getattr(episode, "texts_act", None) == ConsentEvent.Act.WITHDRAWN,
        data_days=len(window.data_days) if window else 0,
        window_ends_on=window.clipped_to if window else None,
        has_data_this_month=any(day >= today.replace(day=1) for day in answered),
        live_contacts=month.live_contacts,
        month_ends_on=last_of_month(today),
        plan_ends_on=getattr(episode, "plan_ends_on", None),
    )
    placement = worklist.place(facts)
    quote, quoted_at = _quote(placement, heard, alerts)
    return WorklistRow(
        episode=episode,
        facts=facts,
        placement=placement,
        month=month,
        window=window,
        exercises=heard.exercises,
        alerts=alerts,
        quote=quote,
        quoted_at=quoted_at,
    )


def _snooze_fact(found: Mapping[str, str] | None) -> tuple[worklist.SnoozeFact | None, datetime | None]:
    """Return the snooze that nobody ended, and since when; its date is for the rules to judge."""
    if found is None:
        return None, None
    fact = worklist.SnoozeFact(UUID(found["id"]), date.fromisoformat(found["until"]), found["reason"])
    return fact, datetime.fromisoformat(found["at"])


def _alert_fact(alert: OpenAlert, *, zone: ZoneInfo, snoozed_at: datetime | None) -> worklist.AlertFact:
    return worklist.AlertFact(
        kind=alert.kind,
        level=alert.level,
        day=local_date(alert.occurred_at, zone),
        sign=alert.sign,
        is_acknowledged=alert.was_acknowledged,
        is_after_snooze=snoozed_at is not None and alert.occurred_at > snoozed_at,
        id=alert.pk,
    )


def _quote(
    placement: worklist.Placement, heard: Heard, alerts: Sequence[OpenAlert]
) -> tuple[str, datetime | None]:
    """Return the words behind the stated reason: the latest answer, or the text that raised its alert.

    Another alert's words are never shown: beneath a danger sign they would read as what was said of it.
    """
    reason = placement.behind
    if reason.rule == "pain.rise":
        return heard.last_words, heard.last_words_at
    raised = next((each for each in alerts if each.pk == reason.alert_id and each.said_at), None)
    return (raised.body, raised.said_at) if raised else ("", None)
