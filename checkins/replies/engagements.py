"""Numbers of dates, of visits and of results: "12/3 to 12/10", "move me to 4", "shot an 88". None is a score."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from .lexicon import TABLES
from .neighbors import PAIN, word_set
from .numbers import TOP, Number, Shape
from .surroundings import Around
from .tokens import Gap, Kind, Token

TABLE = TABLES["engagements"]


def _words(name: str) -> frozenset[str]:
    return frozenset(TABLE[name].split())


DATE_LEADS, DATED, DATED_IF_IS, IS_ON = map(_words, ("date_leads", "dated", "dated_if_is", "is_on"))
DATE_JOINS = _words("date_joins")
ASK, WHOM, SAYS_A_SCORE = map(_words, ("ask", "whom", "says_a_score"))
MOVING, MOVED_WHOM, FREE_THEN = map(_words, ("moving", "moved_whom", "free_then"))
REBOOK, REBOOKED, ASKS_TO = map(_words, ("rebook", "rebooked", "asks_to"))
BOOKED_THING, TO_AN_HOUR, FITS = map(_words, ("booked_thing", "to_an_hour", "fits"))
# "Can i come at 4 instead", "does 4 work": what is asked for, and the word that puts it in place of another.
TIMES, OTHER_TIMES, EARLIEST = map(_words, ("times", "other_times", "earliest"))
FITS_BETTER, BOOKED_VISIT = map(_words, ("fits_better", "booked_visit"))
MAKE_IT, WHOM_IN = ["make", "it"], frozenset({"me", "us", "him", "her", "mom", "dad"})
IS_SCORED = frozenset({"its", "im", "hes", "shes", "feels", "now", "estoy", "ando"})
SO_SO = ("dos", "que", "tres")
DAYS_NAMED = frozenset({"day", "days", "dia", "dias", "hora", "horario"})
# "Change my answer to 4", "change it to 4".
ANSWER = _words("answer")
INSTEAD, COMES = frozenset({"instead", "insted", "vez", "lugar"}), _words("comes")
RESULTS, GRADED, ARTICLES = map(_words, ("results", "graded", "articles"))
ROADS = _words("roads")
OTHER_THINGS, SCORED_AS, EFFORTS = map(_words, ("other_things", "scored_as", "efforts"))
AFTER_THINGS, TO_GO, IN_LINE = _words("after_things"), (["to", "go"],), (["in", "line"], ["in", "queue"])
# "Down to 1 a day"; "a 4 a week ago" is a score of then.
EACH, SPANS = (
    frozenset({"a", "per", "each", "por", "al"}),
    frozenset(["day", "week", "month", "night", "dia", "semana", "mes", "noche"]),
)
IDIOMS = tuple(TABLE["idioms"])
IDIOM_WORDS = frozenset(" ".join(IDIOMS).split())
ROGER, TEN, FOUR = _words("roger"), frozenset({"10", "ten"}), frozenset({"4", "four"})
MUCH, MUCH_BEFORE = _words("much"), _words("much_before")
HUGE, JOKES, IDIOM_REACH = Decimal(100), frozenset({Decimal(420)}), 2
MEASURED, STREETS, AFTER_A_DOSE, OF_AGE = map(_words, ("measured", "streets", "after_a_dose", "of_age"))
# "Got to 90 today", "I hit 115": degrees of a joint, steps or yards.
FEAT_FROM, FEAT_TO = Decimal(20), Decimal(180)
REACHED, NO_FEATS = _words("reached"), _words("no_feats")
REACHED_TO = tuple(tuple(words.split()) for words in TABLE["reached_to"])
MADE = frozenset({"make", "do", "push"})
COMING, LATE = map(_words, ("coming", "late"))
# A body that is not feverish, in degrees Fahrenheit with a decimal.
USUAL_HEAT = (Decimal(95), Decimal("100.3"))
# "Estoy de diez", "al cien": very well.
PRAISE = frozenset({"de", "al"})
BODY = word_set("parts")
# A month, a slash, a day.
DATE_TOKENS = 3
MONTHS, DAYS = range(1, 13), range(1, 32)
# An exercise list is seldom longer; "11/27" is a day.
LONGEST_LIST = 12
# A result stands this near after its verb ("shot like an 88").
RESULT_REACH = 3


def is_engagement(tokens: Sequence[Token], around: Around) -> bool:
    """Return whether the number dates, books or counts the points of something."""
    if is_date(tokens, around.number) or _is_address(around):
        return True
    words = _part_before(around)
    return any(found(around, words) for found in KINDS)


def is_date(tokens: Sequence[Token], number: Number) -> bool:
    """Return whether a number with a slash is a day ("on 12/10", "12/3 to 12/10", "appt 3/12")."""
    if number.shape not in {Shape.OUT_OF_TEN, Shape.RATIO} or tokens[number.first + 1].text != "/":
        return False
    above = number.value > TOP
    high = TOP if number.high is None else number.high
    if number.shape is Shape.RATIO and high > LONGEST_LIST and number.value in MONTHS and high in DAYS:
        return True
    beside = _date_beside(tokens, number.last + 1, 1) or _date_beside(tokens, number.first - 1, -1)
    if beside and (above or high != TOP or beside != str(int(TOP))):
        return True
    before = [token.text for token in Around(tokens, number).before[-3:]]
    if not before or tokens[number.first].gap is not Gap.NONE or set(before) & PAIN:
        return False
    if before[-1] in DATE_LEADS | DATED:
        return True
    if before[-1] in IS_ON:
        return len(before) > 1 and before[-2] in DATED | DATED_IF_IS
    return above and before[-1] in {"el", "del", "al"}


def _date_beside(tokens: Sequence[Token], join: int, step: int) -> str:
    """Return the second number of a date that a word such as "to" joins to this one, or nothing."""
    if not 0 <= join < len(tokens) or tokens[join].text not in DATE_JOINS:
        return ""
    start = join + 1 if step > 0 else join - DATE_TOKENS
    said = tokens[max(start, 0) : start + DATE_TOKENS]
    if len(said) < DATE_TOKENS or said[1].text != "/":
        return ""
    return said[2].text if said[0].kind is said[2].kind is Kind.NUMBER else ""


def _is_booked(around: Around, words: Sequence[str]) -> bool:
    """Return whether the number is the hour of a visit ("can you move me to 4", "is the 4 open")."""
    if set(words) & PAIN:
        return False
    if any(word in MOVING and set(words[place + 1 :]) & MOVED_WHOM for place, word in enumerate(words)):
        return True
    after = {token.text for token in around.after[:2]}
    # "Can you make it 4" says nothing of a score.
    words = [
        before if word == "it" and before in MADE else word
        for before, word in zip(["", *words], words, strict=False)
    ]
    asks = [
        place
        for place, word in enumerate(words[:-1])
        if word in ASK and words[place + 1] in WHOM and (place == 0 or words[place - 1] in {"hi", "hey", "y"})
    ]
    if not asks:
        return False
    return bool(after & FREE_THEN) or not (
        set(words[asks[-1] + 2 :]) & SAYS_A_SCORE or words[asks[-1]] in {"is", "do"}
    )


def _is_rebooked(around: Around, words: Sequence[str]) -> bool:
    """Return whether a visit is moved to the number ("push my 2pm to 4", "change from 2 to 4", "4 instead")."""
    said = [token.text for token in around.before]
    if set(said) & (PAIN | BODY | IS_SCORED):
        return False
    last = next((word for word in reversed(said) if word not in ARTICLES), "")
    if INSTEAD & {token.text for token in around.after[:3]} and set(said) & COMES:
        return True
    after = {token.text for token in around.after[:2] if token.gap is Gap.NONE}
    if _is_offered(around, said):
        return True
    if after & FITS and said[:1] and said[0] in COMES | ASKS_TO and words:
        return True
    for place, word in enumerate(said):
        asked = (
            word in REBOOK and (place == 0 or said[place - 1] in ASKS_TO) and not ANSWER & set(said[place:])
        )
        thing = bool(set(said[place + 1 :]) & BOOKED_THING) or _tells_an_hour(around)
        if (asked and (thing or last in TO_AN_HOUR)) or (word in REBOOKED and thing):
            return True
    return False


def _is_offered(around: Around, said: Sequence[str]) -> bool:
    """Return whether an hour is looked for ("a later time like 4", "fit me in at 5", "4 is better for my visit")."""
    words, after = set(said), [token.text for token in around.after]
    if (
        (words & TIMES and words & OTHER_TIMES)
        or words & EARLIEST
        or (said[-2:] == MAKE_IT and "late" in words)
    ):
        return True
    if set(said[-1:]) & TO_AN_HOUR and said[-2:-1] == ["in"] and set(said[-3:-2]) & WHOM_IN:
        return True
    if not after or not (after[0] in FITS_BETTER or set(after[:2]) & FITS):
        return False
    return ("for" in after and bool(set(after) & BOOKED_VISIT)) or _asked_to_move(around)


def _asked_to_move(around: Around) -> bool:
    """Return whether a sentence before asks to move a visit ("switch days? 4 is better")."""
    earlier = {token.text for token in around.tokens[: around.number.first]}
    return bool(earlier & (REBOOK | REBOOKED)) and bool(earlier & (TIMES | BOOKED_THING | DAYS_NAMED))


def _tells_an_hour(around: Around) -> bool:
    """Return whether another number of the clause is an hour ("my 2pm", "the 2:30")."""
    tokens = around.tokens[: around.number.first]
    return any(
        token.kind is Kind.NUMBER and following.text in {"pm", "am", "oclock", ":"}
        for token, following in pairwise(tokens)
    )


def _is_result(around: Around, words: Sequence[str]) -> bool:
    """Return whether the number is the result of a game or a test ("shot an 88", "got a 95 on my exam")."""
    after = [token.text for token in around.after[:2]]
    if after[:1] in (["on"], ["for"], ["de"]) and PAIN & set(after):
        return False  # "Scored a 4 on pain".
    near = words[-RESULT_REACH:]
    for place, word in enumerate(near):
        if word in RESULTS and all(between in ARTICLES for between in near[place + 1 :]):
            return True
    return bool({token.text for token in around.after[:4]} & GRADED and words)


def _is_measured(around: Around, words: Sequence[str]) -> bool:
    """Return whether the number is a temperature, a pressure, a dose or an age to come."""
    if set(words) & PAIN:
        return False
    value, after = around.number.value, [token.text for token in around.after[:2]]
    heat = USUAL_HEAT[0] <= value <= USUAL_HEAT[1] and value != value.to_integral_value()
    named = bool((set(words[-3:]) | set(after[1:] if after[:1] == ["de"] else [])) & MEASURED)
    # "12 out of 10 after that bus ride", "its an 11 after pt": a pain above the scale and no dose.
    rated = around.number.shape is Shape.OUT_OF_TEN or bool(set(words) & IS_SCORED)
    dosed = not rated and bool(set(after[:1]) & AFTER_A_DOSE)
    above = value > TOP and (dosed or bool(set(words[-1:]) & OF_AGE))
    return heat or named or above


def _is_reached(around: Around, words: Sequence[str]) -> bool:
    """Return whether so many degrees or steps were reached ("got to 90 today", "I hit 115"); a pain is no feat."""
    value = around.number.value
    said = [token.text for token in around.before]
    if not FEAT_FROM <= value <= FEAT_TO or set(said) & (PAIN | NO_FEATS):
        return False
    reached = tuple(words[-2:]) in REACHED_TO
    return reached or (bool(set(words[-1:]) & REACHED) and value != HUGE)


def _is_address(around: Around) -> bool:
    """Return whether a street follows ("10 oak street")."""
    after = [token for token in around.after[:2] if token.kind is Kind.WORD and token.gap is Gap.NONE]
    return len(after) > 1 and after[1].text in STREETS


def _is_praise(around: Around, words: Sequence[str]) -> bool:
    """Return whether "de diez" or "al cien" says that all is very well."""
    praises = around.number.value >= TOP and bool(set(words[-1:]) & PRAISE)
    return praises and not (around.after or set(words) & PAIN)


def _is_delay(around: Around, words: Sequence[str]) -> bool:
    """Return whether the number is of minutes ("gonna be 10 late", "llego en 10")."""
    coming = bool(words) and words[-1] in {"en", "in"} and bool(set(words[:-1]) & COMING)
    return coming or bool({token.text for token in around.after[:1]} & LATE)


def _is_so_so(around: Around, words: Sequence[str]) -> bool:
    """Return whether "dos tres" or "dos que tres" says so-so."""
    near = [token.text for token in around.tokens[max(around.number.first - 2, 0) : around.number.last + 3]]
    if SO_SO in zip(near, near[1:], near[2:], strict=False):
        return True
    before = words[-1] if words else ""
    after = next((token.text for token in around.after[:1] if token.gap is Gap.NONE), "")
    return "dos tres" in {f"{before} {around.token.text}", f"{around.token.text} {after}"}


def _is_idiom(around: Around, words: Sequence[str]) -> bool:
    """Return whether the number says yes, always or very much ("10 4", "24/7", "thanks a million", "420")."""
    number, tokens = around.number, around.tokens
    if around.token.text in IDIOM_WORDS and not set(words) & PAIN:
        start = max(number.first - IDIOM_REACH, 0)
        near = " ".join(token.text for token in tokens[start : number.last + 1 + IDIOM_REACH])
        if any(f" {idiom} " in f" {near} " for idiom in IDIOMS):
            return True
    if number.value <= TOP:
        return False
    before = [token.text for token in around.before if token.text not in ARTICLES]
    much = bool({token.text for token in around.after[:2]} & MUCH) or bool(set(before[-2:]) & MUCH_BEFORE)
    return number.value in JOKES or (much and number.value >= HUGE and not set(words) & PAIN)


def _is_of_another_thing(around: Around, words: Sequence[str]) -> bool:
    """Return whether something else than a pain is scored ("stress is a 7", "you guys are a 10", "3 to go")."""
    after = [token.text for token in around.after[:2]]
    if (
        after in TO_GO
        or after in IN_LINE
        or _is_a_rate(around)
        or (after[:1] == ["for"] and set(after[1:]) & EFFORTS)
    ):
        return True
    end = len(words)
    while end and words[end - 1] in SCORED_AS:
        end -= 1
    if end in {0, len(words)} or words[end - 1] not in OTHER_THINGS:
        return False
    return not (set(words) & (PAIN | BODY) or set(words[max(end - 3, 0) : end - 1]) & AFTER_THINGS)


def _is_a_rate(around: Around) -> bool:
    after = [token.text for token in around.after[:3]]
    return len(after) > 1 and after[0] in EACH and after[1] in SPANS and after[2:] not in (["ago"], ["back"])


def roger_numbers(tokens: Sequence[Token]) -> frozenset[int]:
    """Return the offsets of the numbers of "10-4" where the text says no more ("10 4 good buddy")."""
    said = [token for token in tokens if token.kind is not Kind.MARK]
    place = next((at for at, token in enumerate(said) if token.text in TEN), len(said))
    if place + 1 >= len(said) or said[place + 1].text not in FOUR:
        return frozenset()
    if any(token.text not in ROGER for token in [*said[:place], *said[place + 2 :]]):
        return frozenset()
    return frozenset(token.start for token in said[place : place + 2])


def _is_road(around: Around, words: Sequence[str]) -> bool:
    """Return whether the number is a road's ("traffic on 77", "on the 405")."""
    words = [word for word in words if word not in ARTICLES]
    return around.number.value > TOP and bool(set(words[-1:]) & ROADS) and not set(words) & (PAIN | BODY)


KINDS = (
    _is_reached,
    _is_booked,
    _is_rebooked,
    _is_result,
    _is_road,
    _is_measured,
    _is_praise,
    _is_delay,
    _is_so_so,
    _is_idiom,
    _is_of_another_thing,
)


def _part_before(around: Around) -> list[str]:
    """Return the words before the number back to a sign or another number."""
    part: list[str] = []
    gap = around.token.gap
    for token in reversed(around.before):
        if gap is not Gap.NONE or token.kind is Kind.NUMBER:
            break
        part.insert(0, token.text)
        gap = token.gap
    return part
