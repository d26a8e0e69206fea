"""The words that touch a number, and its own shape: whether they alone make it no score."""

import re
from collections.abc import Sequence

from .lexicon import TABLES
from .numbers import LEADING, RANGE_LEADS, TOP, WORDS, Number, Shape
from .tokens import Gap, Kind, Token

TABLE = TABLES["numbers"]


def word_set(name: str) -> frozenset[str]:
    """Return a list of words of the number table."""
    return frozenset(TABLE[name].split())


PAIN, VITALS = word_set("pain_labels"), word_set("vitals")
GLUED_AFTER, GLUED_BEFORE = word_set("glued_after"), word_set("glued_before")
# "Pain for out of ten": the top of the scale without the score.
TOPS = (["out", "of"], ["scale", "of"], ["escala", "de"])
# Parts of the spine with the number of a vertebra: "L5 S1".
SPINE = frozenset("CTLS")
BAD_BEFORE = frozenset("<>$€£#@^{")
# "Aint miss a one".
MISSED = frozenset({"miss", "missed", "skip", "skipped"})
# "One" is a score only beside such words.
PRONOUNS = frozenset({"one", "uno"})
BESIDE_ONE = word_set("beside_one")
AFTER_ONE = word_set("after_one")
# From here a number is a year, never a score; and so many digits beside another number are a phone number.
YEARS = range(1900, 2101)
PHONE_DIGITS = 3
ZIP_DIGITS = 5
# "Mil gracias".
THANKS_AFTER = (["gracias"], ["disculpas"], ["perdones"])
ANSWERS = frozenset({"y", "n", "yes", "no", "si", "yep", "nope", "s"})


# "Ehhh 4", "hmmmm 3", "ooof 8": sounds of thinking or of pain, drawn out at will.
HESITATION = re.compile(
    r"(?:e+h+|u+h+|u+m+|h+m+|m+h*m+|a+h+|a+y+|o+h+|o+o+f+|u+f+|u+g+h+|w+e+l+p+|w+e+l{2,}|b+l+e+h+|m+e+h+)"
)


def is_hesitation(text: str) -> bool:
    """Return whether the word is only a sound before what is said."""
    return HESITATION.fullmatch(text) is not None


class Neighbors:
    """A number with the words to its left and right, in its own clause."""

    def __init__(self, tokens: Sequence[Token], number: Number) -> None:
        self.number = number
        self.tokens = tokens
        self.left = tokens[number.first - 1] if number.first else None
        self.right = tokens[number.last + 1] if number.last + 1 < len(tokens) else None
        self.token = tokens[number.first]
        self.before = _clause_before(tokens, number.first)
        self.after = _clause_after(tokens, number.last)

    def has_odd_shape(self) -> bool:
        """Return whether signs or letters are glued on that make it no score ("-1", ">7", "6%", "8:30", "50mg")."""
        left, right = self.left, self.right
        if left is not None and (
            left.text in BAD_BEFORE
            or (left.text in "-+" and self._touches_left() and not self._follows_an_answer())
            or (left.text in ":/.x" and self._touches_left() and self._digit_before_sign())
            or (self.token.glued and left.text not in GLUED_BEFORE)
            or (left.text == "=" and (not self.before or self._digit_before_sign()))
            or (left.text == "." and self._touches_left() and self._opens_with_sign())
            or (left.text == "(" and self._is_argument())
            or self._is_vertebra()
            or (left.text == "/" and self._touches_left() and self.number.value == TOP)
        ):
            return True
        if right is None:
            return False
        glued_word = right.glued and right.kind is Kind.WORD and right.text not in GLUED_AFTER
        return right.text in {"%", "°", "×", "=", "^", "$"} or glued_word or self._signs_and_digits()

    def _follows_an_answer(self) -> bool:
        """Return whether a dash joins the number to the answer before it ("Y-3")."""
        place = self.number.first - 2
        return place >= 0 and self.tokens[place].text in ANSWERS

    def _touches_left(self) -> bool:
        return self.left is not None and self.left.end == self.token.start

    def _is_argument(self) -> bool:
        """Return whether the bracket before the number touches a word that names no pain ("alert(6)")."""
        place = self.number.first - 1
        name = self.tokens[place - 1] if place else None
        touches = name is not None and name.end == self.tokens[place].start
        return touches and name is not None and name.kind is Kind.WORD and name.text not in PAIN

    def _is_vertebra(self) -> bool:
        """Return whether a capital is glued to this number and to another ("L5 S1")."""
        glued = [
            place
            for place, token in enumerate(self.tokens)
            if place and token.kind is Kind.NUMBER and token.glued and self.tokens[place - 1].raw in SPINE
        ]
        return self.number.first in glued and len(glued) > 1

    def _digit_before_sign(self) -> bool:
        place = self.number.first - 2
        return place >= 0 and self.tokens[place].kind is Kind.NUMBER

    def _opens_with_sign(self) -> bool:
        """Return whether nothing touches the sign before the number (".3", a part of one)."""
        place = self.number.first - 1
        return place == 0 or self.tokens[place - 1].end < self.tokens[place].start

    def _signs_and_digits(self) -> bool:
        right = self.right
        return (
            right is not None
            and right.text in ":/-+"
            and bool(self.after_sign)
            and self.after_sign == right.end
        )

    @property
    def after_sign(self) -> int:
        """Offset of a digit that follows the sign on the right, or 0."""
        return self.after[0].start if self.after and self.after[0].kind is Kind.NUMBER else 0

    def is_vital_sign(self) -> bool:
        """Return whether a number above the scale is a pulse, a temperature, steps and the like."""
        said = {token.text for token in [*self.before, *self.after[:3]]}
        return self.number.value > TOP and bool(said & VITALS)

    def is_phone_or_year(self) -> bool:
        """Return whether the number is a year or part of a telephone number."""
        if int(self.number.value) in YEARS or (
            self.token.kind is Kind.NUMBER
            and self.before
            and len(self.token.text) >= ZIP_DIGITS
            and not self._follows_pain()
        ):
            return True
        if self.number.value > TOP and [token.text for token in self.after[:1]] in THANKS_AFTER:
            return True
        beside = [token for token in (self.before[-1:] + self.after[:1]) if token.kind is Kind.NUMBER]
        long = [token for token in [*beside, self.token] if len(token.text) >= PHONE_DIGITS]
        return bool(beside) and len(long) > 1 and self.token in long

    def _follows_pain(self) -> bool:
        return bool(self.before) and self.before[-1].text in PAIN and self.token.gap is Gap.NONE

    def follows_a_stranger(self) -> bool:
        """Return whether the word right before is none that leads to a score ("cloud nine", "bus 5")."""
        if self.left is None or self.left.kind is not Kind.WORD or self.token.gap is not Gap.NONE:
            return False
        known = (
            self.left.text in LEADING
            or self.left.text in WORDS
            or not self.left.raw.isascii()
            or self._is_answered()
            or is_hesitation(self.left.text)
            or (self.number.shape is Shape.RANGE and self.left.text in RANGE_LEADS)
        )
        return not known

    def _is_answered(self) -> bool:
        """Return whether a yes or no follows, as in "looks normal 2 y"."""
        return (
            bool(self.after)
            and self.after[0].text in GLUED_AFTER
            and self.after[0].text not in {"of", "de", "out"}
        )

    def is_bare_top(self) -> bool:
        """Return whether only the top of the scale was said ("out of ten" without a score before it)."""
        words = [token.text for token in self.before]
        return words[-2:] in TOPS or words[-1:] in (["outta"], ["outof"])

    def is_pronoun(self) -> bool:
        """Return whether "one" or "uno" stands for a person or thing ("no one", "the other one", "one at a time")."""
        if self.token.text not in PRONOUNS or self.number.shape is not Shape.PLAIN:
            return False
        if {token.text for token in self.before[-2:]} & MISSED:
            return True
        before = self.before[-1:] if self.token.gap is Gap.NONE else []
        after = [token for token in self.after[:1] if token.gap is Gap.NONE]
        return not (
            all(token.text in BESIDE_ONE or token.kind is Kind.NUMBER for token in before)
            and all(token.text in AFTER_ONE for token in after)
        )


def _clause_before(tokens: Sequence[Token], first: int) -> list[Token]:
    words: list[Token] = []
    end = tokens[first]
    for place in range(first - 1, max(-1, first - 14), -1):
        if end.gap is Gap.SENTENCE:
            break
        token = tokens[place]
        if token.kind is not Kind.MARK:
            words.insert(0, token)
        end = token
    return words


def _clause_after(tokens: Sequence[Token], last: int) -> list[Token]:
    words: list[Token] = []
    for token in tokens[last + 1 : last + 10]:
        if token.gap is Gap.SENTENCE:
            break
        if token.kind is not Kind.MARK:
            words.append(token)
    return words
