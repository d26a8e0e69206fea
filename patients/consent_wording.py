"""What somebody reads before they agree on the web page, in both languages; a new wording gets a new version.

Needs the eyes of counsel and of a qualified translator (45 CFR 92.201, 2024) before a practice goes live. Each
version stays here as it was shown, so that a consent record's version says which words were agreed to.
"""

from collections.abc import Mapping

# What is shown today. What was shown before stays in _WORDS.
MONITORING = "monitoring.web.2026-1"
TEXTS = "texts.web.2026-1"

_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    MONITORING: {
        "en": (
            "{practice} asks you between visits how you are: your pain, your exercises, what you can do. "
            "Your care team reads the answers and may call you or change your plan.",
            "The answers are kept in your record. Your health plan may be billed for this care, and a "
            "part of the cost may be yours. Ask us if you want to know more.",
            "Nobody watches the answers around the clock. It is not for emergencies: call 911.",
            "It is your choice, and your care does not depend on it. You can end it at any time: tell us, or "
            "call {phone}.",
        ),
        "es": (
            "{practice} le pregunta entre una cita y otra cómo está: su dolor, sus ejercicios, lo que "
            "puede hacer. Su equipo lee las respuestas y puede llamarle o cambiar su plan.",
            "Las respuestas se guardan en su expediente. Es posible que se cobre a su seguro por esta "
            "atención y que una parte del costo le toque a usted. Pregúntenos si quiere saber más.",
            "Nadie vigila las respuestas las 24 horas. No es para emergencias: llame al 911.",
            "Usted decide, y su atención no depende de esto. Puede terminar cuando quiera: díganos o "
            "llame al {phone}.",
        ),
    },
    TEXTS: {
        "en": (
            "{practice} may send texts about the recovery to the mobile number ending in {last_four}, "
            "which I use: up to 1 check-in a day, and answers to what I write.",
            "Texts are not encrypted: whoever holds the phone may read them. Message and data rates may "
            "apply. The number is not passed on for advertising.",
            "Reply STOP to end the texts, HELP for help, or call {phone}. They are not for emergencies "
            "and not watched around the clock: call 911.",
            "It is your choice, and your care does not depend on it.",
        ),
        "es": (
            "{practice} puede enviar mensajes sobre la recuperación al número de celular que termina en "
            "{last_four} y que yo uso: hasta 1 al día con preguntas, y respuestas a lo que yo escriba.",
            "Los mensajes no van cifrados: quien tenga el teléfono puede leerlos. Pueden aplicar tarifas "
            "de mensajes y datos. El número no se entrega a nadie para publicidad.",
            "Responda STOP para terminar, HELP para ayuda, o llame al {phone}. No son para emergencias ni"
            " se vigilan las 24 horas: llame al 911.",
            "Usted decide, y su atención no depende de esto.",
        ),
    },
}
LANGUAGES = ("en", "es")


def paragraphs(version: str, language: str, *, values: Mapping[str, str]) -> tuple[str, ...]:
    """Return a version's paragraphs in "en" or "es"; KeyError for another version, language or a missing value.

    >>> paragraphs(TEXTS, "en", values={"practice": "Oak", "phone": "555", "last_four": "0142"})[3]
    'It is your choice, and your care does not depend on it.'
    """
    return tuple(each.format(**values) for each in _WORDS[version][language])


def versions() -> tuple[str, ...]:
    """Return every version that was ever shown."""
    return tuple(_WORDS)
