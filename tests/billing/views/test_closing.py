"""Certifying a month on its page, amending it, and taking packets."""

import io
import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from billing.models import Certification, Charge, Packet
from billing.services import gates
from networks.models import AuditEntry
from networks.permissions import Role
from reporting.services.keys import verification_keys
from tests.clinic import STEADY, TODAY, Clinic, fill
from tests.world import NOW, SYSTEM
from verify import verify_packet

PAGE = "/billing/certify/"
# Frame 8, touched 1, own clinician 1, list 3, lines of the page 4, months 1.
PINNED = 18
_CHOICE = re.compile(r'name="episode" value="([^"]+)"')


def text(answer) -> str:
    return answer.content.decode()


def choices(client: Client) -> list[str]:
    return _CHOICE.findall(text(client.get(PAGE, {"month": "2026-02"})))


def sign(client: Client, chosen, **changes):
    body = {"month": "2026-02", "statement": "1", "reviewed": "yes", "episode": chosen} | changes
    return client.post(reverse("billing:sign"), body)


@pytest.fixture
def certified(clinic: Clinic) -> Clinic:
    clinician = clinic.as_(Role.CLINICIAN)
    assert sign(clinician, choices(clinician)).status_code == 302
    return clinic


def test_a_clinician_reviews_and_certifies_the_month(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    shown = text(client.get(PAGE))
    assert "Certify February 2026" in shown
    assert "Wendy Ortiz" in shown
    assert "What you sign" in shown
    answer = sign(client, choices(client))
    assert answer.status_code == 302
    after = text(client.get(answer.url))
    assert "Certified and locked: 3 patients." in after
    assert "RTM000001" in after
    assert choices(client) == []
    with clinic.scope():
        assert Certification.objects.count() == 3


def test_sending_the_form_twice_certifies_once(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    chosen = choices(client)
    assert [sign(client, chosen).status_code for _ in range(2)] == [302, 302]
    with clinic.scope():
        assert Charge.objects.count() == 3


@pytest.mark.parametrize(
    "changes",
    [{"reviewed": ""}, {"month": "soon"}, {"episode": []}, {"episode": ["x:y"]}],
    ids=["not confirmed", "no month", "nobody", "not an id"],
)
def test_what_is_missing_is_said(clinic: Clinic, changes) -> None:
    client = clinic.as_(Role.CLINICIAN)
    answer = sign(client, choices(client), **changes)
    assert answer.status_code == 422
    assert "Choose patients whose lines you reviewed" in text(answer)
    with clinic.scope():
        assert not Certification.objects.exists()


def test_a_wording_that_changed_and_a_running_month_are_refused(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    chosen = choices(client)
    assert "The statement changed" in text(sign(client, chosen, statement="0"))
    assert "not over yet" in text(sign(client, chosen, month="2026-03"))


def test_a_refusal_stands_beside_the_patient(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    chosen = choices(client)
    answer = sign(client, [f"{chosen[0].split(':')[0]}:{'0' * 64}", *chosen[1:]])
    assert answer.status_code == 422
    assert "1 could not be certified" in text(answer)
    assert "Its lines changed since you looked" in text(answer)
    with clinic.scope():
        assert Certification.objects.count() == 2


def test_office_staff_look_but_do_not_certify(clinic: Clinic) -> None:
    biller = clinic.as_(Role.BILLER)
    shown = text(biller.get(PAGE))
    assert "Wendy Ortiz" in shown
    assert "What you sign" not in shown
    assert sign(biller, ["x"]).status_code == 403


@pytest.mark.parametrize("role", [Role.ASSISTANT, Role.FRONT_DESK, Role.AUDITOR])
def test_others_do_not_open_it(clinic: Clinic, role: Role) -> None:
    assert clinic.as_(role).get(PAGE).status_code == 403


def test_anonymous_people_are_led_to_the_sign_in(clinic: Clinic) -> None:
    for name in ("certify", "sign"):
        assert Client().get(reverse(f"billing:{name}")).status_code == 302


def test_an_odd_month_shows_the_last_one(clinic: Clinic) -> None:
    assert "Certify February 2026" in text(clinic.as_(Role.BILLER).get(PAGE, {"month": "x", "page": "y"}))


def test_needs_as_many_queries_for_forty_patients_as_for_three(
    clinic: Clinic, django_assert_num_queries
) -> None:
    client = clinic.as_(Role.CLINICIAN)
    client.get(PAGE)
    with django_assert_num_queries(PINNED):
        client.get(PAGE)
    fill(clinic.home, {f"Patient{number}": STEADY[:2] for number in range(37)})
    client.get(PAGE)  # decides what was touched
    with django_assert_num_queries(PINNED):
        client.get(PAGE)


def exclude(clinic: Clinic) -> None:
    """Learn that another practice monitored Wendy."""
    episode = clinic.people["Wendy"].episode
    with clinic.scope():
        gates.record_exclusion(
            episode,
            kind="other_rtm",
            starts_on=TODAY - timedelta(days=9),
            actor=SYSTEM,
            now=NOW + timedelta(minutes=1),
        )


def test_a_late_fact_is_shown_and_amended_with_a_reason(certified: Clinic) -> None:
    exclude(certified)
    client = certified.as_(Role.CLINICIAN)
    page = text(client.get(PAGE))
    assert "Changed after it was certified" in page
    assert "98975 GP on 2026-02-23 would be taken back." in page or "would be taken back" in page
    address = re.search(r'href="(/billing/certifications/[^"]+)"', page)[1]
    shown = text(client.get(address))
    assert "Arrived after certification" in shown
    assert "Recorded an exclusion" in shown
    body = {"statement": "1", "seen": re.search(r'name="seen" value="([^"]+)"', shown)[1]}
    assert "Say why" in text(client.post(address, body | {"reason": ""}))
    assert client.post(address, body | {"reason": "Monitored elsewhere"}).status_code == 302
    with certified.scope():
        assert Charge.objects.filter(kind="void").count() == 1
        assert AuditEntry.objects.filter(action="month.amended").count() == 1
    assert "Nothing to amend" in text(client.get(address))
    assert client.post(address, body | {"reason": "again"}).status_code == 422


def test_amending_is_for_clinicians_of_the_practice(certified: Clinic) -> None:
    with certified.scope():
        address = reverse("billing:amend", args=[Certification.objects.first().pk])
    assert Client().get(address).status_code == 302
    assert certified.as_(Role.BILLER).get(address).status_code == 403
    assert certified.as_(Role.CLINICIAN, home=certified.world.elm).get(address).status_code == 404


@pytest.fixture
def packet_id(certified: Clinic):
    with certified.scope():
        return Packet.objects.get(charge__episode=certified.people["Wendy"].episode).pk


def test_a_packet_is_taken_noted_and_verified(certified: Clinic, packet_id) -> None:
    client = certified.as_(Role.CLINICIAN)
    address = reverse("billing:packet-json", args=[packet_id])
    content = client.get(address).content
    whole = json.loads(content)
    assert {each["part"] for each in whole["entries"]} == set(range(1, 15))
    texts = [each["data"]["text"] for each in whole["entries"] if each["kind"] == "reading"]
    assert "4 Y" in texts
    keys = verify_packet.read_keys(
        json.dumps({"keys": [each.as_data() for each in verification_keys()]}).encode()
    )
    assert verify_packet.problems_of_packet(content, keys=keys) == []
    with time_machine.travel(NOW + timedelta(days=200)):
        assert certified.as_(Role.PRACTICE_ADMIN).get(address).content == content
    with certified.scope():
        assert AuditEntry.objects.filter(action="packet.taken", subject_id=packet_id).count() == 2


def test_the_pdf_is_tagged_and_the_same_each_time(certified: Clinic, packet_id) -> None:
    client = certified.as_(Role.CLINICIAN)
    address = reverse("billing:packet-pdf", args=[packet_id])
    first, second = client.get(address), client.get(address)
    assert first["Content-Type"] == "application/pdf"
    assert first.content == second.content
    assert io.BytesIO(first.content).read(5) == b"%PDF-"
    assert b"/StructTreeRoot" in first.content


def test_only_who_may_read_texts_takes_a_packet(certified: Clinic, packet_id) -> None:
    for form in ("json", "pdf"):
        address = reverse(f"billing:packet-{form}", args=[packet_id])
        assert Client().get(address).status_code == 302
        for role in (Role.BILLER, Role.AUDITOR, Role.FRONT_DESK, Role.ASSISTANT):
            assert certified.as_(role).get(address).status_code == 403
        assert certified.as_(Role.CLINICIAN, home=certified.world.elm).get(address).status_code == 404
