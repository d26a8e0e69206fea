"""The patient's page in words: header, timeline, marks, codes, consents, plan, time; no queries, no rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from billing.history import Span
from billing.marks import clocks, day_strip
from billing.marks.clocks import Clocks
from billing.marks.day_strip import DayStrip
from billing.marks.trend import Trend
from billing.models import TimeEntry
from billing.presenters.board import LineView, line_view
from billing.presenters.milestones import MilestoneRow, milestone_rows
from billing.presenters.today import about
from billing.presenters.trend_frame import TrendFrame, trend_and_frame
from billing.selectors.patient import EpisodeFile, PatientFile
from billing.self_audit import LATE
from checkins.models import Plan, Snooze
from checkins.presenters.timeline import Day, Entry, timeline
from networks.templatetags.wording import clock_in, day, day_in
from patients.models import ConsentEvent, Phone
from patients.phones import shown
from patients.presenters import agreed_wording, consent_act


@dataclass(frozen=True)
class TimeRow:
    """One line of the time log."""

    when: str
    minutes: str
    who: str
    what: str
    note: str
    is_voided: bool
    entry_id: UUID
    marks: str
    taken_back: str


@dataclass(frozen=True)
class ConsentRow:
    """One line of the consents."""

    kind: str
    words: str
    is_given: bool


@dataclass(frozen=True)
class CareView:
    """The latest episode on the page."""

    episode_id: UUID
    has_ended: bool
    about: str
    clinician: str
    plan_words: str
    plan_is_ending: bool
    texts_words: str
    strip: DayStrip | None
    clocks: Clocks
    trend: Trend
    frame: TrendFrame
    lines: Sequence[LineView]
    time_log: Sequence[TimeRow]
    plans: Sequence[str]
    milestones: Sequence[MilestoneRow]
    activity: str
    snooze_words: str
    snooze_id: UUID | None


@dataclass(frozen=True)
class PatientView:
    """The whole page."""

    name: str
    identity: str
    phone: str
    phone_words: str
    phone_tone: str
    gets_texts: bool
    consents: Sequence[ConsentRow]
    consent_words: str
    consent_tone: str
    days: Sequence[Day]
    care: CareView | None
    other_episodes: Sequence[str]
    shown: Span


def patient_view(file: PatientFile, *, practice_zone: str) -> PatientView:
    """Return the page for what is known about a patient."""
    patient = file.patient
    consent_words, consent_tone = _consent_state(file.consents)
    texts_act = _texts_act(file.consents)
    phone_words, phone_tone = _reach(file.phone, texts_act=texts_act)
    born = patient.birth_date
    identity = [f"born {born.day} {born:%b %Y}"] if born else []
    identity += [patient.get_language_display()]
    identity += [f"record {patient.record_number}"] if patient.record_number else []
    return PatientView(
        name=patient.full_name,
        identity=" · ".join(identity),
        phone=shown(file.phone.number) if file.phone else "",
        phone_words=phone_words,
        phone_tone=phone_tone,
        gets_texts=texts_act == ConsentEvent.Act.GIVEN,
        consents=[_consent(each, zone=patient.time_zone) for each in file.consents],
        consent_words=consent_words,
        consent_tone=consent_tone,
        shown=file.shown,
        days=timeline(
            file.talk,
            zone=patient.time_zone,
            today=file.today,
            further=_calls(file, practice_zone),
            since=file.shown.since,
        ),
        care=_care(file.current, file) if file.current else None,
        other_episodes=[
            f"{about(each, today=file.today)}, from {day(each.starts_on)}" for each in file.episodes[1:]
        ],
    )


def _care(current: EpisodeFile, file: PatientFile) -> CareView:
    today = file.today
    drawn, frame = trend_and_frame(current, file)
    plan_words, is_ending = _plan_words(current, today=today)
    return CareView(
        episode_id=current.episode.pk,
        has_ended=current.episode.ends_on is not None and current.episode.ends_on < today,
        about=about(current.episode, today=today),
        clinician=current.episode.clinician.name,
        plan_words=plan_words,
        plan_is_ending=is_ending,
        texts_words=_texts_words(current, phone=file.phone, texts_act=_texts_act(file.consents)),
        strip=day_strip.draw(current.window, today=today) if current.window else None,
        clocks=clocks.draw(current.window, current.month, today=today),
        trend=drawn,
        frame=frame,
        lines=[line_view(each) for each in current.lines],
        time_log=[_time_row(each, file) for each in current.time_entries if each.voids_id is None],
        milestones=milestone_rows(
            current.milestones, current.answered_milestones, zone=file.patient.time_zone
        ),
        activity=current.own_activity,
        snooze_words=_snooze_words(current.snooze),
        snooze_id=current.snooze.pk if current.snooze else None,
        plans=[
            _plan_of_care(each.starts_on, each.ends_on, names_rtm=each.names_rtm)
            for each in current.plans_of_care
        ],
    )


def _snooze_words(snooze: Snooze | None) -> str:
    if snooze is None:
        return ""
    who = f" by {snooze.by.name}" if snooze.by else ""
    return f"Snoozed until {day(snooze.until)}{who}: {snooze.reason}"


def _calls(file: PatientFile, zone: str) -> list[Entry]:
    if file.current is None:
        return []
    entries = []
    voided = {each.voids_id for each in file.current.time_entries if each.voids_id}
    for each in file.current.time_entries:
        if (
            each.voids_id is None
            and each.activity == TimeEntry.Activity.CONVERSATION
            and each.pk not in voided
        ):
            minutes = _minutes(each)
            who = f"{each.by.name} talked with them" if each.live_contact else f"{each.by.name} called"
            topic = f": {each.topic}" if each.topic else ""
            entries.append(
                Entry(at=each.started_at, kind="call", text=f"{who}, {minutes}{topic}", icon="telephone")
            )
    return entries


def _time_row(entry: TimeEntry, file: PatientFile) -> TimeRow:
    zone = file.patient.time_zone
    entries = file.current.time_entries if file.current else ()
    void = next((each for each in entries if each.voids_id == entry.pk), None)
    live = ", live contact" if entry.live_contact else ""
    return TimeRow(
        when=f"{day_in(entry.started_at, zone)}, {clock_in(entry.started_at, zone)}",
        minutes=_minutes(entry),
        who=f"{entry.clinician.name if entry.clinician else entry.by.name} ({entry.credential})",
        what=f"{TimeEntry.Activity(entry.activity).label}{live}",
        note=entry.topic or entry.reason,
        is_voided=void is not None,
        entry_id=entry.pk,
        marks=_marks(entry),
        taken_back=f"Taken back by {void.by.name}: {void.reason}" if void else "",
    )


def _marks(entry: TimeEntry) -> str:
    """How the entry came to be: timed or by hand, and late where it was written long after the fact."""
    origin = TimeEntry.Origin(entry.origin).label.lower()
    delay = entry.recorded_at - entry.occurred_at
    if delay <= LATE:
        return origin
    days = delay.days
    return f"{origin}, late: written {days} day{'' if days == 1 else 's'} after"


def _minutes(entry: TimeEntry) -> str:
    seconds = int((entry.ended_at - entry.started_at).total_seconds())
    return f"{seconds // 60} min" if seconds % 60 == 0 else f"{seconds // 60} min {seconds % 60} s"


def _consent_state(events: Sequence[ConsentEvent]) -> tuple[str, str]:
    """Say both consents in one phrase; the latest event of each kind counts."""
    latest: dict[str, str] = {}
    for each in events:
        latest.setdefault(each.kind, each.act)
    has = {kind for kind, act in latest.items() if act == ConsentEvent.Act.GIVEN}
    if has == {ConsentEvent.Kind.MONITORING, ConsentEvent.Kind.TEXTS}:
        return "Consents in force", "done"
    if ConsentEvent.Kind.TEXTS not in has and latest.get(ConsentEvent.Kind.TEXTS):
        return "Stopped the texts", "attention"
    return "Consent missing", "attention"


def _texts_act(events: Sequence[ConsentEvent]) -> str | None:
    """Return what the latest word about texts did, or None where nothing was ever said; newest first."""
    return next((each.act for each in events if each.kind == ConsentEvent.Kind.TEXTS), None)


def _consent(event: ConsentEvent, *, zone: str) -> ConsentRow:
    wording = agreed_wording(event.wording_version)
    method = ConsentEvent.Method(event.method).label.lower()
    act = consent_act(event, given="given", withdrawn="withdrawn")
    return ConsentRow(
        kind=ConsentEvent.Kind(event.kind).label,
        words=f"{act} {day_in(event.occurred_at, zone)}, {method}{wording}",
        is_given=event.act == ConsentEvent.Act.GIVEN,
    )


def _reach(phone: Phone | None, *, texts_act: str | None) -> tuple[str, str]:
    """Say whether texts go to a number: it must be in use, and the latest word about texts a consent."""
    if phone is None:
        return "No number", "attention"
    if phone.state == Phone.State.ACTIVE and texts_act != ConsentEvent.Act.GIVEN:
        stopped = texts_act == ConsentEvent.Act.WITHDRAWN
        return "Texts to this number are stopped" if stopped else "Not agreed to texts", "attention"
    return {
        Phone.State.ACTIVE: ("Can be texted", "done"),
        Phone.State.SUSPENDED: ("Check the number with them", "attention"),
        Phone.State.REPLACED: ("No number in use", "attention"),
    }[Phone.State(phone.state)]


def _plan_words(current: EpisodeFile, *, today: date) -> tuple[str, bool]:
    if not current.plans_of_care:
        return "No plan of care on file", True
    latest = current.plans_of_care[0]
    rtm = "" if latest.names_rtm else ", does not name remote monitoring"
    if latest.ends_on is None:
        return f"Plan of care from {day(latest.starts_on)}{rtm}", not latest.names_rtm
    is_over = latest.ends_on < today
    verb = "ended" if is_over else "until"
    is_ending = is_over or (latest.ends_on - today).days <= 14
    return f"Plan of care {verb} {day(latest.ends_on)}{rtm}", is_ending or not latest.names_rtm


def _plan_of_care(first: date, last: date | None, *, names_rtm: bool) -> str:
    until = f" to {day(last)}" if last else " on"
    return f"{day(first)}{until}, {'names' if names_rtm else 'does not name'} remote monitoring"


def _texts_words(current: EpisodeFile, *, phone: Phone | None, texts_act: str | None) -> str:
    """Say when check-ins go out, or why none does although a plan stands."""
    plan = current.plan
    if plan is None:
        return "No check-ins set up"
    if plan.ends_on:
        return f"Check-ins ended {day(plan.ends_on)}"
    protocol = f"{plan.protocol.title.lower()} protocol v{plan.protocol.version}"
    return f"{_when_texted(plan, phone, texts_act=texts_act)}, {protocol}"


def _when_texted(plan: Plan, phone: Phone | None, *, texts_act: str | None) -> str:
    if texts_act == ConsentEvent.Act.WITHDRAWN:
        return "No check-ins while texts are stopped"
    if texts_act is None:
        return "No check-ins before they agree to texts"
    if phone is None or phone.state != Phone.State.ACTIVE:
        return "No check-ins until the number is checked"
    return f"Texts at {plan.send_at.hour}:{plan.send_at:%M}"
