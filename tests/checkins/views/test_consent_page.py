"""Consent by web link: made and shown by staff, answered without sign-in, once, in either language."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from checkins.models import Alert, CheckIn, OutboundMessage, OutboxRow, Plan
from checkins.services import consent_links, planning
from checkins.services.links import CheckInLink
from checkins.services.links import token_for as check_in_token
from networks.models import AuditEntry
from networks.permissions import Role
from patients.models import ConsentEvent, ConsentLink, ConsentSignature, Patient, Phone
from tests import factories
from tests.clinic import Clinic
from tests.world import NOW, SYSTEM

AGREED = {
    "monitoring": "yes",
    "texts": "yes",
    "signer": "patient",
    "relationship": "",
    "typed_name": "Vera Ortiz",
}


def _patient_id(clinic: Clinic, name: str = "Vera"):
    return clinic.people[name].patient_id


def _link(clinic: Clinic, name: str = "Vera", *, at=NOW) -> str:
    """Make a link for a patient and return its path."""
    with clinic.scope():
        patient = Patient.objects.get(pk=_patient_id(clinic, name))
        return urlsplit(consent_links.address_of(consent_links.make_link(patient, actor=SYSTEM, now=at))).path


def _events(clinic: Clinic, name: str = "Vera") -> list[ConsentEvent]:
    with clinic.scope():
        return list(
            ConsentEvent.objects.filter(patient=_patient_id(clinic, name), method="web").order_by("kind")
        )


def _stop(clinic: Clinic, words: str = "STOP", name: str = "Vera") -> None:
    with clinic.scope():
        factories.writes(clinic.people[name], words, at=NOW - timedelta(seconds=30))
        factories.read_all(clinic.home, at=NOW - timedelta(seconds=20))


def _text(answer) -> str:
    return answer.content.decode()


def test_staff_make_a_link_and_see_how_to_hand_it_over(clinic: Clinic) -> None:
    client = clinic.as_(Role.FRONT_DESK)
    reach = reverse("checkins:reach", args=[_patient_id(clinic)])
    assert "Make a link" in _text(client.get(reach))
    made = client.post(reverse("checkins:reach-web-link", args=[_patient_id(clinic)]), follow=True)
    page = _text(made)
    assert "The link is ready" in page
    assert "Copy link" in page
    assert "QR code that opens the page of consent" in page
    assert "It is not sent by text" in page
    with clinic.scope():
        link = ConsentLink.objects.get()
        assert consent_links.address_of(link) in page
        assert link.made_by_id == clinic.home.people[Role.FRONT_DESK].pk
        assert AuditEntry.objects.get(action="consent.link_made").subject_id == link.pk
        # Nobody is texted before they have agreed.
        assert not OutboundMessage.objects.filter(occurred_at__gte=NOW).exists()
    assert "Agree by web link" in _text(client.get(reverse("billing:patient", args=[_patient_id(clinic)])))


def test_two_records_with_wording_language_who_how_and_when(clinic: Clinic) -> None:
    path = _link(clinic)
    page = _text(Client().get(path))
    assert "Questions between visits" in page
    assert "Text messages" in page
    answer = Client().post(path, AGREED, follow=True)
    assert "Thank you" in _text(answer)
    assert "Questions between visits: you agreed" in _text(answer)
    monitoring, texts = _events(clinic)
    assert [(each.kind, each.act, each.wording_version, each.language) for each in (monitoring, texts)] == [
        ("monitoring", "given", "monitoring.web.2026-1", "en"),
        ("texts", "given", "texts.web.2026-1", "en"),
    ]
    assert NOW <= texts.occurred_at < NOW + timedelta(minutes=1)
    assert texts.recorded_by_id is None
    with clinic.scope():
        signature = ConsentSignature.objects.get()
        assert (signature.signer, signature.typed_name) == ("patient", "Vera Ortiz")
        assert (signature.monitoring_id, signature.texts_id) == (monitoring.pk, texts.pk)
        actions = AuditEntry.objects.filter(system="consent page").values_list("action", flat=True)
        assert sorted(actions) == ["consent.given", "consent.given", "consent.link_answered"]
    reach = _text(clinic.as_(Role.FRONT_DESK).get(reverse("checkins:reach", args=[_patient_id(clinic)])))
    assert "By web link, wording 1 of 2026" in reach
    assert "signed by Vera Ortiz (the patient), in English" in reach


def test_each_is_a_choice_of_its_own(clinic: Clinic) -> None:
    Client().post(_link(clinic), AGREED | {"texts": "no"})
    monitoring, texts = _events(clinic)
    assert (monitoring.act, texts.act) == ("given", "withdrawn")
    assert texts.wording_version == "texts.web.2026-1"
    with clinic.scope():
        assert Plan.objects.filter(episode__patient=_patient_id(clinic), ends_on=None).exists()
        # They had agreed before: staff hear of it as of a stop by text.
        assert Alert.objects.filter(
            patient=_patient_id(clinic), kind="opted_out", occurred_at__gte=NOW
        ).exists()
        planning.plan_day(clinic.home.practice.pk, now=NOW + timedelta(minutes=1))
        assert not CheckIn.objects.filter(episode=clinic.people["Vera"].episode, planned_at__gte=NOW).exists()


def test_no_to_monitoring_ends_what_is_asked(clinic: Clinic) -> None:
    answer = Client().post(_link(clinic), AGREED | {"monitoring": "no"}, follow=True)
    assert "Questions between visits: you did not agree" in _text(answer)
    with clinic.scope():
        assert not Plan.objects.filter(episode__patient=_patient_id(clinic), ends_on=None).exists()
        # They had agreed before: staff hear of it, once, and read which of the two it was.
        told = Alert.objects.filter(patient=_patient_id(clinic), occurred_at__gte=NOW)
        assert [(each.kind, each.level) for each in told] == [("declined", "review")]
    page = clinic.as_(Role.FRONT_DESK).get(reverse("billing:patient", args=[_patient_id(clinic)]))
    assert "Answered no to monitoring" in _text(page)


def test_a_second_no_to_monitoring_tells_nothing_new(clinic: Clinic) -> None:
    for minute in (0, 1):
        with time_machine.travel(NOW + timedelta(minutes=minute)):
            path = _link(clinic, at=NOW + timedelta(minutes=minute))
            Client().post(path, AGREED | {"monitoring": "no"})
    assert len(_events(clinic)) == 4
    with clinic.scope():
        assert Alert.objects.filter(patient=_patient_id(clinic), kind="declined").count() == 1


@pytest.mark.parametrize(("language", "said"), [("en", "sign out first"), ("es", "cierre antes la sesión")])
def test_staff_who_are_signed_in_cannot_sign_as_the_patient(clinic: Clinic, language: str, said: str) -> None:
    path = f"{_link(clinic)}?lang={language}"
    client = clinic.as_(Role.FRONT_DESK)
    for answer in (client.get(path), client.post(path, AGREED)):
        assert answer.status_code == 403
        assert said in _text(answer)
        assert "Oak" not in _text(answer)
    assert not _events(clinic)
    client.logout()
    client.post(path, AGREED)
    assert len(_events(clinic)) == 2


def test_a_caregiver_says_who_they_are(clinic: Clinic) -> None:
    path = _link(clinic)
    by_caregiver = AGREED | {"signer": "caregiver", "typed_name": "Ana Ruiz"}
    refused = Client().post(path, by_caregiver)
    assert refused.status_code == 422
    assert "Write who you are to the patient" in _text(refused)
    assert 'value="Ana Ruiz"' in _text(refused)
    Client().post(path, by_caregiver | {"relationship": "Daughter"})
    with clinic.scope():
        assert ConsentSignature.objects.get().relationship == "Daughter"
    reach = _text(clinic.as_(Role.FRONT_DESK).get(reverse("checkins:reach", args=[_patient_id(clinic)])))
    assert "Ana Ruiz (caregiver: Daughter)" in reach
    assert "somebody else agreed to texts there: ask who uses it" in reach


def test_speaks_the_patients_language_and_the_other_and_records_which(clinic: Clinic) -> None:
    with clinic.scope():
        Patient.objects.filter(pk=_patient_id(clinic)).update(language="es")
    path = _link(clinic)
    own = _text(Client().get(path))
    assert 'lang="es"' in own
    assert "Acepto" in own
    assert "I agree" in _text(Client().get(path + "?lang=en"))
    Client().post(path + "?lang=en", AGREED)
    assert {each.language for each in _events(clinic)} == {"en"}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("fields", "about"),
    [
        ({"monitoring": ""}, "monitoring"),
        ({"texts": "maybe"}, "texts"),
        ({"signer": "nobody"}, "signer"),
        ({"typed_name": " "}, "typed_name"),
        ({"typed_name": "x" * 81}, "typed_name"),
        ({"typed_name": "A\x00B"}, "typed_name"),
        ({"signer": "caregiver", "relationship": "x" * 41}, "relationship"),
    ],
    ids=["not chosen", "made up", "who", "no name", "endless name", "null character", "endless relation"],
)
def test_bad_input_is_refused_in_words_and_kept(
    clinic: Clinic, language: str, fields: dict[str, str], about: str
) -> None:
    from checkins.presenters.consent_page import sentences_of

    page = Client().post(f"{_link(clinic)}?lang={language}", AGREED | fields)
    assert page.status_code == 422
    assert sentences_of(language)[about] in _text(page).replace("&#x27;", "'")
    assert f'id="{about}-error"' in _text(page)
    assert not _events(clinic)


def test_a_used_link_thanks_for_ten_minutes_and_then_shows_nothing(clinic: Clinic) -> None:
    path = _link(clinic)
    Client().post(path, AGREED)
    # A second click or tab changes nothing.
    assert "you agreed" in _text(Client().post(path, AGREED | {"monitoring": "no"}))
    assert len(_events(clinic)) == 2
    with time_machine.travel(NOW + timedelta(minutes=11)):
        for answer in (Client().get(path), Client().post(path, AGREED | {"texts": "no"})):
            assert answer.status_code == 410
            assert "This link is no longer open" in _text(answer)
            assert "Oak" not in _text(answer)
    assert len(_events(clinic)) == 2


def test_an_expired_or_replaced_link_says_what_to_do_and_nothing_else(clinic: Clinic) -> None:
    expired = _link(clinic, "Sam", at=NOW - timedelta(days=7))
    replaced = _link(clinic, at=NOW - timedelta(minutes=1))
    _link(clinic)
    for path in (expired, replaced):
        for answer in (Client().get(path), Client().post(path, AGREED)):
            assert answer.status_code == 410
            assert "Ask your clinic for a new link" in _text(answer)
            assert "Oak" not in _text(answer)
    assert not _events(clinic)
    assert not _events(clinic, "Sam")


@pytest.mark.parametrize("token", ["none", "A", "é", "=" * 70], ids=["word", "letter", "accent", "padding"])
def test_a_forged_link_opens_nothing(clinic: Clinic, token: str) -> None:
    answer = Client().get(f"/a/{token}/")
    assert answer.status_code == 404
    assert "This link does not open anything" in _text(answer)


def test_a_link_of_one_purpose_opens_nothing_of_the_other(clinic: Clinic) -> None:
    path = _link(clinic)
    with clinic.scope():
        link = ConsentLink.objects.get()
        forged = check_in_token(CheckInLink(link.practice_id, link.pk, link.expires_at))
    assert Client().get(f"/a/{forged}/").status_code == 404
    assert Client().get(path.replace("/a/", "/c/")).status_code == 404


def test_the_page_is_small_and_keeps_its_address_to_itself(clinic: Clinic) -> None:
    path = _link(clinic)
    page = Client().get(path)
    style = sum(
        len(part) for name in ("one-tap", "consent-page") for part in Client().get(f"/static/css/{name}.css")
    )
    assert len(page.content) + style < 30_000
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert "<script" not in _text(page)
    with clinic.scope():
        phone = Phone.objects.get(patient=_patient_id(clinic))
    assert "Vera" not in path + _text(page)
    assert phone.number[2:] not in path + _text(page)


def test_a_number_set_aside_is_not_asked_about(clinic: Clinic) -> None:
    with clinic.scope():
        Phone.objects.filter(patient=_patient_id(clinic)).update(state=Phone.State.SUSPENDED)
    path = _link(clinic)
    assert "Text messages" not in _text(Client().get(path))
    Client().post(path, AGREED)
    (only,) = _events(clinic)
    assert only.kind == "monitoring"
    reach = _text(clinic.as_(Role.FRONT_DESK).get(reverse("checkins:reach", args=[_patient_id(clinic)])))
    assert "Answered" in reach


def test_a_new_yes_after_a_stop_by_our_words_is_welcomed(clinic: Clinic) -> None:
    _stop(clinic, "please stop texting me")
    answer = Client().post(_link(clinic), AGREED, follow=True)
    assert "reply STOP to any of them" in _text(answer)
    with clinic.scope():
        assert OutboundMessage.objects.filter(
            patient=_patient_id(clinic), kind="welcome", occurred_at__gte=NOW
        ).exists()


def test_the_carriers_block_outlives_a_new_yes_and_both_are_told(clinic: Clinic) -> None:
    _stop(clinic)
    answer = Client().post(_link(clinic), AGREED, follow=True)
    assert "Text START to" in _text(answer)
    with clinic.scope():
        waiting = OutboxRow.objects.filter(message__patient=_patient_id(clinic), message__kind="welcome")
        assert not waiting.filter(message__occurred_at__gte=NOW).exists()
    reach = reverse("checkins:reach", args=[_patient_id(clinic)])
    client = clinic.as_(Role.FRONT_DESK)
    assert "its carrier still holds our texts back" in _text(client.get(reach))
    with clinic.scope():
        factories.writes(clinic.people["Vera"], "Start", at=NOW + timedelta(minutes=1))
        factories.read_all(clinic.home, at=NOW + timedelta(minutes=1))
    assert "its carrier still holds our texts back" not in _text(client.get(reach))


def test_a_machine_that_makes_links_is_stopped(clinic: Clinic) -> None:
    client = clinic.as_(Role.FRONT_DESK)
    address = reverse("checkins:reach-web-link", args=[_patient_id(clinic)])
    for _ in range(10):
        client.post(address)
    assert "Ten links were made" in _text(client.post(address, follow=True))
    with clinic.scope():
        assert ConsentLink.objects.count() == 10


def test_who_may_not(clinic: Clinic) -> None:
    address = reverse("checkins:reach-web-link", args=[_patient_id(clinic)])
    assert Client().post(address).status_code == 302
    assert clinic.as_(Role.BILLER).post(address).status_code == 403
    assert clinic.as_(Role.CLINICIAN, home=clinic.world.elm).post(address).status_code == 404
    assert clinic.as_(Role.CLINICIAN).get(address).status_code == 405
    with clinic.scope():
        assert not ConsentLink.objects.exists()


def test_enrolled_by_web_link_nobody_is_texted_until_they_agree(clinic: Clinic) -> None:
    typed = {
        "given_name": "Lucía",
        "family_name": "Peña",
        "mobile": "312 555 0142",
        "language": "es",
        "condition": "knee",
        "side": "left",
        "clinician": str(clinic.home.clinician.pk),
        "names_rtm": "on",
        "send_at": "09:00",
        "consent_method": "web",
    }
    page = clinic.as_(Role.FRONT_DESK).post(reverse("checkins:enroll"), typed, follow=True)
    assert "Nothing is sent until they have agreed" in _text(page)
    assert "Copy link" in _text(page)
    tomorrow = NOW + timedelta(days=1)
    with clinic.scope():
        patient = Patient.objects.get(given_name="Lucía")
        assert not ConsentEvent.objects.filter(patient=patient).exists()
        assert not OutboundMessage.objects.filter(patient=patient).exists()
        path = urlsplit(consent_links.address_of(ConsentLink.objects.get(patient=patient))).path
        planning.plan_day(clinic.home.practice.pk, now=tomorrow)
        assert not CheckIn.objects.filter(episode__patient=patient).exists()
    with time_machine.travel(tomorrow):
        Client().post(path, AGREED | {"typed_name": "Lucía Peña"})
    with clinic.scope():
        assert OutboundMessage.objects.get(patient=patient).kind == "welcome"
        planning.plan_day(clinic.home.practice.pk, now=tomorrow + timedelta(minutes=1))
        assert CheckIn.objects.filter(episode__patient=patient).exists()
