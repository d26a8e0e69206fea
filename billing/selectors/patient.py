"""Everything the patient page shows, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery

from billing.history import Span, span
from billing.marks.clocks import MonthFacts
from billing.marks.day_strip import WindowFacts
from billing.marks.trend import PainPoint
from billing.models import DecidedLine, EpisodeMonth, EpisodeWindow, Exclusion, TimeEntry
from billing.selectors.spans import month_facts, window_facts
from checkins.models import CheckIn, OwnActivity, Plan, Reading, Snooze
from checkins.selectors import Talk, phone_in_use, plan_of, snooze_of, talk_with
from networks.local_days import local_date
from patients.models import ConsentEvent, Episode, Milestone, Patient, Phone, PlanOfCare
from patients.selectors import consent_history, milestones_of

_NOT_COUNTED = "an answer came, but outside consent, set-up or plan of care"


@dataclass(frozen=True)
class AnsweredMilestone:
    """One answer by text or on the page to a milestone; `title` is as it was asked, empty where nobody knows."""

    day: date
    title: str
    is_reached: bool


@dataclass(frozen=True)
class EpisodeFile:
    """What is known about one episode."""

    episode: Episode
    month: MonthFacts
    plan: Plan | None = None
    plans_of_care: Sequence[PlanOfCare] = ()
    window: WindowFacts | None = None
    lines: Sequence[DecidedLine] = ()
    pain: Sequence[PainPoint] = ()
    exercises: Sequence[tuple[date, str]] = ()
    time_entries: Sequence[TimeEntry] = ()
    milestones: Sequence[Milestone] = ()
    answered_milestones: Sequence[AnsweredMilestone] = ()
    own_activity: str = ""
    snooze: Snooze | None = None


@dataclass(frozen=True)
class PatientFile:
    """What is known about a patient: the person, the latest episode, the talk."""

    patient: Patient
    today: date
    shown: Span
    phone: Phone | None
    consents: Sequence[ConsentEvent]
    talk: Talk
    current: EpisodeFile | None
    episodes: Sequence[Episode] = ()


def patient_file(patient: Patient, *, now: datetime, days: str | None = None) -> PatientFile:
    """Return everything the page shows about a patient already fetched; eighteen queries.

    `days` is how far back the conversation is open, as the address gives it.
    """
    today = local_date(now, ZoneInfo(patient.time_zone))
    practice_id = patient.practice_id
    episodes = list(
        Episode.objects.filter(practice_id=practice_id, patient_id=patient.pk)
        .select_related("clinician")
        .annotate(own_activity=Subquery(_own_activities(practice_id).values("words")[:1]))
        .order_by("-starts_on", "-id")
    )
    shown = span(days, today=today, begins_on=episodes[-1].starts_on if episodes else None)
    return PatientFile(
        patient=patient,
        shown=shown,
        today=today,
        phone=phone_in_use(practice_id, patient.pk),
        consents=consent_history(practice_id, patient.pk),
        talk=talk_with(practice_id, patient.pk, since=shown.since),
        current=_episode_file(episodes[0], today=today) if episodes else None,
        episodes=episodes,
    )


def _own_activities(practice_id: UUID) -> QuerySet[OwnActivity]:
    return OwnActivity.objects.standing().filter(practice_id=practice_id, episode_id=OuterRef("pk"))


def _episode_file(episode: Episode, *, today: date) -> EpisodeFile:
    keys = {"practice_id": episode.practice_id, "episode_id": episode.pk}
    pain, exercises, reached = _answers(keys)
    month = EpisodeMonth.objects.filter(**keys, month=today.replace(day=1)).first()
    return EpisodeFile(
        episode=episode,
        month=month_facts(month, today=today),
        plan=plan_of(episode.practice_id, episode.pk),
        plans_of_care=list(PlanOfCare.objects.standing().filter(**keys).order_by("-starts_on")),
        window=_window(keys, answered={each.day for each in pain} | {day for day, _ in exercises}),
        lines=list(DecidedLine.objects.filter(**keys).order_by("-date_of_service", "position")),
        pain=pain,
        exercises=exercises,
        answered_milestones=reached,
        milestones=milestones_of(episode.practice_id, episode.pk),
        own_activity=getattr(episode, "own_activity", None) or "",
        snooze=snooze_of(episode.practice_id, episode.pk, today=today),
        time_entries=list(
            TimeEntry.objects.filter(**keys).select_related("by", "clinician").order_by("-started_at")
        ),
    )


def _answers(
    keys: dict[str, UUID],
) -> tuple[list[PainPoint], list[tuple[date, str]], list[AnsweredMilestone]]:
    pain: list[PainPoint] = []
    reached: list[AnsweredMilestone] = []
    exercises: list[tuple[date, str]] = []
    rows = Reading.objects.filter(**keys).order_by("received_at", "id")
    columns = ("item", "low", "high", "word", "local_date", "check_in__asked_words__words")
    for item, low, high, word, day, words in rows.values_list(*columns):
        if item == "exercises":
            exercises.append((day, word))
        elif item == "pain" and low is not None and high is not None:
            pain.append(PainPoint(day, low, high))
        elif item == "milestone":
            reached.append(AnsweredMilestone(day, (words or {}).get("milestone", ""), word == "yes"))
    return pain, exercises, reached


def _window(keys: dict[str, UUID], *, answered: set[date]) -> WindowFacts | None:
    window = EpisodeWindow.objects.filter(**keys).order_by("-starts_on").first()
    if window is None:
        return None
    span = {"local_date__gte": window.starts_on, "local_date__lte": window.ends_on}
    asked = CheckIn.objects.filter(**keys, **span).exclude(state=CheckIn.State.ANSWERED)
    excluded = Exclusion.objects.standing().filter(**keys, starts_on__lte=window.ends_on)
    uncounted = {day: _NOT_COUNTED for day in answered if window.starts_on <= day <= window.ends_on}
    for each in excluded:
        last = min(each.ends_on or window.ends_on, window.ends_on)
        first = max(each.starts_on, window.starts_on)
        label = Exclusion.Kind(each.kind).label.lower()
        uncounted |= {first + timedelta(days=away): label for away in range((last - first).days + 1)}
    return window_facts(
        window, asked=asked.values_list("local_date", flat=True), uncounted=sorted(uncounted.items())
    )
