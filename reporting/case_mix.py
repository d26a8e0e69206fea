"""Who the patients of a cohort are: the groups by which a profile describes them."""

from dataclasses import dataclass
from datetime import date

# Lower ages of the bands; one open band at the top keeps ages of 90 and more unseen (45 CFR 164.514(b)(2)).
_BANDS = ((75, "75 and over"), (65, "65 to 74"), (45, "45 to 64"), (18, "18 to 44"), (0, "Under 18"))
UNKNOWN = "Not recorded"
AGE_BANDS = (*(label for _, label in reversed(_BANDS)), UNKNOWN)
POST_OPERATIVE = ("After surgery", "None recorded")

CONDITIONS = {
    "knee": "Knee",
    "hip": "Hip",
    "shoulder": "Shoulder",
    "back": "Back",
    "neck": "Neck",
    "other": "Other",
}
LANGUAGES = {"en": "English", "es": "Spanish"}


@dataclass(frozen=True)
class CaseMix:
    """One patient's groups, each as the label that a reader sees."""

    age_band: str
    condition: str
    surgery: str
    language: str


@dataclass(frozen=True)
class Dimension:
    """One way of breaking the cohort down: its title, the groups in order, and where a patient's group stands."""

    id: str
    title: str
    groups: tuple[str, ...]

    def group_of(self, mix: CaseMix) -> str:
        """Return the patient's group in this dimension."""
        return str(getattr(mix, self.id))


DIMENSIONS: tuple[Dimension, ...] = (
    Dimension("age_band", "Age at the start of monitoring", AGE_BANDS),
    Dimension("condition", "Condition", (*CONDITIONS.values(), UNKNOWN)),
    Dimension("surgery", "Surgery before monitoring", POST_OPERATIVE),
    Dimension("language", "Language of the texts", (*LANGUAGES.values(), UNKNOWN)),
)


def age_on(day: date, *, born_on: date) -> int:
    """Return the age in whole years; a birthday on 29 February is reached on 1 March of other years.

    >>> age_on(date(2026, 3, 1), born_on=date(1956, 3, 2)), age_on(date(2026, 3, 2), born_on=date(1956, 3, 2))
    (69, 70)
    """
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def age_band(day: date, *, born_on: date | None) -> str:
    """Return the band of the age on a date; unknown without a date of birth or before it."""
    if born_on is None or born_on > day:
        return UNKNOWN
    age = age_on(day, born_on=born_on)
    return next(label for lowest, label in _BANDS if age >= lowest)


def case_mix(
    *, enrolled_on: date, born_on: date | None, condition: str, surgery_on: date | None, language: str
) -> CaseMix:
    """Return one patient's groups as they were when monitoring began."""
    operated = surgery_on is not None and surgery_on <= enrolled_on
    return CaseMix(
        age_band=age_band(enrolled_on, born_on=born_on),
        condition=CONDITIONS.get(condition, UNKNOWN),
        surgery=POST_OPERATIVE[0] if operated else POST_OPERATIVE[1],
        language=LANGUAGES.get(language, UNKNOWN),
    )
