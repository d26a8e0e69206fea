"""What is typed in haste: numerals for words ("thx 4 asking"), slips in number words, marks before a lone score."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from .lexicon import TABLES, VOCABULARY
from .numbers import WORDS as NUMBER_WORDS
from .tokens import Gap, Kind, Token
from .vocabulary import one_slip_apart

TABLE = TABLES["shorthand"]
# "b4", "2day", "gr8": a numeral inside a word.
MIXED = {form: word for word, forms in TABLE["mixed"].items() for form in forms.split()}
LONGEST_MIXED = 3
# "Sry", "tmrw": words without their vowels.
CLIPPED = {form: word for word, forms in TABLE["clipped"].items() for form in forms.split()}
# "B/w 4 and 5".
BETWEEN_CUT = {("/", "w"), ("/", "t")}
NOT_APPLICABLE = ("n", "/", "a")
FOR_AFTER, FOR_BEFORE = frozenset(TABLE["for_after"].split()), frozenset(TABLE["for_before"].split())
FOR_ALWAYS = frozenset(TABLE["for_always"].split())
TO_AFTER, TO_BEFORE = frozenset(TABLE["to_after"].split()), frozenset(TABLE["to_before"].split())
TO_OBJECTS, TOO_AFTER = frozenset(TABLE["to_objects"].split()), frozenset(TABLE["too_after"].split())
TO_OPENING = frozenset(TABLE["to_opening"].split())
TOO_BEFORE = frozenset(TABLE["too_before"].split())
# "A 4 for the knee": after these a numeral is a number.
SCORED = frozenset({"a", "an", "at", "un", "is", "its", "pain", "level", "dolor"})
IS, ARTICLES = frozenset({"is", "its"}), frozenset({"a", "an"})
# Words of number this long are still known with one slip, where a score would stand; never these real words.
SHORTEST = 4
MARKS_AFTER = frozenset({")", ".", ":"})
SPELLED = tuple(TABLE["spelled"].split())
REAL_WORDS = frozenset(TABLE["real_words"].split())
SLIP_BEFORE, SLIP_AFTER = frozenset(TABLE["slip_before"].split()), frozenset(TABLE["slip_after"].split())
# The keyboard under a thumb: its rows, and how far each begins to the right of the first.
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
KEY_SHIFTS = (0.0, 0.25, 0.75)
MARKS_SAID = tuple(tuple(said.split()) for said in TABLE["marks_said"])
# A mark that may open a lone score ("#4", "=3", "-> 4").
OPENING = frozenset({"#", "=", ">", "-", "{", "["})
HASH_BEFORE = frozenset(
    {"a", "an", "im", "its", "is", "at", "say", "pain", "id", "about", "un", "el", "y", "n"}
)
HALF = "5"
# "Fourish".
ISH = {
    f"{word}ish": word for word in ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
}
# "Go #1" and "go number two".
NEEDS = {"1": "pee", "one": "pee", "uno": "pee", "2": "poop", "two": "poop", "dos": "poop"}
GONE = frozenset({"go", "goes", "going", "gone", "went", "do", "doing", "did", "hacer", "del"})
# So many one-word sentences in a row that end in such a word are one.
# "... then my ride bailed so yeah".
SO_YEAH = frozenset({"yeah", "yea", "ya", "yah"})
FEWEST_SHOUTED = 3
SHOUTED = frozenset(TABLE["shouted"].split())


def spelt_out(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with such writings as the words and numbers they stand for; `raw` stays as typed."""
    row = _said_in_one(_without_marks_said(_unmixed(tokens)))
    row = [_bathroom(row, place) for place in range(len(row))]
    row = [_numeral_word(row, place) for place in range(len(row))]
    row = [_number_word(row, place) for place in range(len(row))]
    return _without_opening_marks(_without_so_yeah(row))


def _without_so_yeah(row: list[Token]) -> list[Token]:
    """Return the tokens without a closing "so yeah", which ends a story and answers nothing."""
    said = [token for token in row if token.kind is not Kind.MARK]
    closes = len(said) > 2 and said[-2].text == "so" and said[-1].text in SO_YEAH
    return [token for token in row if token not in said[-2:]] if closes else row


def _unmixed(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens with "b4" and the like as one word each."""
    row: list[Token] = []
    place = 0
    while place < len(tokens):
        end = place + 1
        while end < len(tokens) and tokens[end].glued:
            end += 1
        said = "".join(token.text for token in tokens[place:end])
        word = MIXED.get(said) if 1 < end - place <= LONGEST_MIXED else CLIPPED.get(said)
        if (
            tokens[place].text == "b"
            and tuple(token.text for token in tokens[place + 1 : place + 3]) in BETWEEN_CUT
        ):
            word, end = "between", place + 3
        if tuple(token.text for token in tokens[place : place + 3]) == NOT_APPLICABLE:
            word, end = "inapplicable", place + 3
        if word is None:
            row += tokens[place:end]
        else:
            raw = "".join(token.raw for token in tokens[place:end])
            row.append(replace(tokens[place], text=word, raw=raw, kind=Kind.WORD, end=tokens[end - 1].end))
        place = end
    return row


def _without_marks_said(row: list[Token]) -> list[Token]:
    """Return the tokens with signs that were spoken as signs ("about a four question mark")."""
    for place, token in enumerate(row[:-1]):
        if not _is_number(token):
            continue
        following = tuple(after.text for after in row[place + 1 : place + 4])
        for said in MARKS_SAID:
            if following[: len(said)] == said and place + 1 + len(said) == len(row):
                return row[: place + 1]
    return row


def _is_number(token: Token) -> bool:
    return token.kind is Kind.NUMBER or token.text in NUMBER_WORDS


def _said_in_one(row: list[Token]) -> list[Token]:
    """Return words that were each shouted as a sentence as one ("NO. MORE. TEXTS.")."""
    places = [place for place, token in enumerate(row) if token.kind is not Kind.MARK]
    run: list[int] = []
    for place in places:
        alone = row[place].kind is Kind.WORD and row[place].gap is Gap.SENTENCE
        if not alone:
            run = []
        run.append(place)
        if len(run) >= FEWEST_SHOUTED and row[place].text in SHOUTED:
            for inside in run[1:]:
                row[inside] = replace(row[inside], gap=Gap.NONE)
    return row


def _bathroom(row: Sequence[Token], place: int) -> Token:
    """Return "#1" or "number two" as what it means after "go" ("havent been able to go #1")."""
    token = row[place]
    need = NEEDS.get(token.text)
    if need is None or place < 2 or row[place - 1].text not in {"#", "number", "numero"}:
        return token
    return replace(token, text=need, kind=Kind.WORD) if row[place - 2].text in GONE else token


def _numeral_word(row: Sequence[Token], place: int) -> Token:
    """Return the token as "for", "to" or "too" where the words beside a 4 or a 2 say so."""
    token = row[place]
    if token.raw not in {"2", "4"} or token.glued or _marks_the_next(row, place + 1):
        return token
    left, right = _word_beside(row, place, -1), _word_beside(row, place, 1)
    if left in SCORED and not (left in IS and right in TOO_AFTER):
        return token
    if token.raw == "4":
        stands = right in FOR_ALWAYS or (left in FOR_BEFORE and right in FOR_AFTER)
        return replace(token, text="for", kind=Kind.WORD) if stands else token
    if (right in TOO_AFTER and left not in ARTICLES) or (left in TOO_BEFORE and not right):
        return replace(token, text="too", kind=Kind.WORD)
    verb = right in TO_AFTER and (bool(left) or right in TO_OPENING)
    stands = verb or (left in TO_BEFORE and right in TO_OBJECTS)
    return replace(token, text="to", kind=Kind.WORD) if stands else token


def _marks_the_next(row: Sequence[Token], place: int) -> bool:
    """Return whether a letter numbers the next answer ("A) 2 B) Y")."""
    marked = place + 1 < len(row) and row[place + 1].text in MARKS_AFTER and len(row[place].text) == 1
    return marked and row[place].kind is Kind.WORD and row[place].end == row[place + 1].start


def _word_beside(row: Sequence[Token], place: int, step: int) -> str:
    beside = place + step
    if not 0 <= beside < len(row) or row[beside].kind not in {Kind.WORD, Kind.NUMBER}:
        return ""
    later = row[max(place, beside)]
    return row[beside].text if later.gap is Gap.NONE and not later.glued else ""


def _number_word(row: Sequence[Token], place: int) -> Token:
    """Return a misspelt number word as it should be, where only a score would stand ("about a niine today")."""
    token = row[place]
    if token.kind is not Kind.WORD or token.glued or len(token.text) < SHORTEST:
        return token
    if token.text in ISH:
        return replace(token, text=ISH[token.text])
    left, right = _word_beside(row, place, -1), _word_beside(row, place, 1)
    if (left and left not in SLIP_BEFORE) or (right and right not in SLIP_AFTER):
        return token
    word = _meant(token.text)
    return replace(token, text=word) if word else token


@lru_cache(maxsize=4096)
def _meant(word: str) -> str:
    """Return the one number word of four letters or more that is a slip away, or nothing."""
    if word in NUMBER_WORDS or word in REAL_WORDS or not word.isascii() or word in VOCABULARY.words():
        return ""
    near = [known for known in SPELLED if _is_slip(word, known)]
    return near[0] if len(near) == 1 else ""


def _is_slip(word: str, known: str) -> bool:
    """Return whether a word is a number word with one slip; a short one only by a slip of the thumb.

    One letter changed at will makes too many short words of others: "tues" is a day, no "tres".
    """
    if len(known) > SHORTEST:
        return one_slip_apart(word, known)
    return word in thumb_slips(known)


@lru_cache(maxsize=64)
def thumb_slips(known: str) -> frozenset[str]:
    """Return a word with a letter doubled, swapped with the next, or hit on the key beside it, alone or too."""
    found = set()
    for place, letter in enumerate(known):
        before, after = known[:place], known[place + 1 :]
        found |= {before + letter + letter + after, before + after[:1] + letter + after[1:]}
        for beside in _beside(letter):
            found |= {
                before + beside + after,
                before + beside + letter + after,
                before + letter + beside + after,
            }
    return frozenset(found - {known})


def _beside(letter: str) -> str:
    """Return the letters whose keys touch a letter's key."""
    keys = {
        key: (row, column + KEY_SHIFTS[row])
        for row, keys in enumerate(KEYS)
        for column, key in enumerate(keys)
    }
    at_row, at_column = keys[letter]
    return "".join(
        key
        for key, (row, column) in keys.items()
        if key != letter and abs(row - at_row) <= 1 and abs(column - at_column) <= 1
    )


def _names_a_thing(row: Sequence[Token], place: int) -> bool:
    """Return whether what follows speaks of the numbered thing ("#3 hurts my knee")."""
    right = _word_beside(row, place + 1, 1)
    return bool(right) and right not in SLIP_AFTER


def _without_opening_marks(row: list[Token]) -> list[Token]:
    """Return the tokens with "#4", "=3" and ".5" as the numbers they are; a hash after other words names a thing."""
    listed = sum(token.text == "#" for token in row) > 1  # "#1 4 #2 no"
    for place, token in enumerate(row[:-1]):
        following = row[place + 1]
        if not _is_number(following) or token.kind is not Kind.MARK:
            continue
        touches = token.end == following.start
        apart = place == 0 or row[place - 1].end < token.start
        if token.text == "." and touches and apart and following.text == HALF:
            row[place + 1] = replace(following, text="0.5", gap=Gap.NONE if place == 0 else row[place].gap)
            row[place] = replace(token, text="'")
        elif (
            token.text == "#"
            and not (listed or _names_a_thing(row, place))
            and (place == 0 or row[place - 1].text in HASH_BEFORE)
        ):
            row[place] = replace(token, text="'")
        elif place <= 1 and token.text in {"=", ">", "{"} and all(t.kind is Kind.MARK for t in row[:place]):
            alone = token.text != ">" or place == 1
            row[place] = replace(token, text="'") if alone else token
    return row
