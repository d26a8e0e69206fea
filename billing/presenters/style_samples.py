"""What the style page shows: every token, and the three marks in every state, of an invented patient."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django import forms

from billing.marks import clocks, day_strip, trend
from billing.marks.clocks import Clocks, MonthFacts
from billing.marks.day_strip import DayStrip, WindowFacts
from billing.marks.trend import Event, PainPoint, Size, Trend
from billing.presenters.trend_frame import HEIGHT, WIDTH, TrendFrame, frame_around

_FIRST = date(2026, 3, 2)
_LAST = date(2026, 3, 31)

# Names in static/css/tokens.css, with what each is for.
COLOURS = (
    ("paper", "the ground of every page"),
    ("surface", "sheets, tables, the bar on top"),
    ("sunken", "what lies lower: hover, a quiet state"),
    ("ink", "text"),
    ("ink-2", "text of second rank"),
    ("line", "edges between things"),
    ("line-strong", "edges of what can be filled in or pressed"),
    ("accent", "links and the one main act"),
    ("accent-soft", "what is chosen"),
    ("attention", "act this week"),
    ("attention-soft", "the ground of attention"),
    ("danger", "a person may be in danger; once on a page for each patient"),
    ("danger-soft", "the ground of danger"),
    ("done", "settled"),
    ("done-soft", "the ground of what is settled"),
    ("bubble-in", "a patient's text"),
    ("bubble-out", "our text"),
)


@dataclass(frozen=True, slots=True)
class StripSample:
    """A day strip and the state it shows."""

    title: str
    strip: DayStrip


@dataclass(frozen=True, slots=True)
class ClocksSample:
    """Both clocks and the state they show."""

    title: str
    clocks: Clocks


@dataclass(frozen=True, slots=True)
class TrendSample:
    """A trend in its large form and small one, and the state it shows."""

    title: str
    large: Trend
    frame: TrendFrame
    small: Trend


class SampleForm(forms.Form):
    """A field of each kind, one of them with an error when it is bound to nothing."""

    name = forms.CharField(label="First name", widget=forms.TextInput({"class": "form-control"}))
    language = forms.ChoiceField(
        label="Language of the texts",
        choices=(("en", "English"), ("es", "Spanish")),
        widget=forms.RadioSelect,
        initial="en",
    )
    reached_on = forms.DateField(
        label="On",
        help_text="Empty is today.",
        required=False,
        widget=forms.DateInput({"class": "form-control", "type": "date"}),
    )


def _dates(*days: int) -> frozenset[date]:
    return frozenset(_FIRST + timedelta(days=day) for day in days)


def _window(answered: frozenset[date], *, asked: frozenset[date] = frozenset(), lost: int = 0) -> WindowFacts:
    uncounted = tuple(
        (_FIRST + timedelta(days=day), "the patient was in hospital") for day in range(4, 4 + lost)
    )
    return WindowFacts(_FIRST, _LAST, _LAST, answered, asked, uncounted)


def strip_samples() -> list[StripSample]:
    """Return the day strip in every state a window can be in."""
    told = (
        ("The first day", _window(_dates(0)), 0),
        (
            "Under way: answered, asked without an answer, dates that cannot count",
            _window(_dates(0, 1, 2, 3, 7, 8, 10), asked=_dates(9, 11), lost=3),
            12,
        ),
        ("Sixteen days reached", _window(_dates(*range(16))), 18),
        ("Sixteen cannot be reached any more", _window(_dates(0, 1, 2, 5), asked=_dates(*range(6, 22))), 22),
        ("Closed with one day", _window(_dates(0), asked=_dates(*range(1, 30))), 40),
        ("Closed with every day", _window(_dates(*range(30))), 40),
    )
    return [
        StripSample(title, day_strip.draw(window, today=_FIRST + timedelta(days=day)))
        for title, window, day in told
    ]


def clock_samples() -> list[ClocksSample]:
    """Return the two clocks from nothing to full."""
    month = _FIRST.replace(day=1)
    told = (
        ("No data day, no minutes", None, MonthFacts(month), 1),
        ("Minutes without a live contact", _window(_dates(0, 1, 2)), MonthFacts(month, minutes=12), 9),
        ("Twenty minutes with a call", _window(_dates(*range(16))), MonthFacts(month, 20, 1), 20),
        ("Past the last step", _window(_dates(*range(28))), MonthFacts(month, 75, 3), 29),
    )
    return [
        ClocksSample(title, clocks.draw(window, facts, today=_FIRST + timedelta(days=day)))
        for title, window, facts, day in told
    ]


def _pain(*told: tuple[int, str, str]) -> list[PainPoint]:
    return [PainPoint(_FIRST + timedelta(days=day), Decimal(low), Decimal(high)) for day, low, high in told]


def trend_samples() -> list[TrendSample]:
    """Return the trend with a course, a gap, a range, one answer and none."""
    falling = _pain((0, "7", "7"), (2, "7", "7"), (4, "5", "6"), (7, "5", "5"), (9, "4", "4"), (12, "3", "3"))
    broken = _pain((0, "4", "4"), (1, "5", "5"), (2, "5", "5"), (13, "7", "7"), (14, "8", "8"))
    exercises = [(_FIRST + timedelta(days=day), word) for day, word in ((0, "no"), (2, "partly"), (4, "yes"))]
    events = [Event(_FIRST + timedelta(days=5), "call", "call")]
    told: tuple[tuple[str, Sequence[PainPoint]], ...] = (
        ("Falling, with a range, a call and exercises", falling),
        ("A gap stays a gap", broken),
        ("One answer", falling[:1]),
        ("No answer yet", ()),
    )
    samples = []
    for place, (title, pain) in enumerate(told):
        large = trend.draw(
            pain,
            size=Size(WIDTH, HEIGHT, _FIRST, _FIRST + timedelta(days=16)),
            exercises=exercises if place == 0 else (),
            events=events if place == 0 else (),
        )
        small = trend.draw(pain, size=Size(120, 24, _FIRST, _FIRST + timedelta(days=16)))
        samples.append(TrendSample(title, large, frame_around(large), small))
    return samples
