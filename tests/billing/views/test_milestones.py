"""Milestones of an episode on the patient's page."""

import pytest
from django.test import Client
from django.urls import reverse

from networks.models import AuditEntry
from networks.permissions import Role
from patients.models import Milestone
from tests.clinic import Clinic

HTMX = {"HX-Request": "true"}
TYPED = {"title": "Climbs stairs", "reached_on": "2026-03-01", "evidence": "measured"}


def _address(clinic: Clinic) -> str:
    return reverse("patients:milestone", args=[clinic.people["Wendy"].episode.pk])


def _page(clinic: Clinic, role: Role = Role.CLINICIAN) -> str:
    address = reverse("billing:patient", args=[clinic.people["Wendy"].patient_id])
    return clinic.as_(role).get(address).content.decode()


def _only(clinic: Clinic) -> Milestone:
    with clinic.scope():
        return Milestone.objects.get(voids=None)


def test_a_milestone_is_offered_recorded_and_shown(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    asked = client.get(_address(clinic), headers=HTMX).content.decode()
    assert "Climbs stairs foot over foot" in asked
    assert 'value="2026-03-02"' in asked
    for _ in range(2):
        answer = client.post(_address(clinic), TYPED, headers=HTMX)
        assert "The milestone is on the page." in answer.headers["HX-Trigger"]
    assert _only(clinic).title == "Climbs stairs"
    assert "Sun 1 Mar · measured · written by Oak clinician" in _page(clinic)


def test_taking_back_keeps_the_first_entry_with_the_reason(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    client.post(_address(clinic), TYPED, headers=HTMX)
    address = reverse("patients:void-milestone", args=[_only(clinic).pk])
    assert "Climbs stairs, Sun 1 Mar" in client.get(address).content.decode()
    for _ in range(2):
        client.post(address, {"reason": "It was the other knee"}, headers=HTMX)
    shown = _page(clinic)
    assert "<s>Climbs stairs</s>" in shown
    assert "Taken back by Oak clinician, Mon 2 Mar: It was the other knee" in shown
    with clinic.scope():
        assert Milestone.objects.count() == 2
        assert AuditEntry.objects.filter(action="milestone.voided").count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": " "}, "Say what they can do now."),
        ({"title": "x" * 81}, "Shorten this to 80 letters."),
        ({"reached_on": "2031-01-01"}, "Choose a date between the evaluation and today."),
        ({"reached_on": "2020-01-01"}, "Choose a date between the evaluation and today."),
        ({"reached_on": "soon"}, "Write the date as"),
        ({"evidence": "rumour"}, "Select a valid choice"),
    ],
    ids=["nothing", "endless", "future", "before care", "no date", "not offered"],
)
def test_says_what_is_wrong(clinic: Clinic, typed: dict[str, str], words: str) -> None:
    answer = clinic.as_(Role.CLINICIAN).post(_address(clinic), TYPED | typed, headers=HTMX)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_taking_back_needs_a_reason(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    client.post(_address(clinic), TYPED)
    answer = client.post(reverse("patients:void-milestone", args=[_only(clinic).pk]), {"reason": ""})
    assert answer.status_code == 422
    assert "Say in a few words why this is taken back." in answer.content.decode()


def test_others_may_not(clinic: Clinic) -> None:
    assert Client().post(_address(clinic), TYPED).status_code == 302
    assert clinic.as_(Role.FRONT_DESK).post(_address(clinic), TYPED).status_code == 403
    elm = clinic.as_(Role.CLINICIAN, home=clinic.world.elm)
    assert elm.post(_address(clinic), TYPED).status_code == 404
    clinic.as_(Role.CLINICIAN).post(_address(clinic), TYPED)
    address = reverse("patients:void-milestone", args=[_only(clinic).pk])
    assert elm.post(address, {"reason": "x"}).status_code == 404
    assert clinic.as_(Role.FRONT_DESK).post(address, {"reason": "x"}).status_code == 403
    assert "Add…" not in _page(clinic, Role.FRONT_DESK)


def test_a_new_milestone_changes_the_open_page(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    address = reverse("billing:patient", args=[clinic.people["Wendy"].patient_id])
    changes = reverse("billing:patient-changes", args=[clinic.people["Wendy"].patient_id])
    seen = client.get(address).context["seen"]
    client.post(_address(clinic), TYPED, headers=HTMX)
    assert "Climbs stairs" in client.get(changes, {"seen": seen}).content.decode()
