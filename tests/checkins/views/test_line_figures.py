"""How the line does: figures against a small history that is counted by hand."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from checkins.models import CheckIn, OutboundMessage, OutboxRow, Reading
from checkins.selectors import AnswerCount, Group, line_figures
from checkins.services import refusals
from networks.permissions import Role
from networks.scoping import Scope, open_scope
from tests import factories
from tests.clinic import Clinic, signed_in
from tests.world import NOW, World

# Frame 8, the figures 2.
PINNED = 10
FIRST = date(2026, 2, 24)


@pytest.fixture
def history(world: World) -> Clinic:
    """Two days of four patients; Eva's second text was lost by the carrier."""
    home = world.oak
    start = factories.local_noon(FIRST - timedelta(days=1), home, hour=8)
    with open_scope(Scope.of_practice(home.practice.pk)):
        people = {
            name: factories.enrolled(home, now=start, given_name=name, birth_date=born, language=language)
            for name, born, language in (
                ("Ana", date(1990, 1, 1), "en"),
                ("Ben", date(1961, 2, 25), "en"),
                ("Eva", date(1940, 6, 1), "es"),
                ("Noa", None, "es"),
            )
        }
        told = [
            (people["Ana"], ("4 Y", "3 Y")),
            (people["Ben"], ("4 Y", None)),
            (people["Eva"], (None, None)),
            (people["Noa"], ("4 si", "3 no")),
        ]
        factories.days_of_answers(home, told, first=FIRST, days=2)
        lost = OutboxRow.objects.filter(
            message__patient=people["Eva"].patient_id, message__kind=OutboundMessage.Kind.CHECK_IN
        ).latest("message__occurred_at")
        OutboxRow.objects.filter(pk=lost.pk).update(
            status="undelivered", status_rank=50, error_code="30003", failure_followed=False
        )
        refusals.follow_failures(home.practice.pk, now=factories.local_noon(FIRST + timedelta(days=1), home))
    return Clinic(world, people)


def _page(clinic: Clinic, days: str = "30") -> str:
    page = clinic.as_(Role.FRONT_DESK).get(reverse("checkins:line-figures"), {"days": days})
    return page.content.decode()


def _rows(text: str) -> list[list[str]]:
    """Return every table row of a page as the words in its cells."""
    cells = [
        re.findall(r"<td[^>]*>(.*?)</td>", row, re.S) for row in re.findall(r"<tr>(.*?)</tr>", text, re.S)
    ]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells if row]


def test_answers_are_as_counted_by_hand(history: Clinic) -> None:
    with history.scope():
        figures = line_figures(history.home.practice.pk, since=NOW - timedelta(days=30), now=NOW)
    # Ben turns 65 on the second day; Eva's second check-in could not be sent and counts nowhere.
    assert set(figures.answers) == {
        AnswerCount(Group.ALL, "", 7, 5, 61 * 60),
        AnswerCount(Group.AGE, "under_45", 2, 2, 60 * 60),
        AnswerCount(Group.AGE, "45_64", 1, 1, 61 * 60),
        AnswerCount(Group.AGE, "65_74", 1, 0, None),
        AnswerCount(Group.AGE, "75_over", 1, 0, None),
        AnswerCount(Group.AGE, "unknown", 2, 2, 63 * 60),
        AnswerCount(Group.LANGUAGE, "en", 4, 3, 60 * 60),
        AnswerCount(Group.LANGUAGE, "es", 3, 2, 63 * 60),
    }


def test_the_page_says_them_in_words(history: Clinic) -> None:
    rows = _rows(_page(history))
    assert ["All", "7", "5", "71.4 %", "1 h 1 min", ""] in rows
    assert ["45 to 64", "1", "1", "100.0 %", "1 h 1 min", ""] in rows
    assert ["75 and over", "1", "0", "0.0 %", "nobody answered", ""] in rows
    assert ["Age not known", "2", "2", "100.0 %", "1 h 3 min", ""] in rows
    assert ["Spanish", "3", "2", "66.7 %", "1 h 3 min", ""] in rows
    assert "Spanish: 2 of 3 check-ins answered, 66.7 %" in _page(history)


def test_texts_are_counted_once_under_where_they_stand(history: Clinic) -> None:
    with history.scope():
        # Four welcomes and eight check-ins; the rest (thanks and the like) is left out of the count.
        mine = OutboundMessage.objects.filter(kind__in=["welcome", "check_in"])
        OutboxRow.objects.exclude(message__in=mine).update(not_before=NOW + timedelta(days=1))
        welcomes = list(OutboxRow.objects.filter(message__kind="welcome").order_by("pk"))
        assert (len(welcomes), mine.count()) == (4, 12)
        for row, more in zip(
            welcomes,
            (
                {"state": "skipped", "reason": "opted_out", "status": ""},
                {"state": "skipped", "reason": "outcome_unknown", "status": ""},
                {"state": "failed", "error_code": "21211", "status": "failed"},
                {"state": "sent", "status": "queued"},
            ),
            strict=True,
        ):
            OutboxRow.objects.filter(pk=row.pk).update(**more)
    text = _page(history)
    rows = _rows(text)
    assert "7 of 11 texts sent arrived" in text
    assert ["Arrived", "7", "58.3 %", ""] in rows
    assert ["Did not arrive", "2", "16.7 %", ""] in rows
    assert ["Not sent", "1", "8.3 %", ""] in rows
    assert ["Unclear whether it went out", "1", "8.3 %", ""] in rows
    assert ["Sent, no word yet whether it arrived", "1", "8.3 %", ""] in rows
    assert ["The patient stopped the texts", "Not sent", "1"] in rows
    assert ["The number cannot receive texts", "Did not arrive", "1"] in rows
    assert ["The phone was off or without signal", "Did not arrive", "1"] in rows


def test_a_check_in_whose_time_is_not_over_is_left_out(history: Clinic) -> None:
    with history.scope():
        factories.asked(history.home, at=NOW)
        assert CheckIn.objects.waiting().exists()
    assert ["All", "7", "5", "71.4 %", "1 h 1 min", ""] in _rows(_page(history))


def test_what_staff_entered_is_no_answer(history: Clinic) -> None:
    with history.scope():
        Reading.objects.filter(episode=history.people["Noa"].episode).update(source=Reading.Source.STAFF)
    assert ["All", "7", "3", "42.9 %", "1 h", ""] in _rows(_page(history))


def test_a_shorter_span_counts_less_and_an_unknown_one_means_thirty_days(history: Clinic) -> None:
    assert "in the last 7 days" in _page(history, "7")
    assert ["All", "7", "5", "71.4 %", "1 h 1 min", ""] in _rows(_page(history, "90"))
    for odd in ("", "0", "-1", "31", "abc", "9" * 40, "\u00b2"):
        assert "in the last 30 days" in _page(history, odd)


def test_names_nobody_and_quotes_no_text(history: Clinic) -> None:
    text = _page(history)
    assert not re.search("Ana|Ben|Noa|Ortiz|4 Y|3 no", text)


def test_says_so_when_there_is_nothing_to_count(history: Clinic) -> None:
    elsewhere = history.as_(Role.FRONT_DESK, home=history.world.elm)
    text = elsewhere.get(reverse("checkins:line-figures")).content.decode()
    assert "No text went out" in text
    assert "Nothing to count yet" in text


def test_messages_lead_there(history: Clinic) -> None:
    text = history.as_(Role.FRONT_DESK).get(reverse("checkins:messages")).content.decode()
    assert reverse("checkins:line-figures") in text


def test_anonymous_people_are_led_to_the_sign_in() -> None:
    assert Client().get(reverse("checkins:line-figures")).status_code == 302


def test_billers_and_operators_may_not(history: Clinic) -> None:
    assert history.as_(Role.BILLER).get(reverse("checkins:line-figures")).status_code == 403
    assert signed_in(history.world.operator).get(reverse("checkins:line-figures")).status_code == 403


def test_needs_two_queries_of_its_own(history: Clinic, django_assert_num_queries) -> None:
    client = history.as_(Role.FRONT_DESK)
    client.get(reverse("checkins:line-figures"))
    with django_assert_num_queries(PINNED):
        client.get(reverse("checkins:line-figures"))
