"""Protocols of the practice: versions, the editor with its preview, moving running episodes."""

import pytest
from django.test import Client
from django.urls import reverse

from checkins import shipped_protocols
from checkins.models import AdoptedProtocol, OutboundMessage, Plan
from checkins.services import protocols
from networks.permissions import Role
from patients.models import Phone
from tests import factories
from tests.clinic import Clinic
from tests.world import NOW, SYSTEM

LIST = "/settings/protocols/"
CHANGED = {
    "title": "Knee",
    "items": ["pain"],
    "text_en": "Good morning! How is your pain, 0 to 10?",
    "until_1": "14",
    "weekdays_1": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    "weekdays_2": ["mon", "thu"],
    "remind_after": "6",
    "reason": "Friendlier, and less often later",
}


SHIPPED = max(each.version for each in shipped_protocols.SHIPPED if each.code == "knee")
MADE = SHIPPED + 1


def _knee(clinic: Clinic, version: int = SHIPPED) -> AdoptedProtocol:
    with clinic.scope():
        return AdoptedProtocol.objects.get(code="knee", version=version)


def _address(protocol: AdoptedProtocol, route: str = "protocol") -> str:
    return reverse(f"checkins:{route}", args=[protocol.pk])


def _change(clinic: Clinic, **fields: object):
    return clinic.as_(Role.PRACTICE_ADMIN).post(_address(_knee(clinic)), CHANGED | fields, follow=True)


def test_lists_protocols_and_takes_over_the_rest(clinic: Clinic) -> None:
    client = clinic.as_(Role.PRACTICE_ADMIN)
    page = client.get(LIST).content.decode()
    assert "3 running episodes" in page
    assert "from day 61 on: Mon, Wed, Fri" in page
    page = client.post(reverse("checkins:protocols-adopt"), follow=True).content.decode()
    assert "Shoulder" in page
    assert "Take over" not in page
    with clinic.scope():
        assert AdoptedProtocol.objects.count() == 6


def test_a_change_is_a_new_version_and_running_episodes_stay(clinic: Clinic) -> None:
    page = _change(clinic)
    assert (page.status_code, f"Version {MADE} is made." in page.content.decode()) == (200, True)
    made = _knee(clinic, MADE)
    assert made.content == {
        "items": ["pain"],
        "phases": [
            {"first": 1, "last": 14, "weekdays": CHANGED["weekdays_1"]},
            {"first": 15, "last": None, "weekdays": ["mon", "thu"]},
        ],
        "remind_after_hours": 6,
        "texts": {"en": "Good morning! How is your pain, 0 to 10?"},
    }
    assert (made.changed_by_id, made.change_reason) == (
        clinic.home.people[Role.PRACTICE_ADMIN].pk,
        CHANGED["reason"],
    )
    with clinic.scope():
        assert {each.protocol.version for each in Plan.objects.all()} == {SHIPPED}
        new = factories.enrolled(clinic.home, now=NOW, given_name="Nora")
        assert new.episode.plans.get().protocol_id == made.pk
    assert f"3 running episodes still follow an earlier version ({SHIPPED}: 3)" in " ".join(
        clinic.as_(Role.PRACTICE_ADMIN).get(LIST).content.decode().split()
    )


def test_moved_episodes_are_asked_in_the_new_words(clinic: Clinic) -> None:
    _change(clinic)
    page = clinic.as_(Role.PRACTICE_ADMIN).post(_address(_knee(clinic, MADE), "protocol-move"), follow=True)
    assert f"3 running episodes moved to version {MADE}." in page.content.decode()
    with clinic.scope():
        factories.asked(clinic.home, at=NOW)
        texts = OutboundMessage.objects.filter(kind="check_in", occurred_at=NOW)
        assert {each.template for each in texts} == {f"protocol.own@{MADE}"}
        assert all("Good morning! How is your pain, 0 to 10?" in each.body for each in texts)
        assert {tuple(each.check_in.items) for each in texts} == {("pain",)}


def test_a_caregiver_is_asked_about_the_person_they_care_for(clinic: Clinic) -> None:
    with clinic.scope():
        Phone.objects.filter(patient=clinic.people["Sam"].patient_id).update(holder="caregiver")
        factories.asked(clinic.home, at=NOW)
        text = OutboundMessage.objects.get(
            kind="check_in", occurred_at=NOW, patient=clinic.people["Sam"].patient_id
        )
        assert "the person you care for" in text.body


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"items": []}, "Choose at least one question."),
        ({"text_en": "How is your arthritis, 0 to 10?"}, "holds a diagnosis"),
        ({"weekdays_1": []}, "name at least one"),
        ({"reason": ""}, "Write in a few words why it changes."),
        ({"until_1": "0"}, "greater than or equal to 1"),
        ({"items": ["mood"]}, "Select a valid choice"),
        ({"text_en": "x?" * 400}, "segments"),
    ],
    ids=["nothing asked", "diagnosis", "no day", "no reason", "day nought", "unknown item", "endless"],
)
def test_what_does_not_fit_is_refused_in_words_and_kept(
    clinic: Clinic, fields: dict[str, object], sentence: str
) -> None:
    page = _change(clinic, **fields)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert "Friendlier" in page.content.decode() or "reason" in fields
    with clinic.scope():
        assert not AdoptedProtocol.objects.filter(version=MADE).exists()


def test_two_people_do_not_overwrite_each_other(clinic: Clinic) -> None:
    _change(clinic)
    page = _change(clinic, title="Knee two")
    assert (page.status_code, f"Version {MADE} was made meanwhile" in page.content.decode()) == (422, True)
    again = clinic.as_(Role.PRACTICE_ADMIN).post(_address(_knee(clinic, MADE)), CHANGED)
    assert (again.status_code, "Nothing has changed." in again.content.decode()) == (422, True)


def test_the_preview_shows_phone_cost_and_findings(clinic: Clinic) -> None:
    fields = CHANGED | {"text_es": "¿Cuánto dolor tiene por su artritis, 0 a 10?", "reason": ""}
    page = clinic.as_(Role.PRACTICE_ADMIN).post(_address(_knee(clinic), "protocol-preview"), fields)
    text = page.content.decode()
    assert page.status_code == 200
    for words in (
        "Good morning!",
        "1 segment",
        "holds a diagnosis",
        "Not in the GSM alphabet",
        "Caregiver, Spanish",
    ):
        assert words in text
    empty = clinic.as_(Role.PRACTICE_ADMIN).post(_address(_knee(clinic), "protocol-preview"), {})
    assert "at least one" in empty.content.decode()
    with clinic.scope():
        assert AdoptedProtocol.objects.count() == 1


def test_who_may_not(clinic: Clinic) -> None:
    knee = _knee(clinic)
    for address in (LIST, _address(knee)):
        assert Client().get(address).status_code == 302
        assert clinic.as_(Role.CLINICIAN).get(address).status_code == 403
    for route in ("protocol", "protocol-preview", "protocol-move"):
        elsewhere = clinic.as_(Role.PRACTICE_ADMIN, home=clinic.world.elm)
        assert elsewhere.post(_address(knee, route), CHANGED).status_code == 404
        assert clinic.as_(Role.FRONT_DESK).post(_address(knee, route), CHANGED).status_code == 403
    with clinic.scope():
        assert protocols.move_running(knee, actor=SYSTEM, now=NOW) == 0
