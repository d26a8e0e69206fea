"""When a patient's first texts go out, told beforehand by the rule that lets them go."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from checkins.cadence import Content, asks_on
from checkins.hours import asked_at
from checkins.services.practice_hours import hours_of, slot_for
from networks.local_days import local_date, zone_named
from networks.models import Practice

_LOOKS_AHEAD = 14  # days


@dataclass(frozen=True)
class FirstTexts:
    """When the welcome goes out, and the first check-in; None where none falls within two weeks."""

    welcome_at: datetime
    check_in_at: datetime | None


def first_texts(
    practice: Practice, *, zone: str, send_at: time, now: datetime, content: Content | None = None
) -> FirstTexts:
    """Return when somebody enrolled now is first texted, in an IANA zone, with the state's hours kept.

    With a protocol's content its days count too. DomainError when the hours never meet the state's.
    """
    hours, place = hours_of(practice), zone_named(zone)
    # As a plan starts: on the day after.
    starts_on = local_date(now, place) + timedelta(days=1)
    days = [starts_on + timedelta(days=away) for away in range(_LOOKS_AHEAD)]
    asked = [each for each in days if content is None or asks_on(content, day=each, starts_on=starts_on)]
    found = (asked_at(each, send_at, hours=hours, zone=place) for each in asked)
    return FirstTexts(
        welcome_at=max(now, slot_for(practice, zone=zone, now=now).opens_at),
        check_in_at=next((each for each in found if each is not None), None),
    )
