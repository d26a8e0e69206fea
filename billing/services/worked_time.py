"""Time that somebody worked, before it is noted: whose minutes count, what a call is, which times cannot be."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from billing.code_set import LIVE_CONTACT_SECONDS
from billing.models import TimeEntry
from networks.errors import DomainError
from networks.local_days import local_date
from networks.models import Clinician, User
from patients.models import Episode

# Longer than any stretch of management that was seen; such an entry is a slip of the pen (our choice).
LONGEST = timedelta(hours=4)

NOT_REACHED = "Nobody was reached: no live contact, and the time does not count."
MESSAGE_LEFT = "A message was left, which is not talking: no live contact, and the time does not count."
TOO_SHORT = "Shorter than a minute: no live contact."
NOTED_BY_HAND = "Call noted by hand."

# Therapist and assistant of each discipline; whoever is of another discipline than the episode is an "other".
_CREDENTIALS = {
    (Clinician.Credential.PT, Episode.Discipline.PT): "PT",
    (Clinician.Credential.PTA, Episode.Discipline.PT): "PTA",
    (Clinician.Credential.OT, Episode.Discipline.OT): "PT",
    (Clinician.Credential.OTA, Episode.Discipline.OT): "PTA",
    (Clinician.Credential.SLP, Episode.Discipline.SLP): "PT",
}


@dataclass(frozen=True, kw_only=True)
class WorkedTime:
    """Time that one person spent on one episode, as it is to be noted; instants with an offset."""

    episode: Episode
    clinician: Clinician | None
    by: User
    started_at: datetime
    ended_at: datetime
    activity: str
    reason: str
    mode: str = TimeEntry.Mode.NONE
    topic: str = ""
    spoke_with: str = TimeEntry.SpokeWith.NOBODY
    live_contact: bool = False
    in_billed_visit: bool = False
    origin: str = TimeEntry.Origin.MANUAL

    @property
    def first_second(self) -> datetime:
        """The start of the first second that was worked in full."""
        whole = self.started_at.replace(microsecond=0)
        return whole if whole == self.started_at else whole + timedelta(seconds=1)

    @property
    def last_second(self) -> datetime:
        """The end of the last second that was worked in full."""
        return self.ended_at.replace(microsecond=0)


def call(
    episode: Episode,
    *,
    clinician: Clinician | None,
    by: User,
    started_at: datetime,
    ended_at: datetime,
    mode: str,
    topic: str,
    reached: bool,
    in_billed_visit: bool = False,
) -> WorkedTime:
    """Return a call as time worked: live contact only when somebody was reached, for a minute or more.

    A call that reached nobody is office work, since no conversation took place; `reason` says so.
    """
    noted = WorkedTime(
        episode=episode,
        clinician=clinician,
        by=by,
        started_at=started_at,
        ended_at=ended_at,
        activity=TimeEntry.Activity.CONVERSATION if reached else TimeEntry.Activity.ADMINISTRATIVE,
        reason=NOTED_BY_HAND,
        mode=mode,
        topic=topic,
        in_billed_visit=in_billed_visit,
    )
    if mode not in TimeEntry.Mode.values or mode == TimeEntry.Mode.NONE:
        raise DomainError("Choose how you talked: phone, video or in the clinic.", field="mode")
    if not reached:
        return replace(noted, reason=NOT_REACHED)
    if (noted.last_second - noted.first_second).total_seconds() < LIVE_CONTACT_SECONDS:
        return replace(noted, reason=TOO_SHORT)
    return replace(noted, live_contact=True)


def credential_of(clinician: Clinician | None, *, discipline: str) -> str:
    """PT or PTA for therapist and assistant of the episode's discipline, OTHER for everybody else.

    Therapists have no incident-to benefit: nobody else's minutes count (S22, CMS 2026).
    """
    if clinician is None:
        return "OTHER"
    key = (Clinician.Credential(clinician.credential), Episode.Discipline(discipline))
    return _CREDENTIALS.get(key, "OTHER")


def check(worked: WorkedTime, *, practice_id: UUID, zone: ZoneInfo, now: datetime) -> None:
    """Raise DomainError, with a sentence for the person, for time that cannot have been worked so."""
    _check_instants(worked, now=now)
    if local_date(worked.started_at, zone) < worked.episode.starts_on:
        raise DomainError("The time lies before the evaluation: check the date.", field="started_at")
    if worked.episode.practice_id != practice_id:
        raise DomainError("The patient belongs to another practice.")
    _check_person(worked, practice_id=practice_id)
    if worked.spoke_with not in TimeEntry.SpokeWith.values:
        raise DomainError("Choose who was reached.", field="reached")
    if worked.activity not in TimeEntry.Activity.values:
        raise DomainError("Choose what the time was spent on.", field="activity")
    if worked.origin == TimeEntry.Origin.MANUAL and not worked.reason.strip():
        raise DomainError("Say why the time is entered by hand.", field="reason")
    for field, text in (("reason", worked.reason), ("topic", worked.topic)):
        if len(text) > 200:
            raise DomainError("Shorten the text to 200 letters.", field=field)
        if "\x00" in text:
            raise DomainError("The text holds a character that cannot be stored: type it again.", field=field)


def _check_instants(worked: WorkedTime, *, now: datetime) -> None:
    if worked.started_at.tzinfo is None or worked.ended_at.tzinfo is None:
        raise ValueError("An instant needs an offset.")
    if worked.ended_at > now:
        raise DomainError("The end lies in the future: enter time after it was worked.", field="ended_at")
    if worked.last_second <= worked.first_second:
        raise DomainError("The end must lie after the start, by a second or more.", field="ended_at")
    if worked.ended_at - worked.started_at > LONGEST:
        raise DomainError("That is more than four hours in one go: check both times.", field="ended_at")


def _check_person(worked: WorkedTime, *, practice_id: UUID) -> None:
    clinician = worked.clinician
    if clinician is None:
        return
    if clinician.practice_id != practice_id:
        raise DomainError("This clinician works for another practice.", field="clinician")
    if clinician.user_id is not None and clinician.user_id != worked.by.pk:
        raise DomainError("Time is entered for the person who worked it.", field="clinician")
