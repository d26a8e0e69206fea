"""Where a patient stands on the morning's worklist, by a table of cases."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing import worklist
from billing.marks.trend import PainPoint
from billing.worklist import AlertFact, Group, PatientFacts, SnoozeFact

TODAY = date(2026, 3, 25)


def _pain(*values: float, last: date = TODAY) -> tuple[PainPoint, ...]:
    days = [last - timedelta(days=away) for away in reversed(range(len(values)))]
    return tuple(
        PainPoint(day, Decimal(str(value)), Decimal(str(value)))
        for day, value in zip(days, values, strict=True)
    )


def _asked(*days_ago: int) -> tuple[date, ...]:
    return tuple(TODAY - timedelta(days=away) for away in days_ago)


def _alert(
    kind: str, level: str = "review", *, days_ago: int = 0, sign: str = "", done: bool = False
) -> AlertFact:
    return AlertFact(kind, level, TODAY - timedelta(days=days_ago), sign, done)


PLAIN = PatientFacts(TODAY)
CALM = replace(PLAIN, month_ends_on=date(2026, 3, 31), live_contacts=1, has_data_this_month=True)

SILENT = replace(PLAIN, unanswered=_asked(3, 2, 1))
UNTIL_FRIDAY = SnoozeFact(
    UUID("00000000-0000-7000-8000-000000000001"), date(2026, 3, 27), "Seen in the clinic"
)

CASES = {
    "nothing-known": (PLAIN, Group.WELL, "No answer yet."),
    "steady": (replace(PLAIN, pain=_pain(4, 4, 3)), Group.WELL, "Pain 3 today."),
    "stopped-and-seen-to": (
        replace(PLAIN, texts_stopped=True),
        Group.WELL,
        "Stopped the texts; somebody has seen to it.",
    ),
    "danger-today": (
        replace(PLAIN, alerts=(_alert("red_flag", "L1", sign="dvt"),)),
        Group.DANGER,
        "Wrote about a swollen or hot leg today.",
    ),
    "danger-acknowledged": (
        replace(PLAIN, alerts=(_alert("red_flag", "L2", sign="fall", days_ago=1, done=True),)),
        Group.DANGER,
        "Wrote about a fall yesterday. Acknowledged, not closed.",
    ),
    "danger-unnamed": (
        replace(PLAIN, alerts=(_alert("red_flag", "L1", days_ago=3),)),
        Group.DANGER,
        "Wrote about a danger sign on Sun 22 Mar.",
    ),
    "danger-before-worse": (
        replace(PLAIN, alerts=(_alert("red_flag", "L2", sign="injury"),), pain=_pain(3, 3, 3, 8)),
        Group.DANGER,
        "Wrote about a new injury today.",
    ),
    "two-points-worse": (
        replace(PLAIN, pain=_pain(4, 4, 4, 6)),
        Group.WORSE,
        "Pain 6 today, usually 4 in the two weeks before.",
    ),
    "one-and-a-half-is-no-change": (replace(PLAIN, pain=_pain(4, 4, 4, 5.5)), Group.WELL, "Pain 5.5 today."),
    "two-answers-are-no-baseline": (replace(PLAIN, pain=_pain(2, 2, 8)), Group.WELL, "Pain 8 today."),
    "a-rise-of-last-week-is-old": (
        replace(PLAIN, pain=_pain(2, 2, 2, 8, last=TODAY - timedelta(days=8))),
        Group.WELL,
        "Pain 8 on Tue 17 Mar.",
    ),
    "three-silent-days": (
        replace(PLAIN, unanswered=_asked(3, 2, 1)),
        Group.SILENT,
        "No answer to the last 3 check-ins, since Sun 22 Mar.",
    ),
    "two-silent-days-are-few": (replace(PLAIN, unanswered=_asked(2, 1)), Group.WELL, "No answer yet."),
    "stopped": (
        replace(PLAIN, alerts=(_alert("opted_out"),), texts_stopped=True, unanswered=_asked(4, 3, 2, 1)),
        Group.SILENT,
        "Stopped the texts: nothing is sent any more.",
    ),
    "unreachable": (
        replace(PLAIN, alerts=(_alert("unreachable"),)),
        Group.SILENT,
        "Texts do not arrive at this number.",
    ),
    "declined": (
        replace(PLAIN, alerts=(_alert("declined"),)),
        Group.SILENT,
        "Answered no to monitoring: nothing is asked any more.",
    ),
    "unclear": (
        replace(PLAIN, alerts=(_alert("unclear", days_ago=1),)),
        Group.UNCLEAR,
        "Wrote something that needs a person yesterday.",
    ),
    "wrong-number": (
        replace(PLAIN, alerts=(_alert("wrong_number"),)),
        Group.UNCLEAR,
        "Somebody answered that this is a wrong number today.",
    ),
    "call-due": (
        replace(CALM, live_contacts=0),
        Group.CALL,
        "Nobody has talked with them in March yet; 6 days left.",
    ),
    "call-due-on-the-last-day": (
        replace(CALM, live_contacts=0, today=date(2026, 3, 31)),
        Group.CALL,
        "Nobody has talked with them in March yet; it ends today.",
    ),
    "call-due-with-one-day": (
        replace(CALM, live_contacts=0, today=date(2026, 3, 30)),
        Group.CALL,
        "Nobody has talked with them in March yet; 1 day left.",
    ),
    "no-call-early-in-the-month": (
        replace(CALM, live_contacts=0, today=date(2026, 3, 21)),
        Group.WELL,
        "No answer yet.",
    ),
    "no-call-without-data": (
        replace(CALM, live_contacts=0, has_data_this_month=False),
        Group.WELL,
        "No answer yet.",
    ),
    "snoozed": (
        replace(SILENT, snooze=UNTIL_FRIDAY),
        Group.SNOOZED,
        "Snoozed until Fri 27 Mar: Seen in the clinic",
    ),
    "snoozed-well": (
        replace(PLAIN, pain=_pain(4, 4, 3), snooze=UNTIL_FRIDAY),
        Group.SNOOZED,
        "Snoozed until Fri 27 Mar: Seen in the clinic",
    ),
    "snoozed-with-an-alert-of-before": (
        replace(PLAIN, alerts=(_alert("unclear"),), snooze=UNTIL_FRIDAY),
        Group.SNOOZED,
        "Snoozed until Fri 27 Mar: Seen in the clinic",
    ),
    "back-on-its-day": (
        replace(SILENT, snooze=replace(UNTIL_FRIDAY, until=TODAY)),
        Group.SILENT,
        "No answer to the last 3 check-ins, since Sun 22 Mar.",
    ),
    "back-when-something-new-came": (
        replace(PLAIN, alerts=(replace(_alert("unclear"), is_after_snooze=True),), snooze=UNTIL_FRIDAY),
        Group.UNCLEAR,
        "Wrote something that needs a person today.",
    ),
    "danger-of-before-is-never-hidden": (
        replace(PLAIN, alerts=(_alert("red_flag", "L2", sign="fall", done=True),), snooze=UNTIL_FRIDAY),
        Group.DANGER,
        "Wrote about a fall today. Acknowledged, not closed.",
    ),
    "window-closing-unsettled": (
        replace(CALM, window_ends_on=TODAY + timedelta(days=2), data_days=14),
        Group.CLOSING,
        "The 30-day window closes Fri 27 Mar with 14 data days so far.",
    ),
    "window-closing-with-one-day": (
        replace(CALM, window_ends_on=TODAY, data_days=1),
        Group.CLOSING,
        "The 30-day window closes Wed 25 Mar with 1 data day so far.",
    ),
    "window-closing-settled": (
        replace(CALM, window_ends_on=TODAY + timedelta(days=2), data_days=16),
        Group.WELL,
        "No answer yet.",
    ),
    "window-closing-out-of-reach": (
        replace(CALM, window_ends_on=TODAY + timedelta(days=2), data_days=5),
        Group.WELL,
        "No answer yet.",
    ),
    "window-with-time-left": (
        replace(CALM, window_ends_on=TODAY + timedelta(days=4), data_days=14),
        Group.WELL,
        "No answer yet.",
    ),
    "plan-ending": (
        replace(CALM, plan_ends_on=TODAY + timedelta(days=14)),
        Group.CLOSING,
        "The plan of care ends Wed 8 Apr.",
    ),
    "plan-lapsed": (
        replace(CALM, plan_ends_on=TODAY - timedelta(days=1)),
        Group.CLOSING,
        "The plan of care ended Tue 24 Mar.",
    ),
    "plan-with-time-left": (
        replace(CALM, plan_ends_on=TODAY + timedelta(days=15)),
        Group.WELL,
        "No answer yet.",
    ),
}


@pytest.mark.parametrize(("facts", "group", "sentence"), CASES.values(), ids=CASES)
def test_places_and_says_why(facts: PatientFacts, group: Group, sentence: str) -> None:
    placement = worklist.place(facts)
    assert placement.group is group
    assert placement.reasons[0].sentence == sentence
    assert placement.next_step


def test_names_every_reason_those_of_the_group_first() -> None:
    facts = replace(CALM, live_contacts=0, pain=_pain(3, 3, 3, 9), alerts=(_alert("unclear"),))
    rules = [each.rule for each in worklist.place(facts).reasons]
    assert rules == ["pain.rise", "alert.unclear", "contact.none"]


@pytest.mark.parametrize(
    ("alerts", "urgency", "step"),
    [
        ((_alert("red_flag", "L1"),), 0, "Call at once"),
        ((_alert("red_flag", "L2"),), 1, "Call the same or the next business day"),
        ((_alert("red_flag", "review"),), 2, "Read it and decide"),
        ((_alert("red_flag", "?"),), 3, "Read it and decide"),
        ((_alert("red_flag", "L1", done=True),), 3, "Call at once"),
        (
            (_alert("red_flag", "L1", done=True), _alert("red_flag", "L2")),
            1,
            "Call the same or the next business day",
        ),
    ],
    ids=["L1", "L2", "review", "unknown", "acknowledged", "a-new-one-after-an-old"],
)
def test_the_most_urgent_sign_that_waits_leads(
    alerts: tuple[AlertFact, ...], urgency: int, step: str
) -> None:
    placement = worklist.place(replace(PLAIN, alerts=alerts))
    assert (placement.urgency, placement.next_step) == (urgency, step)


_FIRST, _SECOND = (UUID(f"00000000-0000-7000-8000-00000000001{digit}") for digit in (1, 2))


@pytest.mark.parametrize(
    ("facts", "behind"),
    [
        (replace(PLAIN, alerts=(_alert("unclear"), _alert("red_flag", "L1"))), _SECOND),
        (replace(PLAIN, alerts=(_alert("red_flag", "L2"), _alert("red_flag", "L1"))), _SECOND),
        (replace(PLAIN, alerts=(_alert("unclear"), _alert("opted_out"))), _SECOND),
        (replace(PLAIN, alerts=(_alert("unclear"), _alert("unclear", days_ago=1))), _FIRST),
        (replace(PLAIN, alerts=(_alert("unclear"),), pain=_pain(3, 3, 3, 9)), None),
        (replace(SILENT, alerts=(_alert("unclear"),)), None),
        (replace(PLAIN, alerts=(_alert("unclear"),), snooze=UNTIL_FRIDAY), _FIRST),
    ],
    ids=["danger", "graver-danger", "stop", "latest-unclear", "worse", "silent", "snoozed"],
)
def test_names_the_alert_behind_the_stated_reason(facts: PatientFacts, behind: UUID | None) -> None:
    named = zip(facts.alerts, (_FIRST, _SECOND), strict=False)
    facts = replace(facts, alerts=tuple(replace(alert, id=key) for alert, key in named))
    assert worklist.place(facts).behind.alert_id == behind


@pytest.mark.parametrize(
    ("needing", "title"),
    [(0, "Nobody needs you today"), (1, "1 patient needs you today"), (7, "7 patients need you today")],
)
def test_the_title_is_a_sentence(needing: int, title: str) -> None:
    assert worklist.title(needing) == title


@pytest.mark.parametrize(
    ("needing", "strangers", "title"),
    [
        (0, 1, "1 unknown number needs you today"),
        (0, 2, "2 unknown numbers need you today"),
        (1, 1, "1 patient and 1 unknown number need you today"),
    ],
)
def test_the_title_counts_strangers_apart(needing: int, strangers: int, title: str) -> None:
    assert worklist.title(needing, strangers) == title


@pytest.mark.parametrize(
    ("level", "is_acknowledged", "urgency"),
    [("L1", False, 0), ("L2", False, 1), ("review", False, 2), ("L1", True, 3)],
)
def test_a_strangers_danger_is_urgent_until_it_is_taken_on(
    level: str, is_acknowledged: bool, urgency: int
) -> None:
    alert = AlertFact("red_flag", level, TODAY, sign="respiratory", is_acknowledged=is_acknowledged)
    placed = worklist.place_stranger(alert, today=TODAY)
    assert (placed.group, placed.urgency) == (Group.DANGER, urgency)
    assert placed.reasons[0].sentence.startswith(
        "Somebody whose number no patient has wrote about trouble breathing today."
    )
    assert placed.reasons[0].sentence.endswith("Acknowledged, not closed.") is is_acknowledged


@given(
    kinds=st.lists(
        st.sampled_from(["red_flag", "unclear", "opted_out", "wrong_number", "unreachable", "declined"]),
        max_size=4,
    ),
    values=st.lists(st.integers(0, 10), max_size=8),
    silent=st.integers(0, 6),
    days=st.integers(0, 30),
    left=st.integers(0, 30),
)
def test_everybody_has_one_place_with_a_reason(
    kinds: list[str], values: list[int], silent: int, days: int, left: int
) -> None:
    facts = PatientFacts(
        TODAY,
        alerts=tuple(_alert(kind, "L1") for kind in kinds),
        pain=_pain(*values),
        unanswered=_asked(*range(silent, 0, -1)),
        data_days=days,
        window_ends_on=TODAY + timedelta(days=left),
    )
    placement = worklist.place(facts)
    assert placement.reasons
    assert all(each.sentence.endswith(".") for each in placement.reasons)
    assert (placement.group is Group.DANGER) == ("red_flag" in kinds)
