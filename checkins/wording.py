"""Daybook's own texts to patients, in English and Spanish, each with its version.

Plain letters only (GSM-7), so that a text costs one segment; the Spanish is written without the
accents that GSM-7 lacks. Digits and Y/N are asked for: whole-message YES, END or CANCEL are words that
carriers act on. Wording changes get a new version; what was sent keeps the version it was sent with.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

VERSION = "2026.1"


@dataclass(frozen=True)
class Rendered:
    """A text ready to send and the version of its wording."""

    body: str
    version: str


_TEXTS: dict[str, dict[str, str]] = {
    "check_in.pain": {
        "en": "{clinic}: How is your pain today, 0 (none) to 10 (worst)? Reply with a number.",
        "es": "{clinic}: Cuanto dolor tiene hoy, de 0 (nada) a 10 (el peor)? Responda con un numero.",
    },
    "check_in.pain.exercises": {
        "en": "{clinic}: Pain today, 0 (none) to 10 (worst)? And exercises done, Y or N? Example: 4 Y",
        "es": "{clinic}: Dolor hoy, de 0 (nada) a 10 (el peor)? Hizo los ejercicios, S o N? Ejemplo: 4 S",
    },
    "check_in.pain.exercises.function": {
        "en": "{clinic}: Pain today 0-10? Exercises done, Y or N? Your activity 0 (cannot) to 10 (easily)? "
        "Example: 4 Y 7",
        "es": "{clinic}: Dolor hoy 0-10? Ejercicios, S o N? Su actividad de 0 (no puedo) a 10 (facil)? "
        "Ejemplo: 4 S 7",
    },
    "check_in.exercises": {
        "en": "{clinic}: Did you do your exercises today? Reply Y or N.",
        "es": "{clinic}: Hizo sus ejercicios hoy? Responda S o N.",
    },
    "check_in.function": {
        "en": "{clinic}: How well can you do your activity today, 0 (cannot) to 10 (easily)?",
        "es": "{clinic}: Que tan bien puede hacer su actividad hoy, de 0 (no puedo) a 10 (facil)?",
    },
    "clarify.pain": {
        "en": "{clinic}: Sorry, we could not read that. Your pain today as one number, 0 to 10?",
        "es": "{clinic}: Perdon, no entendimos. Su dolor hoy con un solo numero, de 0 a 10?",
    },
    "clarify.exercises": {
        "en": "{clinic}: Thank you. Did you do your exercises today? Reply Y or N.",
        "es": "{clinic}: Gracias. Hizo sus ejercicios hoy? Responda S o N.",
    },
    "clarify.function": {
        "en": "{clinic}: Thank you. How well can you do your activity, 0 (cannot) to 10 (easily)?",
        "es": "{clinic}: Gracias. Que tan bien puede hacer su actividad, de 0 (no puedo) a 10 (facil)?",
    },
    "clarify.all": {
        "en": "{clinic}: Sorry, we could not read that. Pain 0 to 10, and exercises Y or N? Example: 4 Y",
        "es": "{clinic}: Perdon, no entendimos. Dolor de 0 a 10, y ejercicios S o N? Ejemplo: 4 S",
    },
    "welcome": {
        "en": "{clinic}: You agreed to short check-in texts, 1 a day. Not for emergencies, not watched 24/7: "
        "call 911. Msg & data rates may apply. Reply HELP for help, STOP to end. Questions: {phone}",
        "es": "{clinic}: Usted acepto mensajes cortos de control, 1 al dia. No es para emergencias ni se "
        "vigila 24/7: llame al 911. Pueden aplicar tarifas. HELP para ayuda, STOP para terminar. {phone}",
    },
    "stop": {
        "en": "{clinic}: You will get no more texts from us. To talk to us call {phone}.",
        "es": "{clinic}: No recibira mas mensajes nuestros. Para hablar con nosotros llame al {phone}.",
    },
    "stop_question": {
        "en": "{clinic}: Should we stop these texts? Reply STOP to end them. Otherwise nothing changes.",
        "es": "{clinic}: Quiere dejar de recibir mensajes? Responda STOP para terminar. Si no, nada cambia.",
    },
    "start": {
        "en": "{clinic}: Your check-in texts are on again, 1 a day. Reply STOP to end, HELP for help.",
        "es": "{clinic}: Sus mensajes de control siguen, 1 al dia. STOP para terminar, HELP para ayuda.",
    },
    "help": {
        "en": "{clinic}: Daily check-ins on your recovery. In an emergency call 911. Call us: {phone}. "
        "Reply STOP to end.",
        "es": "{clinic}: Control diario de su recuperacion. En una emergencia llame al 911. Llamenos: {phone}. "
        "STOP para terminar.",
    },
    "safety.L1": {
        "en": "This line is automated and not watched all the time. If this may be an emergency call 911 or go "
        "to the nearest ER now. {clinic} has been alerted: {phone}.",
        "es": "Esta linea es automatica y no se vigila siempre. Si puede ser una emergencia llame al 911 o "
        "vaya a urgencias ya. {clinic} fue avisada: {phone}.",
    },
    "safety.988": {
        "en": "If you might hurt yourself, call or text 988 (24/7) or call 911 now. You matter. "
        "{clinic} has been alerted: {phone}.",
        "es": "Si piensa hacerse dano, llame al 988 y marque 2 (24/7) o llame al 911 ya. Usted importa. "
        "{clinic} fue avisada: {phone}.",
    },
    "safety.L2": {
        "en": "Thank you for telling us. A team member will contact you on the next business day. If it gets "
        "worse or feels urgent call 911. {clinic} {phone}.",
        "es": "Gracias por avisarnos. Alguien del equipo le llamara el proximo dia habil. Si empeora o es "
        "urgente llame al 911. {clinic} {phone}.",
    },
}


def render(template: str, language: str, **values: str) -> Rendered:
    """Return a text in a language; KeyError for a wording that does not exist."""
    return Rendered(body=_TEXTS[template][language].format(**values), version=f"{template}@{VERSION}")


def check_in_template(items: Sequence[str]) -> str:
    """Return the wording that asks these questions in one text."""
    name = "check_in." + ".".join(items)
    if name not in _TEXTS:
        raise ValueError(f"No wording asks {', '.join(items)} together: use pain, exercises, function in order.")
    return name


def clarify_template(missing: Iterable[str]) -> str:
    """Return the wording that asks once more for what is missing."""
    named = list(missing)
    return f"clarify.{named[0]}" if len(named) == 1 else "clarify.all"


def safety_template(*, danger: str, level: str) -> str:
    """Return the fixed reply to a danger sign; empty where a person only looks."""
    if danger == "self_harm" or danger == "distress":
        return "safety.988" if level != "review" else ""
    return {"L1": "safety.L1", "L2": "safety.L2"}.get(level, "")


def all_templates() -> tuple[str, ...]:
    """Return the name of every wording, for tests and for the page that shows them."""
    return tuple(_TEXTS)
