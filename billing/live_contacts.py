"""Live contacts: real-time conversations that count, those that overlap in time being one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from billing.code_set import LIVE_CONTACT_SECONDS
from billing.counted_time import DatedEntry, VisitTime
from billing.document import Activity
from billing.reasons import evidence_of


@dataclass(frozen=True, slots=True)
class LiveContact:
    """One live contact, in the month (its first date) of its first conversation."""

    month: date
    evidence: tuple[str, ...]


def find_live_contacts(counted: Iterable[DatedEntry], *, visit_time: VisitTime) -> tuple[LiveContact, ...]:
    """The live contacts among counted entries, which come in the order of their start.

    Two people's records of one call overlap: a chain of overlapping conversations is one contact.
    """
    chains: list[list[DatedEntry]] = []
    chain_end = 0
    for dated in counted:
        if not _is_live(dated, visit_time=visit_time):
            continue
        if chains and dated.start < chain_end:
            chains[-1].append(dated)
        else:
            chains.append([dated])
            chain_end = dated.end
        chain_end = max(chain_end, dated.end)
    return tuple(
        LiveContact(chain[0].month, evidence_of(each.entry.id for each in chain)) for chain in chains
    )


def _is_live(dated: DatedEntry, *, visit_time: VisitTime) -> bool:
    return (
        dated.entry.live_contact
        and dated.entry.activity is Activity.CONVERSATION
        and visit_time.seconds_outside(dated) >= LIVE_CONTACT_SECONDS
    )
