"""The billing board: a page of patients and months, how many stand in which state, and what it may be worth."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from billing.board_filter import STATES, BoardFilter
from billing.estimates import ASSISTANT_MODIFIER, Priced
from billing.marks.clocks import MonthFacts
from billing.marks.day_strip import WindowFacts
from billing.outlook import RowFacts
from billing.selectors import board_sql
from billing.selectors.spans import last_of_month


@dataclass(frozen=True)
class BoardLine:
    """One line of a row, with the reason that decides."""

    code: str
    units: int
    day: date
    status: str
    modifiers: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class BoardRow:
    """One patient's month: who, both clocks, lines, and the facts behind the next step."""

    episode_id: UUID
    patient_id: UUID
    given_name: str
    family_name: str
    record_number: str
    clinician: str
    payer: str
    window: WindowFacts | None
    month: MonthFacts
    lines: Sequence[BoardLine]
    facts: RowFacts


@dataclass(frozen=True)
class Choices:
    """Whom the board can be narrowed to, by name."""

    clinicians: Sequence[tuple[UUID, str]]
    payers: Sequence[tuple[UUID, str]]


def board_rows(
    practice_id: UUID, wanted: BoardFilter, *, today: date, limit: int, offset: int = 0
) -> list[BoardRow]:
    """Return one page of rows, what needs a person first; one query however many patients."""
    parameters = parameters_of(practice_id, wanted, today=today) | {"limit": limit, "offset": offset}
    return [_row(each, wanted.month, today=today) for each in _ask(board_sql.PAGE, parameters)]


@dataclass(frozen=True)
class Summary:
    """All rows under the filters: how many by state, and their units by state ready to be priced."""

    counts: Mapping[str, int]
    priced: Mapping[str, Sequence[Priced]]


def summary(practice_id: UUID, wanted: BoardFilter, *, today: date) -> Summary:
    """Return how many rows there are in all (the empty key) and by state, and what is to be priced; one query.

    A row is counted in every state in which it has a line, whatever state is wanted; refused lines have no price.
    """
    counts: dict[str, int] = {}
    priced: dict[str, list[Priced]] = {}
    rows = _ask(board_sql.SUMMARY, parameters_of(practice_id, wanted, today=today))
    for status, found, code, day, by_assistant, units in rows:
        if found is not None:
            counts = dict(zip(("", *STATES), found, strict=True))
            continue
        modifiers = (ASSISTANT_MODIFIER,) if by_assistant else ()
        priced.setdefault(status, []).append(Priced(code, day, int(units), modifiers))
    return Summary(counts, priced)


def choices(practice_id: UUID) -> Choices:
    """Return the practice's clinicians and its patients' payers; one query."""
    found: dict[str, list[tuple[UUID, str]]] = {"clinician": [], "payer": []}
    for kind, key, name in _ask(board_sql.CHOICES, {"practice": practice_id}):
        found[kind].append((key, name))
    return Choices(found["clinician"], found["payer"])


def parameters_of(practice_id: UUID, wanted: BoardFilter, *, today: date) -> dict[str, Any]:
    """Return the values of the SQL's parameters for these rows."""
    return {
        "practice": practice_id,
        "first": wanted.month,
        "last": last_of_month(wanted.month),
        "today": today,
        "state": wanted.state,
        "payer": wanted.payer_id,
        "clinician": wanted.clinician_id,
        "episode": wanted.episode_id,
        "words": [f"%{_literal(each)}%" for each in wanted.words],
    }


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _ask(sql: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def _row(found: tuple[Any, ...], month: date, *, today: date) -> BoardRow:
    episode, patient, given, family, record, clinician, payer, ended, *rest = found
    starts, ends, clipped, dates, minutes, contacts, pta, plan_ends, has_plan, lines = rest
    window = None
    if starts is not None:
        days = frozenset(date.fromisoformat(each) for each in json.loads(dates))
        window = WindowFacts(starts, ends, clipped, days)
    facts = RowFacts(
        today=today,
        month=month,
        minutes=minutes,
        live_contacts=contacts,
        last_data_day=max(window.data_days, default=None) if window else None,
        plan_ends_on=plan_ends,
        has_plan=has_plan,
        is_over=ended is not None and ended < today,
    )
    return BoardRow(
        episode_id=episode,
        patient_id=patient,
        given_name=given,
        family_name=family,
        record_number=record,
        clinician=clinician,
        payer=payer or "",
        window=window,
        month=MonthFacts(month, minutes, contacts, pta),
        lines=[_line(each) for each in json.loads(lines or "[]")],
        facts=facts,
    )


def _line(found: Mapping[str, Any]) -> BoardLine:
    return BoardLine(
        code=found["code"],
        units=found["units"],
        day=date.fromisoformat(found["day"]),
        status=found["status"],
        modifiers=tuple(found["modifiers"]),
        reason=found["reason"] or "",
    )
