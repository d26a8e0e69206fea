"""What must hold for every document, whatever is in it."""

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from billing.exchange import decide_text
from tests.billing.rules.documents import answer, days, entry
from tests.billing.rules.drawn_documents import documents

DEVICE = {"98977", "98985"}


def _data_days(made: dict[str, Any]) -> set[str]:
    return {day for window in answer(made)["windows"] for day in window["days"]}


@given(documents(), st.integers(0, 100))
def test_a_reading_more_never_lowers_the_day_count(made: dict[str, Any], step: int) -> None:
    more = {**made, "readings": made["readings"] + days(made["episode"]["start"], step)[-1:]}
    # A window's own count may fall when an earlier anchor moves the grid; no day is ever lost.
    assert _data_days(made) <= _data_days(more)


@given(documents(), st.integers(0, 100), st.sampled_from([30, 600, 4000]), st.sampled_from(["PT", "PTA"]))
def test_more_time_never_lowers_the_minutes(
    made: dict[str, Any], step: int, seconds: int, credential: str
) -> None:
    start = date.fromisoformat(made["episode"]["start"]) + timedelta(days=step)
    extra = entry(start.isoformat(), seconds=seconds, credential=credential)
    more = answer({**made, "time_entries": [*made["time_entries"], extra]})
    plain = answer(made)
    before, after = _total_seconds(plain), _total_seconds(more)
    assert before <= after <= before + seconds
    # All seconds up to a month's end never fall either: a second may only move to an earlier month.
    for month in {each["month"] for each in plain["months"]}:
        assert _seconds_to(plain, month) <= _seconds_to(more, month)


def _total_seconds(found: dict[str, Any]) -> int:
    return sum(each["seconds"] for each in found["months"])


def _seconds_to(found: dict[str, Any], month: str) -> int:
    return sum(each["seconds"] for each in found["months"] if each["month"] <= month)


@given(documents(), st.randoms(use_true_random=False))
def test_the_order_of_facts_is_irrelevant_to_the_last_byte(made: dict[str, Any], random: Any) -> None:
    shuffled = json.loads(json.dumps(made))
    for key in ("readings", "time_entries", "plans_of_care", "exclusions", "prior_windows"):
        random.shuffle(shuffled[key])
    shuffled = dict(sorted(shuffled.items(), key=lambda _: random.random()))
    assert _bytes(shuffled) == _bytes(made)


@given(documents())
def test_duplicates_change_nothing(made: dict[str, Any]) -> None:
    twice = {key: value * 2 if isinstance(value, list) else value for key, value in made.items()}
    ours, theirs = answer(made), answer(twice)
    assert (ours["windows"], ours["months"]) == (theirs["windows"], theirs["months"])
    assert [_bare(line) for line in ours["lines"]] == [_bare(line) for line in theirs["lines"]]


@given(documents())
def test_the_same_input_gives_the_same_bytes(made: dict[str, Any]) -> None:
    assert _bytes(made) == _bytes(json.loads(json.dumps(made)))


@given(documents())
def test_no_two_exclusive_codes_in_one_window_or_month(made: dict[str, Any]) -> None:
    found = answer(made)
    windows = [(each["from"], each["to"]) for each in found["windows"]]
    device = [line["date_of_service"] for line in found["lines"] if line["code"] in DEVICE]
    for first, last in windows:
        assert sum(first <= day <= last for day in device) <= 1
    management = Counter(
        (line["date_of_service"][:7], line["code"], line["status"]) for line in _management(found)
    )
    assert all(number == 1 for number in management.values())
    for month in {line["date_of_service"][:7] for line in _management(found)}:
        codes = {line["code"] for line in _management(found) if line["date_of_service"][:7] == month}
        assert codes in ({"98979"}, {"98980"}, {"98980", "98981"})
    assert sum(line["code"] == "98975" for line in found["lines"]) <= 1


@given(documents(), st.integers(0, 90))
def test_a_clipped_period_never_gains(made: dict[str, Any], step: int) -> None:
    clip = (date.fromisoformat(made["episode"]["start"]) + timedelta(days=step)).isoformat()
    end = min(clip, made["episode"]["end"] or clip)
    whole, clipped = answer(made), answer({**made, "episode": {**made["episode"], "end": end}})
    days_of = {each["from"]: set(each["days"]) for each in whole["windows"]}
    for window in clipped["windows"]:
        assert set(window["days"]) <= days_of.get(window["from"], set())
    seconds_of = {each["month"]: each["seconds"] for each in whole["months"]}
    for month in clipped["months"]:
        assert month["seconds"] <= seconds_of[month["month"]]


@given(documents())
def test_the_lines_answer_for_every_window_and_month(made: dict[str, Any]) -> None:
    found = answer(made)
    with_days = [each for each in found["windows"] if each["days"]]
    assert sum(line["code"] in DEVICE for line in found["lines"]) == len(with_days)
    bases = [line for line in _management(found) if line["code"] != "98981"]
    assert [line["date_of_service"][:7] for line in bases] == [each["month"] for each in found["months"]]
    keys = [(line["date_of_service"], line["code"], line["status"]) for line in found["lines"]]
    assert keys == sorted(keys)
    assert all(line["reasons"] for line in found["lines"])


@given(documents())
def test_open_means_not_billable_and_closed_means_not_pending(made: dict[str, Any]) -> None:
    found = answer(made)
    for line in found["lines"]:
        if line["code"] in DEVICE:
            spans = [
                each for each in found["windows"] if each["from"] <= line["date_of_service"] <= each["to"]
            ]
        elif line["code"] != "98975":
            spans = [each for each in found["months"] if each["month"] == line["date_of_service"][:7]]
        else:
            continue
        (span,) = spans
        assert line["status"] != ("billable" if span["state"] == "open" else "pending")


def _management(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [line for line in found["lines"] if line["code"] in {"98979", "98980", "98981"}]


def _bare(line: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in line.items() if key != "reasons"}


def _bytes(made: dict[str, Any]) -> str:
    return decide_text(json.dumps(made).encode())
