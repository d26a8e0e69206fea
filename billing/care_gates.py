"""What has to stand before monitoring counts, gate by gate, on one date: the same gates as the rules', shown."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from billing.code_set import CodeSet
from billing.document import Document
from billing.gates import Proposal, failed_gates


class GateKind(StrEnum):
    """The gates, in the order in which the desk meets them."""

    EPISODE = "episode"
    CONSENT = "consent"
    PLAN_OF_CARE = "plan_of_care"
    SET_UP = "set_up"
    DEVICE_DETERMINATION = "device_determination"
    COVERAGE = "coverage"
    NOTHING_ELSE = "nothing_else"


@dataclass(frozen=True, slots=True)
class CareGate:
    """One gate on one date; `until` is the last date on which what is on file keeps it open, None without end."""

    kind: GateKind
    is_open: bool
    until: date | None = None


def gates_on(day: date, *, document: Document, code_set: CodeSet) -> tuple[CareGate, ...]:
    """Every gate as it stands on a date, in the desk's order; `document` holds what stood on that date."""
    # Which code it is makes no difference to these gates: the payer's list of codes is left to the rules.
    proposal = Proposal(code="", date_of_service=day, span=None, span_name="")
    failed = {each.rule for each in failed_gates(proposal, document=document, code_set=code_set)}
    is_open = {
        GateKind.EPISODE: "gate.episode" not in failed,
        GateKind.CONSENT: "gate.consent" not in failed,
        GateKind.PLAN_OF_CARE: "gate.plan_of_care" not in failed,
        GateKind.SET_UP: document.setup is not None and document.setup.completed_on <= day,
        GateKind.DEVICE_DETERMINATION: "gate.device_determination" not in failed,
        GateKind.COVERAGE: "gate.coverage" not in failed,
        # A hospital stay refuses no line, but its days do not count: at the desk both shut the door.
        GateKind.NOTHING_ELSE: not any(each.dates.holds(day) for each in document.exclusions),
    }
    until = {
        GateKind.EPISODE: document.episode.dates.last,
        GateKind.CONSENT: document.consent.last if document.consent else None,
        GateKind.PLAN_OF_CARE: _plan_until(day, document=document),
    }
    return tuple(
        CareGate(kind, is_open[kind], until.get(kind) if is_open[kind] else None) for kind in GateKind
    )


def _plan_until(day: date, *, document: Document) -> date | None:
    """The last date of the spans that cover the date and follow one another without a gap."""
    reached = day
    spans = sorted((plan.dates.first, plan.dates.last) for plan in document.rtm_plans if plan.dates.last)
    open_ended = [plan.dates.first for plan in document.rtm_plans if plan.dates.last is None]
    for first, last in spans:
        if first.toordinal() <= reached.toordinal() + 1 and last is not None:
            reached = max(reached, last)
    return None if any(first.toordinal() <= reached.toordinal() + 1 for first in open_ended) else reached
