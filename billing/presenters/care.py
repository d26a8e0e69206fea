"""Care records in words: what opens what, and each record with its history; no queries, no rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from billing.care_gates import CareGate, GateKind
from billing.models import Attestation, ClaimDetails, Coverage, DeviceDetermination, Exclusion, SetUp
from billing.selectors.care import CareFile
from networks.templatetags.wording import moment_in
from patients.models import Episode, PlanOfCare

# What each gate opens, what to do where it is shut, and where on the page that is done.
_WORDS = {
    GateKind.EPISODE: ("Episode of care", "Care runs.", "Care has ended: nothing after it counts.", ""),
    GateKind.CONSENT: (
        "Consent to monitoring",
        "Answers count from the day it was given.",
        "Ask the patient and write the answer down: answers before that do not count.",
        "consent",
    ),
    GateKind.PLAN_OF_CARE: (
        "Plan of care that names monitoring",
        "Opens every code while it covers the date.",
        "Add a span that names remote monitoring: without one, days and codes are shut.",
        "plan",
    ),
    GateKind.SET_UP: (
        "Set-up and teaching",
        "Opens the set-up code and lets days begin.",
        "Record it once the patient was set up and taught: days begin then.",
        "setup",
    ),
    GateKind.DEVICE_DETERMINATION: (
        "Device determination of the practice",
        "Opens every code, for all patients of the practice.",
        "The practice has no memo on file for today: the practice's admin records it under Settings.",
        "",
    ),
    GateKind.COVERAGE: (
        "Payer's coverage",
        "Opens charges to this payer.",
        "Look up the payer's policy and record it: what is not known counts as not covered.",
        "coverage",
    ),
    GateKind.NOTHING_ELSE: (
        "No other service in the way",
        "Nothing on record shuts monitoring out.",
        "Another service is on record today: end it when it is over.",
        "exclusion",
    ),
}


@dataclass(frozen=True)
class GateRow:
    """One gate on the page."""

    title: str
    words: str
    is_open: bool
    anchor: str


@dataclass(frozen=True)
class RecordRow:
    """One record: what it says, where it came from, and what can still be done about it."""

    id: UUID
    what: str
    detail: str
    state: str = ""
    tone: str = ""
    taken_back: str = ""
    can_certify: bool = False
    can_end: bool = False
    can_take_back: bool = False


@dataclass(frozen=True)
class CareView:
    """The page in words."""

    gates: Sequence[GateRow]
    plans: Sequence[RecordRow]
    set_ups: Sequence[RecordRow]
    exclusions: Sequence[RecordRow]
    attestations: Sequence[RecordRow]
    coverages: Sequence[RecordRow]
    claim_details: Sequence[RecordRow]
    ended: str
    others: Sequence[tuple[UUID, str]]


def care_view(file: CareFile, *, taken_back: Mapping[UUID, str]) -> CareView:
    """Return the page of one episode's care records."""
    zone, today = file.episode.patient.time_zone, file.today
    return CareView(
        gates=[_gate(each) for each in file.gates],
        plans=[_plan(each, today=today, reason=taken_back.get(each.pk, "")) for each in file.plans],
        set_ups=[_set_up(each, file.set_ups, zone=zone) for each in file.set_ups],
        exclusions=[
            _exclusion(each, today=today, reason=taken_back.get(each.pk, "")) for each in file.exclusions
        ],
        attestations=[_attestation(each, zone=zone) for each in file.attestations],
        coverages=[_coverage(each, today=today, zone=zone) for each in file.coverages],
        claim_details=[
            _claim(each, is_latest=place == 0, zone=zone) for place, each in enumerate(file.claim_details)
        ],
        ended=_ended(file.episode),
        others=[(each.pk, _episode(each)) for each in file.episodes if each.pk != file.episode.pk],
    )


def determination_row(each: DeviceDetermination, *, today: date) -> RecordRow:
    """Return one determination of the practice in words."""
    holds = each.starts_on <= today and (each.ends_on is None or each.ends_on >= today)
    return RecordRow(
        id=each.pk,
        what=each.basis,
        detail=f"{each.memo}. Version {each.software_version}, signed by {each.signed_by}, "
        f"{_span(each.starts_on, each.ends_on)}",
        state="On file" if holds else "Not in force today",
        tone="done" if holds else "",
        can_end=each.ends_on is None or each.ends_on > today,
    )


def _gate(gate: CareGate) -> GateRow:
    title, opened, shut, anchor = _WORDS[gate.kind]
    words = opened if gate.is_open else shut
    if gate.until is not None:
        words += f" Until {_date(gate.until)}."
    return GateRow(title, words, gate.is_open, anchor)


def _plan(plan: PlanOfCare, *, today: date, reason: str) -> RecordRow:
    certified = f"certified {_date(plan.certified_on)}" if plan.certified_on else "not certified yet"
    names = "names" if plan.names_rtm else "does not name"
    goal = f" Goal: {plan.goal}" if plan.goal else ""
    covers = plan.starts_on <= today and (plan.ends_on is None or plan.ends_on >= today)
    is_attention = not plan.names_rtm
    return RecordRow(
        id=plan.pk,
        what=_first_up(_span(plan.starts_on, plan.ends_on)),
        detail=f"{names.capitalize()} remote monitoring, {certified}.{goal}",
        state="" if reason else "Covers today" if covers else "",
        tone="attention" if is_attention else "done",
        taken_back=reason,
        can_certify=not reason and plan.certified_on is None,
        can_take_back=not reason,
    )


def _set_up(each: SetUp, others: Sequence[SetUp], *, zone: str) -> RecordRow:
    correction = next((later for later in others if later.replaces_id == each.pk), None)
    note = f" {each.note}" if each.note else ""
    minutes = f"{each.pt_minutes} min by the therapist, {each.pta_minutes} min by the assistant"
    return RecordRow(
        id=each.pk,
        what=f"Completed {_date(each.completed_on)}",
        detail=f"{minutes}; taught by {each.taught_by.name}. Written down {moment_in(each.recorded_at, zone)}.{note}",
        taken_back=f"Corrected: {correction.reason}" if correction else "",
    )


def _exclusion(each: Exclusion, *, today: date, reason: str) -> RecordRow:
    holds = each.starts_on <= today and (each.ends_on is None or each.ends_on >= today)
    source = f" Known from: {each.source}" if each.source else ""
    return RecordRow(
        id=each.pk,
        what=Exclusion.Kind(each.kind).label,
        detail=f"{_first_up(_span(each.starts_on, each.ends_on))}.{source}",
        state="Shuts monitoring out today" if holds and not reason else "",
        tone="attention",
        taken_back=reason,
        can_end=not reason and each.ends_on is None,
        can_take_back=not reason,
    )


def _attestation(each: Attestation, *, zone: str) -> RecordRow:
    ruled_out = [
        words
        for said, words in (
            (each.no_other_monitoring, "no other remote monitoring"),
            (each.no_home_health, "no home-health plan"),
        )
        if said
    ]
    return RecordRow(
        id=each.pk,
        what=_first_up(" and ".join(ruled_out)),
        detail=f"Asked {_date(each.said_on)}; {Attestation.Source(each.source).label.lower()} said so. "
        f"Written down {moment_in(each.recorded_at, zone)} by {each.by.name}.",
    )


def _coverage(each: Coverage, *, today: date, zone: str) -> RecordRow:
    holds = each.starts_on <= today and (each.ends_on is None or each.ends_on >= today)
    authorized = f" Authorized from {_date(each.covered_from)}." if each.covered_from else ""
    looked = f" Looked up {_date(each.checked_on)}." if each.checked_on else ""
    evidence = f" {each.evidence}." if each.evidence else " No evidence on file."
    status = Coverage.Status(each.status)
    is_good = status in {Coverage.Status.COVERED, Coverage.Status.PRIOR_AUTH}
    # The whole number stands in the file of charges; its end is enough to tell cards apart.
    member = f" Member number ends in {each.member_id[-4:]}." if each.member_id else ""
    return RecordRow(
        id=each.pk,
        what=f"{each.payer.name}: {status.label.lower()}",
        detail=f"{_first_up(_span(each.starts_on, each.ends_on))}.{authorized}{evidence}{looked}{member} "
        f"Written down {moment_in(each.recorded_at, zone)}.",
        state="Holds today" if holds else "Run out" if each.ends_on and each.ends_on < today else "",
        tone="done" if holds and is_good else "attention" if holds else "",
        can_end=each.ends_on is None or each.ends_on > today,
    )


def _claim(each: ClaimDetails, *, is_latest: bool, zone: str) -> RecordRow:
    npi = f"NPI {each.referring_npi}" if each.referring_npi else ""
    referred = ", ".join(part for part in (each.referring_name, npi) if part)
    said = f" Referred by {referred}." if referred else " No referring clinician."
    case = f" Case {each.case_number}." if each.case_number else ""
    return RecordRow(
        id=each.pk,
        what=", ".join(each.diagnoses),
        detail=f"{_first_up(_span(each.starts_on, None))}.{said}{case} "
        f"Written down {moment_in(each.recorded_at, zone)}.",
        state="" if is_latest else "Earlier entry",
    )


def _ended(episode: Episode) -> str:
    if episode.ends_on is None:
        return ""
    return f"Care ended {_date(episode.ends_on)}: {episode.end_reason or 'no reason given'}."


def _episode(episode: Episode) -> str:
    return f"{episode.get_condition_display()}, {_span(episode.starts_on, episode.ends_on)}"


def _span(first: date, last: date | None) -> str:
    return f"from {_date(first)} to {_date(last)}" if last else f"from {_date(first)} on"


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]


def _date(value: date) -> str:
    return f"{value.day} {value:%b} {value.year}"
