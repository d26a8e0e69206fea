"""Our own texts: cheap to send, complete, and never read as an answer or an alarm when quoted back."""

import pytest

from checkins.protocol_lint import lint_words
from checkins.replies.reader import read
from checkins.replies.reading import Answers, Question, ReplyRequest
from checkins.segments import count_segments
from checkins.wording import TEXTS, WORDING_VERSION, TemplateId, render, render_untold, values_needed

VALUES = {
    "practice": "Bayview Rehab",
    "phone": "555-555-0100",
    "activity": "climb your stairs",
    "link": "https://daybook.example.org/c/" + "x" * 70 + "/",
    "next_business_day": "Wednesday",
}
EACH = [(template, language) for template in TemplateId for language in ("en", "es")]


def rendered(template, language):
    return render(template, language, **{name: VALUES[name] for name in values_needed(template)}).text


@pytest.mark.parametrize(("template", "language"), EACH)
def test_each_fits_the_cheap_alphabet(template, language):
    segments = count_segments(rendered(template, language))
    assert segments.encoding == "GSM-7"
    assert segments.count <= (2 if template in (TemplateId.WELCOME, TemplateId.CARED_WELCOME) else 1)


@pytest.mark.parametrize(("template", "language"), EACH)
def test_quoted_back_it_says_nothing(template, language):
    text = rendered(template, language)
    for reply in (f"Liked “{text}”", f"Me gustó “{text}”", f"👍 to “{text}”", text):
        got = read(ReplyRequest(texts=(reply,), open=tuple(Question), prompt=text))
        assert got.answers == Answers()
        assert got.red_flag is None
        assert got.consent is None


@pytest.mark.parametrize(("template", "language"), EACH)
def test_prompts_avoid_carrier_keywords(template, language):
    if template.value.startswith("prompt"):
        assert not {"YES", "END", "CANCEL", "QUIT"} & set(
            TEXTS[template][language].upper().replace(",", " ").split()
        )


SAFETY = [(template, language) for template, language in EACH if template.value.startswith("safety.")]


@pytest.mark.parametrize(("template", "language"), SAFETY)
def test_before_the_alert_a_fixed_reply_claims_nothing_of_the_practice(template, language):
    untold = render_untold(template, language, **VALUES).text
    assert not any(
        each in untold for each in ("alerted", "paged", "avisada", "Wednesday", "contact", "llamar")
    )
    assert "911" in untold
    assert VALUES["phone"] in untold
    # Nothing is added and nothing else is lost.
    assert set(untold.split()) - {"Rehab:", "hour.", "mensajes."} <= set(rendered(template, language).split())


@pytest.mark.parametrize("template", [TemplateId.WELCOME, TemplateId.CARED_WELCOME])
@pytest.mark.parametrize("language", ["en", "es"])
def test_welcome_says_what_the_carriers_ask(template, language):
    text = rendered(template, language)
    for needed in ("Bayview Rehab", "STOP", "911", "1 "):
        assert needed in text


@pytest.mark.parametrize(
    ("language", "cared", "own"),
    [("en", "the person you care for", "your"), ("es", "la persona que cuida", "su")],
)
def test_a_caregiver_is_welcomed_about_somebody_else(language, cared, own):
    text = rendered(TemplateId.CARED_WELCOME, language)
    assert cared in text
    assert own not in text.lower().replace("usted", "").split()
    assert cared not in rendered(TemplateId.WELCOME, language)
    # The protocols' linter finds nothing but what every first text must hold: the practice's name, HELP and STOP.
    usual = lint_words(rendered(TemplateId.WELCOME, language), names=["Vera Ortiz"])
    assert set(lint_words(text, names=["Vera Ortiz"])) <= set(usual)


def test_versions_and_languages():
    wording = render("help", "fr", practice="Acme", phone="1")
    assert (wording.language, wording.version, wording.template) == ("en", WORDING_VERSION, TemplateId.HELP)
    with pytest.raises(KeyError):
        render(TemplateId.HELP, "en", practice="Acme")
    with pytest.raises(ValueError, match="nonsense"):
        render("nonsense", "en")
