"""What a protocol's words must not hold, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.asking import asking_text
from checkins.cadence import ProtocolError, parse_content
from checkins.protocol_lint import lint
from checkins.segments import count_segments

PHASES = [{"first": 1, "last": None, "weekdays": ["mon"]}]
SETS = [
    ["pain"],
    ["exercises"],
    ["function"],
    ["pain", "exercises"],
    ["pain", "function"],
    ["exercises", "function"],
    ["pain", "exercises", "function"],
]


def content(items=("pain",), **more):
    return parse_content({"items": list(items), "phases": PHASES} | more)


@pytest.mark.parametrize("items", SETS, ids="+".join)
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("by_caregiver", [False, True], ids=["patient", "caregiver"])
def test_the_products_words_pass_and_fit(items, language, by_caregiver):
    made = content(items, activity={"en": "climb stairs", "es": "subir escaleras"})
    asked = asking_text(made, language, practice="Bayview Rehab", by_caregiver=by_caregiver)
    assert count_segments(asked.text).count == 1
    assert count_segments(asked.text).encoding == "GSM-7"
    assert [each for each in lint(made, practice="Bayview Rehab") if each.must_go] == []


FORBIDDEN = {
    "diagnosis": "How is your arthritis, 0 to 10?",
    "treatment": "How is it after your knee replacement, 0 to 10?",
    "diagnosis in Spanish": "¿Cómo sigue su artritis, 0 a 10?",
    "operation in Spanish": "Después de su cirugía, ¿dolor de 0 a 10?",
    "birth date": "Reply with your date of birth and pain, 0 to 10?",
    "date": "Since 3/2/2026, pain 0 to 10?",
    "phone number": "Call 312 555 0100. Pain, 0 to 10?",
    "record number": "Record 778899: pain, 0 to 10?",
    "name": "Hello Mrs. Ortiz, pain 0 to 10?",
    "place for a name": "{name}, pain 0 to 10?",
    "unknown place": "{clinic}: pain 0 to 10?",
    "link": "Pain 0 to 10? www.example.com",
    "carrier keyword": "Did you exercise? Reply YES or NO",
    "no question": "Tell us your pain, 0 to 10.",
    "endless": "Pain, 0 to 10? " * 30,
}


@pytest.mark.parametrize("text", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_what_must_go_is_named(text):
    found = lint(content(texts={"en": text}), practice="Bayview Rehab")
    assert found[0].must_go
    assert found[0].where == "text.en"


@pytest.mark.parametrize(
    "text",
    ["Good morning! How is your pain, 0 (none) to 10 (worst)?", "How well can you {activity}, 0 to 10?"],
)
def test_plain_words_pass(text):
    assert not [each for each in lint(content(texts={"en": text}), practice="Bayview Rehab") if each.must_go]


def test_a_diagnosis_hidden_in_the_activity_is_found():
    found = lint(content(["function"], activity={"en": "walk after surgery"}), practice="Bayview Rehab")
    assert (found[0].where, found[0].must_go) == ("activity.en", True)


def test_dear_letters_are_warned_about():
    found = lint(content(texts={"es": "¿Cuánto dolor, 0 a 10?"}), practice="Bayview Rehab")
    assert [each.must_go for each in found] == [False]
    assert "GSM" in found[0].sentence


def test_own_words_carry_the_protocols_version_and_go_to_patients_only():
    own = content(texts={"en": "Pain, 0 to 10?"})
    assert asking_text(own, "en", practice="Acme", version=3).template == "protocol.own@3"
    assert asking_text(own, "en", practice="Acme", by_caregiver=True).template.startswith(
        "prompt.cared.pain@"
    )
    assert asking_text(own, "es", practice="Acme").template.startswith("prompt.pain@")


@pytest.mark.parametrize("raw", [{"fr": "Bonjour"}, ["en"], {"en": 7}], ids=["language", "list", "number"])
def test_words_of_another_shape_are_refused(raw):
    with pytest.raises(ProtocolError, match="words by language"):
        content(texts=raw)


@given(st.text(max_size=300))
def test_never_breaks(text):
    lint(content(texts={"en": text}), practice="Bayview Rehab")
