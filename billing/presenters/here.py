"""The line above a patient's page that says how long one has been there, and what still waits to be said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from billing.activity_clock import IDLE, Stay
from networks.templatetags.wording import clock_in


@dataclass(frozen=True)
class StayRow:
    """One stay that nobody has explained."""

    episode_id: UUID
    began: str
    words: str


@dataclass(frozen=True)
class HereView:
    """The line: the stay that goes on, earlier ones here, and patients whose stays wait elsewhere."""

    current: StayRow | None
    earlier: Sequence[StayRow]
    elsewhere: Sequence[tuple[UUID, str]]


def here_view(
    stays: Sequence[Stay],
    *,
    episode_id: UUID,
    patients: Mapping[UUID, tuple[UUID, str]],
    now: datetime,
    zone: str,
) -> HereView:
    """Return the line for one episode; `patients` gives id and name by episode for stays elsewhere."""
    here = [each for each in stays if each.record == episode_id]
    goes_on = bool(here) and now - here[-1].span.last <= IDLE
    current = here[-1] if goes_on else None
    return HereView(
        current=_row(current, f"You have been here {length(current.seconds)}.") if current else None,
        earlier=[
            _row(each, f"You were here at {clock_in(each.span.first, zone)}, {length(each.seconds)}.")
            for each in here
            if each is not current
        ],
        elsewhere=sorted(
            {
                patients[each.record]
                for each in stays
                if each.record != episode_id and each.record in patients
            },
            key=lambda each: each[1],
        ),
    )


def length(seconds: int) -> str:
    """Return how long in words, rounded down.

    >>> length(59), length(60), length(187)
    ('less than a minute', '1 min', '3 min')
    """
    return f"{seconds // 60} min" if seconds >= 60 else "less than a minute"


def exact_length(seconds: int) -> str:
    """Return how long to the second.

    >>> exact_length(187), exact_length(40)
    ('3 min 7 s', '40 s')
    """
    whole, rest = divmod(seconds, 60)
    return " ".join(part for part in (f"{whole} min" if whole else "", f"{rest} s" if rest else "") if part)


def _row(stay: Stay, words: str) -> StayRow:
    return StayRow(stay.record, stay.span.first.isoformat(), words)
