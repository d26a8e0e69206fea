"""Every ending word beside every object: what is ours ends the texts, what is another thing does not."""

from itertools import product

import pytest

from checkins.replies.reading import Consent

from .texts import reading

ENDINGS = [
    "stop",
    "cancel",
    "shut off",
    "knock off",
    "discontinue",
    "get rid of",
    "enough of",
    "im done with",
    "im so sick of",
    "no longer want",
    "dont send me",
    "put an end to",
]
OURS = [
    "these texts",
    "your automated messages",
    "the check ins",
    "the robot",
    "your pings",
    "these buzzes",
    "the daily quiz",
    "this question thing",
    "them questionnaires",
    "the texting thing",
]
OTHERS = [
    "the pills",
    "my brace",
    "the magazine",
    "my gym membership",
    "the squats",
    "the heating pad",
    "this boot",
]
REMOVALS = [
    "remove me from",
    "delete my number from",
    "scrub my moms cell from",
    "get my wife off",
    "strike us from",
]
LISTS = [
    "your list",
    "this list",
    "the text list",
    "your roster",
    "your contacts",
    "this thing",
    "the reminders",
]
OTHER_LISTS = [
    "the visit list",
    "the pickup list",
    "the schedule",
    "the parking form",
    "the bike",
    "the prayer list",
]
NEGATED = ["dont stop", "please dont end", "never shut off", "why did you stop", "do not cancel"]
ES_ENDINGS = ["ya no quiero", "paren con", "cancelen", "apaguen", "suspendan", "prefiero no recibir"]
ES_OURS = ["sus recordatorios", "tantos avisos", "los cuestionarios", "esas preguntas diarias", "mensajitos"]
ES_OTHERS = ["las pastillas", "la faja", "la revista", "las citas", "el baston"]
ES_REMOVALS = ["quítenme", "borren mi celular", "saquen a mi mamá", "denme de baja"]
ES_LISTS = ["de su lista", "del sistema", "de los recordatorios", "de esto"]
ES_OTHER_LISTS = ["de la lista de visitas", "de la lista de espera", "de la cita del lunes"]
HEARD = {Consent.OPT_OUT, Consent.CONFIRM_OPT_OUT}


@pytest.mark.parametrize(
    ("verbs", "objects", "wanted"),
    [
        pytest.param(ENDINGS, OURS, True, id="ending-ours"),
        pytest.param(ENDINGS, OTHERS, False, id="ending-another"),
        pytest.param(NEGATED, OURS, False, id="kept"),
        pytest.param(REMOVALS, LISTS, True, id="off-our-list"),
        pytest.param(REMOVALS, OTHER_LISTS, False, id="off-another-list"),
        pytest.param(ES_ENDINGS, ES_OURS, True, id="es-ending-ours"),
        pytest.param(ES_ENDINGS, ES_OTHERS, False, id="es-ending-another"),
        pytest.param(ES_REMOVALS, ES_LISTS, True, id="es-off-our-list"),
        pytest.param(ES_REMOVALS, ES_OTHER_LISTS, False, id="es-off-another-list"),
    ],
)
def test_what_would_end(verbs: list[str], objects: list[str], *, wanted: bool) -> None:
    texts = [f"{verb} {thing}" for verb, thing in product(verbs, objects)]
    assert [text for text in texts if (reading(text).consent in HEARD) is not wanted] == []


@pytest.mark.parametrize(
    "text",
    [
        "cancle these mesages plese",
        "pleae stop the remindres",
        "ya no quiero mensjaes",
        "shut off the notifcations",
    ],
)
def test_slips_are_read(text: str) -> None:
    assert reading(text).consent is Consent.OPT_OUT


@pytest.mark.parametrize(
    "text",
    ["which word do i send so these quit", "is there a number i text to cancel", "not sure these are for me"],
)
def test_what_only_asks_is_asked_back(text: str) -> None:
    assert reading(text).consent is Consent.CONFIRM_OPT_OUT
