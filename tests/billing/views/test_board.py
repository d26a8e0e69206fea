"""The billing board: rows, filters, search, totals, the letter behind a row."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from billing.models import DecidedLine, EpisodeWindow
from networks.models import AuditEntry, Payer
from networks.permissions import Role
from patients.models import Episode
from tests.clinic import STEADY, Clinic, fill
from tests.world import NOW

HTMX = {"HX-Request": "true"}
# Frame 8, touched 1, summary 1, rows 1, locality 1, closing windows 1, choices 1.
PINNED = 14


def _board(clinic: Clinic, *, role: Role = Role.BILLER, **given: str) -> str:
    return clinic.as_(role).get(reverse("billing:board"), given).content.decode()


def _why(clinic: Clinic, *, name: str = "Wendy", month: str = "2026-02") -> str:
    return f"{reverse('billing:why', args=[clinic.people[name].episode.pk])}?month={month}"


def test_shows_both_clocks_codes_and_the_next_step(clinic: Clinic) -> None:
    text = _board(clinic)
    assert "Wendy Ortiz" in text
    assert "6 of 30 days" in text
    assert "0 minutes, no live contact yet" in text
    assert "No live contact yet, 29 days left; without one no management code stands." in text
    assert "Prairie Health" in text
    assert "Ask how they are: no answer since" in text


def test_the_month_of_the_set_up_shows_its_codes(clinic: Clinic) -> None:
    text = _board(clinic, month="2026-02")
    assert "98975" in text
    assert "estimate $" in text
    assert "Under 10 minutes: no management code can stand any more." in text


def test_never_asks_for_more_minutes(clinic: Clinic) -> None:
    for month in ("2026-02", "2026-03"):
        assert "add minutes" not in _board(clinic, month=month).lower()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param({"state": "held"}, "No row under these filters", id="a-state-nobody-is-in"),
        pytest.param({"month": "2024-05"}, "Nobody was monitored in this month", id="an-empty-month"),
        pytest.param({"state": "' OR 1=1", "page": "x"}, "Wendy Ortiz", id="an-unknown-state"),
        pytest.param({"month": "2026-13", "payer": "x"}, "Wendy Ortiz", id="a-month-that-is-none"),
        pytest.param({"clinician": "00000000-0000-7000-8000-000000000000"}, "No row under", id="a-stranger"),
        pytest.param({"page": "99999999999999999999"}, "Wendy Ortiz", id="a-page-far-out"),
    ],
)
def test_filters_are_taken_or_put_aside(clinic: Clinic, given: dict[str, str], said: str) -> None:
    assert said in _board(clinic, **given)


def test_narrows_to_a_payer_and_a_clinician(clinic: Clinic) -> None:
    payer = Payer.objects.get(name="Prairie Health")
    chosen = {"payer": str(payer.pk), "clinician": str(clinic.home.clinician.pk)}
    assert "Wendy Ortiz" in _board(clinic, **chosen)
    other = Payer.objects.create(name="Elsewhere", kind=Payer.Kind.COMMERCIAL)
    assert "Wendy Ortiz" not in _board(clinic, payer=str(other.pk))


@pytest.mark.parametrize(
    ("words", "found"),
    [("wend ort", True), ("ORTIZ", True), ("%", False), ("_____", False), ("\\", False), ("nobody", False)],
)
def test_finds_by_part_of_a_name_and_takes_signs_literally(clinic: Clinic, words: str, found: bool) -> None:
    page = clinic.as_(Role.BILLER).post(reverse("billing:board"), {"q": words})
    assert ("Wendy Ortiz" in page.content.decode()) is found


def test_no_address_on_the_page_holds_what_was_searched(clinic: Clinic) -> None:
    page = clinic.as_(Role.BILLER).post(reverse("billing:board"), {"q": "Wendy"}).content.decode()
    assert all("endy" not in part.split('"')[0] for part in page.split('href="')[1:])


def test_what_needs_a_person_comes_first(clinic: Clinic) -> None:
    _board(clinic)  # decides what was touched
    with clinic.scope():
        lines = DecidedLine.objects.filter(episode=clinic.people["Wendy"].episode, code="98975")
        lines.update(status="held")
    text = _board(clinic, month="2026-02")
    assert text.index("Wendy Ortiz") < text.index("Sam Ortiz")
    assert "Wendy Ortiz" in _board(clinic, month="2026-02", state="exceptions")
    assert "held: a person must decide" in text


@pytest.mark.parametrize(
    ("ends_on", "days", "shown"),
    [
        pytest.param(date(2026, 3, 2), 1, True, id="today-may-bring-the-second"),
        pytest.param(date(2026, 3, 5), 12, True, id="sixteen-can-be-reached"),
        pytest.param(date(2026, 3, 5), 11, False, id="sixteen-cannot-be-reached"),
        pytest.param(date(2026, 3, 5), 16, False, id="settled"),
        pytest.param(date(2026, 3, 6), 15, False, id="later"),
        pytest.param(date(2026, 3, 1), 1, False, id="closed"),
    ],
)
def test_names_windows_that_close_and_are_not_settled(
    clinic: Clinic, ends_on: date, days: int, shown: bool
) -> None:
    _board(clinic)  # decides what was touched
    with clinic.scope():
        EpisodeWindow.objects.filter(episode=clinic.people["Wendy"].episode).update(
            ends_on=ends_on, clipped_to=ends_on, days=days
        )
    assert ("are not settled" in _board(clinic)) is shown


def test_shows_nothing_of_another_practice(clinic: Clinic) -> None:
    page = clinic.as_(Role.BILLER, home=clinic.world.elm).get(reverse("billing:board"))
    assert "Nobody was monitored in this month" in page.content.decode()


def test_anonymous_people_are_led_to_the_sign_in(clinic: Clinic) -> None:
    assert Client().get(reverse("billing:board")).status_code == 302
    assert Client().get(_why(clinic)).status_code == 302


def test_an_assistant_may_open_neither(clinic: Clinic) -> None:
    client = clinic.as_(Role.ASSISTANT)
    assert client.get(reverse("billing:board")).status_code == 403
    assert client.get(_why(clinic)).status_code == 403


def test_a_clinician_sees_no_buttons_for_files(clinic: Clinic) -> None:
    assert 'value="xlsx"' not in _board(clinic, role=Role.CLINICIAN)
    assert 'value="xlsx"' in _board(clinic)


def test_needs_as_many_queries_for_hundreds_of_patients_as_for_three(
    clinic: Clinic, django_assert_num_queries
) -> None:
    client = clinic.as_(Role.BILLER)
    client.get(reverse("billing:board"))
    with django_assert_num_queries(PINNED):
        client.get(reverse("billing:board"))
    fill(clinic.home, {f"Patient{number}": STEADY[:1] for number in range(57)})
    client.get(reverse("billing:board"))  # decides what was touched
    with django_assert_num_queries(PINNED):
        page = client.get(reverse("billing:board"))
    assert "Page 1 of 2, 60 in all" in page.content.decode()
    assert page.content.decode().count("data-row") == 50


def test_the_letter_says_dates_rules_and_the_estimate(clinic: Clinic) -> None:
    page = clinic.as_(Role.BILLER).get(_why(clinic), headers=HTMX)
    text = page.content.decode()
    assert "Re: remote therapeutic monitoring of Wendy Ortiz in February 2026" in text
    assert "answers counted on 6 dates: 24 Feb, 25 Feb, 26 Feb" in text
    assert "setup.completed" in text
    assert "Estimate for one unit, the national Medicare rate of 2026: 0.65 RVU x $33.4009 = $21.71" in text
    assert "<html" not in text
    assert "<html" in clinic.as_(Role.BILLER).get(_why(clinic)).content.decode()


def test_the_letter_is_noted_as_a_look(clinic: Clinic) -> None:
    clinic.as_(Role.BILLER).get(_why(clinic))
    with clinic.scope():
        entry = AuditEntry.objects.get(action="patient.viewed")
    assert entry.patient_id == clinic.people["Wendy"].patient_id
    assert entry.details == {"page": "billing"}


def test_a_month_without_monitoring_has_no_letter(clinic: Clinic) -> None:
    assert clinic.as_(Role.BILLER).get(_why(clinic, month="2024-05")).status_code == 404


def test_another_practices_letter_does_not_exist(clinic: Clinic) -> None:
    client = clinic.as_(Role.BILLER, home=clinic.world.elm)
    assert client.get(_why(clinic)).status_code == 404


def test_care_that_ended_is_said_so(clinic: Clinic) -> None:
    with clinic.scope():
        Episode.objects.filter(pk=clinic.people["Wendy"].episode.pk).update(
            ends_on=date(2026, 3, 1), end_reason="goals met"
        )
    assert "Nothing to do: care has ended" in _board(clinic)
    assert NOW.date() == date(2026, 3, 2)
