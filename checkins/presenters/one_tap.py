"""The one-tap page in the patient's words: one question a screen, in English or Spanish."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checkins.page_answers import choices_for
from checkins.services.page_answers import PageState
from patients.phones import shown

_QUESTIONS = {
    "pain": {"en": "How is your pain today?", "es": "¿Qué tanto dolor tiene hoy?"},
    "exercises": {"en": "Did you do your exercises today?", "es": "¿Hizo sus ejercicios hoy?"},
    "function": {
        "en": "How well can you do the activity that matters to you?",
        "es": "¿Qué tan bien puede hacer la actividad que le importa?",
    },
}
# What a day asks about in words of its own.
_ABOUT = {
    "function": {"en": "How well can you {words} today?", "es": "¿Qué tan bien puede {words} hoy?"},
    "milestone": {"en": "Can you {words}?", "es": "¿Puede {words}?"},
    "free": {"en": "{words}", "es": "{words}"},
}
_SCALES = {
    "pain": {"en": ("No pain", "Worst pain"), "es": ("Nada", "Lo peor")},
    "function": {"en": ("Not at all", "As before"), "es": ("No puedo", "Como antes")},
}
# Numbers that a fixed reply may name, to call with one tap.
_LIFELINES = ("988", "911")
_WORDS = {
    "en": {
        "step": "Question {number} of {total}",
        "note_title": "Anything we should know?",
        "note_hint": "You can leave this empty. Not for emergencies: call 911.",
        "free_hint": "A few words are enough. Your clinician reads them. Not for emergencies: call 911.",
        "send": "Send",
        "no_note": "No, I am done",
        "thanks": "Thank you",
        "thanks_text": "Your answers are with your clinic. You can close this page.",
        "kept": "Your answers are saved.",
        "over": "This check-in is closed",
        "over_text": "Nothing was lost: answer the next one, or call us.",
        "unknown": "This link does not open anything",
        "unknown_text": "Open the newest text from your clinic, or call them.",
        "safety": "This page is automated and not watched all the time. In an emergency call 911.",
        "call": "Call {practice}",
        "title": "Check-in",
    },
    "es": {
        "step": "Pregunta {number} de {total}",
        "note_title": "¿Hay algo que debamos saber?",
        "note_hint": "Puede dejarlo en blanco. No es para emergencias: llame al 911.",
        "free_hint": "Bastan pocas palabras. Su terapeuta las lee. No es para emergencias: llame al 911.",
        "send": "Enviar",
        "no_note": "No, ya terminé",
        "thanks": "Gracias",
        "thanks_text": "Su clínica tiene sus respuestas. Puede cerrar esta página.",
        "kept": "Sus respuestas están guardadas.",
        "over": "Estas preguntas ya se cerraron",
        "over_text": "No se perdió nada: conteste las próximas o llámenos.",
        "unknown": "Este enlace no abre nada",
        "unknown_text": "Abra el mensaje más nuevo de su clínica o llame.",
        "safety": "Esta página es automática y no siempre hay alguien. En una emergencia llame al 911.",
        "call": "Llamar a {practice}",
        "title": "Preguntas de hoy",
    },
}


@dataclass(frozen=True)
class Tap:
    """One big button."""

    value: str
    label: str


@dataclass(frozen=True)
class Screen:
    """One screen of the page: a question, the free note, the thanks, or why there is nothing to answer."""

    kind: str
    language: str
    words: dict[str, str]
    practice: str = ""
    phone: str = ""
    item: str = ""
    question: str = ""
    step: str = ""
    scale: tuple[str, str] = ("", "")
    taps: Sequence[Tap] = ()
    call: str = ""
    error: str = ""
    note: str = ""
    safety: Sequence[str] = ()
    lifelines: Sequence[Tap] = ()


def unknown_screen(language: str) -> Screen:
    """Return what a wrong link shows: nothing of anybody's."""
    language = language if language in _WORDS else "en"
    return Screen(kind="unknown", language=language, words=_WORDS[language])


def screen_of(
    state: PageState, *, is_done: bool = False, error: str = "", note: str = "", safety: Sequence[str] = ()
) -> Screen:
    """Return the screen that comes next, under the fixed replies to a danger sign."""
    language = state.language if state.language in _WORDS else "en"
    words = _WORDS[language]
    practice = state.practice.text_name
    item = state.left[0] if state.left else ""
    kind = _kind(state, is_done=is_done)
    total = len(state.check_in.items)
    return Screen(
        kind=kind,
        language=language,
        words=words,
        practice=practice,
        phone=shown(state.practice.phone) if state.practice.phone else "",
        call=words["call"].format(practice=practice),
        item=item,
        question=_question(item, state.words.get(item, ""), language) if item else "",
        step=words["step"].format(number=total - len(state.left) + 1, total=total) if item else "",
        scale=_SCALES.get(item, {}).get(language, ("", "")),
        taps=[Tap(each.value, getattr(each, language)) for each in choices_for(item)] if item else (),
        error=error,
        note=note,
        safety=safety,
        lifelines=[
            Tap(number, words["call"].format(practice=number))
            for number in _LIFELINES
            if any(_names(each, number) for each in safety)
        ],
    )


def _names(said: str, number: str) -> bool:
    # Not as a part of the clinic's own number.
    return re.search(rf"(?<![\d-]){number}(?![\d-])", said) is not None


def _question(item: str, words: str, language: str) -> str:
    return _ABOUT[item][language].format(words=words) if words else _QUESTIONS[item][language]


def _kind(state: PageState, *, is_done: bool) -> str:
    if state.is_over:
        return "over"
    if state.left:
        return "question"
    return "thanks" if is_done or state.has_note else "note"
