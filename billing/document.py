"""The facts that one billing decision rests on: the input document of `manage.py decide_billing`, typed."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from billing.code_set import System


class Discipline(StrEnum):
    """Whose plan of care the patient is under."""

    PT = "PT"
    OT = "OT"
    SLP = "SLP"


class Condition(StrEnum):
    """The body system that is monitored; others have no rules here yet."""

    MUSCULOSKELETAL = System.MUSCULOSKELETAL.value


class Coverage(StrEnum):
    """What is known of the payer's policy on remote therapeutic monitoring."""

    COVERED = "covered"
    PRIOR_AUTH = "prior_auth"
    UNKNOWN = "unknown"
    NOT_COVERED = "not_covered"


class LiveContactRule(StrEnum):
    """How many live contacts a payer wants for the add-on: one for each unit more, or one in the month."""

    STRICT = "strict"
    PLAIN = "plain"


class SetUpDateRule(StrEnum):
    """Which date 98975 bears."""

    SET_UP = "set_up"


class LastDateRule(StrEnum):
    """Which date a window's or a month's lines bear."""

    LAST_DAY = "last_day"


class ExclusionKind(StrEnum):
    """What takes dates out of remote therapeutic monitoring."""

    RPM = "rpm"
    OTHER_RTM = "other_rtm"
    HOME_HEALTH = "home_health"
    INPATIENT = "inpatient"


class ReadingSource(StrEnum):
    """Who gave a reading."""

    PATIENT = "patient"
    CAREGIVER = "caregiver"
    STAFF = "staff"


class Credential(StrEnum):
    """The therapist and the assistant of whichever discipline, or anybody else."""

    PT = "PT"
    PTA = "PTA"
    OTHER = "OTHER"


class Activity(StrEnum):
    """What a time entry was spent on."""

    REVIEW = "review"
    CONVERSATION = "conversation"
    SET_UP = "set_up"
    ADMINISTRATIVE = "administrative"


@dataclass(frozen=True, slots=True)
class DateRange:
    """Calendar dates, both ends included; an open end is None, an end before the start holds no date."""

    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        """Whether the date lies in the range."""
        return self.first <= day and (self.last is None or day <= self.last)

    def last_shared_date(self, first: date, last: date) -> date | None:
        """The latest date that the range shares with the dates from first to last, or None."""
        latest = last if self.last is None else min(last, self.last)
        return latest if latest >= max(first, self.first) else None


@dataclass(frozen=True, slots=True)
class Episode:
    """One problem treated from evaluation to discharge."""

    id: str
    dates: DateRange
    discipline: Discipline
    condition: Condition


@dataclass(frozen=True, slots=True)
class PlanOfCare:
    """A certified span of a plan of care, and whether it names remote therapeutic monitoring."""

    dates: DateRange
    names_rtm: bool
    id: str | None = None


@dataclass(frozen=True, slots=True)
class SetUp:
    """When set-up and teaching were completed, and the minutes of therapist and assistant."""

    completed_on: date
    pt_minutes: int
    pta_minutes: int


@dataclass(frozen=True, slots=True)
class Payer:
    """The payer's coverage and choices that stand for this patient; `covered_codes` None means all codes."""

    coverage: Coverage
    covered_from: date | None
    covered_codes: frozenset[str] | None
    live_contact_rule: LiveContactRule
    set_up_date_rule: SetUpDateRule
    device_date_rule: LastDateRule
    management_date_rule: LastDateRule


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Dates on which another service or a stay stands in the way."""

    kind: ExclusionKind
    dates: DateRange


@dataclass(frozen=True, slots=True)
class PriorWindow:
    """A 30-day window already billed, in this or an earlier episode."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Reading:
    """One value received, at an instant in UTC."""

    at: datetime
    source: ReadingSource
    id: str | None = None


@dataclass(frozen=True, slots=True)
class TimeEntry:
    """One person's time from `started_at` to before `ended_at`, instants in UTC, whole seconds."""

    started_at: datetime
    ended_at: datetime
    credential: Credential
    activity: Activity
    live_contact: bool
    in_billed_visit: bool
    voided: bool
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """All facts of one episode, and the date as of which they are judged."""

    as_of: date
    patient_time_zone: ZoneInfo
    clinic_time_zone: ZoneInfo
    episode: Episode
    consent: DateRange | None
    plans_of_care: tuple[PlanOfCare, ...]
    setup: SetUp | None
    setup_already_billed: bool
    device_determination: bool
    payer: Payer
    exclusions: tuple[Exclusion, ...]
    prior_windows: tuple[PriorWindow, ...]
    readings: tuple[Reading, ...]
    time_entries: tuple[TimeEntry, ...]

    @property
    def known_setup(self) -> SetUp | None:
        """The set-up, unless it is dated later than `as_of`."""
        if self.setup is None or self.setup.completed_on > self.as_of:
            return None
        return self.setup

    @property
    def rtm_plans(self) -> tuple[PlanOfCare, ...]:
        """The plans of care that name remote therapeutic monitoring."""
        return tuple(plan for plan in self.plans_of_care if plan.names_rtm)

    @property
    def clip(self) -> date | None:
        """The earliest of episode end and consent end, or None while both are open."""
        consent_end = self.consent.last if self.consent else None
        ends = [end for end in (self.episode.dates.last, consent_end) if end is not None]
        return min(ends, default=None)
