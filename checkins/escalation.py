"""The ladder of pages for a danger sign: who is called next and when, until somebody acknowledges.

A ladder is data with a version; each step made names the version it followed, so that a changed ladder
never rewrites what was done. Times follow this product's clinical policy of 2026 (docs/danger.md): a
danger that cannot wait has a person called at once, again after 5 and 10 minutes, backup and owner at 15.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from networks.rota import OfficeHours, after_open_time


class Audience(StrEnum):
    """Whom a step calls."""

    ON_CALL = "on_call"
    BACKUP = "backup"
    OWNER = "owner"


@dataclass(frozen=True)
class Rung:
    """One step of a ladder: its name, how long after the alert, and whom it calls.

    A later rung calls everybody whom the earlier ones called, so that a step missed while nothing ran
    may be left out without leaving anybody out.
    """

    name: str
    after: timedelta
    audience: tuple[Audience, ...]


@dataclass(frozen=True)
class Ladder:
    """The steps for one level; past the last one, its people are called again and again for a while."""

    version: str
    rungs: tuple[Rung, ...]
    again_every: timedelta
    again_for: timedelta
    counts_open_time: bool = False

    def rung(self, number: int) -> Rung:
        """Return the step of a number, counted from 0; beyond the last rung the last one again, later."""
        last = self.rungs[-1]
        over = number - len(self.rungs) + 1
        if over <= 0:
            return self.rungs[number]
        return Rung("again", last.after + over * self.again_every, last.audience)

    @property
    def steps(self) -> int:
        """How many steps there are in all."""
        return len(self.rungs) + int(self.again_for / self.again_every)


_FIRST = (Audience.ON_CALL,)
_SECOND = (Audience.ON_CALL, Audience.BACKUP)
_ALL = (Audience.ON_CALL, Audience.BACKUP, Audience.OWNER)


def _urgent(version: str, minute: timedelta) -> Ladder:
    return Ladder(
        version=version,
        rungs=(
            Rung("page", 0 * minute, _FIRST),
            Rung("page_again", 5 * minute, _FIRST),
            Rung("backup", 10 * minute, _SECOND),
            Rung("owner", 15 * minute, _ALL),
        ),
        again_every=30 * minute,
        again_for=24 * 60 * minute,
    )


def _soon(version: str, minute: timedelta, *, counts_open_time: bool) -> Ladder:
    return Ladder(
        version=version,
        rungs=(
            Rung("page", 0 * minute, _FIRST),
            Rung("page_again", 120 * minute, _FIRST),
            Rung("backup", 240 * minute, _SECOND),
            Rung("owner", 360 * minute, _ALL),
        ),
        again_every=240 * minute,
        again_for=5 * 24 * 60 * minute,
        counts_open_time=counts_open_time,
    )


_MINUTE = timedelta(minutes=1)
_QUICK = timedelta(seconds=1)  # a drill in a hurry, and tests on the running product
CURRENT = "2026.1"
QUICK = "quick.1"
LADDERS: Mapping[str, Mapping[str, Ladder]] = {
    CURRENT: {"L1": _urgent(CURRENT, _MINUTE), "L2": _soon(CURRENT, _MINUTE, counts_open_time=True)},
    QUICK: {"L1": _urgent(QUICK, _QUICK), "L2": _soon(QUICK, _QUICK, counts_open_time=False)},
}


def climbs(level: str) -> bool:
    """Tell whether alerts of a level are paged at all."""
    return level in LADDERS[CURRENT]


def ladder_of(version: str, level: str) -> Ladder:
    """Return the ladder of a version and level; KeyError for one that never was."""
    return LADDERS[version][level]


@dataclass(frozen=True)
class Situation:
    """One alert on its way up: when it was raised, which steps were made, whether a person has it."""

    opened_at: datetime
    made: tuple[int, ...]
    is_acknowledged: bool
    is_closed: bool = False


@dataclass(frozen=True)
class Place:
    """The practice's office hours and zone."""

    hours: OfficeHours
    zone: ZoneInfo


class Why(StrEnum):
    """Why a next step is as it is."""

    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"
    DUE = "due"
    WAITS = "waits"
    EXHAUSTED = "exhausted"


@dataclass(frozen=True)
class NextStep:
    """What the ladder asks for: a step with its number and time, or none, and why."""

    why: Why
    number: int = -1
    rung: Rung | None = None
    due_at: datetime | None = None


def next_step(ladder: Ladder, situation: Situation, *, place: Place, now: datetime) -> NextStep:
    """Return the step that is due now, else the one to wait for, else none with the reason.

    Of several that are overdue, as after a standstill, the highest is made and the others are left out.
    """
    if situation.is_closed:
        return NextStep(Why.CLOSED)
    if situation.is_acknowledged:
        return NextStep(Why.ACKNOWLEDGED)
    number = max(situation.made, default=-1) + 1
    if number >= ladder.steps:
        return NextStep(Why.EXHAUSTED)
    due_at = _due_at(ladder, number, situation, place)
    if due_at > now:
        return NextStep(Why.WAITS, number, ladder.rung(number), due_at)
    while number + 1 < ladder.steps and _due_at(ladder, number + 1, situation, place) <= now:
        number += 1
    return NextStep(Why.DUE, number, ladder.rung(number), _due_at(ladder, number, situation, place))


def _due_at(ladder: Ladder, number: int, situation: Situation, place: Place) -> datetime:
    after = ladder.rung(number).after
    if not ladder.counts_open_time:
        return situation.opened_at + after
    return after_open_time(place.hours, start=situation.opened_at, span=after, zone=place.zone)


@dataclass(frozen=True)
class People:
    """Who could be called, from the rota and from the practice's roles; each list may be empty."""

    on_call: Sequence[UUID] = ()
    backup: Sequence[UUID] = ()
    owner: Sequence[UUID] = ()
    clinician: Sequence[UUID] = ()
    admins: Sequence[UUID] = ()


def called(audience: Iterable[Audience], people: People) -> tuple[UUID, ...]:
    """Return whom a step calls, each once; where a place in the rota is empty, the practice's admins step in.

    On call stands in for nobody but the episode's clinician, who is called first when the rota is empty.
    """
    stand_ins = {
        Audience.ON_CALL: people.on_call or people.clinician or people.admins,
        Audience.BACKUP: people.backup or people.admins,
        Audience.OWNER: people.owner or people.admins,
    }
    found = [person for each in audience for person in stand_ins[each]]
    return tuple(dict.fromkeys(found or people.admins))
