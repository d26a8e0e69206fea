"""What was decided: lines with status and reasons, their windows and months, and the JSON form of it all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from billing.months import Month
from billing.reasons import Reason
from billing.windows import Window


class Status(StrEnum):
    """What may be done with a line."""

    BILLABLE = "billable"
    PENDING = "pending"
    HELD = "held"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Findings:
    """What stands against a line, and the facts it rests on; the first kind found gives its status."""

    failed_gates: tuple[Reason, ...] = ()
    waits: tuple[Reason, ...] = ()
    shortfalls: tuple[Reason, ...] = ()
    doubts: tuple[Reason, ...] = ()
    facts: tuple[Reason, ...] = ()

    @property
    def status(self) -> Status:
        """The first status that applies."""
        if self.failed_gates:
            return Status.REFUSED
        if self.waits:
            return Status.PENDING
        if self.shortfalls:
            return Status.REFUSED
        return Status.HELD if self.doubts else Status.BILLABLE

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """All of them, those that decide first."""
        return (*self.failed_gates, *self.waits, *self.shortfalls, *self.doubts, *self.facts)


@dataclass(frozen=True, slots=True)
class Line:
    """One code on one date of service: what may be done with it, and why."""

    code: str
    units: int
    date_of_service: date
    modifiers: tuple[str, ...]
    status: Status
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything decided about one document."""

    episode: str
    rule_sets: tuple[str, ...]
    windows: tuple[Window, ...]
    months: tuple[Month, ...]
    lines: tuple[Line, ...]


def in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines by date of service, then code, then billable before held."""
    return tuple(sorted(lines, key=lambda line: (line.date_of_service, line.code, line.status)))


def decision_as_json(decision: Decision) -> dict[str, object]:
    """The decision with the contract's keys in their order, ready for `json.dumps`."""
    return {
        "episode": decision.episode,
        "rule_sets": list(decision.rule_sets),
        "windows": [_window_as_json(window) for window in decision.windows],
        "months": [_month_as_json(month) for month in decision.months],
        "lines": [_line_as_json(line) for line in decision.lines],
    }


def _window_as_json(window: Window) -> dict[str, object]:
    return {
        "from": window.span.first.isoformat(),
        "to": window.span.last.isoformat(),
        "clipped_to": window.span.clipped_to.isoformat(),
        "days": [day.isoformat() for day in window.days],
        "state": window.span.state.value,
    }


def _month_as_json(month: Month) -> dict[str, object]:
    return {
        "month": month.span.first.isoformat()[: len("YYYY-MM")],
        "seconds": month.seconds,
        "minutes": month.minutes,
        "pta_minutes": month.pta_minutes,
        "live_contacts": len(month.contacts),
        "state": month.span.state.value,
    }


def _line_as_json(line: Line) -> dict[str, object]:
    return {
        "code": line.code,
        "units": line.units,
        "date_of_service": line.date_of_service.isoformat(),
        "modifiers": list(line.modifiers),
        "status": line.status.value,
        "reasons": [_reason_as_json(reason) for reason in line.reasons],
    }


def _reason_as_json(reason: Reason) -> dict[str, object]:
    found: dict[str, object] = {"rule": reason.rule, "text": reason.text}
    if reason.evidence:
        found["evidence"] = list(reason.evidence)
    return found
