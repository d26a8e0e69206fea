"""The register of disputed readings in words; no queries, no rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from billing.disputed_readings import DISPUTED, LIVE_CONTACTS, DisputedReading
from billing.models import PayerPolicy, ReadingChoice


@dataclass(frozen=True)
class ChoiceRow:
    """Who chose what, for whom, from when on."""

    whose: str
    words: str
    starts_on: date
    source: str
    approved_by: str
    at: datetime | None


@dataclass(frozen=True)
class DisputeView:
    """One question with its readings and what was chosen."""

    key: str
    question: str
    ways: Sequence[tuple[str, str, str]]
    default_key: str
    why: str
    confidence: str
    effect: str
    choices: Sequence[ChoiceRow]


def dispute_views(choices: Sequence[ReadingChoice], policies: Sequence[PayerPolicy]) -> list[DisputeView]:
    """Return every question with the practice's and its payers' choices, the latest first."""
    return [
        DisputeView(
            key=each.key,
            question=each.question,
            ways=[(way.key, way.words, ", ".join(way.sources)) for way in each.ways],
            default_key=each.default.key,
            why=each.why,
            confidence=each.confidence,
            effect="A payer's choice decides its patients' lines from that date on."
            if each.decides_lines
            else "Lines follow our default; another choice is kept and shown, and a person acts on it.",
            choices=list(_rows(each, choices=choices, policies=policies)),
        )
        for each in DISPUTED
    ]


def _rows(
    dispute: DisputedReading, *, choices: Sequence[ReadingChoice], policies: Sequence[PayerPolicy]
) -> Iterable[ChoiceRow]:
    own = [each for each in choices if each.dispute == dispute.key]
    for each in own:
        way = dispute.way(each.way)
        yield ChoiceRow(
            whose=each.payer.name if each.payer else "The practice",
            words=way.words if way else each.way,
            starts_on=each.starts_on,
            source=each.source,
            approved_by=each.approved_by.name,
            at=each.recorded_at,
        )
    if dispute.key == LIVE_CONTACTS:
        known = {(each.payer_id, each.starts_on) for each in own}
        for policy in policies:
            # A policy settled elsewhere is as much a choice as one made on this page.
            if (policy.payer_id, policy.starts_on) not in known:
                way = dispute.way(policy.live_contact_rule)
                yield ChoiceRow(
                    whose=policy.payer.name,
                    words=way.words if way else policy.live_contact_rule,
                    starts_on=policy.starts_on,
                    source=policy.source,
                    approved_by=policy.approved_by.name,
                    at=None,
                )
