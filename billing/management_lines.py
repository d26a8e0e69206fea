"""The management lines of each month with a counted second: 98979, or 98980 and the units of 98981."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from billing.code_set import (
    ADD_ON_BASE,
    ADD_ON_CODE,
    CodeSet,
    RuleSet,
    Tier,
)
from billing.data_days import ReadingDate
from billing.decision import Findings, Line, Status
from billing.document import Document, LiveContactRule
from billing.gates import Proposal, failed_gates, passed_gates
from billing.modifiers import choose_modifiers, explain_modifiers
from billing.months import Month
from billing.reasons import Reason, counted, evidence_of
from billing.service_dates import date_of_service, explain_date_of_service, wait_for_close

SPAN_NAME = "month"


@dataclass(frozen=True, slots=True)
class _Case:
    """One month as it is judged: its date of service, the tier its minutes reach or, below the floor, miss."""

    month: Month
    day: date
    tier: Tier
    has_data_day: bool
    document: Document
    code_set: CodeSet

    @property
    def rule_set(self) -> RuleSet:
        """The rules of the date of service, or the nearest to it."""
        return self.code_set.nearest(self.day)


def management_lines(
    document: Document, *, months: Sequence[Month], reading_dates: Iterable[ReadingDate], code_set: CodeSet
) -> tuple[Line, ...]:
    """The lines of every month with a counted second."""
    with_data = {each.day.replace(day=1) for each in reading_dates if each.is_data_day}
    lines: list[Line] = []
    for month in months:
        day = date_of_service(month.span, document=document)
        tiers = code_set.nearest(day).management_tiers
        reached = [tier for tier in tiers if tier.minimum <= month.minutes]
        # Below the floor the lowest code stands, refused: nothing is silently left out.
        tier = reached[-1] if reached else tiers[0]
        case = _Case(month, day, tier, month.span.first in with_data, document, code_set)
        findings = _find(case, code=tier.code)
        lines.append(_line(case, code=tier.code, units=1, findings=findings))
        if tier.code == ADD_ON_BASE:
            lines.extend(_add_on_lines(case))
    return tuple(lines)


def _add_on_lines(case: _Case) -> list[Line]:
    units = (case.month.minutes - case.tier.minimum) // case.rule_set.add_on_step_minutes
    if units < 1:
        return []
    findings = _find(case, code=ADD_ON_CODE)
    count = Reason(
        "add_on.units",
        f"{counted(case.month.minutes, 'minute')} less the {case.tier.minimum} of {ADD_ON_BASE} hold "
        f"{counted(units, 'full block')} of {case.rule_set.add_on_step_minutes} minutes for {ADD_ON_CODE}.",
    )
    findings = replace(findings, facts=(count, *findings.facts))
    proposed, doubts = _propose(units, case=case)
    in_doubt = replace(findings, doubts=(*findings.doubts, *doubts))
    if findings.status is not Status.BILLABLE:
        return [_line(case, code=ADD_ON_CODE, units=units, findings=in_doubt)]
    lines = [(proposed, findings), (units - proposed, in_doubt)]
    return [_line(case, code=ADD_ON_CODE, units=each, findings=why) for each, why in lines if each]


def _propose(units: int, *, case: _Case) -> tuple[int, tuple[Reason, ...]]:
    """How many units stand without a person, and why not more."""
    contacts = len(case.month.contacts)
    most = case.rule_set.add_on_proposed_units
    limits = []
    # Some read CMS as wanting one more live contact for each unit (S7; low), so it is a choice per payer.
    if case.document.payer.live_contact_rule is LiveContactRule.STRICT:
        text = (
            "The strict rule wants one live contact more for each unit; "
            f"the month has {counted(contacts, 'live contact')}."
        )
        limits.append((max(contacts - 1, 0), Reason("add_on.live_contacts", text)))
    text = (
        f"No more than {most} units are proposed, as no limit of units was found; "
        "a person decides on the rest."
    )
    limits.append((most, Reason("add_on.unit_limit", text)))
    doubts = tuple(reason for limit, reason in limits if limit < units)
    return min(units, *(limit for limit, _ in limits)), doubts


def _find(case: _Case, *, code: str) -> Findings:
    month, document = case.month, case.document
    proposal = Proposal(code, case.day, month.span, SPAN_NAME)
    gates = failed_gates(proposal, document=document, code_set=case.code_set)
    minutes, contacts = _minutes(case), _live_contacts(month)
    is_met = month.minutes >= case.tier.minimum
    shortfalls = (*(() if is_met else (minutes,)), *(() if month.contacts else (contacts,)))
    facts = (*((minutes,) if is_met else ()), *((contacts,) if month.contacts else ()))
    return Findings(
        failed_gates=gates,
        waits=wait_for_close(month.span, span_name=SPAN_NAME),
        shortfalls=shortfalls,
        doubts=_no_data_day(case),
        facts=(
            *facts,
            *_uncounted(month),
            explain_date_of_service(case.day, span=month.span, span_name=SPAN_NAME, document=document),
            *(() if gates else (passed_gates(proposal, document=document),)),
            *explain_modifiers(
                document.episode.discipline,
                assistant=month.pta_seconds,
                everyone=month.seconds,
                share=case.rule_set.assistant_share,
            ),
        ),
    )


def _line(case: _Case, *, code: str, units: int, findings: Findings) -> Line:
    month, document = case.month, case.document
    modifiers = choose_modifiers(
        document.episode.discipline,
        assistant=month.pta_seconds,
        everyone=month.seconds,
        share=case.rule_set.assistant_share,
    )
    return Line(code, units, case.day, modifiers, findings.status, findings.reasons)


def _minutes(case: _Case) -> Reason:
    month, tier = case.month, case.tier
    minutes, seconds = divmod(month.seconds, 60)
    found = f"{minutes}:{seconds:02} minutes counted between {month.span.first} and {month.span.clipped_to}"
    verb = "gives" if month.minutes >= tier.minimum else "is needed for"
    return Reason(
        "management.minutes", f"{found}; {tier.minimum} full minutes {verb} {tier.code}.", month.evidence
    )


def _live_contacts(month: Month) -> Reason:
    # Real-time interactive communication at least once in the calendar month (CPT 2026; S4); never by text.
    if not month.contacts:
        return Reason(
            "management.live_contact",
            "There was no live contact in the month; every management code needs one.",
        )
    evidence = evidence_of(each for contact in month.contacts for each in contact.evidence)
    return Reason(
        "management.live_contact", f"{counted(len(month.contacts), 'live contact')} in the month.", evidence
    )


def _no_data_day(case: _Case) -> tuple[Reason, ...]:
    if case.has_data_day:
        return ()
    # CMS said for CY2024 that the days do not govern management (S18); with none at all a person looks (low).
    text = "The month holds no data day; a person decides whether the time managed therapy from RTM data."
    return (Reason("management.no_data_day", text),)


def _uncounted(month: Month) -> tuple[Reason, ...]:
    if not month.uncounted:
        return ()
    counts: dict[str, int] = {}
    for entry in month.uncounted:
        words = ", ".join(entry.objections)
        counts[words] = counts.get(words, 0) + 1
    listed = "; ".join(f"{number} {words}" for words, number in sorted(counts.items()))
    many = len(month.uncounted)
    text = f"{many} time {'entry' if many == 1 else 'entries'} of the month not counted: {listed}."
    return (Reason("management.entries_not_counted", text, evidence_of(each.id for each in month.uncounted)),)
