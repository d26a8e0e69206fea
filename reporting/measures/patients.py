"""What one patient's monitoring amounts to: each measure's part, decided from dated facts alone."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from reporting.case_mix import CaseMix
from reporting.instruments.pain_change import PainChange, PainReading, daily_means, pain_course

# The device codes' window (CMS, CY 2026 Physician Fee Schedule).
WINDOW_DAYS = 30
WEEKS = 12


@dataclass(frozen=True)
class AskedDay:
    """One check-in: its date, whether it arrived, whether it was answered, and what was said of exercises.

    `exercises` is yes, no, partial, later or empty; it matters only where `asks_exercises`.
    """

    on: date
    delivered: bool
    answered: bool
    asks_exercises: bool
    exercises: str = ""


@dataclass(frozen=True)
class Monitored:
    """One patient of a cohort with the facts of their monitoring up to `data_until`."""

    key: str
    practice: str
    clinician: str
    mix: CaseMix
    evaluated_on: date
    began_on: date
    ended_on: date | None
    data_until: date
    pain: tuple[PainReading, ...] = ()
    data_days: frozenset[date] = frozenset()
    asked: tuple[AskedDay, ...] = ()

    @property
    def until(self) -> date:
        """Return the last day of monitoring that counts."""
        return max(self.began_on, min(self.data_until, self.ended_on or self.data_until))


@dataclass(frozen=True)
class Adherence:
    """Days on which exercises were asked for, answered about, and reported done."""

    asked: int
    answered: int
    done: int

    @property
    def silent(self) -> int:
        """Return the days without an answer about exercises."""
        return self.asked - self.answered


@dataclass(frozen=True)
class PatientResult:
    """One patient's part in every measure; None where it was not measured."""

    key: str
    practice: str
    clinician: str
    mix: CaseMix
    change: PainChange | None
    days_to_first_data: int | None
    days_of_30: int
    delivered: int
    answered: int
    adherence: Adherence
    weeks: tuple[Fraction | None, ...]


def result_of(patient: Monitored) -> PatientResult:
    """Return what one patient's monitoring amounts to; facts outside the spell do not count."""
    days = {day for day in patient.data_days if patient.began_on <= day <= patient.until}
    pain = [each for each in patient.pain if patient.began_on <= each.on <= patient.until]
    asked = [each for each in patient.asked if patient.began_on <= each.on <= patient.until]
    window_end = patient.began_on + timedelta(days=WINDOW_DAYS)
    first = min(days, default=None)
    return PatientResult(
        key=patient.key,
        practice=patient.practice,
        clinician=patient.clinician,
        mix=patient.mix,
        change=pain_course(pain, enrolled_on=patient.began_on, until=patient.until).change,
        days_to_first_data=None if first is None else max(0, (first - patient.evaluated_on).days),
        days_of_30=sum(day < window_end for day in days),
        delivered=sum(each.delivered for each in asked),
        answered=sum(each.delivered and each.answered for each in asked),
        adherence=adherence_of(asked),
        weeks=_weeks(pain, patient.began_on),
    )


def adherence_of(asked: Iterable[AskedDay]) -> Adherence:
    """Return the days of exercise by what was said: partly done is not done, "later" is no answer.

    >>> day = date(2026, 3, 2)
    >>> adherence_of([AskedDay(day, True, True, True, word) for word in ("yes", "partial", "later", "")])
    Adherence(asked=4, answered=2, done=1)
    """
    # A text that never arrived leaves the day without a way to answer: it is not counted.
    words = [each.exercises for each in asked if each.asks_exercises and (each.delivered or each.exercises)]
    said = [word for word in words if word in {"yes", "no", "partial"}]
    return Adherence(asked=len(words), answered=len(said), done=sum(word == "yes" for word in said))


def _weeks(pain: Iterable[PainReading], began_on: date) -> tuple[Fraction | None, ...]:
    by_week: defaultdict[int, list[Fraction]] = defaultdict(list)
    for day, value in daily_means(pain).items():
        by_week[(day - began_on).days // 7].append(value)
    return tuple(
        sum(by_week[week], Fraction()) / len(by_week[week]) if week in by_week else None
        for week in range(WEEKS)
    )
