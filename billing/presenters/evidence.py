"""Why a line stands or falls, each reason with the facts it rests on; no queries, no rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from billing.models import DecidedLine, TimeEntry
from billing.selectors.evidence import Evidence
from checkins.models import Reading
from networks.templatetags.wording import clock_in, day, day_in


@dataclass(frozen=True)
class FactView:
    """One fact: an anchor of its own, what it is, and the text itself for those who may read texts."""

    anchor: str
    words: str
    text: str = ""


@dataclass(frozen=True)
class ReasonView:
    """One reason with its rule and facts."""

    rule: str
    text: str
    facts: Sequence[FactView]
    missing: int


def reason_views(
    line: DecidedLine, evidence: Evidence, *, patient_zone: str, clinic_zone: str, may_read: bool
) -> list[ReasonView]:
    """Return the line's reasons; a fact that is no longer there is counted as missing."""
    return [
        _reason(each, evidence, zones=(patient_zone, clinic_zone), may_read=may_read) for each in line.reasons
    ]


def _reason(
    reason: dict[str, Any], evidence: Evidence, *, zones: tuple[str, str], may_read: bool
) -> ReasonView:
    ids = reason.get("evidence", ())
    found = [_fact(each, evidence, zones=zones, may_read=may_read) for each in ids]
    facts = [each for each in found if each is not None]
    return ReasonView(reason["rule"], reason["text"], facts, len(ids) - len(facts))


def _fact(key: str, evidence: Evidence, *, zones: tuple[str, str], may_read: bool) -> FactView | None:
    patient_zone, clinic_zone = zones
    if key in evidence.readings:
        return _reading(evidence.readings[key], key=key, zone=patient_zone, may_read=may_read)
    if key in evidence.entries:
        return FactView(key, _entry_words(evidence.entries[key], zone=clinic_zone))
    if key in evidence.plans:
        plan = evidence.plans[key]
        until = f" to {day(plan.ends_on)}" if plan.ends_on else " on"
        return FactView(key, f"Plan of care from {day(plan.starts_on)}{until}")
    return None


def _reading(reading: Reading, *, key: str, zone: str, may_read: bool) -> FactView:
    source = Reading.Source(reading.source).label.lower()
    when = f"{day_in(reading.received_at, zone)}, {clock_in(reading.received_at, zone)}"
    text = reading.message.body if may_read and reading.message else ""
    return FactView(key, f"{reading.item.replace('_', ' ').capitalize()}, {when}, from {source}", text)


def _entry_words(entry: TimeEntry, *, zone: str) -> str:
    minutes, seconds = divmod(int((entry.ended_at - entry.started_at).total_seconds()), 60)
    who = entry.clinician.name if entry.clinician else entry.by.name
    live = ", live contact" if entry.live_contact else ""
    when = f"{day_in(entry.started_at, zone)}, {clock_in(entry.started_at, zone)}"
    what = TimeEntry.Activity(entry.activity).label
    return f"{what}{live}, {when}, {minutes}:{seconds:02} minutes, {who} ({entry.credential})"
