"""The words of consent: complete in both languages, and never changed under a version that was shown."""

from hashlib import sha256

import pytest

from patients import consent_wording
from patients.consent_wording import LANGUAGES, paragraphs, versions

VALUES = {"practice": "Oak PT", "phone": "(312) 555-0100", "last_four": "0142"}
# A wording that has been agreed to stays as it was: new words get a new version here and in consent_wording.py.
AS_SHOWN = {
    ("monitoring.web.2026-1", "en"): "e1be222852ea0c42",
    ("monitoring.web.2026-1", "es"): "0548653bf3930cbf",
    ("texts.web.2026-1", "en"): "c8d9136955c987cf",
    ("texts.web.2026-1", "es"): "20c29d91a48fd636",
}


@pytest.mark.parametrize(("version", "language"), AS_SHOWN)
def test_a_version_is_never_reworded(version: str, language: str) -> None:
    said = "\n".join(paragraphs(version, language, values=VALUES))
    assert sha256(said.encode()).hexdigest()[:16] == AS_SHOWN[version, language]


def test_every_version_is_held_in_both_languages() -> None:
    assert {each for each, _ in AS_SHOWN} == set(versions())
    assert len(AS_SHOWN) == len(versions()) * len(LANGUAGES)
    assert {consent_wording.MONITORING, consent_wording.TEXTS} <= set(versions())


@pytest.mark.parametrize("language", LANGUAGES)
def test_consent_to_texts_says_what_the_carriers_ask(language: str) -> None:
    said = " ".join(paragraphs(consent_wording.TEXTS, language, values=VALUES))
    for needed in ("Oak PT", "0142", "1 ", "STOP", "HELP", "(312) 555-0100", "911"):
        assert needed in said
    assert ("Message and data rates" if language == "en" else "Pueden aplicar tarifas") in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_consent_to_monitoring_says_that_it_is_free_to_end_and_nobody_watches(language: str) -> None:
    said = " ".join(paragraphs(consent_wording.MONITORING, language, values=VALUES))
    for needed in ("Oak PT", "(312) 555-0100", "911"):
        assert needed in said
    assert ("does not depend on it" if language == "en" else "no depende de esto") in said


def test_another_version_or_language_is_not_guessed() -> None:
    with pytest.raises(KeyError):
        paragraphs("texts.web.1999-1", "en", values=VALUES)
    with pytest.raises(KeyError):
        paragraphs(consent_wording.TEXTS, "fr", values=VALUES)
