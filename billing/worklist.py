"""The morning's worklist: in which group a patient stands today, and why, decided with pencil and paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from statistics import median
from uuid import UUID

from billing.code_set import CODE_SET, System
from billing.marks.trend import PainPoint
from checkins.reading_words import SIGNS

# Two points on the 0-10 scale are a change that patients notice (Farrar et al., Pain 2001).
WORSE_BY = Decimal(2)
BASELINE_DAYS = 14  # our choice: the two weeks before the latest answer
BASELINE_ANSWERS = 3  # our choice: fewer are no baseline
SILENT_ASKS = 3  # our choice: three check-ins in a row without an answer
CALL_DUE_DAYS = 10  # our choice: the last ten days of a month without a live contact
WINDOW_CLOSES_DAYS = 3  # our choice
PLAN_ENDS_DAYS = 14  # our choice: two weeks to see the therapist for a new plan of care


class Group(StrEnum):
    """Where a patient stands, in the order in which a clinic works through them."""

    DANGER = "danger"
    WORSE = "worse"
    SILENT = "silent"
    UNCLEAR = "unclear"
    CALL = "call"
    CLOSING = "closing"
    SNOOZED = "snoozed"
    WELL = "well"


ORDER = tuple(Group)
NEEDS_SOMEBODY = ORDER[:5]


@dataclass(frozen=True, slots=True)
class AlertFact:
    """One alert that nobody has closed: its kind and level, and whether somebody acknowledged it."""

    kind: str
    level: str
    day: date
    sign: str = ""
    is_acknowledged: bool = False
    is_after_snooze: bool = False
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class SnoozeFact:
    """A row set aside by a person: the date on which it is back, and why it can wait."""

    id: UUID
    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """What is known about one episode on `today`, all dates in the patient's zone.

    `unanswered` holds the dates asked since the last answer, ascending; `pain` ascends by date.
    """

    today: date
    alerts: tuple[AlertFact, ...] = ()
    pain: tuple[PainPoint, ...] = ()
    unanswered: tuple[date, ...] = ()
    texts_stopped: bool = False
    data_days: int = 0
    window_ends_on: date | None = None
    has_data_this_month: bool = False
    live_contacts: int = 0
    month_ends_on: date | None = None
    plan_ends_on: date | None = None
    snooze: SnoozeFact | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason with the rule that gave it, and its alert if it is one; the sentence is for the desk."""

    rule: str
    sentence: str
    alert_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """The group, every reason (those of the group first), and the next step of care."""

    group: Group
    reasons: tuple[Reason, ...]
    next_step: str
    urgency: int = field(default=0)

    @property
    def behind(self) -> Reason:
        """The reason that put the row where it stands; of a snoozed row, the one that was set aside."""
        return self.reasons[1 if self.group is Group.SNOOZED and len(self.reasons) > 1 else 0]


_LEVELS = {
    "L1": "Call at once",
    "L2": "Call the same or the next business day",
    "review": "Read it and decide",
}
_URGENCY = {"L1": 0, "L2": 1, "review": 2}

_STEPS = {
    Group.WORSE: "Call and ask what changed",
    Group.SILENT: "Call, or check the number",
    Group.UNCLEAR: "Read the text and answer",
    Group.CALL: "Call before the month ends",
    Group.CLOSING: "Look before it closes",
    Group.SNOOZED: "Comes back by itself",
    Group.WELL: "Nothing to do",
}


def place(facts: PatientFacts) -> Placement:
    """Decide the group: the first rule in the order of `Group` that applies; the rest become reasons.

    >>> place(PatientFacts(date(2026, 3, 9), unanswered=tuple(date(2026, 3, d) for d in (6, 7, 8)))).group
    <Group.SILENT: 'silent'>
    """
    found: dict[Group, Sequence[Reason]] = {group: rule(facts) for group, rule in _RULES}
    group = next((each for each in ORDER if found.get(each)), Group.WELL)
    reasons = tuple(reason for each in ORDER for reason in found.get(each, ()))
    if group is Group.WELL:
        reasons = (_doing_well(facts),)
    if facts.snooze is not None and _can_wait(facts, until=facts.snooze.until):
        group, reasons = Group.SNOOZED, (_set_aside(facts.snooze), *reasons)
    urgency, step = _danger_step(facts) if group is Group.DANGER else (0, _STEPS[group])
    return Placement(group, reasons, step, urgency)


def _can_wait(facts: PatientFacts, *, until: date) -> bool:
    """Whether a snooze holds: not past its date, no danger sign open, nothing new since for a person to see."""
    is_new = any(each.is_after_snooze for each in facts.alerts)
    return facts.today < until and not is_new and not any(each.kind == "red_flag" for each in facts.alerts)


def _set_aside(snooze: SnoozeFact) -> Reason:
    return Reason("row.snoozed", f"Snoozed until {_day(snooze.until)}: {snooze.reason}")


def title(needing: int, strangers: int = 0) -> str:
    """The page's title as a sentence, of so many patients and dangers from numbers that no patient has.

    >>> title(1)
    '1 patient needs you today'
    >>> title(2, 1)
    '2 patients and 1 unknown number need you today'
    """
    counted = ((needing, "patient"), (strangers, "unknown number"))
    who = [f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counted if count]
    if not who:
        return "Nobody needs you today"
    return f"{' and '.join(who)} need{'s' if needing + strangers == 1 else ''} you today"


def place_stranger(alert: AlertFact, *, today: date) -> Placement:
    """Place a danger from a number that no patient has: always in danger, urgent by its level until taken on."""
    urgency = len(_URGENCY) if alert.is_acknowledged else _urgency(alert)
    sentence = _flag_sentence(alert, today=today, who="Somebody whose number no patient has ")
    reason = Reason("alert.red_flag", sentence, alert.id)
    return Placement(Group.DANGER, (reason,), "Find out whose number it is", urgency)


def _danger(facts: PatientFacts) -> list[Reason]:
    flags = sorted(
        (each for each in facts.alerts if each.kind == "red_flag"), key=lambda each: _urgency(each)
    )
    return [Reason("alert.red_flag", _flag_sentence(each, today=facts.today), each.id) for each in flags]


def _flag_sentence(alert: AlertFact, *, today: date, who: str = "") -> str:
    sign = SIGNS.get(alert.sign, "a danger sign")
    done = " Acknowledged, not closed." if alert.is_acknowledged else ""
    wrote = f"{who}wrote" if who else "Wrote"
    return f"{wrote} about {sign} {_when(alert.day, today=today)}.{done}"


def _danger_step(facts: PatientFacts) -> tuple[int, str]:
    flags = [each for each in facts.alerts if each.kind == "red_flag"]
    first = min(flags, key=lambda each: (each.is_acknowledged, _urgency(each)))
    waiting = [each for each in flags if not each.is_acknowledged]
    urgency = min((_urgency(each) for each in waiting), default=len(_URGENCY))
    return urgency, _LEVELS.get(first.level, "Read it and decide")


def _urgency(alert: AlertFact) -> int:
    return _URGENCY.get(alert.level, len(_URGENCY))


def _worse(facts: PatientFacts) -> list[Reason]:
    if not facts.pain:
        return []
    latest = facts.pain[-1]
    since = latest.day - timedelta(days=BASELINE_DAYS)
    before = [each.middle for each in facts.pain[:-1] if each.day >= since]
    is_recent = (facts.today - latest.day).days <= BASELINE_DAYS // 2
    if len(before) < BASELINE_ANSWERS or not is_recent:
        return []
    usual = Decimal(median(before))
    if latest.middle - usual < WORSE_BY:
        return []
    said = f"Pain {latest.words} {_when(latest.day, today=facts.today)}, usually {usual.normalize():f}"
    return [Reason("pain.rise", f"{said} in the two weeks before.")]


def _silent(facts: PatientFacts) -> list[Reason]:
    reasons = []
    latest = {each.kind: each.id for each in reversed(facts.alerts)}
    if "opted_out" in latest:
        sentence = "Stopped the texts: nothing is sent any more."
        reasons.append(Reason("texts.stopped", sentence, latest["opted_out"]))
    if "declined" in latest:
        sentence = "Answered no to monitoring: nothing is asked any more."
        reasons.append(Reason("monitoring.declined", sentence, latest["declined"]))
    if "unreachable" in latest:
        sentence = "Texts do not arrive at this number."
        reasons.append(Reason("texts.unreachable", sentence, latest["unreachable"]))
    if not facts.texts_stopped and len(facts.unanswered) >= SILENT_ASKS:
        asked = f"No answer to the last {len(facts.unanswered)} check-ins, since {_day(facts.unanswered[0])}."
        reasons.append(Reason("replies.none", asked))
    return reasons


def _unclear(facts: PatientFacts) -> list[Reason]:
    sentences = {
        "unclear": "Wrote something that needs a person",
        "wrong_number": "Somebody answered that this is a wrong number",
    }
    return [
        Reason(f"alert.{each.kind}", f"{sentences[each.kind]} {_when(each.day, today=facts.today)}.", each.id)
        for each in facts.alerts
        if each.kind in sentences
    ]


def _call(facts: PatientFacts) -> list[Reason]:
    if facts.month_ends_on is None or facts.live_contacts or not facts.has_data_this_month:
        return []
    left = (facts.month_ends_on - facts.today).days
    if not 0 <= left < CALL_DUE_DAYS:
        return []
    month = f"{facts.month_ends_on:%B}"
    return [Reason("contact.none", f"Nobody has talked with them in {month} yet; {_days_left(left)}.")]


def _closing(facts: PatientFacts) -> list[Reason]:
    reasons = []
    if facts.window_ends_on is not None and _is_unsettled(facts, end=facts.window_ends_on):
        left = (facts.window_ends_on - facts.today).days
        if 0 <= left <= WINDOW_CLOSES_DAYS:
            counted = f"{facts.data_days} data day{'' if facts.data_days == 1 else 's'}"
            sentence = f"The 30-day window closes {_day(facts.window_ends_on)} with {counted} so far."
            reasons.append(Reason("window.closing", sentence))
    if facts.plan_ends_on is not None:
        left = (facts.plan_ends_on - facts.today).days
        if left < 0:
            reasons.append(Reason("plan.lapsed", f"The plan of care ended {_day(facts.plan_ends_on)}."))
        elif left <= PLAN_ENDS_DAYS:
            reasons.append(Reason("plan.ending", f"The plan of care ends {_day(facts.plan_ends_on)}."))
    return reasons


def _is_unsettled(facts: PatientFacts, *, end: date) -> bool:
    """Whether the days that are left could still change what the window amounts to."""
    left = (end - facts.today).days + 1
    floors = [tier.minimum for tier in CODE_SET.nearest(end).device_tiers[System.MUSCULOSKELETAL]]
    return any(facts.data_days < floor <= facts.data_days + left for floor in floors)


def _doing_well(facts: PatientFacts) -> Reason:
    if facts.texts_stopped:
        return Reason("texts.stopped", "Stopped the texts; somebody has seen to it.")
    if facts.pain:
        latest = facts.pain[-1]
        return Reason("well", f"Pain {latest.words} {_when(latest.day, today=facts.today)}.")
    return Reason("well", "No answer yet.")


_RULES: tuple[tuple[Group, Callable[[PatientFacts], list[Reason]]], ...] = (
    (Group.DANGER, _danger),
    (Group.WORSE, _worse),
    (Group.SILENT, _silent),
    (Group.UNCLEAR, _unclear),
    (Group.CALL, _call),
    (Group.CLOSING, _closing),
)


def _when(day: date, *, today: date) -> str:
    away = (today - day).days
    return {0: "today", 1: "yesterday"}.get(away, f"on {_day(day)}")


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _days_left(left: int) -> str:
    if left == 0:
        return "it ends today"
    return f"{left} day{'' if left == 1 else 's'} left"
