"""Milestones in words: what staff wrote down, what the patient answered; no queries, no rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from billing.selectors.patient import AnsweredMilestone
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
    entries: Sequence[Milestone], answered: Sequence[AnsweredMilestone], *, zone: str
) -> list[MilestoneRow]:
    """Return milestones, the latest first, those taken back with by whom and why.

    `answered` comes oldest first; what was asked several times stands once.
    """
    dated = [(each.reached_on, _entered(each, zone=zone)) for each in entries]
    titles = dict.fromkeys(each.title for each in answered)
    dated += [_answered([each for each in answered if each.title == title]) for title in titles]
    return [row for _, row in sorted(dated, key=lambda each: each[0], reverse=True)]


def _answered(answers: Sequence[AnsweredMilestone]) -> tuple[date, MilestoneRow]:
    """Return the first date on which it was reached, or the last on which it was not yet, with the row."""
    last = answers[-1]
    title = last.title[:1].upper() + last.title[1:]
    first = next((each for each in answers if each.is_reached), None)
    if first is None:
        return last.day, MilestoneRow(
            title or "The milestone asked about", f"not yet, {day(last.day)} · by text"
        )
    words = (
        f"{day(first.day)} · by text"
        if last.is_reached
        else f"{day(first.day)}, not on {day(last.day)} · by text"
    )
    return first.day, MilestoneRow(title or "Reached the milestone asked about", words)


def _entered(entry: Milestone, *, zone: str) -> MilestoneRow:
    evidence = Milestone.Evidence(entry.evidence).label.lower()
    words = f"{day(entry.reached_on)} · {evidence} · written by {entry.by.name}"
    voided: Milestone | None = getattr(entry, "voided_by", None)
    if voided is None:
        return MilestoneRow(entry.title, words, milestone_id=entry.pk)
    back = f"Taken back by {voided.by.name}, {day_in(voided.occurred_at, zone)}: {voided.reason}"
    return MilestoneRow(entry.title, words, taken_back=back)
