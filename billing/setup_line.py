"""The line of a completed set-up, 98975: once in an episode, when the first window has data days enough."""

from collections.abc import Sequence

from billing.code_set import SETUP_CODE, CodeSet
from billing.decision import Findings, Line
from billing.document import Document, SetUp
from billing.gates import Proposal, failed_gates, passed_gates
from billing.modifiers import choose_modifiers, explain_modifiers
from billing.reasons import Reason, counted
from billing.windows import Window


def setup_lines(document: Document, *, windows: Sequence[Window], code_set: CodeSet) -> tuple[Line, ...]:
    """The line for the set-up, if one was completed by `as_of`."""
    setup = document.known_setup
    if setup is None:
        return ()
    first = windows[0] if windows else None
    proposal = Proposal(SETUP_CODE, setup.completed_on, first.span if first else None, "first window")
    findings = _find(proposal, window=first, setup=setup, document=document, code_set=code_set)
    everyone = setup.pt_minutes + setup.pta_minutes
    share = code_set.nearest(setup.completed_on).assistant_share
    modifiers = choose_modifiers(
        document.episode.discipline, assistant=setup.pta_minutes, everyone=everyone, share=share
    )
    return (Line(SETUP_CODE, 1, setup.completed_on, modifiers, findings.status, findings.reasons),)


def _find(
    proposal: Proposal, *, window: Window | None, setup: SetUp, document: Document, code_set: CodeSet
) -> Findings:
    minimum = code_set.nearest(setup.completed_on).setup_minimum_days
    days = len(window.days) if window else 0
    is_met = days >= minimum
    gates = (*_already_billed(document), *failed_gates(proposal, document=document, code_set=code_set))
    waits = _same_day(setup, document=document)
    if not is_met:
        waits = (*waits, *_days_may_come(window, document=document))
    count = _count(window, minimum=minimum, is_met=is_met)
    facts = (count,) if is_met else ()
    passed = () if gates else (passed_gates(proposal, document=document),)
    completed = Reason("setup.completed", f"Set-up and teaching were completed on {setup.completed_on}.")
    return Findings(
        failed_gates=gates,
        waits=waits,
        shortfalls=() if is_met else (count,),
        facts=(*facts, completed, *passed, *_modifiers(setup, document=document, code_set=code_set)),
    )


def _already_billed(document: Document) -> tuple[Reason, ...]:
    if not document.setup_already_billed:
        return ()
    # Once per episode of care (CPT, since 2022; S5, S24).
    return (
        Reason("setup.once", f"{SETUP_CODE} was already billed in this episode; it stands once per episode."),
    )


def _same_day(setup: SetUp, *, document: Document) -> tuple[Reason, ...]:
    if document.as_of > setup.completed_on:
        return ()
    return (Reason("setup.same_day", f"The date of service {setup.completed_on} is not over."),)


def _days_may_come(window: Window | None, *, document: Document) -> tuple[Reason, ...]:
    if window is None:
        if document.clip is not None and document.as_of > document.clip:
            return ()
        return (Reason("setup.no_window_yet", "No data day has begun the first 30-day window yet."),)
    if window.span.is_closed:
        return ()
    return (Reason("setup.window_open", f"The first window is open to {window.span.clipped_to}."),)


def _count(window: Window | None, *, minimum: int, is_met: bool) -> Reason:
    needs = f"{SETUP_CODE} needs {minimum}"
    if window is None:
        return Reason("setup.days", f"There is no data day; {needs} in the first 30-day window.")
    found = (
        f"{counted(len(window.days), 'data day')} between {window.span.first} and {window.span.clipped_to}"
    )
    return Reason("setup.days", f"{found}; {needs}{', which is met' if is_met else ''}.", window.evidence)


def _modifiers(setup: SetUp, *, document: Document, code_set: CodeSet) -> tuple[Reason, ...]:
    return explain_modifiers(
        document.episode.discipline,
        assistant=setup.pta_minutes,
        everyone=setup.pt_minutes + setup.pta_minutes,
        unit="set-up minute",
        share=code_set.nearest(setup.completed_on).assistant_share,
    )
