"""Asking the information wall on behalf of a signed-in person, and writing down what it said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from networks import audit
from networks.actors import Actor
from networks.information_wall import (
    Aggregation,
    DataClass,
    Decision,
    Mode,
    Subject,
    Viewer,
    ViewerRole,
    contributions,
    may_see,
)
from networks.information_wall_policy import POLICY_VERSION
from networks.models import Network, RoleAssignment

_MODES = {
    Network.Mode.PRE_INTEGRATION: Mode.PRE_INTEGRATION,
    Network.Mode.MESSENGER: Mode.IPA_MESSENGER,
    Network.Mode.FINANCIAL_RISK: Mode.IPA_RISK,
    Network.Mode.CLINICAL_INTEGRATION: Mode.CIN,
}


@dataclass(frozen=True)
class Asked:
    """One question that was put to the wall: about whom, and the answer."""

    subject: Subject
    decision: Decision


def mode_of(network: Network) -> Mode:
    """Return the wall's mode for a network; the strictest for a mode that the wall does not know."""
    return _MODES.get(Network.Mode(network.mode), Mode.PRE_INTEGRATION)


def viewers_of(user_id: UUID, *, network_id: UUID, now: datetime) -> list[Viewer]:
    """Return a person as the wall sees them, once for each of their roles in the network; one query.

    Every practice where the person holds any role is a tie, whatever else they are.
    """
    held = list(RoleAssignment.objects.in_force(now).filter(user_id=user_id))
    ties = frozenset(str(each.practice_id) for each in held if each.practice_id)
    roles = sorted(each.role for each in held if each.network_id == network_id)
    return [Viewer(role=role, ties=ties) for role in roles]


def pooled(patients_by_practice: Mapping[str, int]) -> Aggregation:
    """Return how a figure over these practices is pooled; a practice without patients does not contribute."""
    shares = contributions(patients_by_practice)
    return Aggregation(
        patients=sum(patients_by_practice.values()),
        owners=shares.owners,
        largest_share=shares.largest_share,
        youngest_months=Decimal(0),
        reconstructable=False,
    )


def ask(viewers: Sequence[Viewer], *, subject: Subject, mode: Mode, aggregation: Aggregation) -> Asked:
    """Return the wall's answer on outcomes for whoever of the roles is allowed; the last refusal otherwise."""
    answers = [
        may_see(
            viewer,
            data_class=DataClass.OUTCOMES_BY_PRACTICE,
            subject=subject,
            mode=mode,
            aggregation=aggregation,
        )
        for viewer in (*viewers, *([] if viewers else [Viewer(role="")]))
    ]
    return Asked(subject, next((each for each in answers if each.allowed), answers[-1]))


def ask_for_payer(payer_id: UUID, *, mode: Mode, aggregation: Aggregation) -> Asked:
    """Return whether a payer may be given pooled outcomes of its own members."""
    payer = Viewer(role=ViewerRole.PAYER, payer=str(payer_id))
    return ask([payer], subject=Subject(payer=str(payer_id)), mode=mode, aggregation=aggregation)


def record(
    asked: Iterable[Asked], *, page: str, mode: Mode, network_id: UUID, actor: Actor, now: datetime
) -> None:
    """Write the wall's answers of one page or act into the audit log as one entry: ids and counts only."""
    answers = [each for each in asked if each.decision.audited]
    if not answers:
        return
    audit.record(
        "wall.decided",
        actor=actor,
        subject_type="network",
        subject_id=network_id,
        now=now,
        network_id=network_id,
        details={
            "page": page,
            "data_class": DataClass.OUTCOMES_BY_PRACTICE.value,
            "mode": mode.value,
            "policy": answers[0].decision.policy_version,
            "allowed": sorted(_name(each) for each in answers if each.decision.allowed),
            "denied": sorted(_name(each) for each in answers if not each.decision.allowed),
        },
    )


def _name(asked: Asked) -> str:
    return asked.subject.practice or asked.subject.payer or "all"


__all__ = [
    "POLICY_VERSION",
    "Asked",
    "Subject",
    "ask",
    "ask_for_payer",
    "mode_of",
    "pooled",
    "record",
    "viewers_of",
]
