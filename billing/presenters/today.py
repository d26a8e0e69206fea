"""Today in words: groups, rows, marks; no queries, no rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from billing import worklist
from billing.marks import clocks, day_strip, trend
from billing.marks.day_strip import DayStrip
from billing.marks.trend import Size, Trend
from billing.selectors.heard import OpenAlert
from billing.selectors.worklist import StrangerRow, Worklist, WorklistRow
from billing.worklist import Group
from networks.templatetags.wording import moment_in
from patients.models import Episode

_SPARK_DAYS = 14
_QUOTE_LETTERS = 160
_FIRST_ROWS = 15  # of a group; the rest opens on request, so that the page stays quick to draw and to read

_GROUPS = {
    Group.DANGER: ("In danger", "A danger sign was read and nobody has closed it."),
    Group.WORSE: (
        "Getting worse",
        "The latest pain answer is at least 2 points above the middle of the two weeks before "
        "(2 points on the 0 to 10 scale are a change that patients notice; Farrar and others, 2001).",
    ),
    Group.SILENT: (
        "Not heard from",
        "No answer to the last 3 check-ins or more, texts that do not arrive, or texts that were stopped.",
    ),
    Group.UNCLEAR: ("Unclear replies", "Texts that Daybook did not read: somebody must."),
    Group.CALL: (
        "Call due",
        "Data came in this month, nobody has talked with them yet, and the month ends within ten days.",
    ),
    Group.CLOSING: (
        "Closing soon",
        "A 30-day window that closes within three days and is not settled, or a plan of care that ends "
        "within two weeks.",
    ),
    Group.SNOOZED: (
        "Snoozed",
        "Set aside by somebody with a reason. A row comes back on its date, and at once when a danger sign "
        "or anything else for a person comes in. Danger is never set aside.",
    ),
    Group.WELL: ("Doing well", "None of the reasons above applies."),
}


@dataclass(frozen=True)
class RowView:
    """One patient's row, ready to draw."""

    episode_id: UUID
    patient_id: UUID
    name: str
    about: str
    group: Group
    reason: str
    further: Sequence[str]
    next_step: str
    month_words: str
    quote: str = ""
    quoted: str = ""
    strip: DayStrip | None = None
    spark: Trend | None = None
    alert_id: UUID | None = None
    is_acknowledged: bool = False
    is_urgent: bool = False
    snooze_id: UUID | None = None
    may_wait: bool = False


@dataclass(frozen=True)
class StrangerView:
    """The row of a danger from a number that no patient has."""

    alert_id: UUID
    reason: str
    quote: str
    quoted: str
    next_step: str
    is_acknowledged: bool
    is_urgent: bool


@dataclass(frozen=True)
class GroupView:
    """One group with its rows; those doing well, and the rest of long groups, only when asked for."""

    key: Group
    title: str
    how: str
    count: int
    rows: Sequence[RowView]
    toggle: str = ""
    toggle_words: str = ""


@dataclass(frozen=True)
class TodayView:
    """The whole page."""

    title: str
    groups: Sequence[GroupView]
    patients: int
    needing: int
    opened: str = ""
    strangers: Sequence[StrangerView] = ()


def page(found: Worklist, *, zone: str, opened: Iterable[str] = ()) -> TodayView:
    """Return the page for these rows, in their order; groups in `opened` are shown to their end.

    `zone` is the practice's, in which strangers' texts have their time.
    """
    rows = found.rows
    asked_for = {Group(each) for each in opened if each in tuple(Group)}
    needing = sum(row.placement.group in worklist.NEEDS_SOMEBODY for row in rows)
    groups = []
    for group in worklist.ORDER:
        members = [row for row in rows if row.placement.group is group]
        if members:
            groups.append(_group(group, members, opened=asked_for))
    return TodayView(
        worklist.title(needing, len(found.strangers)),
        groups,
        patients=len(rows),
        needing=needing,
        opened=_query(asked_for),
        strangers=[_stranger_view(each, zone=zone) for each in found.strangers],
    )


def _stranger_view(row: StrangerRow, *, zone: str) -> StrangerView:
    return StrangerView(
        alert_id=row.alert.pk,
        reason=row.placement.reasons[0].sentence,
        quote=_shortened(row.alert.body),
        quoted=moment_in(row.alert.said_at, zone),
        next_step=row.placement.next_step,
        is_acknowledged=row.alert.was_acknowledged,
        is_urgent=row.placement.urgency == 0,
    )


def _group(group: Group, members: Sequence[WorklistRow], *, opened: set[Group]) -> GroupView:
    title, how = _GROUPS[group]
    # Nobody in danger is ever folded away.
    most = {Group.DANGER: len(members), Group.SNOOZED: 0, Group.WELL: 0}.get(group, _FIRST_ROWS)
    shown = members if group in opened else members[:most]
    words = ""
    if len(members) > most:
        words = "Show fewer" if group in opened else f"Show all {len(members)}"
    return GroupView(
        key=group,
        title=title,
        how=how,
        count=len(members),
        rows=[row_view(each) for each in shown],
        toggle=_query(opened ^ {group}),
        toggle_words=words,
    )


def _query(opened: Iterable[Group]) -> str:
    return urlencode([("open", group.value) for group in worklist.ORDER if group in set(opened)])


def row_view(row: WorklistRow) -> RowView:
    """Return one row with its marks."""
    today = row.facts.today
    patient = row.episode.patient
    first, *others = row.placement.reasons
    waiting = [each for each in row.alerts if not each.was_acknowledged]
    is_snoozed = row.placement.group is Group.SNOOZED
    return RowView(
        episode_id=row.episode.pk,
        patient_id=patient.pk,
        name=patient.full_name,
        about=about(row.episode, today=today),
        group=row.placement.group,
        reason=first.sentence,
        further=[each.sentence for each in others],
        next_step=row.placement.next_step,
        month_words=clocks.minutes_words(row.month),
        quote=_shortened(row.quote),
        quoted=_when(row),
        strip=day_strip.draw(row.window, today=today) if row.window else None,
        spark=_spark(row, today=today),
        alert_id=_alert_id(row, waiting or row.alerts),
        is_acknowledged=bool(row.alerts) and not waiting,
        is_urgent=row.placement.group is Group.DANGER and row.placement.urgency == 0,
        snooze_id=row.facts.snooze.id if is_snoozed and row.facts.snooze else None,
        may_wait=row.placement.group not in (Group.DANGER, Group.SNOOZED, Group.WELL),
    )


def _alert_id(row: WorklistRow, alerts: Sequence[OpenAlert]) -> UUID | None:
    """Return the alert that the row's button acts on: the one behind its reason where it is among these."""
    found = [each.pk for each in alerts]
    behind = row.placement.behind.alert_id
    return behind if behind in found else next(iter(found), None)


def about(episode: Episode, *, today: date) -> str:
    """Say age, condition and how far after surgery or evaluation, such as "58, left knee, day 12 after surgery"."""
    parts = [str(_age(episode.patient.birth_date, today=today))] if episode.patient.birth_date else []
    parts.append(condition_words(episode))
    since = episode.surgery_on or episode.starts_on
    away = (today - since).days
    if away >= 0:
        parts.append(f"day {away} after surgery" if episode.surgery_on else f"day {away + 1} of care")
    return ", ".join(parts)


def condition_words(episode: Episode) -> str:
    """Say the condition with its side, such as "left knee"."""
    if episode.condition == Episode.Condition.OTHER:
        return "another condition"
    condition = Episode.Condition(episode.condition).label.lower()
    if episode.side in (Episode.Side.LEFT, Episode.Side.RIGHT):
        return f"{episode.side} {condition}"
    return f"both {condition}s" if episode.side == Episode.Side.BOTH else condition


def _age(born: date, *, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _spark(row: WorklistRow, *, today: date) -> Trend | None:
    if not row.facts.pain:
        return None
    size = Size(width=120, height=26, first=today - timedelta(days=_SPARK_DAYS), last=today)
    return trend.draw(row.facts.pain, size=size)


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _QUOTE_LETTERS else f"{words[: _QUOTE_LETTERS - 1]}…"


def _when(row: WorklistRow) -> str:
    return moment_in(row.quoted_at, row.episode.patient.time_zone)
