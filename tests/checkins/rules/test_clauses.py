"""A value counts only where it is surely about the question: the rest of the text may speak of something else."""

import pytest

from checkins.replies.clauses import clauses_of
from checkins.replies.lexicon import words_of
from checkins.replies.reader import read
from checkins.replies.reading import Exercises, ReplyRequest
from checkins.replies.tokens import tokenize

from .texts import PROMPT, reading


@pytest.mark.parametrize(
    "text",
    [
        "honestly some nights i just lie there and wonder",
        "can you skip the taping next visit",
        "lost vision in my left eye for a few mins",
        "cant lift my toes up since yesterday",
        "pain is unbearable cant take it",
        "took my blood thinner three times today",
        "no me los quiten, estos mensajes me ayudan",
        "no Maria here",
        "En este momento no puedo contestar. Le escribo más tarde.",
        "Thanks for your note. I'm away until Tuesday and will reply then.",
        "he pensado en quitarme del medio",
        "i have a gun and im done",
        "un 5... no, un 4",
        "y si me caigo en la casa a quién le hablo?",
        "me truenan los nudillos nomas",
        "skip the small talk",
        "my son finished college",
        "forgot my umbrella at home",
        "no heat in the house",
        "done with this weather",
        "no sirve el estacionamiento",
        "terminé de comer",
        "hice tamales",
        "algo pasa con su página",
        "2 of my 3 pills",
    ],
)
def test_talk_of_something_else_answers_nothing_about_exercises(text: str) -> None:
    assert reading(text).answers.exercises is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("did about half then something snapped in my shoulder", "partial"),
        ("no pude, se me durmió todo el lado izquierdo", "no"),
        ("no porque me falta el aire", "no"),
        ("my dog passed last night so no exercises", "no"),
        ("power was out so no. pain 5", "no"),
        ("stopped counting after 20 but yes", "yes"),
        ("no paré hasta acabar todos", "yes"),
        ("no more clamshells today, did the rest", "partial"),
        ("keep the texts coming they remind me lol. 2 and yes", "yes"),
        ("nope no fever, wound looks clean. 2 y", "yes"),
        ("none and yep", "yes"),
        ("hice unos", "partial"),
        ("4 yes incision is oozing", "yes"),
        ("yep fell right into the routine", "yes"),
        ("3 s me tropece ayer y cai de rodillas", "yes"),
        ("6 no, la rodilla me tronó anoche", "no"),
        ("pain stopped after ice, 1 y", "yes"),
        ("please keep sending, dont stop, these help. 3 y", "yes"),
        ("2 si, quiero bajar de peso, me recomienda algo?", "yes"),
        ("me truenan los nudillos nomas, 1 si", "yes"),
        ("I cant stop doing them, I love it. 2", "yes"),
    ],
)
def test_an_answer_is_found_beside_other_talk(text: str, value: str) -> None:
    assert reading(text).answers.exercises is Exercises(value)


@pytest.mark.parametrize(
    "text",
    [
        "pain for out of ten",
        "ate/10",
        "ya llevo como 10 pastillas hoy",
        "L5 S1",
        "alert(6)",
        "1=1",
        "high five",
        "on cloud nine",
        "vivo en el apartamento 4",
        "dec 4",
        "el 3 de diciembre",
        "mi cita es el 9",
        "zip is 90210",
        "mil gracias",
        "my knee bends to 95",
        "un dolor del 10",
    ],
)
def test_no_score_where_none_was_surely_said(text: str) -> None:
    assert reading(text).answers.pain is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("como un tres yo creo", 3, 3),
        ("7 both legs", 7, 7),
        ("10 ayer hoy 8", 8, 8),
        ("un 7, quizá 8", 7, 8),
        ("none and yep", 0, 0),
        ("del 1 al 10, un 4", 4, 4),
        ("looks almost normal 2 y", 2, 2),
        ("honestly 4", 4, 4),
        ("no tome pastillas de mas, 4 si", 4, 4),
        ("al final del dia me duele mas, 5 si", 5, 5),
    ],
)
def test_scores(text: str, low: int, high: int) -> None:
    got = reading(text).answers.pain
    assert got is not None
    assert (getattr(got, "low", got), getattr(got, "high", got)) == (low, high)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("no siento nada cuando me limpio en el baño", "L1"),
        ("quedé sin poder respirar bien", "L1"),
        ("THUNDERCLAP HEADACHE NEVER HAD ONE THIS BAD", "L1"),
        ("mi nuera no me da de comer y me jala el pelo", "L1"),
        ("2, y no he tenido fiebre", "review"),
        ("llevo desde anoche sin poder orinar", "L1"),
        ("las dos piernas sin fuerza y no controlo el esfinter", "L1"),
        ("no se me ha torcido la cara ni hablo raro, 3 si", "review"),
        ("no sentí ningún tronido en la rodilla, 3 si", "review"),
        ("only took the pills as prescribed, not too many", "review"),
        ("what should I do if I ever get a fever?", "review"),
        ("pain going down my left arm", "L1"),
        ("dr asked about numbness in the groin, i dont have any", "review"),
    ],
)
def test_the_reach_of_a_denial(text: str, level: str) -> None:
    flag = reading(text).red_flag
    assert flag is not None
    assert flag.level == level


@pytest.mark.parametrize(
    "text",
    [
        "warmed up the calf with the heating pad",
        "sí, hice los de pantorrilla en el escalón",
        "yes caught my breath between sets",
        "sí, y respiré profundo en cada repetición",
        "the cat kept sitting on my chest lol. 4",
        "el cambio de clima me pega en la rodilla, 5",
        "took 800 mg of ibuprofen",
        "ya no sé cómo los pude hacer",
        "no puedo parar de hacerlos, me encantan. 2",
        "swelling went down a lot, knee looks almost normal 2 y",
    ],
)
def test_a_part_of_the_body_that_is_only_named_is_no_sign(text: str) -> None:
    assert reading(text).red_flag is None


@pytest.mark.parametrize(
    "text",
    ["took 12 ibuprofen", "took 8000 mg of tylenol", "hice los ejercicios y la pantorrilla está hinchada"],
)
def test_the_sign_itself_stays(text: str) -> None:
    assert reading(text).red_flag is not None


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("pls quit msging me", "opt_out"),
        ("no mas txts plz", "opt_out"),
        ("i want out of this texting thing", "opt_out"),
        ("quiero salirme de esto de los mensajitos", "opt_out"),
        ("maybe its time to stop doing these surveys", "confirm_opt_out"),
        ("stop doing these stretches?", None),
        ("ya no más, dejen de mandar", "opt_out"),
        ("Please stop these, mom is in the ER with a stroke", "opt_out"),
        ("2 y, no chest pain, and please stop the texts", "opt_out"),
        ("no texts please but I still want my therapy", "opt_out"),
        ("no kiero mas mensages", "opt_out"),
        ("I'd prefer a phone call instead of texts", "confirm_opt_out"),
        ("dont cancel me, I'm still coming monday", None),
        ("puedo quitarme la venda para bañarme?", None),
        ("did them non-stop for 20 min, 3", None),
        ("de joven me mareaba mucho, ya no. dolor 3", None),
    ],
)
def test_wishes_to_stop(text: str, consent: str | None) -> None:
    assert reading(text).consent == consent


def test_words_that_unsubscribe_ask_nothing_of_staff() -> None:
    got = read(ReplyRequest(texts=("yes but dont send me anymore of these",), open=(), prompt=PROMPT))
    assert got.follow_up == "none"


@pytest.mark.parametrize(
    "text", ["Don't know any Linda. Please quit texting", "no soy Juan, dejen de escribir"]
)
def test_a_name_before_a_wish_is_a_wrong_number(text: str) -> None:
    assert reading(text).kind == "wrong_number"


def test_clauses() -> None:
    words = words_of(tokenize("did half then it popped, 4 and no"))
    said = [[words.tokens[place].text for place in clause] for clause in clauses_of(words)]
    assert said == [["did", "half"], ["it", "popped"], ["no"]]
