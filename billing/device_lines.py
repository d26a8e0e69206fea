"""The device line of each window with a data day: which tier its days reach, and what stands in the way."""

from collections.abc import Sequence

from billing.code_set import WINDOW_DATES, CodeSet, System, Tier
from billing.decision import Findings, Line
from billing.document import Document
from billing.gates import Proposal, failed_gates, passed_gates
from billing.modifiers import choose_modifiers, explain_modifiers
from billing.reasons import Reason, counted, evidence_of
from billing.service_dates import date_of_service, explain_date_of_service, wait_for_close
from billing.windows import Window

SPAN_NAME = "window"


def device_lines(document: Document, *, windows: Sequence[Window], code_set: CodeSet) -> tuple[Line, ...]:
    """One line for each window that holds a data day."""
    return tuple(_line(each, document=document, code_set=code_set) for each in windows if each.days)


def _line(window: Window, *, document: Document, code_set: CodeSet) -> Line:
    day = date_of_service(window.span, document=document)
    tiers = code_set.nearest(day).device_tiers[System(document.episode.condition.value)]
    reached = [tier for tier in tiers if tier.minimum <= len(window.days)]
    # Below the floor the lowest code stands, refused: nothing is silently left out.
    tier = reached[-1] if reached else tiers[0]
    proposal = Proposal(tier.code, day, window.span, SPAN_NAME)
    gates = failed_gates(proposal, document=document, code_set=code_set)
    count = _count(window, tier=tier, tiers=tiers)
    findings = Findings(
        failed_gates=gates,
        waits=wait_for_close(window.span, span_name=SPAN_NAME),
        shortfalls=() if reached else (count,),
        doubts=_year_seam(tier, window=window, code_set=code_set) if reached else (),
        facts=(
            *((count,) if reached else ()),
            *_uncounted(window),
            explain_date_of_service(day, span=window.span, span_name=SPAN_NAME, document=document),
            *(() if gates else (passed_gates(proposal, document=document),)),
            *explain_modifiers(document.episode.discipline),
        ),
    )
    modifiers = choose_modifiers(document.episode.discipline)
    return Line(tier.code, 1, day, modifiers, findings.status, findings.reasons)


def _count(window: Window, *, tier: Tier, tiers: Sequence[Tier]) -> Reason:
    days = len(window.days)
    most = next((each.minimum - 1 for each in tiers if each.minimum > tier.minimum), WINDOW_DATES)
    found = f"{counted(days, 'data day')} between {window.span.first} and {window.span.clipped_to}"
    verb = "gives" if days >= tier.minimum else "are needed for"
    return Reason("device.days", f"{found}; {tier.minimum} to {most} {verb} {tier.code}.", window.evidence)


def _year_seam(tier: Tier, *, window: Window, code_set: CodeSet) -> tuple[Reason, ...]:
    """The doubt about a code that did not exist when the window began (98985 at the turn to 2026)."""
    if code_set.nearest(window.span.first).has_device_code(tier.code):
        return ()
    return (
        Reason(
            "device.year_seam",
            f"The window began on {window.span.first}, before {tier.code} existed; "
            "a person decides whether its days may be billed under it.",
        ),
    )


def _uncounted(window: Window) -> tuple[Reason, ...]:
    rejected = [each for each in window.reading_dates if not each.is_data_day]
    if not rejected:
        return ()
    listed = "; ".join(f"{each.day} ({', '.join(each.objections)})" for each in rejected)
    text = f"{counted(len(rejected), 'date')} with readings not counted: {listed}."
    evidence = evidence_of(reading.id for each in rejected for reading in each.readings)
    return (Reason("device.dates_not_counted", text, evidence),)
