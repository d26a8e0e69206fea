"""The gates that a line must pass whatever was counted; every one that fails is named."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from billing.code_set import ADD_ON_BASE, ADD_ON_CODE, CodeSet
from billing.data_days import EXCLUSION_WORDS
from billing.document import Coverage, DateRange, Document, Exclusion, ExclusionKind
from billing.reasons import Reason, dates_in_words, evidence_of
from billing.spans import Span

# RTM and RPM never for one patient at once, one biller of RTM at a time (S10, S15, S65); outpatient therapy
# is bundled under a home-health plan (MEM). An inpatient stay takes away its dates only (our choice).
REFUSING_KINDS = (ExclusionKind.RPM, ExclusionKind.OTHER_RTM, ExclusionKind.HOME_HEALTH)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A code and its date of service; `span` is its window or month, `span_name` what to call that."""

    code: str
    date_of_service: date
    span: Span | None
    span_name: str


def failed_gates(proposal: Proposal, *, document: Document, code_set: CodeSet) -> tuple[Reason, ...]:
    """One reason for each gate that fails, in a fixed order."""
    return (
        *_rule_set(proposal, code_set=code_set),
        *_device_determination(document),
        *_coverage(proposal, document=document),
        *_covered_codes(proposal, document=document),
        *_episode(proposal, document=document),
        *_consent(proposal, document=document),
        *_plan_of_care(proposal, document=document),
        *_exclusions(proposal, document=document),
    )


def passed_gates(proposal: Proposal, *, document: Document) -> Reason:
    """The sentence for a line that no gate refuses."""
    day = proposal.date_of_service
    plans = sorted(
        (plan.dates.first, plan.id) for plan in document.rtm_plans if plan.id and plan.dates.holds(day)
    )
    return Reason(
        "gate.all_passed",
        f"On {day} the episode, the consent, a plan of care that names RTM and the payer's coverage stand; "
        "the device determination is on file, and nothing recorded excludes RTM.",
        evidence_of(plan_id for _, plan_id in plans),
    )


def _rule_set(proposal: Proposal, *, code_set: CodeSet) -> Iterator[Reason]:
    day = proposal.date_of_service
    if code_set.on(day) is None:
        yield Reason(
            "gate.rule_set",
            f"No approved rule set covers {day}; a date of service in {day.year} is refused "
            f"until a person has loaded and approved the rules of {day.year}.",
        )


def _device_determination(document: Document) -> Iterator[Reason]:
    if not document.device_determination:
        yield Reason(
            "gate.device_determination",
            "No device determination is on file for the software that collects the data.",
        )


def _coverage(proposal: Proposal, *, document: Document) -> Iterator[Reason]:
    payer, day = document.payer, proposal.date_of_service
    refusals = {
        Coverage.UNKNOWN: "The payer's policy on RTM is unknown, and unknown means not covered.",
        Coverage.NOT_COVERED: "The payer does not cover RTM.",
    }
    if payer.coverage in refusals:
        yield Reason("gate.coverage", refusals[payer.coverage])
    elif payer.covered_from is None:
        if payer.coverage is Coverage.PRIOR_AUTH:
            yield Reason(
                "gate.coverage",
                "The payer asks for prior authorization, and no date is on file from which it holds.",
            )
    elif day < payer.covered_from:
        yield Reason(
            "gate.coverage", f"Coverage begins on {payer.covered_from}; the date of service {day} is earlier."
        )


def _covered_codes(proposal: Proposal, *, document: Document) -> Iterator[Reason]:
    listed = document.payer.covered_codes
    if listed is None:
        return
    if proposal.code not in listed:
        yield Reason("gate.covered_codes", f"{proposal.code} is not on the payer's list of covered codes.")
    if proposal.code == ADD_ON_CODE and ADD_ON_BASE not in listed:
        yield Reason(
            "gate.covered_codes",
            f"{ADD_ON_CODE} needs {ADD_ON_BASE}, which is not on the payer's list of covered codes.",
        )


def _episode(proposal: Proposal, *, document: Document) -> Iterator[Reason]:
    day, dates = proposal.date_of_service, document.episode.dates
    if not dates.holds(day):
        words = dates_in_words(dates.first, dates.last)
        yield Reason("gate.episode", f"The date of service {day} is outside the episode of care, {words}.")


def _consent(proposal: Proposal, *, document: Document) -> Iterator[Reason]:
    day, consent = proposal.date_of_service, document.consent
    if consent is None:
        yield Reason("gate.consent", "No consent to RTM is on file.")
    elif not consent.holds(day):
        words = dates_in_words(consent.first, consent.last)
        yield Reason("gate.consent", f"The date of service {day} is outside the consent, {words}.")


def _plan_of_care(proposal: Proposal, *, document: Document) -> Iterator[Reason]:
    day = proposal.date_of_service
    if not any(plan.dates.holds(day) for plan in document.rtm_plans):
        yield Reason("gate.plan_of_care", f"No plan of care that names RTM covers the date of service {day}.")


def _exclusions(proposal: Proposal, *, document: Document) -> Iterator[Reason]:
    standing = {each for each in document.exclusions if each.kind in REFUSING_KINDS}
    for exclusion in sorted(standing, key=_exclusion_order):
        words = dates_in_words(exclusion.dates.first, exclusion.dates.last)
        shared = _shared(exclusion.dates, proposal=proposal)
        if shared:
            yield Reason(
                f"exclusion.{exclusion.kind.value}",
                f"{EXCLUSION_WORDS[exclusion.kind].capitalize()} {words} has a date in common with {shared}.",
            )


def _exclusion_order(exclusion: Exclusion) -> tuple[date, date, str]:
    return exclusion.dates.first, exclusion.dates.last or date.max, exclusion.kind.value


def _shared(dates: DateRange, *, proposal: Proposal) -> str | None:
    day, span = proposal.date_of_service, proposal.span
    # All 30 dates of a window and the whole month, although the line itself ends where the span is clipped.
    if span is not None and dates.last_shared_date(span.first, span.last):
        return f"the {proposal.span_name} from {span.first} to {span.last}"
    return f"the date of service {day}" if dates.holds(day) else None
