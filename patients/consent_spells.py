"""When a patient's consent stood: the acts of giving and withdrawing, folded into spells of local dates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from networks.local_days import local_date


@dataclass(frozen=True, slots=True)
class ConsentAct:
    """One giving (`given` true) or withdrawing of one kind of consent, at an instant with an offset."""

    at: datetime
    given: bool
    id: str


@dataclass(frozen=True, slots=True)
class ConsentSpell:
    """Dates on which consent stood, both ends included; `last` is None while it stands.

    The date of a withdrawal still belongs to the spell: what was sent before it that day was sent under
    consent. `evidence` are the ids of the acts that began, confirmed and ended it.
    """

    first: date
    last: date | None
    evidence: tuple[str, ...]

    def holds(self, day: date) -> bool:
        """Whether consent stood on the date."""
        return self.first <= day and (self.last is None or day <= self.last)


def fold(acts: Iterable[ConsentAct], *, zone: ZoneInfo) -> tuple[ConsentSpell, ...]:
    """The spells that acts of one kind make, ascending, in dates of the patient's zone.

    Giving again while consent stands changes nothing; giving again on the date of a withdrawal undoes it.

    >>> from datetime import UTC
    >>> acts = [ConsentAct(datetime(2026, 3, 18, 15, tzinfo=UTC), False, "b"),
    ...         ConsentAct(datetime(2026, 3, 2, 15, tzinfo=UTC), True, "a")]
    >>> [(str(each.first), str(each.last)) for each in fold(acts, zone=ZoneInfo("America/Chicago"))]
    [('2026-03-02', '2026-03-18')]
    """
    spells: list[ConsentSpell] = []
    for act in sorted(acts, key=lambda each: (each.at, each.id)):
        _apply(act, day=local_date(act.at, zone), spells=spells)
    return tuple(spells)


def _apply(act: ConsentAct, *, day: date, spells: list[ConsentSpell]) -> None:
    latest = spells[-1] if spells else None
    if latest is not None and (latest.last is None or (act.given and latest.last == day)):
        last = None if act.given else day
        spells[-1] = replace(latest, last=last, evidence=(*latest.evidence, act.id))
    elif act.given:
        spells.append(ConsentSpell(day, None, (act.id,)))


def spell_for(spells: Sequence[ConsentSpell], *, day: date) -> ConsentSpell | None:
    """The spell by which a date is judged: the latest begun by then, else the first; None without any.

    Where consent had ended by that date, the spell's end says so and clips what comes after it.
    """
    begun = [each for each in spells if each.first <= day]
    return begun[-1] if begun else next(iter(spells), None)
