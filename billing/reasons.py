"""Why a line stands or falls: sentences, the rules they follow and the facts they rest on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence that can be read out to a payer, its rule, and the ids of the facts it rests on."""

    rule: str
    text: str
    evidence: tuple[str, ...] = ()


def evidence_of(ids: Iterable[str | None]) -> tuple[str, ...]:
    """The ids that are there, each once, in the order given."""
    return tuple(dict.fromkeys([each for each in ids if each is not None]))


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "data day"), counted(15, "data day")
    ('1 data day', '15 data days')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def dates_in_words(first: date, last: date | None) -> str:
    """A range of dates as it is read out.

    >>> dates_in_words(date(2026, 3, 1), None)
    'from 2026-03-01 on'
    """
    return f"from {first} on" if last is None else f"from {first} to {last}"
