"""A month to be closed in words; no queries, no rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from billing.closing_groups import ORDER, Group
from billing.models import DecidedLine
from billing.presenters.board import LineView, line_view
from billing.selectors.closing import MonthOfEpisode
from billing.services.certification import seen_digest

_TITLES = {
    Group.LATE: "Changed after it was certified",
    Group.LOOK: "Look first",
    Group.READY: "Ready",
    Group.NOTHING: "Nothing to certify",
    Group.CERTIFIED: "Certified",
}
_WORDS = {
    Group.LATE: (
        "What arrived later would change a line. The lock holds; amend the month if the later facts are right."
    ),
    Group.LOOK: (
        "Some lines may be certified, others are held, waiting or not allowed. Certifying takes the first only."
    ),
    Group.READY: "Every line of these patients meets its rules.",
    Group.NOTHING: "No line may be certified; each says why.",
    Group.CERTIFIED: "Locked: later facts change nothing here by themselves.",
}
_TONES = {
    Group.LATE: "danger",
    Group.LOOK: "attention",
    Group.READY: "accent",
    Group.NOTHING: "",
    Group.CERTIFIED: "done",
}


@dataclass(frozen=True)
class ChargedLine:
    """A line with the id of its charge and where its packet is."""

    line: LineView
    reference: str
    packet_id: UUID | None


@dataclass(frozen=True)
class RowView:
    """One patient's month, ready to draw."""

    episode_id: UUID
    patient_id: UUID
    patient: str
    clinician: str
    lines: Sequence[ChargedLine]
    seen: str
    may_be_chosen: bool
    is_exception: bool
    certification_id: UUID | None
    certified: str
    late: Sequence[str]
    refusal: str = ""


@dataclass(frozen=True)
class GroupView:
    """Patients that stand alike, with what that means."""

    key: str
    title: str
    words: str
    tone: str
    count: int
    rows: Sequence[RowView]


def groups(
    found: Sequence[MonthOfEpisode], *, counts: Mapping[Group, int], refusals: Mapping[UUID, str]
) -> list[GroupView]:
    """Return the groups that the page holds rows of, in order."""
    rows: dict[Group, list[RowView]] = {each: [] for each in ORDER}
    for each in found:
        rows[each.group].append(row_view(each, refusal=refusals.get(each.episode.pk, "")))
    return [
        GroupView(each.value, _TITLES[each], _WORDS[each], _TONES[each], counts.get(each, 0), rows[each])
        for each in ORDER
        if rows[each]
    ]


def row_view(found: MonthOfEpisode, *, refusal: str = "") -> RowView:
    """Return one patient's month in words."""
    certification = found.certification
    by = ""
    if certification:
        version = f", version {certification.version}" if certification.version > 1 else ""
        by = f"{certification.clinician.name}, {certification.clinician.credential}{version}"
    return RowView(
        episode_id=found.episode.pk,
        patient_id=found.episode.patient_id,
        patient=found.episode.patient.full_name,
        clinician=found.episode.clinician.name,
        lines=[
            ChargedLine(
                line_view(each),
                each.charge.reference if each.charge else "",
                found.packets.get(each.charge_id) if each.charge_id else None,
            )
            for each in found.lines
        ],
        seen=seen_digest([shape_of(each) for each in found.lines]),
        may_be_chosen=found.group in {Group.LOOK, Group.READY},
        is_exception=found.group is Group.LOOK,
        certification_id=certification.pk if certification else None,
        certified=by,
        late=differences(found),
        refusal=refusal,
    )


def shape_of(line: DecidedLine) -> dict[str, Any]:
    """Return a kept line in the contract's shape, as the rules gave it."""
    return {
        "code": line.code,
        "units": line.units,
        "date_of_service": line.date_of_service.isoformat(),
        "modifiers": line.modifiers,
        "status": line.status,
        "reasons": line.reasons,
    }


def differences(found: MonthOfEpisode) -> list[str]:
    """Return in sentences what an amendment would do; empty where nothing differs."""
    if found.group is not Group.LATE:
        return []
    before = {_words(shape_of(each)) for each in found.lines if each.status == "certified"}
    now = {_words(each) for each in found.late if each["status"] == "billable"}
    said = [f"{each} would be taken back." for each in sorted(before - now)]
    said += [f"{each} would be charged." for each in sorted(now - before)]
    return said or ["No charge would change; a line that is not charged would stand otherwise."]


def _words(shape: Mapping[str, Any]) -> str:
    units = f" × {shape['units']}" if shape["units"] > 1 else ""
    modifiers = " ".join(shape["modifiers"])
    return f"{shape['code']} {modifiers}{units} on {shape['date_of_service']}"


def month_words(month: date) -> str:
    """Return a month as people say it, such as "March 2026"."""
    return f"{month:%B %Y}"
