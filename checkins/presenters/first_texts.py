"""When the first texts go out, in words for whoever enrolls."""

from dataclasses import dataclass
from datetime import datetime, time

from checkins.hours_choice import clock_words
from checkins.services.first_texts import FirstTexts
from networks.local_days import local_date, zone_named
from networks.templatetags.wording import clock_in, day_in


@dataclass(frozen=True)
class FirstTextsView:
    """One sentence about both texts, and the hour of the daily one as people read it."""

    sentence: str
    usual: str


def first_texts_view(found: FirstTexts, *, usual: time, zone: str, now: datetime) -> FirstTextsView:
    """Return the first texts in words, in an IANA zone; `usual` is the hour of the daily text."""
    at = "at once" if found.welcome_at <= now else _at(found.welcome_at, zone=zone, now=now)
    asked = (
        f"the first check-in {_at(found.check_in_at, zone=zone, now=now)}"
        if found.check_in_at
        else "no check-in within two weeks: look at the protocol and the texting hours"
    )
    return FirstTextsView(
        sentence=f"The first text goes out {at}, {asked}.",
        usual=clock_words(usual),
    )


def _at(instant: datetime, *, zone: str, now: datetime) -> str:
    place = zone_named(zone)
    away = (local_date(instant, place) - local_date(now, place)).days
    day = {0: "today", 1: "tomorrow"}.get(away, f"on {day_in(instant, zone)}")
    return f"{day} at {clock_in(instant, zone)}"
