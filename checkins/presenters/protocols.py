"""Protocols in words: what is asked when, by whom it is followed, how its texts look on a phone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from checkins.asking import asking_text
from checkins.cadence import Content, Phase, ProtocolError, parse_content
from checkins.models import AdoptedProtocol
from checkins.protocol_lint import Finding, lint
from checkins.segments import count_segments
from networks.templatetags.wording import day

_ITEMS = {
    "pain": "pain",
    "exercises": "exercises",
    "function": "an activity",
    "milestone": "a milestone",
    "free": "a free question",
}
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LANGUAGES = {"en": "English", "es": "Spanish"}


@dataclass(frozen=True)
class VersionRow:
    """One version of a protocol."""

    id: UUID
    version: int
    made: str
    why: str
    asks: str
    days: Sequence[str]
    episodes: int


@dataclass(frozen=True)
class ProtocolRow:
    """A protocol with its versions, the newest first."""

    title: str
    newest: VersionRow
    earlier: Sequence[VersionRow]

    @property
    def behind(self) -> int:
        """How many running episodes follow an earlier version."""
        return sum(each.episodes for each in self.earlier)


@dataclass(frozen=True)
class Bubble:
    """A text as a phone shows it."""

    who: str
    text: str
    cost: str
    warning: str


@dataclass(frozen=True)
class PreviewView:
    """What a protocol would look like: texts, days and findings."""

    bubbles: Sequence[Bubble]
    days: Sequence[str]
    findings: Sequence[Finding]
    error: str = ""


def protocol_rows(versions: Iterable[AdoptedProtocol], episodes: Mapping[UUID, int]) -> list[ProtocolRow]:
    """Return each protocol in words; versions come by code and newest first."""
    rows = []
    for _, group in groupby(versions, key=lambda each: each.code):
        found = list(group)
        made = [_version(each, episodes.get(each.pk, 0)) for each in found]
        rows.append(ProtocolRow(found[0].title, made[0], [each for each in made[1:] if each.episodes]))
    return rows


def _version(protocol: AdoptedProtocol, episodes: int) -> VersionRow:
    content = parse_content(protocol.content)
    by = f" by {protocol.changed_by.name}" if protocol.changed_by else ""
    return VersionRow(
        id=protocol.pk,
        version=protocol.version,
        made=f"{day(protocol.adopted_at.date())}{by}",
        why=protocol.change_reason,
        asks=", ".join(_item(content, item) for item in content.items),
        days=days_in_words(content),
        episodes=episodes,
    )


def _item(content: Content, item: str) -> str:
    days = content.item_days.get(item)
    on = ", ".join(_DAYS[number - 1] for number in sorted(days)) if days else ""
    return f"{_ITEMS[item]} (on {on})" if on else _ITEMS[item]


def days_in_words(content: Content) -> list[str]:
    """Say when a protocol asks, phase by phase."""
    return [_phase(each) for each in content.phases]


def _phase(phase: Phase) -> str:
    span = f"from day {phase.first} on" if phase.last is None else f"day {phase.first} to {phase.last}"
    reached = f" (milestone: {phase.milestone['en']})" if phase.milestone else ""
    if len(phase.weekdays) == 7:
        return f"{span}: daily{reached}"
    return f"{span}: {', '.join(_DAYS[number - 1] for number in sorted(phase.weekdays))}{reached}"


def preview_of(raw: dict[str, object], *, practice: str, version: int) -> PreviewView:
    """Return how a protocol's texts look on a phone, in both languages and to a caregiver."""
    try:
        content = parse_content(raw)
    except ProtocolError as error:
        return PreviewView((), (), (), str(error))
    bubbles = [
        _bubble(content, language, practice=practice, version=version, by_caregiver=by_caregiver)
        for by_caregiver in (False, True)
        for language in _LANGUAGES
    ]
    return PreviewView(bubbles, days_in_words(content), lint(content, practice=practice))


def _bubble(content: Content, language: str, *, practice: str, version: int, by_caregiver: bool) -> Bubble:
    text = asking_text(content, language, practice=practice, version=version, by_caregiver=by_caregiver).text
    counted = count_segments(text)
    who = f"{'Caregiver' if by_caregiver else 'Patient'}, {_LANGUAGES[language]}"
    plural = "" if counted.count == 1 else "s"
    return Bubble(who, text, f"{len(text)} letters, {counted.count} segment{plural}", counted.warning or "")
