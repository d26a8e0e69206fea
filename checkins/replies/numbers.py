"""Numbers as people write them: digits, words, halves, "6 out of 10", ranges; and shapes that are no plain number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from .lexicon import TABLES
from .tokens import Gap, Kind, Token

TABLE = TABLES["numbers"]
WORDS = {word: Decimal(value) for value, words in TABLE["words"].items() for word in words.split()}
ELEVEN_IN_SPANISH = "once"
OF = frozenset(TABLE["of"].split())
# Words that may stand right before a score.
LEADING = frozenset(word for name in TABLE["leading_lists"].split() for word in TABLE[name].split())
RANGE_JOINS = frozenset(TABLE["range_joins"].split()) | {"-", "~"}
BETWEEN = frozenset(TABLE["between"].split())
BETWEEN_JOINS = frozenset(TABLE["between_joins"].split())
SCALE_WORDS = frozenset(TABLE["scale_words"].split())
MAYBE = frozenset(TABLE["maybe"].split())
FROM = frozenset(TABLE["from"].split())
MOVED = frozenset(TABLE["moved"].split())
RANGE_LEADS, NOT_BETWEEN = frozenset(TABLE["range_leads"].split()), frozenset(TABLE["not_between"].split())
HALF = Decimal("0.5")
TOP = Decimal(10)
AFTER_HOURS = frozenset(TABLES["engagements"]["after_hours"].split())
# "6 and 1/2", "seven n 1/2", "6 y 1/2".
AND = frozenset({"and", "n", "y", "&"})
# "2 an a half"; halves are kept, other parts of one are none of the scale.
HALF_JOINS, HALVES = AND | {"an", "nd"}, frozenset({"half", "medio", "media"})
PARTS = frozenset({"quarter", "quarters", "third", "thirds", "cuarto", "tercio", "cuartos"})
QUARTERS = (["1", "4"],)
# "Between an 8 and a 9": an article before the second number.
ARTICLES = frozenset({"a", "an", "un", "una", "the", "el", "los", "las", "my", "mis"})
# "3, 4 tops", "tres, cuatro a lo mucho": the second number ends a range.
TWO_WORDS = {("out", "of"): "ratio"} | {
    (said.split()[0], said.split()[1]): "range" for said in TABLE["verging"]
}
UPPER_ENDS = tuple(tuple(end.split()) for end in TABLE["upper_ends"])
# "From 8 down to 5", "de 6 bajo a 4": only where it has come to counts.
MOVED_TO = frozenset({"to", "a", "al"})
TOPS_JOINED = frozenset({"to", "or", "-", "a", "o"})
HAS = frozenset({"has", "have", "had", "is", "was", "ha", "se", "just", "ya"})
MAYBE_SIGNS = frozenset({",", "or", "o", "-"})
LONGEST = 9


class Shape(StrEnum):
    """How a number stands in the text."""

    PLAIN = "plain"
    OUT_OF_TEN = "out_of_ten"
    RANGE = "range"
    RATIO = "ratio"
    SCALE = "scale"
    ODD = "odd"


@dataclass(frozen=True, slots=True)
class Number:
    """A number at the token positions `first` to `last`; `high` is the end of a range or the base of a ratio."""

    shape: Shape
    value: Decimal
    first: int
    last: int
    high: Decimal | None = None
    in_words: bool = False


def find_numbers(tokens: Sequence[Token], *, language: str = "en") -> list[Number]:
    """Return the numbers of one text in order; `language` decides whether "once" is eleven."""
    found: list[Number] = []
    place = 0
    while place < len(tokens):
        number = _number_at(tokens, place, language)
        if number is not None:
            number = _with_partner(tokens, number, language)
            number = _to_another_top(tokens, number, language)
            found.append(number)
        place = number.last + 1 if number else place + 1
    return found


def _number_at(tokens: Sequence[Token], place: int, language: str) -> Number | None:
    token = tokens[place]
    if token.kind is Kind.NUMBER:
        number = _digits(token.text, place) if not _is_pair(token.text) else _pair(token.text, place)
    elif token.kind is Kind.WORD and token.text in WORDS:
        number = Number(Shape.PLAIN, WORDS[token.text], place, place, in_words=True)
    elif token.text == ELEVEN_IN_SPANISH and language == "es":
        number = Number(Shape.PLAIN, Decimal(11), place, place, in_words=True)
    else:
        return None
    return _with_half(tokens, number) if number.shape is Shape.PLAIN else number


def _is_pair(text: str) -> bool:
    """Return whether two scores in a row were joined by a comma ("6,7"); "4,5" is four and a half."""
    whole, comma, part = text.partition(",")
    return bool(comma) and len(part) == 1 and part != "5" and len(whole) == 1 and int(part) == int(whole) + 1


def _pair(text: str, place: int) -> Number:
    return Number(Shape.RANGE, Decimal(text[0]), place, place, Decimal(text[-1]))


def _digits(text: str, place: int) -> Number:
    whole, _, part = text.replace(",", ".").partition(".")
    odd = (
        len(whole) > LONGEST
        or "." in part
        or (len(whole) > 2 and whole[0] == "0")
        or (len(part) > 1 and part.strip("0"))
    )
    if odd:
        return Number(Shape.ODD, Decimal(0), place, place)
    return Number(Shape.PLAIN, Decimal(f"{int(whole)}.{part[:1] or '0'}").normalize() + 0, place, place)


def _with_half(tokens: Sequence[Token], number: Number) -> Number:
    after = [token.text for token in tokens[number.last + 1 : number.last + 5]]
    whole = number.value == number.value.to_integral_value()
    if not whole or number.value > TOP:
        return number
    if after[:3] == ["1", "/", "2"] and not tokens[number.last + 1].glued:
        return _longer(number, 3, HALF)
    if after[:1] and after[0] in AND and after[1:4] == ["1", "/", "2"]:
        return _longer(number, 4, HALF)
    if after[:1] and after[0] in HALF_JOINS:
        skipped = 1 + (after[1:2] == ["a"])
        if after[skipped : skipped + 1] and after[skipped] in HALVES:
            return _longer(number, skipped + 1, HALF)
        if PARTS & set(after[skipped : skipped + 2]):
            return replace(number, shape=Shape.ODD)
    if after[1:2] == ["/"] and after[:1] + after[2:3] in QUARTERS:
        return replace(number, shape=Shape.ODD)
    if after[:1] and after[0] in {"point", "punto", "coma"} and len(after) > 1:
        part = WORDS.get(after[1], Decimal(after[1]) if after[1].isdecimal() and len(after[1]) == 1 else None)
        if part is not None and part < TOP:
            return _longer(number, 2, part / 10)
    return number


def _longer(number: Number, tokens: int, more: Decimal) -> Number:
    return Number(
        number.shape, number.value + more, number.first, number.last + tokens, in_words=number.in_words
    )


def _with_partner(tokens: Sequence[Token], number: Number, language: str) -> Number:
    """Join "6/10", "6 out of 10", "5 to 6" and "0-10" into one number."""
    if number.shape is not Shape.PLAIN:
        return number
    join, start = _join_after(tokens, number)
    if not join:
        return number
    if start < len(tokens) and tokens[start].text in ARTICLES:
        start += 1
    partner = _number_at(tokens, start, language) if start < len(tokens) else None
    if partner is None or partner.shape is not Shape.PLAIN:
        return number
    if join == "upper_end" and not _is_upper_end(tokens, number, partner):
        return number
    return _joined(tokens, number, partner, join)


def _to_another_top(tokens: Sequence[Token], number: Number, language: str) -> Number:
    """Return "5/10 to 6/10" as the range that it is."""
    join = number.last + 1
    joined = number.shape is Shape.OUT_OF_TEN and join + 1 < len(tokens) and tokens[join].text in TOPS_JOINED
    if not joined or _counts_from(tokens, number.first):
        return number
    second = _number_at(tokens, join + 1, language)
    other = _with_partner(tokens, second, language) if second is not None else None
    if other is None or other.shape is not Shape.OUT_OF_TEN or not number.value < other.value <= TOP:
        return number
    return replace(number, shape=Shape.RANGE, last=other.last, high=other.value)


def _counts_from(tokens: Sequence[Token], first: int) -> bool:
    return first > 0 and tokens[first - 1].text in FROM


def _join_after(tokens: Sequence[Token], number: Number) -> tuple[str, int]:
    place = number.last + 1
    if place >= len(tokens):
        return "", place
    if tokens[place].text == "ish" and place + 1 < len(tokens):
        place += 1  # "3ish to 4ish"
    text = tokens[place].text
    if text == "/" or text in OF:
        return "ratio", place + 1
    following = [token.text for token in tokens[place : place + 4]]
    moved = _words_of_a_move(following)
    if moved:
        return "moved", place + moved
    if tuple(following[:2]) in TWO_WORDS:
        return TWO_WORDS[following[0], following[1]], place + 2
    if text in RANGE_JOINS and not MAYBE & {token.text for token in tokens[place + 1 : place + 2]}:
        return ("dash" if text in "-~" else "range"), place + 1
    apart = [token.text for token in tokens[place : place + 3]]
    skipped = next((count for count, word in enumerate(apart) if word not in MAYBE | MAYBE_SIGNS), len(apart))
    if MAYBE & set(apart[:skipped]):
        return "range", place + skipped + (apart[skipped : skipped + 1] in (["a"], ["an"], ["un"]))
    before = tokens[number.first - 1].text if number.first else ""
    if text in BETWEEN_JOINS and (
        before in BETWEEN or (number.first > 1 and tokens[number.first - 2].text in BETWEEN)
    ):
        return "range", place + 1
    return ("upper_end" if text == "," else ""), place + 1


def _words_of_a_move(words: Sequence[str]) -> int:
    """Return how many words say that a number has come to the next ("has dropped to", "went down to"), or 0."""
    start = 1 if words[0] in HAS else 0
    end = start
    while end < len(words) and words[end] in MOVED:
        end += 1
    led = start < end <= start + 2 and end < len(words) and words[end] in MOVED_TO
    return end + 1 if led else 0


def _joined(tokens: Sequence[Token], number: Number, partner: Number, join: str) -> Number:
    low, high = number.value, partner.value
    first, last = number.first, partner.last
    if join == "moved":
        return partner
    if join == "ratio":
        if high == TOP:
            return Number(Shape.OUT_OF_TEN, low, first, last, in_words=number.in_words)
        return Number(Shape.RATIO, low, first, last, high)
    if tokens[number.last + 1].gap is Gap.SENTENCE:
        return number
    if high == TOP and (low == 0 or (low == 1 and _names_a_scale(tokens, first))):
        return Number(Shape.SCALE, low, first, last, high)
    if _are_hours(tokens, first):
        return Number(Shape.ODD, low, first, last, high)
    before = {token.text for token in tokens[max(0, first - 4) : first]}
    if join == "range" and before & FROM and (low > high or before & MOVED):
        return Number(Shape.ODD, low, first, last, high) if _are_of_work(tokens, last) else partner
    if low >= high or (join == "dash" and _could_be_out_of_ten(low, high)) or (high > TOP and join == "dash"):
        return Number(Shape.ODD, low, first, last, high)
    return Number(Shape.RANGE, low, first, last, high)


def _are_hours(tokens: Sequence[Token], first: int) -> bool:
    """Return whether "from 3 to 6" follows words that lead to no score ("at work from 3 to 6")."""
    place = first - 1
    while place >= 0 and tokens[place].text in ARTICLES:
        place -= 1
    if place < 0 or tokens[place].text not in FROM | BETWEEN or tokens[first].gap is Gap.SENTENCE:
        return False
    clause: list[Token] = []
    while place > 0 and tokens[place].gap is not Gap.SENTENCE:
        place -= 1
        clause.append(tokens[place])
    said = {token.text for token in clause if token.kind is Kind.WORD}
    led = not clause or clause[0].kind is not Kind.WORD or clause[0].text in LEADING | RANGE_LEADS
    return not led or bool(said & NOT_BETWEEN)


def _are_of_work(tokens: Sequence[Token], last: int) -> bool:
    """Return whether what follows says that "from 9 to 5" are the hours of a day's work."""
    return bool(AFTER_HOURS & {token.text for token in tokens[last + 1 : last + 5]})


def _is_upper_end(tokens: Sequence[Token], number: Number, partner: Number) -> bool:
    """Return whether the next whole number after a comma is the top of a range ("3, 4 tops")."""
    after = tuple(token.text for token in tokens[partner.last + 1 : partner.last + 4])
    return partner.value - number.value == 1 and any(after[: len(end)] == end for end in UPPER_ENDS)


def _could_be_out_of_ten(low: Decimal, high: Decimal) -> bool:
    # "6-10" may be a range or six out of ten; "9-10" is nearly always a range.
    return high == TOP and high - low > 1


def _names_a_scale(tokens: Sequence[Token], first: int) -> bool:
    return any(token.text in SCALE_WORDS for token in tokens[max(0, first - 4) : first])
