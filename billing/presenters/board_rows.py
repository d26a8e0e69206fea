"""The board in words: rows, filters, totals; no queries, no rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from billing.board_filter import BoardFilter
from billing.estimates import Gpci, Priced, estimate
from billing.marks import clocks
from billing.marks.clocks import Clocks
from billing.outlook import month_outlook, next_step
from billing.presenters.board import STATE_WORDS, TONES
from billing.selectors.board import BoardRow, Choices
from billing.selectors.triage import ClosingWindow
from networks.templatetags.wording import day

_LABELS = {
    "": "All",
    "exceptions": "Exceptions",
    "held": "Held",
    "refused": "Not allowed",
    "billable": "May be certified",
    "pending": "Waiting",
    "certified": "Certified",
    "none": "Nothing yet",
}
_MONTHS_BACK = 12
_SETTLED = ("billable", "certified")


@dataclass(frozen=True)
class CodeView:
    """One code of a row with its state in words."""

    code: str
    units: int
    words: str
    tone: str


@dataclass(frozen=True)
class RowView:
    """One patient's month, ready to draw."""

    episode_id: UUID
    patient_id: UUID
    month: str
    name: str
    about: str
    clocks: Clocks
    codes: Sequence[CodeView]
    outlooks: Sequence[str]
    missing: Sequence[str]
    next_step: str


@dataclass(frozen=True)
class Choice:
    """One entry of a filter."""

    key: str
    label: str
    is_current: bool
    count: int | None = None
    query: str = ""


@dataclass(frozen=True)
class TotalView:
    """One total of the footer, in words that say it is an estimate."""

    label: str
    words: str


def row_view(row: BoardRow) -> RowView:
    """Return one row with both clocks, what can still be reached and what no longer can."""
    both = clocks.draw(row.window, row.month, today=row.facts.today)
    window_words = both.days.detail if both.days else "no data day yet"
    parts = [row.clinician] + [each for each in (row.payer or "no payer on file", row.record_number) if each]
    return RowView(
        episode_id=row.episode_id,
        patient_id=row.patient_id,
        month=f"{row.month.month:%Y-%m}",
        name=f"{row.given_name} {row.family_name}".strip(),
        about=" · ".join(parts),
        clocks=both,
        codes=[
            CodeView(each.code, each.units, STATE_WORDS[each.status], TONES[each.status])
            for each in row.lines
        ],
        outlooks=[_sentence(each) for each in (window_words, month_outlook(row.facts)) if each],
        missing=_missing(row),
        next_step=next_step(row.facts),
    )


@dataclass(frozen=True)
class ClosingView:
    """One patient whose window closes within days and is not settled."""

    patient_id: UUID
    name: str
    words: str


def closing_view(found: Sequence[ClosingWindow]) -> list[ClosingView]:
    """Return the windows that are about to close, in words."""
    return [
        ClosingView(
            each.patient_id,
            f"{each.given_name} {each.family_name}".strip(),
            f"{each.days} day{'' if each.days == 1 else 's'}, closes {day(each.ends_on)}",
        )
        for each in found
    ]


def state_choices(counts: Mapping[str, int], wanted: BoardFilter) -> list[Choice]:
    """Return the filters by state with how many rows each holds."""
    return [
        Choice(key, label, wanted.state == key, counts[key], query_of(wanted, state=key))
        for key, label in _LABELS.items()
    ]


def month_choices(wanted: BoardFilter, *, today: date) -> list[Choice]:
    """Return this month and the twelve before it, and the wanted one."""
    months = [today.replace(day=1)]
    for _ in range(_MONTHS_BACK):
        earlier = months[-1]
        months.append(
            earlier.replace(year=earlier.year - 1, month=12)
            if earlier.month == 1
            else earlier.replace(month=earlier.month - 1)
        )
    every = sorted({*months, wanted.month}, reverse=True)
    return [Choice(f"{each:%Y-%m}", f"{each:%B %Y}", each == wanted.month) for each in every]


def named_choices(found: Sequence[tuple[UUID, str]], current: UUID | None) -> list[Choice]:
    """Return people or payers to choose from."""
    return [Choice(str(key), name, key == current) for key, name in found]


def filters(wanted: BoardFilter, found: Choices, *, today: date) -> dict[str, object]:
    """Return what the filters' form shows."""
    return {
        "months": month_choices(wanted, today=today),
        "clinicians": named_choices(found.clinicians, wanted.clinician_id),
        "payers": named_choices(found.payers, wanted.payer_id),
    }


def totals(priced: Mapping[str, Sequence[Priced]], *, gpci: Gpci) -> list[TotalView]:
    """Return the footer's totals; nothing is shown without the word estimate."""
    return [
        TotalView(STATE_WORDS[status].split(":")[0].capitalize(), estimate(priced[status], gpci=gpci).words)
        for status in ("certified", "billable", "pending", "held")
        if priced.get(status)
    ]


def basis_words(gpci: Gpci, month: date) -> str:
    """Say how the totals were counted."""
    place = "national rates" if gpci.is_national else f"rates for {gpci.locality} ({gpci.source})"
    return (
        f"Estimates from Medicare's fee schedule of {month.year}, {place}: RVU x GPCI x conversion factor. Before "
        "deductible and sequestration; other payers may differ. Never part of a claim."
    )


def query_of(wanted: BoardFilter, *, state: str | None = None) -> str:
    """Return the filters as an address's query; never the words of a search, which may be a name."""
    given = {
        "month": f"{wanted.month:%Y-%m}",
        "state": wanted.state if state is None else state,
        "payer": wanted.payer_id or "",
        "clinician": wanted.clinician_id or "",
    }
    return urlencode([(name, str(value)) for name, value in given.items() if value])


def _missing(row: BoardRow) -> list[str]:
    """Return what stands against each code that may not be certified yet, every sentence once."""
    return _once(each.reason for each in row.lines if each.status not in _SETTLED and each.reason)


def _once(sentences: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(sentences))


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
