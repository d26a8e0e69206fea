"""The large trend of the patient page with its axes and labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from billing.marks import trend
from billing.marks.trend import PAIN_TOP, Event, Mark, Size, Trend
from billing.selectors.patient import EpisodeFile, PatientFile
from checkins.models import Alert
from networks.local_days import local_date

_TREND_DAYS = 60
_LEFT, _TOP = 26, 16
WIDTH, HEIGHT = 330, 110


@dataclass(frozen=True)
class TrendFrame:
    """Axes and labels around the trend."""

    width: int
    height: int
    left: int
    right: int
    top: int
    exercise_y: int
    date_y: int
    grid: Sequence[Mark]
    dates: Sequence[Mark]
    exercises: Sequence[Mark]
    event_labels: Sequence[Mark]


def trend_and_frame(current: EpisodeFile, file: PatientFile) -> tuple[Trend, TrendFrame]:
    """Return the trend of the last sixty days of an episode, with its events, and the axes around it."""
    today = file.today
    first = max(current.episode.starts_on, today - timedelta(days=_TREND_DAYS))
    size = Size(width=WIDTH, height=HEIGHT, first=min(first, today - timedelta(days=13)), last=today)
    drawn = trend.draw(current.pain, size=size, exercises=current.exercises, events=_events(current, file))
    return drawn, frame_around(drawn)


def frame_around(drawn: Trend) -> TrendFrame:
    """Return the axes, dates and labels around a trend."""
    size = drawn.size
    return TrendFrame(
        width=_LEFT + size.width + 4,
        height=_TOP + size.height + 32,
        left=_LEFT,
        right=_LEFT + size.width,
        top=_TOP,
        exercise_y=_TOP + size.height + 5,
        date_y=_TOP + size.height + 26,
        grid=[Mark(0, _TOP + size.y(Decimal(value)), str(value)) for value in (0, 5, PAIN_TOP)],
        dates=[
            Mark(_LEFT, 0, f"{size.first.day} {size.first:%b}", "start"),
            Mark(_LEFT + size.width, 0, f"{size.last.day} {size.last:%b}", "end"),
        ],
        exercises=[Mark(_LEFT + each.x - 2.5, 0, each.label, each.kind) for each in drawn.exercises],
        event_labels=[Mark(_LEFT + each.x, 0, each.label) for each in drawn.events],
    )


def _events(current: EpisodeFile, file: PatientFile) -> list[Event]:
    zone = ZoneInfo(file.patient.time_zone)
    calls = [
        Event(local_date(each.started_at, zone), "call", "call")
        for each in current.time_entries
        if each.live_contact and each.voids_id is None
    ]
    flags = [
        Event(local_date(each.occurred_at, zone), "alert", "alert")
        for each in file.talk.alerts
        if each.kind == Alert.Kind.RED_FLAG
    ]
    surgery = [Event(current.episode.surgery_on, "surgery", "surgery")] if current.episode.surgery_on else []
    return surgery + calls + flags
