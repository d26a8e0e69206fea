"""Everything about one certified month that its packets draw on, loaded once."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from billing.code_set import Family
from billing.data_days import ReadingDate, assess_reading_dates
from billing.models import Certification, Charge, TimeEntry
from billing.services.live_decisions import LiveEpisode
from networks.local_days import local_date, zone_named
from networks.models import Clinician, User
from networks.selectors import names_of
from patients.models import Episode


@dataclass(frozen=True)
class Subject:
    """One certification with its episode, the facts behind it and the time entries of its months."""

    certification: Certification
    episode: Episode
    live: LiveEpisode
    now: datetime
    entries: tuple[TimeEntry, ...]
    names: dict[UUID, str]

    @property
    def practice_id(self) -> UUID:
        """Whose it is."""
        return self.certification.practice_id

    def span_of(self, charge: Charge) -> tuple[date, date]:
        """First and last date whose data a charge rests on; a set-up rests on the first window."""
        windows = self.live.decision.windows
        if self.live.code_set.family_of(charge.code) is Family.SETUP and windows:
            return windows[0].span.first, windows[0].span.last
        return charge.covers_from, charge.covers_to

    def reading_dates(self) -> list[ReadingDate]:
        """Every date with readings, judged by what stood on it."""
        return [
            each
            for period, document in zip(self.live.case.periods, self.live.case.documents(), strict=True)
            for each in assess_reading_dates(document)
            if period.holds(each.day)
        ]

    def day_of(self, at: datetime) -> date:
        """The clinic's date of an instant."""
        return local_date(at, zone_named(self.live.row.clinic_zone))

    def name_of(self, user_id: UUID | None) -> str:
        """A person's name; Daybook itself where nobody acted."""
        return self.names.get(user_id, "") if user_id else "Daybook"


def load_subject(certification: Certification, *, live: LiveEpisode, now: datetime) -> Subject:
    """Load what the packets of a certification share; three queries."""
    episode = Episode.objects.select_related("patient", "clinician", "practice").get(
        practice_id=certification.practice_id, pk=certification.episode_id
    )
    entries = tuple(
        TimeEntry.objects.filter(practice_id=certification.practice_id, episode=episode)
        .select_related("clinician", "voided_by")
        .order_by("started_at", "pk")
    )
    people = [each.by_id for each in entries] + [certification.by_id]
    return Subject(certification, episode, live, now, entries, names_of(people))


def person_words(user: User | None) -> str:
    """A person's name, empty for none."""
    return user.name if user else ""


def clinician_data(clinician: Clinician) -> dict[str, str]:
    """Who somebody is on a claim."""
    return {"name": clinician.name, "npi": clinician.npi, "credential": clinician.credential}


def day_words(day: date | None) -> str | None:
    """A date as ISO text; None for none."""
    return None if day is None else day.isoformat()


def instant_words(at: datetime | None) -> str | None:
    """An instant as ISO text with its offset; None for none."""
    return None if at is None else at.isoformat()


def plain_words(text: str) -> str:
    """A text that every reader can encode: halves of characters, as phones sometimes send, are written out."""
    return text.encode("utf-8", "backslashreplace").decode()
