"""The consent page in the reader's words: two questions, each a choice of its own, in English or Spanish."""

from collections.abc import Sequence
from dataclasses import dataclass

from checkins.forms.consent_page import NO, YES, ConsentPageForm
from checkins.services.consent_links import ConsentPage
from patients import consent_wording
from patients.models import ConsentEvent, ConsentSignature
from patients.phones import shown

_WORDS = {
    "en": {
        "title": "Your consent",
        "heading": "What do you agree to?",
        "intro": "Two questions. Each is your own choice.",
        "intro_one": "One question. It is your own choice.",
        "monitoring": "Questions between visits",
        "texts": "Text messages",
        "yes": "I agree",
        "no": "I do not agree",
        "signer": "Who answers here?",
        "patient": "I am the patient",
        "caregiver": "I care for the patient",
        "relationship": "If you care for the patient: who are you to them?",
        "relationship_hint": "Such as mother, husband, daughter, aide",
        "typed_name": "Your full name",
        "typed_name_hint": "Typing your name here counts as your signature.",
        "send": "Send my answers",
        "faults": "Nothing has been sent yet: see the marked answers below.",
        "trouble": "Your answers could not be saved. Please try again later, or call us.",
        "thanks": "Thank you",
        "thanks_text": "Your clinic has your answers. You can close this page.",
        "is_yes": "{what}: you agreed",
        "is_no": "{what}: you did not agree",
        "change": "You can change your mind at any time: tell us, or call {phone}.",
        "stop": "To end the texts, reply STOP to any of them.",
        "blocked": "This phone once texted us STOP, so its carrier still holds our texts back. Text START"
        " to {number} from it, and they can come again.",
        "unknown": "This link does not open anything",
        "unknown_text": "Part of it may be missing. Open it again from where you got it, or ask your "
        "clinic for a new one.",
        "over": "This link is no longer open",
        "over_text": "A link works once, for seven days, until a newer one is made. Ask your clinic for a"
        " new link, or tell them at the desk or on the phone.",
        "staff": "This page is for the patient",
        "staff_text": "You are signed in to Daybook here, so an answer would look like the patient's own. Let the"
        " patient open the link on their own phone, or sign out first. Nothing was saved.",
        "safety": "This page is not for emergencies. In an emergency call 911.",
        "call": "Call {practice}",
        "other": "Español",
        "other_language": "es",
    },
    "es": {
        "title": "Su consentimiento",
        "heading": "¿Qué acepta usted?",
        "intro": "Dos preguntas. Usted decide cada una por separado.",
        "intro_one": "Una pregunta. Usted decide.",
        "monitoring": "Preguntas entre una cita y otra",
        "texts": "Mensajes de texto",
        "yes": "Acepto",
        "no": "No acepto",
        "signer": "¿Quién contesta?",
        "patient": "Soy el paciente o la paciente",
        "caregiver": "Cuido al paciente o a la paciente",
        "relationship": "Si usted cuida al paciente: ¿quién es usted?",
        "relationship_hint": "Por ejemplo madre, esposo, hija, cuidadora",
        "typed_name": "Su nombre completo",
        "typed_name_hint": "Escribir su nombre aquí vale como su firma.",
        "send": "Enviar mis respuestas",
        "faults": "Todavía no se envió nada: vea las respuestas marcadas abajo.",
        "trouble": "No se pudieron guardar sus respuestas. Intente más tarde o llámenos.",
        "thanks": "Gracias",
        "thanks_text": "Su clínica tiene sus respuestas. Puede cerrar esta página.",
        "is_yes": "{what}: usted aceptó",
        "is_no": "{what}: usted no aceptó",
        "change": "Puede cambiar de opinión cuando quiera: díganos o llame al {phone}.",
        "stop": "Para terminar los mensajes, responda STOP a cualquiera.",
        "blocked": "Este teléfono nos envió STOP alguna vez y su compañía todavía detiene nuestros "
        "mensajes. Envíe START al {number} desde ese teléfono para volver a recibirlos.",
        "unknown": "Este enlace no abre nada",
        "unknown_text": "Puede que le falte una parte. Ábralo otra vez desde donde lo recibió o pida uno "
        "nuevo a su clínica.",
        "over": "Este enlace ya no está abierto",
        "over_text": "Un enlace sirve una vez, durante siete días, hasta que se haga uno más nuevo. Pida "
        "otro a su clínica, o dígalo en recepción o por teléfono.",
        "staff": "Esta página es para el paciente",
        "staff_text": "Aquí hay una sesión abierta del personal en Daybook, y una respuesta parecería del paciente."
        " Deje que el paciente abra el enlace en su propio teléfono, o cierre antes la sesión. No se guardó nada.",
        "safety": "Esta página no es para emergencias. En una emergencia llame al 911.",
        "call": "Llamar a {practice}",
        "other": "English",
        "other_language": "en",
    },
}
# What is said at a question that was not answered, or not as it could be.
_SENTENCES = {
    "en": {
        "monitoring": "Choose “I agree” or “I do not agree”.",
        "texts": "Choose “I agree” or “I do not agree”.",
        "signer": "Choose whether you are the patient or care for them.",
        "relationship": "Write who you are to the patient, such as daughter, in at most 40 letters.",
        "typed_name": "Write your full name, in at most 80 letters.",
    },
    "es": {
        "monitoring": "Elija «Acepto» o «No acepto».",
        "texts": "Elija «Acepto» o «No acepto».",
        "signer": "Elija si usted es el paciente o lo cuida.",
        "relationship": "Escriba quién es usted, por ejemplo hija, con 40 letras como máximo.",
        "typed_name": "Escriba su nombre completo, con 80 letras como máximo.",
    },
}


@dataclass(frozen=True)
class Choice:
    """One way to answer, with its mark where it was chosen before."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Question:
    """One of the questions: what is read first, the ways to answer, what is wrong with the answer."""

    name: str
    title: str
    paragraphs: Sequence[str]
    choices: Sequence[Choice]
    error: str = ""


@dataclass(frozen=True)
class TypedField:
    """One thing to type."""

    name: str
    label: str
    hint: str
    value: str
    most: int
    autocomplete: str
    error: str = ""


@dataclass(frozen=True)
class ConsentScreen:
    """The page: the questions, the thanks, or why nothing opens."""

    kind: str
    language: str
    words: dict[str, str]
    practice: str = ""
    phone: str = ""
    call: str = ""
    intro: str = ""
    questions: Sequence[Question] = ()
    signer: Question | None = None
    typed: Sequence[TypedField] = ()
    error: str = ""
    outcome: Sequence[str] = ()
    further: Sequence[str] = ()


def language_of(wanted: str, *, otherwise: str) -> str:
    """Return the language to show: the one asked for where there is such a page, else the other, else English."""
    known = [each for each in (wanted, otherwise) if each in _WORDS]
    return known[0] if known else "en"


def sentences_of(language: str) -> dict[str, str]:
    """Return what is said at each question that was not answered."""
    return _SENTENCES[language]


def closed_screen(kind: str, language: str) -> ConsentScreen:
    """Return what a link shows that opens nothing ("unknown"), no longer ("over") or not here ("staff").

    It shows nothing of anybody's.
    """
    return ConsentScreen(kind=kind, language=language, words=_WORDS[language])


def question_screen(page: ConsentPage, form: ConsentPageForm, *, error: str = "") -> ConsentScreen:
    """Return the two questions, with what was answered before and what is wrong with it."""
    language = form.language
    words = _WORDS[language]
    values = _values(page)
    asked = [("monitoring", consent_wording.MONITORING)]
    if page.phone is not None:
        asked.append(("texts", consent_wording.TEXTS))
    return ConsentScreen(
        kind="questions",
        language=language,
        words=words,
        practice=values["practice"],
        phone=shown(page.practice.phone),
        call=words["call"].format(practice=values["practice"]),
        intro=words["intro" if page.phone else "intro_one"],
        questions=[
            Question(
                name=name,
                title=words[name],
                paragraphs=consent_wording.paragraphs(version, language, values=values),
                choices=_choices(form, name, (YES, NO), words),
                error=_error(form, name),
            )
            for name, version in asked
        ],
        signer=Question(
            name="signer",
            title=words["signer"],
            paragraphs=(),
            choices=_choices(form, "signer", ConsentSignature.Signer.values, words),
            error=_error(form, "signer"),
        ),
        typed=[
            _typed(form, "relationship", words, most=40, autocomplete="off"),
            _typed(form, "typed_name", words, most=80, autocomplete="name"),
        ],
        error=error or (words["faults"] if form.errors else ""),
    )


def thanks_screen(
    page: ConsentPage, signature: ConsentSignature, *, language: str, start_number: str
) -> ConsentScreen:
    """Return the calm word after answering; `start_number` is where to text START while the carrier blocks."""
    words, values = _WORDS[language], _values(page)
    events = [("monitoring", signature.monitoring), ("texts", signature.texts)]
    further = [words["change"].format(phone=values["phone"])]
    agreed_to_texts = signature.texts is not None and signature.texts.act == ConsentEvent.Act.GIVEN
    if agreed_to_texts:
        further.insert(0, words["blocked"].format(number=start_number) if start_number else words["stop"])
    return ConsentScreen(
        kind="thanks",
        language=language,
        words=words,
        practice=values["practice"],
        phone=shown(page.practice.phone),
        call=words["call"].format(practice=values["practice"]),
        outcome=[_outcome(event, words[name], words) for name, event in events if event is not None],
        further=further,
    )


def _outcome(event: ConsentEvent, what: str, words: dict[str, str]) -> str:
    return words["is_yes" if event.act == ConsentEvent.Act.GIVEN else "is_no"].format(what=what)


def _values(page: ConsentPage) -> dict[str, str]:
    return {
        "practice": page.practice.name,
        # Not to be broken over two lines.
        "phone": shown(page.practice.phone).replace("-", "\u2011"),
        "last_four": page.phone.last_four if page.phone else "",
    }


def _choices(form: ConsentPageForm, name: str, values: Sequence[str], words: dict[str, str]) -> list[Choice]:
    chosen = form[name].value()
    return [Choice(value, words[value], is_chosen=chosen == value) for value in values]


def _typed(
    form: ConsentPageForm, name: str, words: dict[str, str], *, most: int, autocomplete: str
) -> TypedField:
    return TypedField(
        name=name,
        label=words[name],
        hint=words[f"{name}_hint"],
        value=form[name].value() or "",
        most=most,
        autocomplete=autocomplete,
        error=_error(form, name),
    )


def _error(form: ConsentPageForm, name: str) -> str:
    return str(form.errors[name][0]) if name in form.errors else ""
