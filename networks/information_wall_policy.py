"""The information wall's policy as data: which role may see which class of data, mode by mode.

The matrix follows the prudent floor of the withdrawn Statements of Antitrust Enforcement Policy in Health
Care (DOJ and FTC 1996, withdrawn 2023) and the house's reading of it. What stands in no row is denied.
Counsel approves each version; a change of a row needs a new `POLICY_VERSION`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

POLICY_VERSION = "2026.1"

# Nobody outside the treating practice sees figures of fewer patients (CMS cell suppression policy, 2020).
FEWEST_PATIENTS = 11
# Statement 6 of 1996: five contributors, none above a quarter, data more than three months old, gathered by
# a neutral third party. Owners are counted, not sites: two sites of one owner are one contributor.
FEWEST_OWNERS = 5
LARGEST_SHARE = Decimal("0.25")
OLDER_THAN_MONTHS = 3


class Mode(StrEnum):
    """How far the practices of a contract are integrated; kept on the network's contract."""

    PRE_INTEGRATION = "pre_integration"
    IPA_MESSENGER = "ipa_messenger"
    IPA_RISK = "ipa_risk"
    CIN = "cin"
    CIN_RISK = "cin_risk"


class ViewerRole(StrEnum):
    """Who looks; the first four are named as in `networks.permissions.Role`."""

    CLINICIAN = "clinician"
    PRACTICE_ADMIN = "practice_admin"
    QUALITY = "quality"
    CONTRACTING = "contracting"
    MESSENGER = "messenger"
    PAYER = "payer"


class DataClass(StrEnum):
    """What is looked at."""

    PATIENT_RECORD = "patient_record"
    OUTCOMES_BY_PRACTICE = "outcomes_by_practice"
    OUTCOMES_BY_CLINICIAN = "outcomes_by_clinician"
    PAYER_RATES = "payer_rates"
    PRACTICE_FINANCES = "practice_finances"  # charges, margins, planned prices
    JOINT_SCHEDULE = "joint_schedule"
    WAGES = "wages"  # offers, productivity pay and hiring plans too
    MESSENGER_TERMS = "messenger_terms"  # a practice's minimum, its yes or no
    MESSENGER_TALLY = "messenger_tally"  # how many said yes: in no row, so nobody ever sees it
    PAYER_BEHAVIOR = "payer_behavior"  # denials, days to payment, authorizations
    ALLOWED_AMOUNTS = "allowed_amounts"
    BUSINESS_PLANS = "business_plans"  # capacity, expansion, exit
    SHARED_SAVINGS = "shared_savings"
    REFERRALS = "referrals"


class Reach(StrEnum):
    """How far a grant reaches."""

    OWN = "own"  # the viewer's own practice
    WHOLE = "whole"  # what belongs to all together: the joint schedule, the pool's total
    AGGREGATE = "aggregate"  # a group of practices, none of them named
    PRICE_AGGREGATE = "price_aggregate"  # the same, held to Statement 6
    IDENTIFIABLE = "identifiable"  # a named practice or person


class Fact(StrEnum):
    """What must be on file for a conditional grant; the caller names only what it has seen there."""

    TREATING = "treating"
    REVIEW_CASE = "review_case"
    QUALITY_PROGRAM_APPROVED = "quality_program_approved"
    RISK_POPULATION = "risk_population"
    RISK_POOL_AGREEMENT = "risk_pool_agreement"
    UNBLINDED_CHARTER = "unblinded_charter"
    CONTRACT_NAMES_PRACTICES = "contract_names_practices"
    PARTY_TO_CONTRACT = "party_to_contract"
    RELAYED = "relayed"


@dataclass(frozen=True)
class Grant:
    """One way of being allowed: how far it reaches, and what must be on file for it."""

    reach: Reach
    needs: frozenset[Fact] = frozenset()

    def __init__(self, reach: Reach, *needs: Fact) -> None:
        object.__setattr__(self, "reach", reach)
        object.__setattr__(self, "needs", frozenset(needs))


Grants = tuple[Grant, ...]
Row = tuple[DataClass, tuple[Mode, ...], Mapping[ViewerRole, Grants]]

_EVERY = tuple(Mode)
_LOOSE = (Mode.PRE_INTEGRATION, Mode.IPA_MESSENGER)
_CINS = (Mode.CIN, Mode.CIN_RISK)
_JOINT = (Mode.IPA_RISK, *_CINS)
# Before any integration nothing crosses from practice to practice but what a row says for that mode.
_ANY_AGREED = (Mode.IPA_MESSENGER, *_JOINT)

_CLINICIAN, _ADMIN, _QUALITY = ViewerRole.CLINICIAN, ViewerRole.PRACTICE_ADMIN, ViewerRole.QUALITY
_CONTRACTING, _MESSENGER, _PAYER = ViewerRole.CONTRACTING, ViewerRole.MESSENGER, ViewerRole.PAYER

_OWN, _WHOLE = Grant(Reach.OWN), Grant(Reach.WHOLE)
_AGGREGATE, _PRICES = Grant(Reach.AGGREGATE), Grant(Reach.PRICE_AGGREGATE)
_NAMED = Grant(Reach.IDENTIFIABLE)
_AS_PARTY = Grant(Reach.WHOLE, Fact.PARTY_TO_CONTRACT)
_IN_RISK_POPULATION = Grant(Reach.IDENTIFIABLE, Fact.RISK_POPULATION)
_IF_CONTRACT_SAYS = Grant(Reach.IDENTIFIABLE, Fact.CONTRACT_NAMES_PRACTICES)

ROWS: tuple[Row, ...] = (
    (
        DataClass.PATIENT_RECORD,
        _EVERY,
        {
            _CLINICIAN: (Grant(Reach.OWN, Fact.TREATING),),
            _ADMIN: (_OWN,),
            _QUALITY: (Grant(Reach.IDENTIFIABLE, Fact.REVIEW_CASE),),
            _PAYER: (_NAMED,),  # of its own members; `may_see` refuses every other payer's first
        },
    ),
    (
        DataClass.OUTCOMES_BY_PRACTICE,
        _LOOSE,
        {
            _CLINICIAN: (_OWN,),
            _ADMIN: (_OWN, Grant(Reach.AGGREGATE, Fact.QUALITY_PROGRAM_APPROVED)),
            _PAYER: (_AGGREGATE,),
        },
    ),
    (
        DataClass.OUTCOMES_BY_PRACTICE,
        (Mode.IPA_RISK,),
        {
            _CLINICIAN: (_OWN,),
            _ADMIN: (
                _OWN,
                _AGGREGATE,
                Grant(Reach.IDENTIFIABLE, Fact.RISK_POPULATION, Fact.RISK_POOL_AGREEMENT),
            ),
            _QUALITY: (_IN_RISK_POPULATION,),
            _CONTRACTING: (_IN_RISK_POPULATION,),
            _PAYER: (_AGGREGATE, _IF_CONTRACT_SAYS),
        },
    ),
    (
        DataClass.OUTCOMES_BY_PRACTICE,
        _CINS,
        {
            _CLINICIAN: (_OWN, _AGGREGATE),
            _ADMIN: (_OWN, _AGGREGATE, Grant(Reach.IDENTIFIABLE, Fact.UNBLINDED_CHARTER)),
            _QUALITY: (_NAMED,),
            _CONTRACTING: (_AGGREGATE,),
            _PAYER: (_AGGREGATE, _IF_CONTRACT_SAYS),
        },
    ),
    (DataClass.OUTCOMES_BY_CLINICIAN, (*_LOOSE, Mode.IPA_RISK), {_CLINICIAN: (_OWN,), _ADMIN: (_OWN,)}),
    (
        DataClass.OUTCOMES_BY_CLINICIAN,
        _CINS,
        {
            _CLINICIAN: (_OWN, _AGGREGATE),
            _ADMIN: (_OWN, _AGGREGATE, Grant(Reach.IDENTIFIABLE, Fact.UNBLINDED_CHARTER)),
            _QUALITY: (_NAMED,),
            _CONTRACTING: (_AGGREGATE,),
            _PAYER: (_AGGREGATE, _IF_CONTRACT_SAYS),
        },
    ),
    (DataClass.PAYER_RATES, (Mode.PRE_INTEGRATION, *_JOINT), {_ADMIN: (_OWN,), _PAYER: (_NAMED,)}),
    (
        DataClass.PAYER_RATES,
        (Mode.IPA_MESSENGER,),
        # Each practice's rates apart, to a messenger who has no practice, and never passed on.
        {_ADMIN: (_OWN,), _CONTRACTING: (_NAMED,), _MESSENGER: (_NAMED,), _PAYER: (_NAMED,)},
    ),
    (DataClass.PRACTICE_FINANCES, _EVERY, {_ADMIN: (_OWN,)}),
    (
        DataClass.JOINT_SCHEDULE,
        _JOINT,
        {_ADMIN: (_AS_PARTY,), _CONTRACTING: (_WHOLE,), _PAYER: (_WHOLE,)},
    ),
    (DataClass.WAGES, _ANY_AGREED, {_ADMIN: (_PRICES,)}),
    (
        DataClass.MESSENGER_TERMS,
        (Mode.IPA_MESSENGER,),
        {
            _ADMIN: (_OWN,),
            _MESSENGER: (_NAMED,),
            _PAYER: (Grant(Reach.IDENTIFIABLE, Fact.RELAYED),),
        },
    ),
    (DataClass.PAYER_BEHAVIOR, (Mode.PRE_INTEGRATION,), {_ADMIN: (_OWN,)}),
    (
        DataClass.PAYER_BEHAVIOR,
        _ANY_AGREED,
        {_ADMIN: (_OWN, _AGGREGATE), _QUALITY: (_AGGREGATE,), _CONTRACTING: (_AGGREGATE,)},
    ),
    (DataClass.ALLOWED_AMOUNTS, _ANY_AGREED, {_ADMIN: (_PRICES,), _CONTRACTING: (_PRICES,)}),
    (DataClass.BUSINESS_PLANS, _EVERY, {_ADMIN: (_OWN,)}),
    (
        DataClass.SHARED_SAVINGS,
        _JOINT,
        {
            _ADMIN: (_OWN, _AS_PARTY),
            _QUALITY: (_NAMED,),
            _CONTRACTING: (_NAMED,),
            _PAYER: (_NAMED,),
        },
    ),
    (DataClass.REFERRALS, (Mode.PRE_INTEGRATION,), {_CLINICIAN: (_OWN,), _ADMIN: (_OWN,)}),
    (
        DataClass.REFERRALS,
        (Mode.IPA_MESSENGER, Mode.IPA_RISK),
        {_CLINICIAN: (_OWN,), _ADMIN: (_OWN, _AGGREGATE), _CONTRACTING: (_AGGREGATE,)},
    ),
    (
        DataClass.REFERRALS,
        _CINS,
        {
            _CLINICIAN: (_OWN,),
            _ADMIN: (_OWN, _AGGREGATE),
            _QUALITY: (_NAMED,),
            _CONTRACTING: (_AGGREGATE,),
        },
    ),
)


def _cells() -> Iterator[tuple[tuple[str, str, str], Grants]]:
    for data_class, modes, grants_by_role in ROWS:
        for mode in modes:
            for role, grants in grants_by_role.items():
                yield (data_class, mode, role), grants


# One entry per cell of the matrix, by (data class, mode, role); a missing entry denies.
POLICY: Mapping[tuple[str, str, str], Grants] = dict(_cells())

# Prices, and what stands for them: closed to a person with a practice, unless the practice is that one.
PRICE_CLASSES = frozenset(
    {
        DataClass.PAYER_RATES,
        DataClass.PRACTICE_FINANCES,
        DataClass.JOINT_SCHEDULE,
        DataClass.WAGES,
        DataClass.MESSENGER_TERMS,
        DataClass.MESSENGER_TALLY,
        DataClass.ALLOWED_AMOUNTS,
        DataClass.BUSINESS_PLANS,
    }
)
# Roles that nobody with a tie to a practice may hold.
FIREWALLED_ROLES = frozenset({ViewerRole.CONTRACTING, ViewerRole.MESSENGER})
PRACTICE_ROLES = frozenset({ViewerRole.CLINICIAN, ViewerRole.PRACTICE_ADMIN})
# Figures about patients, to which the fewest number of patients applies outside the practice.
COUNTED_CLASSES = frozenset(
    {
        DataClass.OUTCOMES_BY_PRACTICE,
        DataClass.OUTCOMES_BY_CLINICIAN,
        DataClass.PAYER_BEHAVIOR,
        DataClass.ALLOWED_AMOUNTS,
        DataClass.REFERRALS,
    }
)
# Every decision on these, either way, goes into the audit log; patients' records have their own entries.
AUDITED_CLASSES = frozenset(DataClass) - {DataClass.PATIENT_RECORD}
