"""Documents drawn at random for properties: near every boundary that the rules know."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.billing.rules.documents import ORDINARY

ZONES = st.sampled_from(
    ["America/Chicago", "America/Los_Angeles", "Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"]
)
STARTS = st.sampled_from(["2025-11-20", "2026-02-20", "2024-01-25", "2026-11-20"]).map(date.fromisoformat)


def _day(start: date, low: int = -10, high: int = 110) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(lambda step: (start + timedelta(days=step)).isoformat())


def _range(start: date, *, is_open: bool = True) -> st.SearchStrategy[dict[str, Any]]:
    last = st.one_of(st.none(), _day(start, 10)) if is_open else _day(start, -10, 40)
    return st.fixed_dictionaries({"from": _day(start, -10, 20), "to": last})


def _instant(start: date) -> st.SearchStrategy[datetime]:
    begin = datetime.combine(start, datetime.min.time(), tzinfo=UTC)
    return st.builds(
        lambda day, second: begin + timedelta(days=day, seconds=second),
        st.integers(-2, 100),
        st.sampled_from([0, 18000, 21600, 64800, 86399]),
    )


def _write(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"


def _readings(start: date) -> st.SearchStrategy[list[dict[str, Any]]]:
    one = st.fixed_dictionaries(
        {
            "at": _instant(start).map(_write),
            "source": st.sampled_from(["patient", "patient", "patient", "caregiver", "staff"]),
        },
        optional={"id": st.sampled_from("abc")},
    )
    return st.lists(one, max_size=30)


def _entries(start: date) -> st.SearchStrategy[list[dict[str, Any]]]:
    def build(begin: datetime, seconds: int, words: tuple[str, str], flags: tuple[bool, bool, bool]) -> Any:
        return {
            "started_at": _write(begin),
            "ended_at": _write(begin + timedelta(seconds=seconds)),
            "credential": words[0],
            "activity": words[1],
            "live_contact": flags[0],
            "in_billed_visit": flags[1],
            "voided": flags[2],
        }

    words = st.tuples(
        st.sampled_from(["PT", "PT", "PTA", "OTHER"]),
        st.sampled_from(["review", "conversation", "conversation", "set_up", "administrative"]),
    )
    rarely = st.sampled_from([False] * 6 + [True])
    flags = st.tuples(st.booleans(), rarely, rarely)
    seconds = st.sampled_from([45, 60, 599, 600, 1140, 1200, 2400, 7200])
    return st.lists(st.builds(build, _instant(start), seconds, words, flags), max_size=12)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A whole document that fits the contract."""
    start = draw(STARTS)
    plan = _range(start).flatmap(lambda span: st.booleans().map(lambda names: {**span, "names_rtm": names}))
    kinds = st.sampled_from(["rpm", "other_rtm", "home_health", "inpatient", "inpatient"])
    exclusion = _range(start).flatmap(lambda span: kinds.map(lambda kind: {"kind": kind, **span}))
    minutes = st.integers(0, 12)
    setup = {"completed_on": _day(start, -2, 20), "pt_minutes": minutes, "pta_minutes": minutes}
    codes = st.lists(st.sampled_from(["98975", "98977", "98979", "98980", "98981", "98985"]), max_size=8)
    return {
        "as_of": draw(_day(start, -5, 120)),
        "patient_time_zone": draw(ZONES),
        "clinic_time_zone": draw(ZONES),
        "episode": {
            "id": "E",
            "start": draw(_day(start, -10, 5)),
            "end": draw(st.one_of(st.none(), _day(start, 5))),
            "discipline": draw(st.sampled_from(["PT", "PT", "OT", "SLP"])),
            "condition": "musculoskeletal",
        },
        "consent": draw(st.one_of(_range(start), _range(start), st.none())),
        "plans_of_care": [
            {"from": draw(_day(start, -10, 5)), "to": draw(st.none() | _day(start, 20)), "names_rtm": True},
            *draw(st.lists(plan, max_size=2)),
        ],
        "setup": draw(st.one_of(st.fixed_dictionaries(setup), st.fixed_dictionaries(setup), st.none())),
        "setup_already_billed": draw(st.sampled_from([False, False, True])),
        "device_determination": draw(st.sampled_from([True, True, False])),
        "payer": {
            **ORDINARY["payer"],
            "coverage": draw(st.sampled_from(["covered", "covered", "prior_auth", "unknown", "not_covered"])),
            "covered_from": draw(st.none() | _day(start, -10, 30)),
            "covered_codes": draw(st.none() | codes),
            "live_contact_rule": draw(st.sampled_from(["strict", "plain"])),
        },
        "exclusions": draw(st.lists(exclusion, max_size=2)),
        "prior_windows": draw(st.lists(_range(start, is_open=False), max_size=2)),
        "readings": draw(_readings(start)),
        "time_entries": draw(_entries(start)),
    }
