"""What a protocol's words must not hold, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins import wording
from checkins.asking import asking_text
from checkins.cadence import ProtocolError, parse_content
from checkins.protocol_lint import lint, lint_words
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


NAMES = {
    "en": [
        "Hi Grace, pain today 0 to 10? Exercises done, Y or N?",
        "hi grace, pain today 0 to 10?",
        "Hey Kowalski! Pain, 0 to 10?",
        "Good morning Wren, pain 0 to 10?",
        "Hi there Grace, pain 0 to 10?",
        "Hello June, pain 0 to 10?",
        "hi will, pain 0 to 10?",
        "Hi Will how is your pain, 0 to 10?",
        "Dear Mr Smith, pain 0 to 10?",
        "Dear Miss Wu, pain 0 to 10?",
        "Grace Kowalski: pain today, 0 to 10?",
        "Kowalski, Grace: pain today, 0 to 10?",
        "Xiomara: pain today, 0 to 10?",
        "Grace, pain today, 0 to 10?",
        "Hope, pain today, 0 to 10?",
        "Pain today, 0 to 10? Thanks, Wren.",
        "How is your pain today, Kowalski? 0 to 10",
        "How is Grace's pain today, 0 to 10?",
        "Does maria have pain, 0 to 10?",
        "Ask Wren Kowalski about pain, 0 to 10?",
    ],
    "es": [
        "Hola Maria, dolor de 0 a 10?",
        "Hola, Xochitl: dolor de 0 a 10?",
        "Buenos días Lupita, ¿dolor de 0 a 10?",
        "Estimada Señora Ortiz, ¿dolor de 0 a 10?",
        "Grace Kowalski: ¿dolor de 0 a 10?",
        "Doña Carmen, ¿dolor de 0 a 10?",
        "¿Cómo está su dolor, Joaquín? 0 a 10",
    ],
}


@pytest.mark.parametrize(("language", "text"), [(each, text) for each in NAMES for text in NAMES[each]])
def test_a_name_must_go(language, text):
    found = [each for each in lint(content(texts={language: text}), practice="Bayview Rehab") if each.must_go]
    assert [each.where for each in found] == [f"text.{language}"]
    assert "holds a name" in found[0].sentence


CONDITIONS = """
torn ACL|the ACL|your PCL|an MCL tear|the TKA|your THA|the TKR|THR|the ORIF|meniscus|rotator cuff|a torn ligament
the tear|the rupture|knee replacement|arthritis|stenosis|sciatica|fracture|post-op|a sprain|frozen shoulder|tendonitis
su LCA|el LCP|la rotura|el desgarro|la ruptura|menisco|manguito rotador|artritis|estenosis|ciática|fractura
un esguince|la prótesis|el reemplazo|ligamento roto|lo operaron|la artroscopia
""".strip().replace("\n", "|")


@pytest.mark.parametrize("words", CONDITIONS.split("|"))
def test_a_condition_must_go_wherever_it_stands(words):
    for made, where in (
        (content(texts={"en": f"With {words}: pain, 0 to 10?"}), "text.en"),
        (content(["function"], activity={"en": f"walk with {words}"}), "activity.en"),
    ):
        found = lint(made, practice="Bayview Rehab")
        assert (found[0].where, found[0].must_go) == (where, True)
        assert "diagnosis" in found[0].sentence
    assert "diagnosis" in lint_words(f"walk with {words}")[0].sentence


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "How is your knee, 0 to 10?"),
        ("en", "Pain in the lower back today, 0 to 10?"),
        ("en", "How are both shoulders, 0 to 10?"),
        ("es", "¿Cómo está su rodilla, 0 a 10?"),
        ("es", "¿Dolor de espalda, 0 a 10?"),
    ],
)
def test_a_part_of_the_body_must_go_from_a_text(language, text):
    found = lint(content(texts={language: text}), practice="Bayview Rehab")
    assert (found[0].where, found[0].must_go) == (f"text.{language}", True)
    assert "part of the body" in found[0].sentence


def test_a_movement_may_need_a_part_of_the_body():
    made = content(["function"], activity={"en": "reach over your shoulder", "es": "agacharse"})
    found = [each for each in lint(made, practice="Bayview Rehab") if "part of the body" in each.sentence]
    assert [(each.where, each.must_go) for each in found] == [("activity.en", False)]
    assert lint_words("put a belt behind my back") == lint_words("kneel on my left knee") == ()


def test_a_capital_that_may_be_a_name_is_warned_about():
    found = lint(
        content(texts={"en": "Pain after the walk to Zabriskie, 0 to 10?"}), practice="Bayview Rehab"
    )
    assert [(each.must_go, "may be a name" in each.sentence) for each in found] == [(False, True)]
    assert lint_words("walk to Zabriskie") == lint_words("hike the Appalachian Trail") == ()


PLAIN = {
    "en": [
        "Hi! How is your pain, 0 to 10?",
        "Hi, How is your pain, 0 to 10?",
        "Hello there, pain today 0 to 10?",
        "Hi again: pain today, 0 to 10?",
        "Good Morning, Pain Today, 0 To 10?",
        "Good morning from Bayview Rehab! Pain, 0 to 10?",
        "Hi from Bayview: pain, 0 to 10?",
        "Hello from your PT team. Pain, 0 to 10? Your PT reads it on Monday.",
        "Happy Friday! Pain, 0 to 10?",
        "Monday, again: pain, 0 to 10?",
        "In May and June we ask less. Pain, 0 to 10?",
        "Daily Check-In: pain, 0 to 10?",
        "Wellness Check: pain, 0 to 10?",
        "Reminder: pain today, 0 to 10?",
        "Exercises, Y or N? Pain, 0 to 10?",
        "Pain, 0 to 10? Reply like: 6 Y. Text STOP to end, HELP for help.",
        "Pain, 0 to 10? Text us any time. Thank you!",
        "Thanks! Pain, 0 to 10?",
        "PAIN TODAY, 0 TO 10?",
        "Will you rate your pain, 0 to 10? Mark it from 0 up.",
        "Dear patient, pain today 0 to 10?",
        "Hi, will you rate your pain, 0 to 10?",
        "Good morning, hope all is well. Pain, 0 to 10?",
        "Welcome back! Pain, 0 to 10?",
        "Pain, 0 to 10? Call Bayview Rehab if it gets worse.",
        "Rate how well you {activity}, 0 to 10?",
    ],
    "es": [
        "Hola, dolor hoy de 0 a 10?",
        "Hola! Dolor hoy de 0 a 10?",
        "Hola. ¿Qué tanto dolor tiene hoy, de 0 a 10?",
        "Buenos días: ¿dolor de 0 a 10?",
        "Feliz lunes, ¿dolor de 0 a 10?",
        "Lunes: ¿dolor de 0 a 10?",
        "¿Hizo sus ejercicios, S o N? Dolores, ¿de 0 a 10?",
        "Estimado paciente, ¿dolor de 0 a 10?",
        "Bayview Rehab: ¿dolor de 0 a 10? Responda S o N.",
        "Gracias por contestar. ¿Dolor de 0 a 10?",
    ],
}


@pytest.mark.parametrize(("language", "text"), [(each, text) for each in PLAIN for text in PLAIN[each]])
def test_no_name_is_seen_where_none_is(language, text):
    items = ["function"] if "{activity}" in text else ["pain"]
    said = [each.sentence for each in lint(content(items, texts={language: text}), practice="Bayview Rehab")]
    assert not [each for each in said if "name" in each or "diagnosis" in each or "body" in each]


@pytest.mark.parametrize("template", wording.TEXTS.values(), ids=[each.value for each in wording.TEXTS])
def test_the_products_own_texts_name_nobody(template):
    for text in template.values():
        said = " ".join(each.sentence for each in lint_words(text))
        assert "holds a name" not in said
        assert "diagnosis" not in said


@pytest.mark.parametrize("practice", ["Grace Hospital Rehab", "Smith & Wu PT"])
def test_the_practices_name_is_no_patients_name(practice):
    clean = content(texts={"en": f"{practice}: pain today, 0 to 10?"})
    assert not [each for each in lint(clean, practice=practice) if "name" in each.sentence]
    found = lint(content(texts={"en": "Hi Grace, pain today 0 to 10?"}), practice=practice)
    assert "holds a name" in found[0].sentence


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
