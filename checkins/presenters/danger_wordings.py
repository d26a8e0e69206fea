"""Danger signs and fixed replies in the words of the people who read and sign for them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from checkins.danger_version import Reply, Sign
from checkins.reading_words import SIGNS
from checkins.wording import TemplateId

# When each fixed reply is sent.
OCCASIONS = {
    TemplateId.SAFETY_L1: "May be an emergency",
    TemplateId.SAFETY_L1_988: "Thoughts of self-harm",
    TemplateId.SAFETY_L2: "A person must look soon",
    TemplateId.SAFETY_L1_NIGHT: "May be an emergency, office closed",
    TemplateId.SAFETY_L1_988_NIGHT: "Thoughts of self-harm, office closed",
    TemplateId.SAFETY_L2_NIGHT: "A person must look soon, office closed",
}
LEVELS = {
    "L1": "pages at once",
    "L2": "pages the same or next business day",
    "review": "goes to a person without a page",
}
TONES = {"L1": "danger", "L2": "attention"}
# What a rule looks for, by its key in the lexicons, English and Spanish alike.
LOOKS_FOR = {
    "intent": "Wants to die or to harm themselves",
    "intencion": "Wants to die or to harm themselves",
    "low": "Very low, cannot go on",
    "animo": "Very low, cannot go on",
    "chest_pain": "Pain or pressure in the chest",
    "pecho": "Pain or pressure in the chest",
    "heart_attack": "A heart attack",
    "infarto": "A heart attack",
    "arm_or_jaw": "Pain or numbness in the left arm or the jaw",
    "brazo": "Pain or numbness in the left arm",
    "breath": "Cannot breathe well",
    "respirar": "Cannot breathe well",
    "blood": "Coughing, spitting or vomiting blood",
    "sangre": "Coughing, spitting or vomiting blood",
    "face_or_speech": "A drooping face, trouble speaking",
    "cara": "A drooping face, trouble speaking",
    "vision": "Sight lost or blurred",
    "headache": "The worst headache",
    "cabeza": "The worst headache",
    "weakness": "Sudden weakness or numbness",
    "debilidad": "Sudden weakness or numbness",
    "weakness_slow": "Weakness or numbness that grows",
    "pills": "Took too many pills",
    "pastillas": "Took too many pills",
    "allergy": "Allergic reaction, swelling of face or throat",
    "alergia": "Allergic reaction, swelling of face or throat",
    "saddle": "Numb between the legs",
    "silla": "Numb between the legs",
    "bladder": "Cannot hold or pass water or stool",
    "vejiga": "Cannot hold or pass water or stool",
    "both_legs": "Both legs weak or numb",
    "dos_piernas": "Both legs weak or numb",
    "violence": "Is hit or threatened",
    "violencia": "Is hit or threatened",
    "leg": "A leg that is swollen, red, hot or cramping",
    "pierna": "A leg that is swollen, red, hot or cramping",
    "ankle": "Toes or fingers blue, black, white or cold",
    "faint": "Fainted",
    "desmayo": "Fainted",
    "dizzy": "Dizzy on standing or walking",
    "mareo": "Dizzy on standing or walking",
    "head_or_stuck": "Fell on the head, or cannot get up",
    "fall": "Fell",
    "caida": "Fell",
    "near": "Nearly fell",
    "casi": "Nearly fell",
    "sepsis": "Fever with confusion or shaking",
    "infection": "Fever, chills, a hot joint, a wound that opens",
    "infeccion": "Fever, chills, a hot joint, a wound that opens",
    "weight": "Losing weight without a reason",
    "peso": "Losing weight without a reason",
    "new_injury": "A pop, a joint that gave way, a new injury",
    "lesion": "A pop, a joint that gave way, a new injury",
    "words": "The worst pain, pain that is unbearable",
    "palabras": "The worst pain, pain that is unbearable",
    "distress": "Calls for help, panic, low mood",
    "angustia": "Calls for help, panic, low mood",
}
# The same key in two classes of danger, or at two levels of one.
_APART = {
    ("fall", "L1", "cabeza"): "Fell on the head, or cannot get up",
    ("stroke", "L2", "debilidad"): "Weakness or numbness that grows",
}
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class SignRow:
    """One rule: what it looks for, what follows, and its phrases as they are written."""

    looks_for: str
    follows: str
    tone: str
    is_spanish: bool
    phrases: Sequence[str]


@dataclass(frozen=True)
class SignClass:
    """The rules of one kind of danger."""

    title: str
    rows: Sequence[SignRow]


@dataclass(frozen=True)
class LookAlikes:
    """The phrases of one language that only sound like a danger, as they are written."""

    is_spanish: bool
    phrases: Sequence[str]


@dataclass(frozen=True)
class ReplyRow:
    """One fixed reply: when it is sent, and its words in both languages."""

    occasion: str
    english: str
    spanish: str


def sign_classes(signs: Iterable[Sign]) -> list[SignClass]:
    """Return the danger signs by kind, in the order given."""
    return [
        SignClass(SIGNS.get(danger, danger), [_row(each) for each in found])
        for danger, found in groupby(signs, lambda each: each.danger)
    ]


def look_alike_rows(phrases: Mapping[str, Sequence[str]]) -> list[LookAlikes]:
    """Return what only sounds like a danger, English before Spanish."""
    return [LookAlikes(language == "es", found) for language, found in phrases.items()]


def reply_rows(replies: Iterable[Reply]) -> list[ReplyRow]:
    """Return each fixed reply beside the occasion on which it is sent."""
    return [
        ReplyRow(OCCASIONS[TemplateId(each.name)], _bracketed(each.english), _bracketed(each.spanish))
        for each in replies
    ]


def _bracketed(text: str) -> str:
    """Return a text whose places read as people read them: [next business day] for {next_business_day}."""
    return _PLACE.sub(lambda place: f"[{place[1].replace('_', ' ')}]", text)


def _row(sign: Sign) -> SignRow:
    apart = _APART.get((sign.danger, sign.level, sign.rule))
    other = f"{SIGNS.get(sign.danger, sign.danger).capitalize()}, in other words"
    return SignRow(
        looks_for=apart or LOOKS_FOR.get(sign.rule, other),
        follows=LEVELS.get(sign.level, sign.level),
        tone=TONES.get(sign.level, "plain"),
        is_spanish=sign.language == "es",
        phrases=sign.phrases,
    )
