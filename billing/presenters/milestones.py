"""Milestones in words: what staff wrote down, what the patient answered; no queries, no rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from networks.templatetags.wording import day, day_in
from patients.models import Milestone


@dataclass(frozen=True)
class MilestoneRow:
    """One milestone; `milestone_id` only where it can be taken back."""

    title: str
    words: str
    taken_back: str = ""
    milestone_id: UUID | None = None


def milestone_rows(
    entries: Sequence[Milestone], answered: Sequence[date], *, zone: str
) -> list[MilestoneRow]:
    """Return milestones, the latest first, those taken back with by whom and why."""
    dated = [(each.reached_on, _entered(each, zone=zone)) for each in entries]
    dated += [
        (on, MilestoneRow("Reached the milestone asked about", f"{day(on)} · by text")) for on in answered
    ]
    return [row for _, row in sorted(dated, key=lambda each: each[0], reverse=True)]


def _entered(entry: Milestone, *, zone: str) -> MilestoneRow:
    evidence = Milestone.Evidence(entry.evidence).label.lower()
    words = f"{day(entry.reached_on)} · {evidence} · written by {entry.by.name}"
    voided: Milestone | None = getattr(entry, "voided_by", None)
    if voided is None:
        return MilestoneRow(entry.title, words, milestone_id=entry.pk)
    back = f"Taken back by {voided.by.name}, {day_in(voided.occurred_at, zone)}: {voided.reason}"
    return MilestoneRow(entry.title, words, taken_back=back)
