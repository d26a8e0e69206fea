"""The RTM codes and the yearly rule sets that decide them: every threshold stands here and nowhere else.

A rule set is chosen by the date of service; approved ones of later years come through `rule_set_file`.
`source` lists ids of the register in data/rtm_codes_2026.json
("MEM": from memory, unverified), whose figures this module must equal; a test compares the two.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Confidence(StrEnum):
    """How well a figure is founded, in the words of the source register."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Family(StrEnum):
    """What a code pays for."""

    SETUP = "setup"
    DEVICE = "device_supply"
    MANAGEMENT = "treatment_management"


class System(StrEnum):
    """The body system whose data a device code names; the other families serve any."""

    ANY = "any"
    MUSCULOSKELETAL = "musculoskeletal"
    RESPIRATORY = "respiratory"
    COGNITIVE_BEHAVIORAL = "cbt"


@dataclass(frozen=True, slots=True)
class Code:
    """One CPT code in our own words, with the first date of service on which it exists."""

    code: str
    family: Family
    system: System
    first_day: date
    meaning: str


@dataclass(frozen=True, slots=True)
class Tier:
    """The code that stands from this many data days (device) or whole minutes (management)."""

    minimum: int
    code: str


SETUP_CODE = "98975"
ADD_ON_CODE = "98981"
ADD_ON_BASE = "98980"

# A device code is for 30 days, a fixed block of 30 dates (Medbridge and StrataPT on CPT, 2026; S13, S15).
WINDOW_DATES = 30

# 98980 holds 20 minutes; each further full 20 minutes is one unit of 98981 (CPT, since 2022; S16, S24).
ADD_ON_STEP_MINUTES = 20
# No units edit for 98981 was found (2026), so no more than 2 are proposed without a person (our choice, low).
ADD_ON_PROPOSED_UNITS = 2

# A live contact must hold a therapeutic exchange: under a minute is "call me back" (our choice, low).
LIVE_CONTACT_SECONDS = 60

# The assistant's modifier is due when the assistant furnishes more than 10% (CMS; NGS 2024, S16, S23).
ASSISTANT_SHARE = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The thresholds for dates of service in these bounds; tiers ascend, and the highest met wins."""

    id: str
    first_day: date
    last_day: date
    setup_minimum_days: int
    device_tiers: Mapping[System, tuple[Tier, ...]]
    management_tiers: tuple[Tier, ...]
    source: tuple[str, ...]
    confidence: Confidence
    add_on_step_minutes: int = ADD_ON_STEP_MINUTES
    add_on_proposed_units: int = ADD_ON_PROPOSED_UNITS
    assistant_share: Fraction = ASSISTANT_SHARE

    def has_device_code(self, code: str) -> bool:
        """Whether the code is one of this rule set's device tiers."""
        return any(tier.code == code for tiers in self.device_tiers.values() for tier in tiers)


CODES: tuple[Code, ...] = (
    Code("98975", Family.SETUP, System.ANY, date(2022, 1, 1), "Set-up and teaching, once per episode"),
    Code("98976", Family.DEVICE, System.RESPIRATORY, date(2022, 1, 1), "Respiratory data, upper tier"),
    Code(
        "98977", Family.DEVICE, System.MUSCULOSKELETAL, date(2022, 1, 1), "Musculoskeletal data, upper tier"
    ),
    Code(
        "98978", Family.DEVICE, System.COGNITIVE_BEHAVIORAL, date(2023, 1, 1), "Behavioral data, upper tier"
    ),
    Code("98979", Family.MANAGEMENT, System.ANY, date(2026, 1, 1), "Management, first 10 minutes of a month"),
    Code("98980", Family.MANAGEMENT, System.ANY, date(2022, 1, 1), "Management, first 20 minutes of a month"),
    Code(
        "98981", Family.MANAGEMENT, System.ANY, date(2022, 1, 1), "Management, each further full 20 minutes"
    ),
    Code("98984", Family.DEVICE, System.RESPIRATORY, date(2026, 1, 1), "Respiratory data, lower tier"),
    Code(
        "98985", Family.DEVICE, System.MUSCULOSKELETAL, date(2026, 1, 1), "Musculoskeletal data, lower tier"
    ),
    Code(
        "98986", Family.DEVICE, System.COGNITIVE_BEHAVIORAL, date(2026, 1, 1), "Behavioral data, lower tier"
    ),
)

# CY2026: 2 to 15 data days give the lower code, 16 to 30 the upper (CMS PFS file of July 2026, S1; S2, S4).
DEVICE_TIERS_2026: Mapping[System, tuple[Tier, ...]] = {
    System.MUSCULOSKELETAL: (Tier(2, "98985"), Tier(16, "98977")),
    System.RESPIRATORY: (Tier(2, "98984"), Tier(16, "98976")),
    System.COGNITIVE_BEHAVIORAL: (Tier(2, "98986"), Tier(16, "98978")),
}
# To CY2025: one code, from 16 data days (CMS final rule for CY2024 as quoted in S18; S24).
DEVICE_TIERS_2023: Mapping[System, tuple[Tier, ...]] = {
    System.MUSCULOSKELETAL: (Tier(16, "98977"),),
    System.RESPIRATORY: (Tier(16, "98976"),),
    System.COGNITIVE_BEHAVIORAL: (Tier(16, "98978"),),
}
# CY2022: no behavioral code yet (CMS final rule for CY2023 brought it, S67).
DEVICE_TIERS_2022: Mapping[System, tuple[Tier, ...]] = {
    System.MUSCULOSKELETAL: (Tier(16, "98977"),),
    System.RESPIRATORY: (Tier(16, "98976"),),
}

# CY2026: 10 to 19 minutes 98979, from 20 minutes 98980 (S2, S4). To CY2025: from 20 minutes only (S16, S24).
MANAGEMENT_TIERS_2026 = (Tier(10, "98979"), Tier(20, "98980"))
MANAGEMENT_TIERS_2022 = (Tier(20, "98980"),)

# 98975 needs 2 data days in a 30-day window from CY2026 (S5, S6, S55), 16 before (S18, S24).
SETUP_DAYS_2026 = 2
SETUP_DAYS_2022 = 16

RULE_SETS: tuple[RuleSet, ...] = (
    RuleSet(
        "R2022",
        first_day=date(2022, 1, 1),
        last_day=date(2022, 12, 31),
        setup_minimum_days=SETUP_DAYS_2022,
        device_tiers=DEVICE_TIERS_2022,
        management_tiers=MANAGEMENT_TIERS_2022,
        source=("S24", "S35", "S37"),
        confidence=Confidence.MEDIUM,
    ),
    RuleSet(
        "R2023",
        first_day=date(2023, 1, 1),
        last_day=date(2023, 12, 31),
        setup_minimum_days=SETUP_DAYS_2022,
        device_tiers=DEVICE_TIERS_2023,
        management_tiers=MANAGEMENT_TIERS_2022,
        source=("S16", "S38"),
        confidence=Confidence.MEDIUM,
    ),
    RuleSet(
        "R2024",
        first_day=date(2024, 1, 1),
        last_day=date(2024, 12, 31),
        setup_minimum_days=SETUP_DAYS_2022,
        device_tiers=DEVICE_TIERS_2023,
        management_tiers=MANAGEMENT_TIERS_2022,
        source=("S16", "S17", "S18", "S21"),
        confidence=Confidence.HIGH,
    ),
    RuleSet(
        "R2025",
        first_day=date(2025, 1, 1),
        last_day=date(2025, 12, 31),
        setup_minimum_days=SETUP_DAYS_2022,
        device_tiers=DEVICE_TIERS_2023,
        management_tiers=MANAGEMENT_TIERS_2022,
        source=("S48", "S49"),
        confidence=Confidence.HIGH,
    ),
    RuleSet(
        "R2026",
        first_day=date(2026, 1, 1),
        last_day=date(2026, 12, 31),
        setup_minimum_days=SETUP_DAYS_2026,
        device_tiers=DEVICE_TIERS_2026,
        management_tiers=MANAGEMENT_TIERS_2026,
        source=("S1", "S2", "S4", "S48", "S49", "S63"),
        confidence=Confidence.HIGH,
    ),
)


@dataclass(frozen=True, slots=True)
class CodeSet:
    """Rule sets, ascending and without overlap; a month can be judged under another code set."""

    rule_sets: tuple[RuleSet, ...]
    codes: tuple[Code, ...] = CODES

    def on(self, day: date) -> RuleSet | None:
        """The rule set for a date of service, or None where none is approved.

        >>> CODE_SET.on(date(2026, 3, 31)).id
        'R2026'
        >>> CODE_SET.on(date(2027, 1, 17)) is None
        True
        """
        return next((each for each in self.rule_sets if each.first_day <= day <= each.last_day), None)

    def nearest(self, day: date) -> RuleSet:
        """The rule set for a date of service, or the one nearest to it in time."""
        return min(self.rule_sets, key=lambda each: _days_away(each, day=day))

    def family_of(self, code: str) -> Family:
        """What a code pays for; KeyError for a code that no rule set knows."""
        return {each.code: each.family for each in self.codes}[code]

    @property
    def device_codes(self) -> frozenset[str]:
        """The codes of device supply, of whichever body system."""
        return frozenset(each.code for each in self.codes if each.family is Family.DEVICE)

    def with_approved(self, approved: Iterable[tuple[RuleSet, tuple[Code, ...]]]) -> "CodeSet":
        """This code set with further rule sets and their codes; one with a known id takes its place."""
        rule_sets = {each.id: each for each in self.rule_sets}
        codes = {each.code: each for each in self.codes}
        for rule_set, its_codes in approved:
            rule_sets[rule_set.id] = rule_set
            codes |= {each.code: each for each in its_codes if each.code not in codes}
        ordered = sorted(rule_sets.values(), key=lambda each: each.first_day)
        return CodeSet(tuple(ordered), tuple(codes[code] for code in sorted(codes)))

    def as_if(self, rule_set: RuleSet) -> "CodeSet":
        """A code set that judges every date of service by one rule set, to run a month again."""
        return CodeSet((replace(rule_set, first_day=date.min, last_day=date.max),), self.codes)


def _days_away(rule_set: RuleSet, *, day: date) -> int:
    return max((rule_set.first_day - day).days, (day - rule_set.last_day).days, 0)


CODE_SET = CodeSet(RULE_SETS)
