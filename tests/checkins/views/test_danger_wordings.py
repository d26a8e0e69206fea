"""Danger signs and replies: read by the practice's people, signed by a therapist."""

import pytest
from django.test import Client
from django.urls import reverse

from checkins import danger_version, wording
from checkins.danger_version import look_alikes, signs, version_of
from checkins.models import DangerSignOff
from checkins.presenters.danger_wordings import LOOKS_FOR
from checkins.replies.lexicon import TABLES
from checkins.replies.reading import Danger
from networks.permissions import Role
from tests.clinic import Clinic

PAGE = reverse("checkins:danger-wordings")
SIGN = reverse("checkins:sign-danger-wordings")
NOTE = reverse("checkins:sign-off-note")
DIGEST = version_of("2026.1").digest


def rules_of(table: str) -> set[str]:
    """Return the rules of a table without their levels."""
    return {key.partition("_")[2] for each in signs_of(table) for key in each}


def signs_of(table: str) -> list[dict[str, str]]:
    """Return the sections of a table that name dangers."""
    return [TABLES[table][danger] for danger in Danger if danger in TABLES[table]]


def test_says_plainly_that_nobody_signed(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    text = client.get(PAGE).content.decode()
    assert "Not signed: no clinical lead of this practice stands behind this version yet." in text
    assert "call 911 or go to the nearest ER now" in text
    assert "chest or heart trouble" in text.lower()
    assert "No clinical lead has signed" in client.get(NOTE).content.decode()


def test_a_therapist_signs_the_version_that_was_read(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    page = client.post(SIGN, {"digest": DIGEST, "note": "Read with the owner"}, follow=True)
    assert "Signed by Dr Oak" in page.content.decode()
    assert "Read with the owner" in page.content.decode()
    assert client.get(NOTE).content.decode().strip() == ""
    with clinic.scope():
        assert DangerSignOff.objects.get().signed_by_id == clinic.home.people[Role.CLINICIAN].pk


def test_a_changed_word_needs_a_new_signature(clinic: Clinic, monkeypatch) -> None:
    client = clinic.as_(Role.CLINICIAN)
    client.post(SIGN, {"digest": DIGEST})
    changed = {**wording.TEXTS[wording.TemplateId.SAFETY_L1], "en": "Call 911."}
    monkeypatch.setitem(wording.TEXTS, wording.TemplateId.SAFETY_L1, changed)
    assert version_of("2026.1").digest != DIGEST
    assert "Not signed" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"digest": "0" * 64}, "The wordings changed while you read them"),
        ({}, "The wordings changed while you read them"),
        ({"digest": DIGEST, "note": "x" * 401}, "Shorten the note to 400 letters."),
    ],
    ids=["other_version", "none", "endless_note"],
)
def test_bad_input_is_refused_in_words(clinic: Clinic, sent: dict[str, str], sentence: str) -> None:
    page = clinic.as_(Role.CLINICIAN).post(SIGN, sent)
    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_others_may_read_but_not_sign(clinic: Clinic) -> None:
    assert clinic.as_(Role.FRONT_DESK).get(PAGE).status_code == 200
    for role in (Role.FRONT_DESK, Role.ASSISTANT, Role.PRACTICE_ADMIN):
        assert clinic.as_(role).post(SIGN, {"digest": DIGEST}).status_code == 403
    assert clinic.as_(Role.BILLER).get(PAGE).status_code == 403


def test_another_practices_signature_is_not_ours(clinic: Clinic) -> None:
    clinic.as_(Role.CLINICIAN, home=clinic.world.elm).post(SIGN, {"digest": DIGEST})
    assert "Not signed" in clinic.as_(Role.CLINICIAN).get(PAGE).content.decode()


def test_anonymous_people_are_led_to_the_sign_in() -> None:
    assert Client().get(PAGE).status_code == 302


def test_every_class_of_danger_has_signs_in_both_languages_where_it_has_any() -> None:
    found = {(each.danger, each.language) for each in signs()}
    assert {danger for danger, language in found if language == "en"} == {
        danger for danger, language in found if language == "es"
    }
    assert all(each.level in {"L1", "L2", "review"} and each.phrases for each in signs())
    assert all(look_alikes().values())


def test_every_rule_and_reply_is_said_in_words(clinic: Clinic) -> None:
    text = clinic.as_(Role.CLINICIAN).get(PAGE).content.decode()
    assert "Pain or pressure in the chest" in text
    assert "May be an emergency, office closed" in text
    assert "safety.l1" not in text
    assert "What only sounds like danger" in text
    named = {rule for name in ("red_flags_en", "red_flags_es") for rule in rules_of(name)}
    assert named <= set(LOOKS_FOR)


@pytest.mark.parametrize(
    ("table", "path"),
    [
        ("red_flags_en", ("cardiac", "L1_chest_pain")),
        ("signs_en", ("self_harm", "L1_death_wish")),
        ("signs_es", ("look_alike", "no_es_peligro_ancho")),
        ("signs_en", ("mention", "named")),
        ("signs_es", ("concepts", "duele")),
        ("negation", ("negators",)),
        ("fillers", ("words",)),
        ("plain_words", ("plain",)),
        ("consent", ("concepts", "texts")),
    ],
    ids=lambda value: value if isinstance(value, str) else ".".join(value),
)
def test_every_table_that_decides_what_is_heard_is_signed_for(table, path, monkeypatch) -> None:
    *sections, key = path
    holder = TABLES[table]
    for section in sections:
        holder = holder[section]
    monkeypatch.setitem(holder, key, f"{holder[key]} another")
    assert version_of("2026.1").digest != DIGEST


def test_a_new_reader_asks_for_a_new_signature(monkeypatch) -> None:
    monkeypatch.setattr(danger_version, "READER_VERSION", "2027.1")
    assert version_of("2026.1").digest != DIGEST
