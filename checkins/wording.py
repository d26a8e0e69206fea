"""The product's own texts in English and Spanish, each with a version; every one fits the GSM alphabet.

Spanish is written without the letters that the GSM alphabet lacks. Wordings need sign-off by a clinical lead
and by a qualified translator (45 CFR 92.201, 2024) before a practice goes live.
"""

from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

WORDING_VERSION = "2026.1"


class TemplateId(StrEnum):
    """Name of a text of ours."""

    PAIN = "prompt.pain"
    EXERCISES = "prompt.exercises"
    FUNCTION = "prompt.function"
    PAIN_AND_EXERCISES = "prompt.pain_exercises"
    ALL_THREE = "prompt.pain_exercises_function"
    PAIN_AND_FUNCTION = "prompt.pain_function"
    EXERCISES_AND_FUNCTION = "prompt.exercises_function"
    CARED_PAIN = "prompt.cared.pain"
    CARED_EXERCISES = "prompt.cared.exercises"
    CARED_FUNCTION = "prompt.cared.function"
    CARED_PAIN_AND_EXERCISES = "prompt.cared.pain_exercises"
    CARED_PAIN_AND_FUNCTION = "prompt.cared.pain_function"
    CARED_EXERCISES_AND_FUNCTION = "prompt.cared.exercises_function"
    CARED_ALL_THREE = "prompt.cared.all"
    REMINDER = "prompt.reminder"
    REMINDER_PLAIN = "prompt.reminder_plain"
    LINK = "prompt.link"
    CLARIFY_PAIN = "clarify.pain"
    CLARIFY_EXERCISES = "clarify.exercises"
    CLARIFY_FUNCTION = "clarify.function"
    CLARIFY_BOTH = "clarify.pain_exercises"
    CONFIRM_OPT_OUT = "consent.confirm_opt_out"
    CONFIRM_OPT_IN = "consent.confirm_opt_in"
    OPTED_OUT = "consent.opted_out"
    OPTED_IN = "consent.opted_in"
    HELP = "help"
    IDENTIFY = "identify"
    SAFETY_L1 = "safety.l1"
    SAFETY_L1_988 = "safety.l1_988"
    SAFETY_L2 = "safety.l2"
    SAFETY_L1_NIGHT = "safety.l1_night"
    SAFETY_L1_988_NIGHT = "safety.l1_988_night"
    SAFETY_L2_NIGHT = "safety.l2_night"
    WELCOME = "welcome"
    CARED_WELCOME = "welcome.cared"
    JOINING = "joining"


TEXTS: dict[TemplateId, dict[str, str]] = {
    TemplateId.PAIN: {
        "en": "{practice}: How is your pain today, 0 (none) to 10 (worst)?",
        "es": "{practice}: De 0 (nada) a 10 (lo peor), ¿qué tanto dolor tiene hoy?",
    },
    TemplateId.EXERCISES: {
        "en": "{practice}: Did you do your exercises today? Reply Y or N.",
        "es": "{practice}: ¿Hizo sus ejercicios hoy? Responda S o N.",
    },
    TemplateId.FUNCTION: {
        "en": "{practice}: How well can you {activity} today, 0 (not at all) to 10 (as before)?",
        "es": "{practice}: De 0 (no puedo) a 10 (como antes), ¿qué tan bien puede {activity} hoy?",
    },
    TemplateId.PAIN_AND_EXERCISES: {
        "en": "{practice}: Pain today, 0 (none) to 10 (worst)? Exercises done, Y or N? Reply like: 6 Y",
        "es": "{practice}: Dolor hoy, ¿de 0 (nada) a 10 (lo peor)? ¿Hizo sus ejercicios, S o N? Ejemplo: 6 S",
    },
    TemplateId.ALL_THREE: {
        "en": "{practice}: 1) Pain, 0 to 10? 2) Exercises, Y or N? 3) How well can you {activity}, 0 to 10?",
        "es": "{practice}: 1) Dolor, ¿0 a 10? 2) Ejercicios, ¿S o N? 3) ¿Qué tan bien puede {activity}, 0 a 10?",
    },
    TemplateId.PAIN_AND_FUNCTION: {
        "en": "{practice}: 1) Pain today, 0 to 10? 2) How well can you {activity}, 0 (not at all) to 10?",
        "es": "{practice}: 1) Dolor hoy, ¿0 a 10? 2) ¿Qué tan bien puede {activity}, 0 (nada) a 10?",
    },
    TemplateId.EXERCISES_AND_FUNCTION: {
        "en": "{practice}: 1) Exercises today, Y or N? 2) How well can you {activity}, 0 (not at all) to 10?",
        "es": "{practice}: 1) Ejercicios hoy, ¿S o N? 2) ¿Qué tan bien puede {activity}, 0 (nada) a 10?",
    },
    TemplateId.CARED_PAIN: {
        "en": "{practice}: How is the pain today of the person you care for, 0 (none) to 10 (worst)?",
        "es": "{practice}: De 0 (nada) a 10 (lo peor), ¿qué tanto dolor tiene hoy la persona que cuida?",
    },
    TemplateId.CARED_EXERCISES: {
        "en": "{practice}: Did the person you care for do the exercises today? Reply Y or N.",
        "es": "{practice}: ¿Hizo hoy sus ejercicios la persona que cuida? Responda S o N.",
    },
    TemplateId.CARED_FUNCTION: {
        "en": "{practice}: How well can the person you care for {activity} today, 0 (not at all) to 10?",
        "es": "{practice}: De 0 (nada) a 10, ¿qué tan bien puede {activity} hoy la persona que cuida?",
    },
    TemplateId.CARED_PAIN_AND_EXERCISES: {
        "en": "{practice}: For the person you care for: pain today, 0 to 10? Exercises done, Y or N? Like: 6 Y",
        "es": "{practice}: De la persona que cuida: dolor hoy, ¿0 a 10? ¿Hizo sus ejercicios, S o N? Ejemplo: 6 S",
    },
    TemplateId.CARED_PAIN_AND_FUNCTION: {
        "en": "{practice}: The person you care for: 1) Pain, 0 to 10? 2) How well can they {activity}, 0 to 10?",
        "es": "{practice}: La persona que cuida: 1) Dolor, ¿0 a 10? 2) ¿Qué tan bien puede {activity}, 0 a 10?",
    },
    TemplateId.CARED_EXERCISES_AND_FUNCTION: {
        "en": "{practice}: The person you care for: 1) Exercises, Y or N? 2) How well can they {activity}, 0 to 10?",
        "es": "{practice}: La persona que cuida: 1) Ejercicios, ¿S o N? 2) ¿Qué tan bien puede {activity}, 0 a 10?",
    },
    TemplateId.CARED_ALL_THREE: {
        "en": "{practice}: They: 1) Pain, 0 to 10? 2) Exercises, Y or N? 3) How well can they {activity}, 0 to 10?",
        "es": "{practice}: Esa persona: 1) Dolor, ¿0 a 10? 2) Ejercicios, ¿S o N?"
        " 3) ¿Qué tan bien puede {activity}, 0 a 10?",
    },
    TemplateId.REMINDER: {
        "en": "{practice}: We have not heard from you today. Pain, 0 to 10?",
        "es": "{practice}: Hoy no hemos recibido su respuesta. Dolor, ¿de 0 a 10?",
    },
    TemplateId.REMINDER_PLAIN: {
        "en": "{practice}: We have not heard from you today. Could you reply to our last text?",
        "es": "{practice}: Hoy no hemos recibido su respuesta. ¿Puede contestar nuestro mensaje anterior?",
    },
    TemplateId.LINK: {
        "en": "{practice}: Your check-in for today: {link}",
        "es": "{practice}: Sus preguntas de hoy: {link}",
    },
    TemplateId.CLARIFY_PAIN: {
        "en": "{practice}: Sorry, we could not read that. Please reply with one number, 0 (no pain) to 10 (worst).",
        "es": "{practice}: Perdone, no lo entendimos. Responda con un número de 0 (nada) a 10 (lo peor).",
    },
    TemplateId.CLARIFY_EXERCISES: {
        "en": "{practice}: Did you do your exercises today? Reply Y, N or SOME.",
        "es": "{practice}: ¿Hizo sus ejercicios hoy? Responda S, N o ALGUNOS.",
    },
    TemplateId.CLARIFY_FUNCTION: {
        "en": "{practice}: How well can you {activity}? Please reply with one number, 0 to 10.",
        "es": "{practice}: ¿Qué tan bien puede {activity}? Responda con un número de 0 a 10.",
    },
    TemplateId.CLARIFY_BOTH: {
        "en": "{practice}: Sorry, we could not read that. Pain from 0 to 10, then Y or N for exercises, like: 6 Y",
        "es": "{practice}: Perdone, no lo entendimos. Dolor de 0 a 10 y S o N por los ejercicios, por ejemplo: 6 S",
    },
    TemplateId.CONFIRM_OPT_OUT: {
        "en": "{practice}: Should we stop texting you? Reply STOP and we will. Questions: {phone}",
        "es": "{practice}: ¿Quiere que dejemos de escribirle? Responda ALTO y no le escribimos más. {phone}",
    },
    TemplateId.CONFIRM_OPT_IN: {
        "en": "{practice}: Would you like our check-in texts again? Reply START. Questions: {phone}",
        "es": "{practice}: ¿Quiere recibir otra vez nuestros mensajes? Responda START. Preguntas: {phone}",
    },
    TemplateId.OPTED_OUT: {
        "en": "{practice}: You will get no more texts from us. Reply START to turn them on again.",
        "es": "{practice}: No le enviaremos más mensajes. Responda START para recibirlos otra vez.",
    },
    TemplateId.OPTED_IN: {
        "en": "{practice}: Check-in texts are on again. STOP to end, HELP for help. Msg & data rates may apply.",
        "es": "{practice}: Le escribiremos otra vez. STOP para terminar, AYUDA para ayuda. Pueden aplicar tarifas.",
    },
    TemplateId.HELP: {
        "en": "{practice} check-ins, up to 1 text a day. Call {phone}. Emergency: 911. Reply STOP to end."
        " Msg & data rates may apply.",
        "es": "{practice}: hasta 1 mensaje al día. Llame al {phone}. Emergencia: 911. STOP para terminar."
        " Pueden aplicar tarifas.",
    },
    TemplateId.IDENTIFY: {
        "en": "This is {practice}, {phone}. Reply STOP if you do not want these texts.",
        "es": "Le escribe {practice}, {phone}. Responda STOP si no quiere estos mensajes.",
    },
    TemplateId.SAFETY_L1: {
        "en": "This line is automated and not watched all the time. If this may be an emergency call 911 or go to"
        " the nearest ER now. {practice} was alerted: {phone}.",
        "es": "Esta línea es automática y no siempre hay alguien. Si puede ser una emergencia llame al 911 o vaya a"
        " urgencias ahora. {practice} fue avisada: {phone}.",
    },
    TemplateId.SAFETY_L1_988: {
        "en": "If you might hurt yourself, call or text 988 (24/7) or call 911 now. You matter."
        " {practice} was alerted: {phone}.",
        "es": "Si piensa hacerse daño, llame al 988 y oprima 2 (24 horas) o llame al 911 ahora. Usted importa."
        " {practice} fue avisada: {phone}.",
    },
    TemplateId.SAFETY_L2: {
        "en": "Thank you for telling us. A team member will contact you on {next_business_day}. If it gets worse or"
        " feels urgent call 911. {practice} {phone}.",
        "es": "Gracias por avisarnos. Alguien del equipo le llamará el {next_business_day}. Si empeora o es urgente"
        " llame al 911. {practice} {phone}.",
    },
    TemplateId.SAFETY_L1_NIGHT: {
        "en": "Nobody reads texts at this hour. If this may be an emergency call 911 or go to the nearest ER now."
        " {practice} was paged: {phone}.",
        "es": "A esta hora nadie lee mensajes. Si puede ser una emergencia llame al 911 o vaya a urgencias ahora."
        " {practice} fue avisada: {phone}.",
    },
    TemplateId.SAFETY_L1_988_NIGHT: {
        "en": "Nobody reads texts at this hour. If you might hurt yourself, call or text 988 (24/7) or call 911 now."
        " You matter. {practice} was paged: {phone}.",
        "es": "A esta hora nadie lee mensajes. Si piensa hacerse daño, llame al 988 y oprima 2 o al 911 ahora."
        " Usted importa. {practice} fue avisada: {phone}.",
    },
    TemplateId.SAFETY_L2_NIGHT: {
        "en": "Thank you. Nobody reads texts at this hour; we will contact you on {next_business_day}."
        " If it gets worse or feels urgent call 911. {practice} {phone}.",
        "es": "Gracias por avisarnos. A esta hora nadie lee mensajes; el equipo le llamará el {next_business_day}."
        " Si empeora o es urgente llame al 911. {practice} {phone}.",
    },
    TemplateId.WELCOME: {
        "en": "{practice}: You signed up for check-in texts about your recovery, up to 1 a day. Msg & data rates may"
        " apply. Reply HELP for help, STOP to end. Not for emergencies and not watched 24/7: call 911.",
        "es": "{practice}: Usted acepta recibir mensajes sobre su recuperación, hasta 1 al día. Pueden aplicar"
        " tarifas. AYUDA para ayuda, STOP para terminar. No es para emergencias ni se vigila 24/7: llame al 911.",
    },
    TemplateId.CARED_WELCOME: {
        "en": "{practice}: You signed up for check-in texts about the person you care for, up to 1 a day. Msg & data"
        " rates may apply. Reply HELP for help, STOP to end. Not for emergencies and not watched 24/7: call 911.",
        "es": "{practice}: Usted acepta recibir mensajes sobre la persona que cuida, hasta 1 al día. Pueden aplicar"
        " tarifas. AYUDA para ayuda, STOP para terminar. No es para emergencias ni se vigila 24/7: llame al 911.",
    },
    TemplateId.JOINING: {
        "en": "{practice}: Thank you. Our front desk will finish your sign-up with you. Questions: {phone}."
        " Emergency: 911. STOP to end. Msg & data rates may apply.",
        "es": "{practice}: Gracias. La recepción terminará su registro con usted. Preguntas: {phone}."
        " Emergencia: 911. STOP para terminar. Pueden aplicar tarifas.",
    },
}
# What a fixed reply says of the practice: true from the alert on, in the page's words before it left out.
_CLAIMS = (
    " was alerted",
    " was paged",
    " fue avisada",
    " A team member will contact you on {next_business_day}.",
    "; we will contact you on {next_business_day}",
    " Alguien del equipo le llamará el {next_business_day}.",
    "; el equipo le llamará el {next_business_day}",
)
# Letters that would force UCS-2; the plain letter is read without trouble.
PLAIN_LETTERS = str.maketrans("áíóúÁÍÓÚ’“”–—…", 'aiouAIOU\'""--.')


@dataclass(frozen=True, slots=True)
class Wording:
    """A text ready to send and the version it came from."""

    text: str
    template: TemplateId
    language: str
    version: str


def render(template: TemplateId | str, language: str, **values: str) -> Wording:
    """Return a text of ours in "en" or "es"; any other language gets English.

    Raises `KeyError` naming the value that is missing, `ValueError` for an unknown template.
    A wrong number gets no text at all: there is no template for it, so nothing can be revealed.
    """
    return _filled(TemplateId(template), language, values, without=())


def render_untold(template: TemplateId | str, language: str, **values: str) -> Wording:
    """Return a fixed reply as `render` does, less what holds only once the practice has been told.

    >>> values = {"practice": "Oak PT", "phone": "555", "next_business_day": "Monday"}
    >>> render_untold("safety.l2", "en", **values).text
    'Thank you for telling us. If it gets worse or feels urgent call 911. Oak PT 555.'
    """
    return _filled(TemplateId(template), language, values, without=_CLAIMS)


def _filled(
    template: TemplateId, language: str, values: dict[str, str], *, without: tuple[str, ...]
) -> Wording:
    language = language if language in TEXTS[template] else "en"
    text = TEXTS[template][language]
    for claim in without:
        text = text.replace(claim, "")
    return Wording(text.format(**values).translate(PLAIN_LETTERS), template, language, WORDING_VERSION)


def values_needed(template: TemplateId | str) -> frozenset[str]:
    """Return the names of the values that a template needs, in either language."""
    texts = TEXTS[TemplateId(template)].values()
    return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name)
