"""Which dates with readings are data days, and why the others are not."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from billing.document import Document, ExclusionKind, Reading, ReadingSource
from billing.reasons import evidence_of
from networks.local_days import local_date

EXCLUSION_WORDS = {
    ExclusionKind.RPM: "remote physiologic monitoring",
    ExclusionKind.OTHER_RTM: "remote therapeutic monitoring by another practice",
    ExclusionKind.HOME_HEALTH: "a home-health plan",
    ExclusionKind.INPATIENT: "an inpatient stay",
}


@dataclass(frozen=True, slots=True)
class ReadingDate:
    """A date in the patient's zone with readings; without objections it is a data day."""

    day: date
    objections: tuple[str, ...]
    evidence: tuple[str, ...]

    @property
    def is_data_day(self) -> bool:
        """Whether the date counts."""
        return not self.objections


def assess_reading_dates(document: Document) -> tuple[ReadingDate, ...]:
    """Every date with readings, ascending, up to `as_of`."""
    readings: dict[date, list[Reading]] = defaultdict(list)
    for reading in document.readings:
        readings[local_date(reading.at, document.patient_time_zone)].append(reading)
    return tuple(
        _assess_date(day, readings=readings[day], document=document)
        for day in sorted(readings)
        if day <= document.as_of
    )


def _assess_date(day: date, *, readings: list[Reading], document: Document) -> ReadingDate:
    # Staff-entered values never count: the pattern of the first settlement on remote monitoring (2024; S29).
    given = [each for each in readings if each.source is not ReadingSource.STAFF]
    objections = [] if given else ["values entered by staff only"]
    objections += _missing_ground(day, document=document)
    objections += _exclusions(day, document=document)
    shown = sorted(given or readings, key=lambda each: (each.at, each.id or ""))
    return ReadingDate(day, tuple(objections), evidence_of(each.id for each in shown))


def _missing_ground(day: date, *, document: Document) -> list[str]:
    consent, setup, covered_from = document.consent, document.known_setup, document.payer.covered_from
    grounds = {
        "outside the episode of care": document.episode.dates.holds(day),
        "outside the consent": consent is not None and consent.holds(day),
        "in no plan of care that names RTM": any(plan.dates.holds(day) for plan in document.rtm_plans),
        "before set-up was completed": setup is not None and setup.completed_on <= day,
        "before the payer's coverage began": covered_from is None or covered_from <= day,
    }
    return [objection for objection, is_given in grounds.items() if not is_given]


def _exclusions(day: date, *, document: Document) -> list[str]:
    kinds = {each.kind for each in document.exclusions if each.dates.holds(day)}
    return [f"during {EXCLUSION_WORDS[kind]}" for kind in ExclusionKind if kind in kinds]
