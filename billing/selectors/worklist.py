"""What Today shows: every monitored episode of a practice with its facts, in five queries however many."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from billing import worklist
from billing.marks.clocks import MonthFacts
from billing.marks.day_strip import WindowFacts
from billing.marks.trend import PainPoint
from billing.models import EpisodeMonth, EpisodeWindow
from billing.selectors.spans import last_of_month, month_from_json, window_from_json
from checkins.models import Alert, AlertEvent, CheckIn, InboundMessage, Reading
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
    alerts: Sequence[Alert] = ()
    quote: str = ""
    quoted_at: datetime | None = None


@dataclass(frozen=True)
class _Heard:
    """What an episode's patient reported lately, and by which text last."""

    pain: Sequence[PainPoint] = ()
    exercises: Sequence[tuple[date, str]] = ()
    message_id: UUID | None = None


def worklist_rows(
    practice_id: UUID, *, zone: str, now: datetime, episode_id: UUID | None = None
) -> list[WorklistRow]:
    """Return the practice's monitored episodes, placed, the most urgent first; five queries.

    `episode_id` asks for one of them only, for a row that is drawn anew.
    """
    today = local_date(now, ZoneInfo(zone))
    wanted = {"pk": episode_id} if episode_id else {}
    episodes = list(_monitored(practice_id, today=today).filter(**wanted))
    ids = [each.pk for each in episodes] if episode_id else None
    heard = _heard(practice_id, ids, since=today - timedelta(days=_READINGS_DAYS))
    unanswered = _unanswered(practice_id, ids, since=today - timedelta(days=_ASKED_DAYS))
    alerts = _open_alerts(practice_id, ids)
    rows = [
        _row(
            each,
            heard=heard.get(each.pk, _Heard()),
            unanswered=unanswered.get(each.pk, ()),
            alerts=[*alerts.get(each.pk, ()), *alerts.get(each.patient_id, ())],
            now=now,
        )
        for each in episodes
    ]
    rows = _with_quotes(practice_id, rows, heard=heard)
    return sorted(rows, key=_urgency)


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
            texts_act=Subquery(texts.order_by("-occurred_at", "-id").values("act")[:1]),
        )
    )


def _heard(practice_id: UUID, ids: Sequence[UUID] | None, *, since: date) -> Mapping[UUID, _Heard]:
    rows = Reading.objects.filter(
        practice_id=practice_id, local_date__gte=since, item__in=("pain", "exercises")
    )
    if ids is not None:
        rows = rows.filter(episode_id__in=ids)
    pain: dict[UUID, list[PainPoint]] = defaultdict(list)
    exercises: dict[UUID, list[tuple[date, str]]] = defaultdict(list)
    last: dict[UUID, UUID | None] = {}
    columns = ("episode_id", "item", "low", "high", "word", "local_date", "message_id")
    for episode, item, low, high, word, day, message in rows.order_by("received_at", "id").values_list(
        *columns
    ):
        if item == "exercises":
            exercises[episode].append((day, word))
        elif low is not None and high is not None:
            pain[episode].append(PainPoint(day, low, high))
        last[episode] = message
    return {each: _Heard(pain[each], exercises[each], message) for each, message in last.items()}


def _unanswered(
    practice_id: UUID, ids: Sequence[UUID] | None, *, since: date
) -> Mapping[UUID, Sequence[date]]:
    rows = CheckIn.objects.filter(practice_id=practice_id, local_date__gte=since).exclude(
        state=CheckIn.State.ANSWERED
    )
    if ids is not None:
        rows = rows.filter(episode_id__in=ids)
    asked: dict[UUID, list[date]] = defaultdict(list)
    for episode, day, reason in rows.order_by("local_date").values_list(
        "episode_id", "local_date", "closed_reason"
    ):
        if reason != CheckIn.Closed.NOT_SENT:
            asked[episode].append(day)
    return asked


def _open_alerts(practice_id: UUID, ids: Sequence[UUID] | None) -> Mapping[UUID, list[Alert]]:
    """Return open alerts by their episode, or by their patient where they name no episode."""
    acknowledged = AlertEvent.objects.filter(
        practice_id=practice_id, alert_id=OuterRef("pk"), act=AlertEvent.Act.ACKNOWLEDGED
    )
    rows = Alert.objects.filter(practice_id=practice_id).open().select_related("message")
    if ids is not None:
        rows = rows.filter(patient__episodes__in=ids)
    found: dict[UUID, list[Alert]] = defaultdict(list)
    for each in rows.annotate(was_acknowledged=Exists(acknowledged)).order_by("-occurred_at", "-id"):
        found[each.episode_id or each.patient_id].append(each)
    return found


def _row(
    episode: Episode,
    *,
    heard: _Heard,
    unanswered: Sequence[date],
    alerts: Sequence[Alert],
    now: datetime,
) -> WorklistRow:
    zone = ZoneInfo(episode.patient.time_zone)
    today = local_date(now, zone)
    window = window_from_json(getattr(episode, "window_json", None), asked=unanswered)
    month = month_from_json(getattr(episode, "month_json", None), today=today)
    answered = [each.day for each in heard.pain] + [day for day, _ in heard.exercises]
    facts = worklist.PatientFacts(
        today=today,
        alerts=tuple(_alert_fact(each, zone=zone) for each in alerts),
        pain=tuple(heard.pain),
        unanswered=tuple(day for day in unanswered if max(answered, default=date.min) < day < today),
        texts_stopped=getattr(episode, "texts_act", None) == ConsentEvent.Act.WITHDRAWN,
        data_days=len(window.data_days) if window else 0,
        window_ends_on=window.clipped_to if window else None,
        has_data_this_month=any(day >= today.replace(day=1) for day in answered),
        live_contacts=month.live_contacts,
        month_ends_on=last_of_month(today),
        plan_ends_on=getattr(episode, "plan_ends_on", None),
    )
    return WorklistRow(
        episode=episode,
        facts=facts,
        placement=worklist.place(facts),
        month=month,
        window=window,
        exercises=heard.exercises,
        alerts=alerts,
    )


def _alert_fact(alert: Alert, *, zone: ZoneInfo) -> worklist.AlertFact:
    return worklist.AlertFact(
        kind=alert.kind,
        level=alert.level,
        day=local_date(alert.occurred_at, zone),
        sign=alert.sign,
        is_acknowledged=bool(getattr(alert, "was_acknowledged", False)),
    )


def _with_quotes(
    practice_id: UUID, rows: Iterable[WorklistRow], *, heard: Mapping[UUID, _Heard]
) -> list[WorklistRow]:
    """Add the words behind each placement: the text that raised the alert, else the latest answer."""
    rows = list(rows)
    asked = {
        row.episode.pk: heard[row.episode.pk].message_id
        for row in rows
        if row.placement.group is worklist.Group.WORSE and row.episode.pk in heard
    }
    said = InboundMessage.objects.filter(practice_id=practice_id).in_bulk(
        [each for each in asked.values() if each]
    )
    return [_quoted(row, said.get(asked.get(row.episode.pk))) for row in rows]


def _quoted(row: WorklistRow, latest: InboundMessage | None) -> WorklistRow:
    raised = [each.message for each in row.alerts if each.message is not None]
    message = latest or (raised[0] if raised else None)
    if message is None:
        return row
    return replace(row, quote=message.body, quoted_at=message.occurred_at)
