"""From beats to stays: whose the seconds are, when a stay ends, what is cut out, what is asked about."""

import itertools
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.activity_clock import (
    IDLE,
    LAPSE,
    Beat,
    BeatKind,
    Span,
    Stay,
    first_seconds,
    is_asked_about,
    stays,
    without,
)

START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
ANN, BOB = UUID(int=1), UUID(int=2)
NAMES = {"A": ANN, "B": BOB}


def at(second: int) -> datetime:
    return START + timedelta(seconds=second)


def span(first: int, last: int) -> Span:
    return Span(at(first), at(last))


def beats(text: str) -> list[Beat]:
    """Beats written as record, kind and second: "Ao0 As30" is Ann's record opened at 0 and seen at 30."""
    kinds = {"o": BeatKind.OPENED, "s": BeatKind.SEEN, "a": BeatKind.ACTED, "l": BeatKind.LEFT}
    return [Beat(NAMES[each[0]], at(int(each[2:])), kinds[each[1]]) for each in text.split()]


def told(text: str) -> list[tuple[str, int, int]]:
    names = {key: name for name, key in NAMES.items()}
    return [
        (
            names[each.record],
            int((each.span.first - START).total_seconds()),
            int((each.span.last - START).total_seconds()),
        )
        for each in stays(beats(text))
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("Ao0", []),
        ("Ao0 As30 As60", [("A", 0, 60)]),
        ("Ao0 As30 Al45", [("A", 0, 45)]),
        ("Ao0 As30 As60 As90 As120 As150 As180", [("A", 0, 120)]),
        ("Ao0 As30 As60 Aa90 As120 As150 As180 As210 As240", [("A", 0, 210)]),
        ("Ao0 Aa120", [("A", 0, 120)]),
        ("Ao0 Aa121", []),
        ("Ao0 Aa30 Aa300 Aa330", [("A", 0, 30), ("A", 300, 330)]),
        ("Ao0 Bo40 Bs70 Bl90", [("A", 0, 40), ("B", 40, 90)]),
        ("Ao0 Bo20 Aa40 Ba60 Al80", [("A", 0, 20), ("B", 20, 40), ("A", 40, 60), ("B", 60, 80)]),
        ("Ao0 As30 Ao31 As60 As61", [("A", 0, 61)]),
        ("Ao0 Al30 Ao60 Al90", [("A", 0, 30), ("A", 60, 90)]),
        ("Al0 As30 As60", []),
        ("As0 As30 As60", []),
        ("Ao0 Bl20 Aa40 Aa60", [("A", 0, 20), ("A", 40, 60)]),
        ("Aa60 Ao0 As30", [("A", 0, 60)]),
    ],
    ids=[
        "nothing",
        "one beat is no time",
        "in sight",
        "left",
        "idle after two minutes, however long in sight",
        "acting starts the two minutes anew",
        "exactly two minutes of silence",
        "a second more",
        "back after a break",
        "on to another record",
        "two tabs share one clock",
        "two tabs of one record",
        "left and back",
        "a leaving opens nothing",
        "in sight alone is nobody at work",
        "leaving another tab breaks off, never adds",
        "any order",
    ],
)
def test_stays(text: str, found: list[tuple[str, int, int]]) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        ([], [(0, 100)]),
        ([(20, 40)], [(0, 20), (40, 100)]),
        ([(-10, 30)], [(30, 100)]),
        ([(60, 200)], [(0, 60)]),
        ([(-5, 200)], []),
        ([(100, 120)], [(0, 100)]),
        ([(10, 30), (20, 50), (90, 95)], [(0, 10), (50, 90), (95, 100)]),
    ],
    ids=["free", "middle", "start", "end", "all", "beside", "several"],
)
def test_a_visit_is_cut_out(taken: list[tuple[int, int]], left: list[tuple[int, int]]) -> None:
    stay = Stay(ANN, span(0, 100), (span(0, 100),))
    found = without(stay, taken=[span(*each) for each in taken])
    assert list(found.pieces) == [span(*each) for each in left]
    assert found.seconds == sum(last - first for first, last in left)


@pytest.mark.parametrize(
    ("seconds", "confirmed", "after", "asked"),
    [
        (60, [], timedelta(), True),
        (29, [], timedelta(), False),
        (30, [], timedelta(), True),
        (60, [0], timedelta(), False),
        (60, [59], timedelta(), False),
        (60, [60], timedelta(), True),
        (60, [-1], timedelta(), True),
        (60, [], LAPSE, True),
        (60, [], LAPSE + timedelta(seconds=1), False),
    ],
    ids=[
        "fresh",
        "glance",
        "half a minute",
        "said",
        "said of a piece",
        "next stay",
        "before",
        "late",
        "lapsed",
    ],
)
def test_what_is_asked_about(seconds: int, confirmed: list[int], after: timedelta, asked: bool) -> None:
    stay = Stay(ANN, span(0, seconds), (span(0, seconds),))
    now = at(seconds) + after
    assert is_asked_about(stay, confirmed_at=[at(each) for each in confirmed], now=now) is asked


def test_the_first_seconds_are_taken_from_the_pieces_in_order() -> None:
    stay = Stay(ANN, span(0, 100), (span(0, 10), span(50, 100)))
    assert first_seconds(stay, seconds=25) == (span(0, 10), span(50, 65))
    assert first_seconds(stay, seconds=10) == (span(0, 10),)
    assert sum(each.length.seconds for each in first_seconds(stay, seconds=999)) == stay.seconds == 60


BEATS = st.lists(
    st.builds(
        Beat,
        record=st.sampled_from([ANN, BOB, UUID(int=3)]),
        at=st.integers(0, 1200).map(at),
        kind=st.sampled_from(list(BeatKind)),
    ),
    max_size=40,
)


@given(drawn=BEATS)
def test_no_second_is_anybodys_twice(drawn: list[Beat]) -> None:
    found = stays(drawn)
    for one, next_one in itertools.pairwise(found):
        assert one.span.last <= next_one.span.first
    assert all(each.span.last > each.span.first for each in found)


@given(drawn=BEATS)
def test_every_stay_begins_and_ends_with_a_beat_and_never_rests_longer(drawn: list[Beat]) -> None:
    instants = sorted({each.at for each in drawn})
    for stay in stays(drawn):
        inside = [each for each in instants if stay.span.first <= each <= stay.span.last]
        assert (inside[0], inside[-1]) == (stay.span.first, stay.span.last)
        assert all(later - earlier <= IDLE for earlier, later in itertools.pairwise(inside))
        assert any(each.record == stay.record and each.kind is not BeatKind.SEEN for each in drawn)


@given(drawn=BEATS, order=st.randoms())
def test_order_of_beats_is_irrelevant(drawn: list[Beat], order) -> None:
    shuffled = list(dict.fromkeys(drawn))
    before = stays(shuffled)
    order.shuffle(shuffled)
    assert stays(shuffled) == before


@given(drawn=BEATS)
def test_more_records_never_make_more_time_than_one(drawn: list[Beat]) -> None:
    def seconds(found) -> int:
        return sum(each.seconds for each in found)

    as_one = [Beat(ANN, each.at, each.kind) for each in drawn]
    assert seconds(stays(drawn)) <= seconds(stays(as_one))
