"""Invented results of patients for tests of profiles: no database, no dates that matter."""

import random
from datetime import date, timedelta
from fractions import Fraction

from reporting.case_mix import CONDITIONS, case_mix
from reporting.cohorts import CohortDefinition
from reporting.instruments.pain_change import pain_change
from reporting.measures.patients import WEEKS, Adherence, PatientResult
from reporting.profiles.document import Frame

DAY = date(2026, 1, 5)
DEFINITION = CohortDefinition("payer", DAY, DAY + timedelta(days=89))
FRAME = Frame("Lakes CIN", "Blue Harbor Health", date(2026, 4, 6), DEFINITION)


def result(key: str, *, baseline: int = 7, end: int | None = 3, days: int = 20, **mix) -> PatientResult:
    """Return one patient's result; `end` None means not measured."""
    who = {
        "enrolled_on": DAY,
        "born_on": date(1960, 1, 1),
        "condition": "knee",
        "surgery_on": None,
        "language": "en",
    }
    return PatientResult(
        key=key,
        practice="a" if int(key) % 2 else "b",
        clinician="c",
        mix=case_mix(**(who | mix)),
        change=None if end is None else pain_change(baseline, end),
        days_to_first_data=int(key) % 5,
        days_of_30=days,
        delivered=30,
        answered=min(30, days),
        adherence=Adherence(asked=30, answered=20, done=12),
        weeks=(Fraction(baseline),) * WEEKS,
    )


def several(n: int, *, start: int = 0, **how) -> list[PatientResult]:
    """Return n patients alike."""
    return [result(str(place), **how) for place in range(start, start + n)]


def drawn(seed: int) -> list[PatientResult]:
    """Return a random cohort of 11 to 160 patients, some groups small, some silent."""
    luck = random.Random(seed)
    conditions = luck.sample(sorted(CONDITIONS), luck.randrange(1, 6))
    spanish, operated, missing = luck.random() * 0.4, luck.random(), luck.random() * 0.6
    return [
        result(
            str(place),
            baseline=luck.randrange(3, 9),
            end=None if luck.random() < missing else luck.randrange(0, 9),
            days=luck.randrange(0, 31),
            born_on=date(luck.randrange(1936, 2006), 1, 1),
            condition=luck.choice(conditions),
            surgery_on=DAY if luck.random() < operated else None,
            language="es" if luck.random() < spanish else "en",
        )
        for place in range(luck.randrange(11, 160))
    ]
