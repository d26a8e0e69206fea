"""Numbers of dates, of visits and of results: "12/3 to 12/10", "move me to 4", "shot an 88". None is a score."""

from collections.abc import Sequence
from decimal import Decimal

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
RESULTS, GRADED, ARTICLES = map(_words, ("results", "graded", "articles"))
ROADS = _words("roads")
MEASURED, STREETS, AFTER_A_DOSE, OF_AGE = map(_words, ("measured", "streets", "after_a_dose", "of_age"))
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
    above = value > TOP and bool(set(after[:1]) & AFTER_A_DOSE or set(words[-1:]) & OF_AGE)
    return heat or named or above


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
    """Return whether "dos tres" says so-so."""
    before = words[-1] if words else ""
    after = next((token.text for token in around.after[:1] if token.gap is Gap.NONE), "")
    return "dos tres" in {f"{before} {around.token.text}", f"{around.token.text} {after}"}


def _is_road(around: Around, words: Sequence[str]) -> bool:
    """Return whether the number is a road's ("traffic on 77", "on the 405")."""
    words = [word for word in words if word not in ARTICLES]
    return around.number.value > TOP and bool(set(words[-1:]) & ROADS) and not set(words) & (PAIN | BODY)


KINDS = (_is_booked, _is_result, _is_road, _is_measured, _is_praise, _is_delay, _is_so_so)


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
