"""The three marks: what is drawn where, and the words that say the same."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.marks import clocks, day_strip, trend
from billing.marks.clocks import MonthFacts
from billing.marks.day_strip import State, WindowFacts
from billing.marks.trend import Event, PainPoint, Size

FIRST = date(2026, 3, 2)
LAST = date(2026, 3, 31)


def _window(days: int = 0, *, clipped_to: date = LAST, **other) -> WindowFacts:
    counted = frozenset(FIRST + timedelta(days=away) for away in range(days))
    return WindowFacts(FIRST, LAST, clipped_to, counted, **other)


@pytest.mark.parametrize(
    ("days", "today", "words", "outlook"),
    [
        (0, date(2026, 3, 10), "0 of 30 days, 21 left", ""),
        (1, date(2026, 3, 31), "1 of 30 days, last day today", ""),
        (1, date(2026, 4, 1), "1 of 30 days, closed", "cannot reach 2 any more"),
        (2, date(2026, 3, 10), "2 of 30 days, 21 left", "98985 stands so far"),
        (9, date(2026, 3, 25), "9 of 30 days, 6 left", "98985 stands so far"),
        (8, date(2026, 3, 25), "8 of 30 days, 6 left", "cannot reach 16 any more, 98985 stands"),
        (16, date(2026, 3, 25), "16 of 30 days, 6 left", "98977 stands"),
        (30, date(2026, 5, 1), "30 of 30 days, closed", "98977 stands"),
    ],
)
def test_the_strip_says_what_the_days_amount_to(days: int, today: date, words: str, outlook: str) -> None:
    strip = day_strip.draw(_window(days), today=today)
    assert (strip.words, strip.outlook) == (words, outlook)


def test_a_window_of_2025_has_one_tier() -> None:
    window = WindowFacts(
        date(2025, 3, 2), date(2025, 3, 31), date(2025, 3, 31), frozenset({date(2025, 3, 2)})
    )
    strip = day_strip.draw(window, today=date(2025, 3, 30))
    assert strip.outlook == "cannot reach 16 any more"
    assert len(strip.ticks) == 1


def test_each_cell_has_the_state_of_its_date() -> None:
    window = _window(
        2,
        clipped_to=date(2026, 3, 20),
        asked=frozenset({date(2026, 3, 4), date(2026, 3, 6)}),
        uncounted=((date(2026, 3, 6), "in hospital"),),
    )
    strip = day_strip.draw(window, today=date(2026, 3, 7))
    states = [cell.state for cell in strip.cells]
    assert states[:6] == [State.DATA, State.DATA, State.ASKED, State.QUIET, State.UNCOUNTED, State.QUIET]
    assert states[6:19] == [State.AHEAD] * 13
    assert states[19:] == [State.UNCOUNTED] * 11
    assert strip.uncounted[0].reason == "in hospital"
    assert strip.uncounted[-1].reason == "after the end of monitoring"
    assert strip.today_x == 5 * day_strip.CELL_WIDTH
    assert strip.asked_at == (2 * day_strip.CELL_WIDTH + day_strip.CELL_WIDTH // 2,)


def test_the_strip_is_three_paths() -> None:
    strip = day_strip.draw(_window(2, uncounted=((date(2026, 3, 9), "in hospital"),)), today=date(2026, 3, 7))
    assert strip.data_path.count("M") == 2
    assert strip.uncounted_path.count("M") == 1
    assert strip.open_path.count("M") == 27


def test_no_ring_when_today_lies_outside() -> None:
    assert day_strip.draw(_window(), today=date(2026, 4, 2)).today_x is None


@given(days=st.integers(0, 30), today=st.dates(date(2026, 2, 1), date(2026, 5, 1)))
def test_the_strip_always_has_thirty_cells_and_words(days: int, today: date) -> None:
    strip = day_strip.draw(_window(days), today=today)
    assert len(strip.cells) == 30
    assert sum(cell.state is State.DATA for cell in strip.cells) == days == strip.days
    assert strip.words.startswith(f"{days} of 30 days")


@pytest.mark.parametrize(
    ("minutes", "contacts", "words"),
    [
        (0, 0, "0 minutes, no live contact yet"),
        (1, 1, "1 minute, 1 live contact"),
        (25, 3, "25 minutes, 3 live contacts"),
    ],
)
def test_the_month_bar_says_minutes_and_contacts(minutes: int, contacts: int, words: str) -> None:
    both = clocks.draw(None, MonthFacts(date(2026, 3, 1), minutes, contacts), today=date(2026, 3, 10))
    assert both.minutes.words == words
    assert both.days is None
    assert both.has_contact == (contacts > 0)


@pytest.mark.parametrize(
    ("today", "detail"),
    [
        (date(2026, 3, 10), "March ends in 21 days"),
        (date(2026, 3, 30), "March ends in 1 day"),
        (date(2026, 3, 31), "March ends today"),
        (date(2026, 4, 1), "March is closed"),
    ],
)
def test_the_month_bar_says_when_the_month_ends(today: date, detail: str) -> None:
    assert clocks.draw(None, MonthFacts(date(2026, 3, 1)), today=today).minutes.detail == detail


def test_bars_are_drawn_to_scale() -> None:
    both = clocks.draw(_window(15), MonthFacts(date(2026, 3, 1), 30), today=date(2026, 3, 16))
    assert both.days is not None
    assert both.days.filled == clocks.WIDTH // 2
    assert both.days.passed == clocks.WIDTH // 2
    assert both.days.ticks == (16, 128)
    assert both.minutes.filled == clocks.WIDTH // 2
    assert both.minutes.ticks == (40, 80, 160)


@given(minutes=st.integers(0, 2000), today=st.dates(date(2026, 2, 1), date(2026, 5, 1)))
def test_a_bar_never_leaves_its_ground(minutes: int, today: date) -> None:
    both = clocks.draw(_window(30), MonthFacts(date(2026, 3, 1), minutes), today=today)
    assert both.days is not None
    for bar in (both.days, both.minutes):
        assert 0 <= bar.filled <= bar.width
        assert 0 <= bar.passed <= bar.width


def _pain(day: int, low: float, high: float | None = None) -> PainPoint:
    return PainPoint(date(2026, 3, day), Decimal(str(low)), Decimal(str(low if high is None else high)))


SIZE = Size(width=108, height=58, first=date(2026, 3, 1), last=date(2026, 3, 11))


def test_pain_is_drawn_on_a_fixed_axis() -> None:
    drawn = trend.draw([_pain(1, 10), _pain(2, 0)], size=SIZE)
    assert [(dot.x, dot.y) for dot in drawn.dots] == [(4.0, 4.0), (14.0, 54.0)]
    assert drawn.lines == ("4.0,4.0 14.0,54.0",)
    assert drawn.last == drawn.dots[-1]


def test_silent_days_break_the_line() -> None:
    drawn = trend.draw([_pain(1, 5), _pain(2, 5), _pain(6, 4), _pain(8, 4)], size=SIZE)
    assert len(drawn.lines) == 2


def test_one_answer_alone_is_a_dot_and_no_line() -> None:
    drawn = trend.draw([_pain(3, 5)], size=SIZE)
    assert (len(drawn.dots), drawn.lines) == (1, ())


def test_a_range_is_shaded_and_its_middle_is_the_line() -> None:
    drawn = trend.draw([_pain(1, 5, 6)], size=SIZE)
    assert drawn.ranges == ("M4.0 24.0V29.0",)
    assert drawn.dots[0].label == "5 to 6"


def test_what_lies_outside_the_dates_is_left_out() -> None:
    drawn = trend.draw(
        [PainPoint(date(2026, 2, 1), Decimal(5), Decimal(5))],
        size=SIZE,
        exercises=[(date(2026, 3, 2), "yes"), (date(2026, 4, 2), "no")],
        events=[Event(date(2026, 3, 5), "call", "call"), Event(date(2026, 4, 5), "call", "call")],
    )
    assert not drawn.dots
    assert drawn.last is None
    assert len(drawn.exercises) == 1
    assert [event.x for event in drawn.events] == [44.0]


@pytest.mark.parametrize(
    ("pain", "exercises", "words"),
    [
        ([], [], "No pain answer yet."),
        ([_pain(3, 6.5)], [], "Pain 6.5 on 3 Mar; 1 answer."),
        (
            [_pain(3, 6), _pain(9, 4, 5)],
            [(date(2026, 3, 3), "yes"), (date(2026, 3, 9), "no")],
            "Pain 6 on 3 Mar, 4 to 5 on 9 Mar; 2 answers. Exercises done on 1 of 2 days answered.",
        ),
        ([_pain(3, 10)], [], "Pain 10 on 3 Mar; 1 answer."),
    ],
    ids=["none", "one-half", "range-and-exercises", "ten"],
)
def test_the_trend_in_words(pain: list[PainPoint], exercises: list[tuple[date, str]], words: str) -> None:
    assert trend.in_words(pain, exercises=exercises) == words


def test_a_span_of_one_day_can_be_drawn() -> None:
    size = Size(width=100, height=50, first=FIRST, last=FIRST)
    assert trend.draw([_pain(2, 5)], size=size).dots[0].x == size.margin
