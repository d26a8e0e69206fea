"""Which patients a profile is about: those of one payer whose monitoring began in time at a member practice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reporting.case_mix import CONDITIONS

COHORT_RULE = "cohort.1"
# Everybody must have been followed this long at the cut-off, so that nobody is left out for being new: the
# 30 days of one monitoring window (CMS, CY 2026 Physician Fee Schedule).
FOLLOWED_DAYS = 30
_LONGEST_YEARS = 2


class CohortError(ValueError):
    """The definition makes no cohort; the message says what to change, `field` where."""

    def __init__(self, sentence: str, *, field: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


@dataclass(frozen=True)
class CohortDefinition:
    """A payer's id (empty: whoever pays), the period up to the cut-off, and the conditions; none means all."""

    payer: str
    first_day: date
    cut_off: date
    conditions: tuple[str, ...] = ()

    @property
    def entered_until(self) -> date:
        """Return the last day on which monitoring may have begun."""
        return self.cut_off - timedelta(days=FOLLOWED_DAYS)

    def sentences(self) -> tuple[str, ...]:
        """Return the definition in words, for the document."""
        which = (
            ", ".join(CONDITIONS[each] for each in self.conditions) if self.conditions else "all conditions"
        )
        return (
            f"Monitoring began from {_said(self.first_day)} to {_said(self.entered_until)}.",
            f"Data up to the cut-off on {_said(self.cut_off)}: everybody could be followed for {FOLLOWED_DAYS} days.",
            f"Conditions: {which}.",
            "The payer is the one on record on the day monitoring began.",
            "The practice was a member of the network on that day; data after it left are not used.",
            "Each patient counts once, with the first episode of the period.",
        )


def _said(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def checked(definition: CohortDefinition, *, today: date) -> CohortDefinition:
    """Return the definition; raise CohortError where it makes no sense or reaches into the future."""
    if definition.cut_off > today:
        raise CohortError("The period cannot end in the future.", field="cut_off")
    if definition.entered_until < definition.first_day:
        raise CohortError(
            f"The period must be more than {FOLLOWED_DAYS} days long: everybody is followed that long.",
            field="cut_off",
        )
    if definition.cut_off.year - definition.first_day.year > _LONGEST_YEARS:
        raise CohortError("The period can be two years long at most.", field="first_day")
    if unknown := set(definition.conditions) - set(CONDITIONS):
        raise CohortError(f"There is no condition named {min(unknown)}.", field="conditions")
    return definition


@dataclass(frozen=True)
class MemberSpell:
    """One practice's spell in the network, both days included."""

    practice: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class PayerSpell:
    """A payer on record for a patient, from when to when, and when that was recorded."""

    payer: str
    starts_on: date
    ends_on: date | None
    recorded_at: datetime


@dataclass(frozen=True)
class Candidate:
    """One spell of monitoring that may belong to the cohort."""

    patient: str
    episode: str
    practice: str
    condition: str
    began_on: date


@dataclass(frozen=True)
class Chosen:
    """A candidate who belongs to the cohort, and the last day whose data may be used."""

    candidate: Candidate
    data_until: date


def choose(
    candidates: Iterable[Candidate],
    *,
    definition: CohortDefinition,
    members: Iterable[MemberSpell],
    payers: Mapping[str, Sequence[PayerSpell]],
) -> list[Chosen]:
    """Return who belongs to the cohort: one entry per patient, the first spell of monitoring that qualifies."""
    spells = list(members)
    chosen: dict[str, Chosen] = {}
    for each in sorted(candidates, key=lambda one: (one.began_on, one.episode)):
        spell = _membership(each, spells)
        if (
            each.patient not in chosen
            and spell is not None
            and definition.first_day <= each.began_on <= definition.entered_until
            and (not definition.conditions or each.condition in definition.conditions)
            and _is_paid_by(each, definition.payer, payers)
        ):
            chosen[each.patient] = Chosen(each, min(definition.cut_off, spell.ends_on or definition.cut_off))
    return list(chosen.values())


def _is_paid_by(each: Candidate, payer: str, payers: Mapping[str, Sequence[PayerSpell]]) -> bool:
    return not payer or payer_on(each.began_on, payers.get(each.patient, ())) == payer


def payer_on(day: date, spells: Sequence[PayerSpell]) -> str:
    """Return the payer on record on a date, empty for none: of several the one that began last holds."""
    standing = [
        each for each in spells if each.starts_on <= day and (each.ends_on is None or day <= each.ends_on)
    ]
    if not standing:
        return ""
    return max(standing, key=lambda each: (each.starts_on, each.recorded_at, each.payer)).payer


def _membership(candidate: Candidate, spells: Sequence[MemberSpell]) -> MemberSpell | None:
    return next(
        (
            each
            for each in spells
            if each.practice == candidate.practice
            and each.starts_on <= candidate.began_on
            and (each.ends_on is None or candidate.began_on <= each.ends_on)
        ),
        None,
    )
