"""The information wall: may this person see this, about whom, under which contract's mode? Denied by default.

Competitors who contract together may learn some things about each other and must not learn others. The
policy is a table (`information_wall_policy`); this module reads it. It knows no names and no figures, only
whose data are asked for, how they are pooled and what is on file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from networks.information_wall_policy import (
    AUDITED_CLASSES,
    COUNTED_CLASSES,
    FEWEST_OWNERS,
    FEWEST_PATIENTS,
    FIREWALLED_ROLES,
    LARGEST_SHARE,
    OLDER_THAN_MONTHS,
    POLICY,
    POLICY_VERSION,
    PRACTICE_ROLES,
    PRICE_CLASSES,
    DataClass,
    Fact,
    Grant,
    Mode,
    Reach,
    ViewerRole,
)

__all__ = [
    "Aggregation",
    "DataClass",
    "Decision",
    "Fact",
    "Mode",
    "Subject",
    "Viewer",
    "ViewerRole",
    "may_see",
]


@dataclass(frozen=True)
class Viewer:
    """Who looks: in which role, at which practice or payer (ids), and with which other ties.

    `ties` holds every further practice that the person owns, works for or manages: a tie closes doors
    and never opens one.
    """

    role: str
    practice: str = ""
    payer: str = ""
    ties: frozenset[str] = frozenset()

    @property
    def is_affiliated(self) -> bool:
        """Tell whether the person has a stake in any practice."""
        return bool(self.practice or self.ties)


@dataclass(frozen=True)
class Subject:
    """Whose data: one practice by id or, with none, a group or all; a payer's id; what is on file."""

    practice: str = ""
    payer: str = ""
    facts: frozenset[Fact] = frozenset()


@dataclass(frozen=True)
class Aggregation:
    """How the data are pooled. The defaults describe single records, and deny wherever pooling is required.

    `owners` counts the owners who contribute, `largest_share` is the part of the largest of them,
    `youngest_months` the age of the youngest input.
    """

    patients: int = 0
    owners: int = 0
    largest_share: Decimal = Decimal(1)
    youngest_months: Decimal = Decimal(0)
    neutral_third_party: bool = False
    reconstructable: bool = True


@dataclass(frozen=True)
class Contributions:
    """How many owners contribute to a pooled figure, and how much the largest of them."""

    owners: int
    largest_share: Decimal


@dataclass(frozen=True)
class Decision:
    """Whether it may be seen, why or why not in sentences for a person, and under which policy."""

    allowed: bool
    reason: str
    policy_version: str
    audited: bool


def contributions(weights: Mapping[str, int | Decimal]) -> Contributions:
    """Return owners and largest share from each owner's weight; owners without weight do not contribute.

    >>> contributions(dict(zip("abcdef", [120, 110, 90, 80, 60, 40]))).largest_share
    Decimal('0.24')
    """
    given = [Decimal(weight) for weight in weights.values()]
    if any(weight < 0 for weight in given):
        raise ValueError("A weight must not be negative.")
    whole = sum(given, Decimal(0))
    share = max(given) / whole if whole else Decimal(1)
    return Contributions(sum(weight > 0 for weight in given), share)


def may_see(
    actor: Viewer,
    *,
    data_class: str,
    subject: Subject,
    mode: str,
    aggregation: Aggregation = Aggregation(),
) -> Decision:
    """Return whether a person may see data of this class about this subject under a contract of this mode.

    Unknown roles, classes and modes are denied.

    >>> owner = Viewer(ViewerRole.PRACTICE_ADMIN, practice="north")
    >>> may_see(owner, data_class=DataClass.PAYER_RATES, subject=Subject("south"), mode=Mode.CIN).allowed
    False
    """
    refusal = _conflict(actor, data_class, subject)
    if refusal:
        return _decision(data_class, refusals=[refusal])
    grants = POLICY.get((data_class, mode, actor.role), ())
    if not grants:
        return _decision(
            data_class, refusals=["The network's policy does not open these figures to your role."]
        )
    refusals = [_refusal(grant, actor, data_class, subject, aggregation) for grant in grants]
    for grant, refused in zip(grants, refusals, strict=True):
        if not refused:
            return _decision(data_class, granted=grant)
    return _decision(data_class, refusals=refusals)


def _decision(data_class: str, *, granted: Grant | None = None, refusals: Iterable[str] = ()) -> Decision:
    reason = _GRANTED[granted.reach] if granted else " ".join(dict.fromkeys(refusals))
    # A class that nobody knows is audited as well: somebody asked for it.
    audited = data_class in AUDITED_CLASSES or data_class not in set(DataClass)
    return Decision(granted is not None, reason, POLICY_VERSION, audited)


_GRANTED = {
    Reach.OWN: "It belongs to the viewer's own practice.",
    Reach.WHOLE: "It belongs to all parties of the contract together.",
    Reach.AGGREGATE: "Enough patients and practices are pooled, and none is named.",
    Reach.PRICE_AGGREGATE: "It is pooled as old, as wide and as neutrally as prices must be.",
    Reach.IDENTIFIABLE: "The policy lets this role see it by name under this contract.",
}


def _conflict(actor: Viewer, data_class: str, subject: Subject) -> str:
    """Return why no table can help: ties to a practice, or another payer's business."""
    if actor.is_affiliated and actor.role in FIREWALLED_ROLES:
        return "A person with a tie to a practice cannot act for contracting or as messenger."
    if actor.is_affiliated and actor.role not in PRACTICE_ROLES and data_class in PRICE_CLASSES:
        return "A person with a tie to a practice cannot open prices in another role."
    if actor.role == ViewerRole.PAYER and (not actor.payer or actor.payer != subject.payer):
        return "A payer sees only what concerns its own members and its own contract."
    return ""


def _refusal(grant: Grant, actor: Viewer, data_class: str, subject: Subject, aggregation: Aggregation) -> str:
    """Return what a grant lacks for this request; empty when it allows it."""
    missing = sorted(grant.needs - subject.facts)
    if missing:
        return f"It needs on file: {', '.join(missing).replace('_', ' ')}."
    match grant.reach:
        case Reach.OWN:
            own = bool(actor.practice) and subject.practice == actor.practice
            return "" if own else "It does not belong to the viewer's own practice."
        case Reach.WHOLE:
            return "" if not subject.practice else "Only the whole is shown here, not one practice's part."
        case Reach.IDENTIFIABLE:
            return _too_few_patients(data_class, aggregation)
    return _not_pooled(grant, actor, data_class, subject, aggregation)


def _too_few_patients(data_class: str, aggregation: Aggregation) -> str:
    if data_class in COUNTED_CLASSES and aggregation.patients < FEWEST_PATIENTS:
        return f"Figures of fewer than {FEWEST_PATIENTS} patients stay in their practice."
    return ""


def _not_pooled(
    grant: Grant, actor: Viewer, data_class: str, subject: Subject, aggregation: Aggregation
) -> str:
    if subject.practice:
        return "It names one practice; only pooled figures may be seen."
    prices = grant.reach is Reach.PRICE_AGGREGATE
    if too_few := _too_few_patients(data_class, aggregation):
        return too_few
    # Who competes, or sees prices, must not be able to work out one contributor. Anybody else sees
    # a group as soon as it is one: the figure of a single owner is that owner's by name.
    guarded = prices or actor.is_affiliated
    fewest = FEWEST_OWNERS if guarded else 2
    if aggregation.owners < fewest:
        return f"Fewer than {fewest} owners contribute."
    if guarded and aggregation.largest_share > LARGEST_SHARE:
        return "One owner contributes more than a quarter."
    return _not_neutral(aggregation) if prices else ""


def _not_neutral(aggregation: Aggregation) -> str:
    if not aggregation.neutral_third_party:
        return "Prices must be gathered by a neutral third party."
    if aggregation.youngest_months <= OLDER_THAN_MONTHS:
        return f"Prices must be more than {OLDER_THAN_MONTHS} months old."
    if aggregation.reconstructable:
        return "Single prices could be worked out from it."
    return ""
