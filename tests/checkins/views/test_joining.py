"""The list of those who texted the keyword, the sign to print, and the form that finishes a request."""

import re
from uuid import UUID

import pytest
import qrcode
from django.test import Client
from django.urls import reverse

from checkins.models import JoinRequest
from checkins.presenters.joining import qr_mark
from networks.permissions import Role
from patients.models import ConsentEvent
from tests import factories
from tests.clinic import Clinic
from tests.world import NOW

NUMBER = "+17735550199"
PAGES = ("checkins:joining", "checkins:join-count", "checkins:join-sign")
ACTS = ("checkins:join-set-aside", "checkins:join-bring-back")


@pytest.fixture
def oak(world) -> Clinic:
    clinic = Clinic(world)
    with clinic.scope():
        route = factories.line_of(world.oak.practice, now=NOW)
        factories.text_in(route, NUMBER, "Unirme", at=NOW)
        factories.read_all(clinic.home, at=NOW)
    return clinic


@pytest.fixture
def asked(oak: Clinic) -> UUID:
    return request_of(oak).pk


def request_of(oak: Clinic) -> JoinRequest:
    with oak.scope():
        return JoinRequest.objects.get()


def shown(oak: Clinic, route: str, **query: str) -> str:
    return oak.as_(Role.FRONT_DESK).get(reverse(route), query).content.decode()


def test_the_list_leads_to_the_form_with_the_number_in_it(oak: Clinic, asked: UUID) -> None:
    page = shown(oak, "checkins:joining")
    assert "1 person waits to be enrolled" in page
    assert "(773) 555-0199" in page
    assert f"{reverse('checkins:enroll')}?join={asked}" in page
    form = shown(oak, "checkins:enroll", join=str(asked))
    assert 'value="(773) 555-0199"' in form
    assert re.search(r'value="es"[^>]*checked', form)
    assert "texted UNIRME" in form
    assert "We keep who asked, when, and the exact wording (monitoring.2026-1, texts.keyword.2026-1)." in form


def test_more_requests_than_are_shown_are_all_counted(oak: Clinic, asked: UUID) -> None:
    with oak.scope():
        first = JoinRequest.objects.get()
        for number in range(100):
            JoinRequest.objects.create(
                practice_id=first.practice_id,
                number=f"+1773555{number:04d}",
                number_index=f"{number:032d}".encode(),
                last_four=f"{number:04d}",
                language="en",
                message_id=first.message_id,
                asked_at=NOW,
                last_asked_at=NOW,
            )
    page = shown(oak, "checkins:joining")
    assert "101 people wait to be enrolled" in page
    assert "The 100 who have waited longest are shown" in page
    assert "The 100 who" not in shown(oak, "checkins:join-count")


def test_the_count_stands_where_the_desk_works(oak: Clinic) -> None:
    for route in ("patients:list", "today", "checkins:messages"):
        assert reverse("checkins:join-count") in shown(oak, route)
    assert "1 person has texted the keyword" in " ".join(shown(oak, "checkins:join-count").split())
    assert "(773) 555-0199" in shown(oak, "checkins:enroll")
    assert "From numbers no patient has" not in shown(oak, "checkins:messages")


def test_enrolling_finishes_the_request(oak: Clinic, asked: UUID) -> None:
    typed = {
        "given_name": "Lucía",
        "family_name": "Peña",
        "mobile": "(773) 555-0199",
        "language": "es",
        "condition": "knee",
        "side": "left",
        "clinician": str(oak.home.clinician.pk),
        "agreed": "on",
    }
    address = f"{reverse('checkins:enroll')}?join={asked}"
    client = oak.as_(Role.FRONT_DESK)
    assert client.post(address, typed | {"condition": ""}).status_code == 422
    assert request_of(oak).state == "open"
    assert client.post(address, typed).status_code == 302
    assert request_of(oak).state == "enrolled"
    with oak.scope():
        assert ConsentEvent.objects.get(kind="texts").method == "keyword"
    assert "Nobody waits to be enrolled" in shown(oak, "checkins:joining")
    assert "Enrolled (" in shown(oak, "checkins:joining")
    assert "keyword" not in shown(oak, "checkins:join-count")
    assert "finished in the meantime" in shown(oak, "checkins:enroll", join=str(asked))


def test_set_aside_with_a_reason_and_back(oak: Clinic, asked: UUID) -> None:
    client = oak.as_(Role.FRONT_DESK)
    aside = reverse("checkins:join-set-aside", args=[asked])
    assert "Choose why" in client.post(aside, {"reason": "nonsense"}, follow=True).content.decode()
    assert request_of(oak).state == "open"
    page = client.post(aside, {"reason": "not_ours"}, follow=True).content.decode()
    assert "Set aside: Not a patient of ours" in page
    back = reverse("checkins:join-bring-back", args=[asked])
    assert back in page
    assert "1 person waits" in client.post(back, follow=True).content.decode()
    assert request_of(oak).state == "open"


def test_the_sign_names_number_keyword_and_terms(oak: Clinic) -> None:
    page = shown(oak, "checkins:join-sign")
    with oak.scope():
        number = factories.sender_of(oak.home.practice).number
    assert f"({number[2:5]}) {number[5:8]}-{number[8:]}" in page
    for needed in ("JOIN", "UNIRME", "STOP", "911", "texts.keyword.2026-1", 'role="img"'):
        assert needed in page
    assert "style=" not in page


def test_a_practice_without_a_number_gets_no_sign(world) -> None:
    page = shown(Clinic(world), "checkins:join-sign")
    assert "No number to text to yet" in page
    assert "join-code" not in page


def test_the_mark_is_the_codes_own_matrix() -> None:
    text = "sms:+13125550100?&body=JOIN"
    mark = qr_mark(text)
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_Q, border=4)
    code.add_data(text)
    dark = set()
    for left, top, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", mark.path):
        dark |= {(int(top), int(left) + step) for step in range(int(width))}
    matrix = code.get_matrix()
    assert len(matrix) == mark.size
    assert dark == {(top, left) for top, line in enumerate(matrix) for left, on in enumerate(line) if on}


@pytest.mark.parametrize("route", PAGES)
def test_who_may_not_look(oak: Clinic, route: str) -> None:
    assert Client().get(reverse(route)).status_code == 302
    assert oak.as_(Role.BILLER).get(reverse(route)).status_code == 403
    elsewhere = oak.as_(Role.FRONT_DESK, home=oak.world.elm).get(reverse(route))
    assert "555-0199" not in elsewhere.content.decode()


@pytest.mark.parametrize("route", ACTS)
def test_who_may_not_act(oak: Clinic, asked: UUID, route: str) -> None:
    address = reverse(route, args=[asked])
    assert Client().post(address).status_code == 302
    assert oak.as_(Role.BILLER).post(address).status_code == 403
    assert oak.as_(Role.FRONT_DESK, home=oak.world.elm).post(address).status_code == 404
    assert oak.as_(Role.FRONT_DESK).get(address).status_code == 405


@pytest.mark.parametrize("odd", ["x", "00000000-0000-7000-8000-000000000000", "1'--"])
def test_a_request_that_nobody_made_is_not_found(oak: Clinic, odd: str) -> None:
    assert oak.as_(Role.FRONT_DESK).get(reverse("checkins:enroll"), {"join": odd}).status_code == 404


def test_another_practices_request_is_not_found(oak: Clinic, asked: UUID) -> None:
    elsewhere = oak.as_(Role.FRONT_DESK, home=oak.world.elm)
    assert elsewhere.get(reverse("checkins:enroll"), {"join": str(asked)}).status_code == 404
