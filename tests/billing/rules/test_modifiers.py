"""Rule 9: the discipline's modifier on every line, the assistant's above 10%, whatever the status."""

from typing import Any

import pytest

from tests.billing.rules.documents import call, days, document, entry, line_of, summary

FIVE = days("2026-03-02", 5)


def _modifiers(made: dict[str, Any]) -> dict[str, list[str]]:
    return {line.split()[0]: line.split()[3:-1] for line in summary(made)}


@pytest.mark.parametrize(
    ("discipline", "plain", "assisted"),
    [("PT", ["GP"], ["GP", "CQ"]), ("OT", ["GO"], ["GO", "CO"]), ("SLP", ["GN"], ["GN"])],
)
def test_by_discipline(discipline: str, plain: list[str], assisted: list[str]) -> None:
    made = document(
        episode={"discipline": discipline},
        setup={"completed_on": "2026-03-02", "pt_minutes": 1, "pta_minutes": 14},
        readings=FIVE,
        time_entries=[call("2026-03-09", 41), entry("2026-03-10", 30, credential="PTA")],
    )
    assert _modifiers(made) == {"98975": assisted, "98980": assisted, "98981": assisted, "98985": plain}


@pytest.mark.parametrize(
    ("pt", "pta", "expected"),
    [(9, 1, ["GP"]), (8, 1, ["GP", "CQ"]), (0, 0, ["GP"]), (0, 1, ["GP", "CQ"]), (90, 10, ["GP"])],
)
def test_set_up_minutes(pt: int, pta: int, expected: list[str]) -> None:
    setup = {"completed_on": "2026-03-02", "pt_minutes": pt, "pta_minutes": pta}
    assert _modifiers(document(setup=setup))["98975"] == expected


@pytest.mark.parametrize(("pta", "expected"), [(120, ["GP"]), (121, ["GP", "CQ"])])
def test_seconds_of_the_month_exactly(pta: int, expected: list[str]) -> None:
    entries = [
        call("2026-03-09", seconds=1080, minutes=0),
        entry("2026-03-10", seconds=pta, credential="PTA"),
    ]
    assert _modifiers(document(readings=FIVE, time_entries=entries))["98980"] == expected


def test_the_assistants_seconds_that_the_therapist_shares_are_the_therapists() -> None:
    entries = [call("2026-03-09", 10), entry("2026-03-09", 10, credential="PTA")]
    assert _modifiers(document(readings=FIVE, time_entries=entries))["98979"] == ["GP"]


def test_refused_and_pending_lines_bear_them_too() -> None:
    entries = [entry("2026-03-09", 5, credential="PTA")]
    assert _modifiers(document(time_entries=entries))["98979"] == ["GP", "CQ"]
    assert _modifiers(document(time_entries=entries, as_of="2026-03-20"))["98979"] == ["GP", "CQ"]


@pytest.mark.parametrize(
    ("pta", "text"),
    [
        (2, "No CQ: the assistant furnished 120 of 1200 seconds, not more than 10%."),
        (3, "CQ: the assistant furnished 180 of 1200 seconds, more than 10%."),
    ],
)
def test_in_words(pta: int, text: str) -> None:
    entries = [call("2026-03-09", 20 - pta), entry("2026-03-10", pta, credential="PTA")]
    made = document(readings=FIVE, time_entries=entries)
    assert text in {reason.text for reason in line_of(made, "98980").reasons}
