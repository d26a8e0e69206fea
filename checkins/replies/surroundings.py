"""The words beside a number: whether they make it a time, a dose, a date, a wish, and so no score."""

from collections.abc import Sequence
from decimal import Decimal

from .lexicon import TABLES
from .numbers import FROM, LEADING, RANGE_LEADS, TOP, WORDS, Number, Shape
from .tokens import Gap, Kind, Token

TABLE = TABLES["numbers"]


def word_set(name: str) -> frozenset[str]:
    """Return a list of words of the number table."""
    return frozenset(TABLE[name].split())


UNITS, MODIFIERS, PREFIXES = word_set("units"), word_set("modifiers"), word_set("prefixes")
GLUED_AFTER, GLUED_BEFORE = word_set("glued_after"), word_set("glued_before")
MEETINGS, VITALS = word_set("meetings"), word_set("vitals")
APPROXIMATE = word_set("approximately")
AT, AT_NEEDS = word_set("at_words"), word_set("at_needs")
DENIALS, DENIAL_FILLERS = word_set("denials"), word_set("denial_fillers")
HYPOTHETICAL, HYPOTHETICAL_AFTER = word_set("hypothetical"), word_set("hypothetical_after")
COMPARISON, CONTRAST, PAIN = word_set("comparison"), word_set("contrast"), word_set("pain_labels")
# Words that end in s and follow a score without being counted by it.
NOT_COUNTED = word_set("not_counted")
TOMORROW = word_set("tomorrow")
# What may stand between "more" and the number in a comparison ("more than a 6"), unlike "more like a 6".
COMPARED = frozenset({"than", "de", "que", "a", "an", "the", "un"})
ANYTHING_BUT = ["anything", "but"]
# "5 mas tarde" answers two questions and counts nothing.
LATER = ["mas", "tarde"]
# "Un tres yo creo": "yo" is I, not "years old".
I_BELIEVE = frozenset({"creo", "digo", "diria", "pienso", "siento", "pongo", "le", "calculo"})
# "Pain for out of ten": the top of the scale without the score.
TOPS = (["out", "of"], ["scale", "of"], ["escala", "de"])
# Parts of the spine with the number of a vertebra: "L5 S1".
MONTHS, VISITS = word_set("months"), word_set("visits")
SPINE = frozenset("CTLS")
BAD_BEFORE = frozenset("<>$€£#@^{")
# "One" is a score only beside such words.
PRONOUNS = frozenset({"one", "uno"})
BESIDE_ONE = word_set("beside_one")
AFTER_ONE = word_set("after_one")
# A verb after a plural word opens a new statement: "3 hands are cold" counts no hands.
VERBS = frozenset({"are", "were", "feel", "hurt", "ache", "estan", "duelen"})
EXERCISES = frozenset({"exercise", "exercises", "stretches", "ejercicio", "ejercicios"})
SIGNS = frozenset(
    {"chest", "calf", "fever", "falls", "numbness", "swelling", "dizziness", "headache", "drainage"}
)
# "Number 6 please", unlike "exercise number 6".
NUMBER_SAID, BEFORE_NUMBER_SAID = (["number"], ["num"]), word_set("before_number_said")
# From here a number is a year, never a score; and so many digits beside another number are a phone number.
YEARS = range(1900, 2101)
PHONE_DIGITS = 3
ZIP_DIGITS = 5
# "Mil gracias".
THANKS_AFTER = (["gracias"], ["disculpas"], ["perdones"])
AGE_FROM = Decimal(20)
# "Quarter to 5", "give me 5", "el de 3": no score.
NOT_SCORES = tuple(tuple(lead.split()) for lead in TABLE["not_scores"])
PLACES, CHILDREN = word_set("places"), word_set("children")
# "Reply 1 to confirm", "press 2 for Spanish", "1 for yes".
KEYS, KEYED, CHOICES = word_set("keys"), word_set("keyed"), word_set("choices")
# "Exercise 3 hurts" names an exercise; "with exercise 3" scores one.
NUMBERED, NUMBERED_VERBS, ADDED = word_set("numbered"), word_set("numbered_verbs"), word_set("added")
ANSWERS = frozenset({"y", "n", "yes", "no", "si", "yep", "nope", "s"})


class Around:
    """The words beside a number, in its own clause."""

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
        if self.number.in_words and [token.text for token in self.after[:1]] in THANKS_AFTER:
            return True
        beside = [token for token in (self.before[-1:] + self.after[:1]) if token.kind is Kind.NUMBER]
        long = [token for token in [*beside, self.token] if len(token.text) >= PHONE_DIGITS]
        return bool(beside) and len(long) > 1 and self.token in long

    def is_denied(self) -> bool:
        """Return whether the number is denied, wished for, compared with or spoken of another day."""
        words = [token.text for token in self.before]
        if words == ["is"] and self.after:
            return True  # "Is 6 normal?" asks.
        if any(word in HYPOTHETICAL for word in self._words_near()) or words[-3:-1] == ANYTHING_BUT:
            return True
        if words[-2:] == ANYTHING_BUT:
            return True
        if any(token.text in HYPOTHETICAL_AFTER for token in self._words_right_after()):
            return True
        for distance, word in enumerate(reversed(words[-5:])):
            between = words[len(words) - distance :]
            if (
                word in DENIALS
                and all(filler in DENIAL_FILLERS for filler in between)
                and self._same_phrase(distance)
            ):
                return not (word in {"no", "ni"} and distance == 0)
            if word == "menos" and words[-distance - 3 :][:2] == ["mas", "o"]:
                continue
            if word == "bajo" and between[:1] == ["a"]:
                continue
            if word in COMPARISON and all(filler in COMPARED for filler in between):
                return self._same_phrase(distance)
        return False

    def _words_right_after(self) -> list[Token]:
        """Return up to two words behind the number; "but" or a comma ends them ("5 pero manana los hago")."""
        kept: list[Token] = []
        for token in self.after[:2]:
            if token.gap is not Gap.NONE or token.text in {"but", "pero"}:
                break
            kept.append(token)
        return kept

    def _words_near(self) -> list[str]:
        """Return the last words of this part; what was planned for tomorrow ends where the pain is named."""
        words = self._words_of_this_part()[-5:]
        if TOMORROW & set(words) and PAIN & set(words):
            last = max(place for place, word in enumerate(words) if word in PAIN)
            return words[last:]
        return words

    def _words_of_this_part(self) -> list[str]:
        """Return the words before the number back to the last comma."""
        part: list[str] = []
        gap = self.token.gap
        for token in reversed(self.before):
            if gap is not Gap.NONE:
                break
            part.insert(0, token.text)
            gap = token.gap
        return part

    def _same_phrase(self, distance: int) -> bool:
        following = self.before[len(self.before) - distance :]
        return all(token.gap is Gap.NONE for token in [*following, self.token])

    def follows_a_stranger(self) -> bool:
        """Return whether the word right before is none that leads to a score ("cloud nine", "bus 5")."""
        if self.left is None or self.left.kind is not Kind.WORD or self.token.gap is not Gap.NONE:
            return False
        known = (
            self.left.text in LEADING
            or self.left.text in WORDS
            or not self.left.raw.isascii()
            or self._is_answered()
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

    def names_a_day(self) -> bool:
        """Return whether the number is a day of a month or of a visit ("el 3 de diciembre")."""
        after = [token.text for token in self.after[:2]]
        before = {token.text for token in self.before[-4:]}
        return (len(after) > 1 and after[0] in {"de", "of"} and after[1] in MONTHS) or bool(
            before & VISITS and not before & PAIN
        )

    def is_bare_top(self) -> bool:
        """Return whether only the top of the scale was said ("out of ten" without a score before it)."""
        words = [token.text for token in self.before]
        return words[-2:] in TOPS or words[-1:] in (["outta"], ["outof"])

    def is_pronoun(self) -> bool:
        """Return whether "one" or "uno" stands for a person or thing ("no one", "the other one", "one at a time")."""
        if self.token.text not in PRONOUNS or self.number.shape is not Shape.PLAIN:
            return False
        before = self.before[-1:] if self.token.gap is Gap.NONE else []
        after = [token for token in self.after[:1] if token.gap is Gap.NONE]
        return not (
            all(token.text in BESIDE_ONE or token.kind is Kind.NUMBER for token in before)
            and all(token.text in AFTER_ONE for token in after)
        )

    def counts_exercises(self) -> bool:
        """Return whether "8 of 10" speaks of exercises done."""
        words = {token.text for token in self.after[:2]}
        return bool(words & {"exercises", "ejercicios", "reps", "them", "sets"}) or bool(
            {token.text for token in self.before[-1:]} & {"did", "hice", "completed", "finished", "do"}
        )

    def counts_something(self) -> bool:
        """Return whether a unit follows or a word before says that the number counts something else."""
        if self._counted_by_next() or self._is_age() or self._denies_a_sign() or self._is_choice():
            return True
        words = [token.text for token in self.before]
        if not self.before or (self.token.gap is not Gap.NONE and self.before[-1].text not in {"day", "dia"}):
            return False
        if self.number.shape is Shape.RANGE and words[-1] in FROM:
            return False  # What may stand before such a range, numbers.py says.
        if self._is_elsewhere(words):
            return True
        while words and words[-1] in APPROXIMATE and len(words) > 1:
            if words[-2] in AT | {"only", "just"} and words[-1] in {"a", "an"}:
                return False
            words.pop()
        if words[-4:] == ["put", "me", "down", "for"] or (
            words[-1:] in NUMBER_SAID and set(words[:-1]) <= BEFORE_NUMBER_SAID
        ):
            return False
        if words[-1] in {"of", "de"} and len(words) > 1 and words[-2] in UNITS:
            return True
        if words[-1] in AT:
            return not (set(words[:-1]) & AT_NEEDS) or bool(set(words) & MEETINGS)
        return words[-1] in PREFIXES

    def _is_choice(self) -> bool:
        """Return whether the number stands for an answer, as our own menus say ("1 for yes")."""
        after = [token.text for token in self.after[:2]]
        return after[:1] == ["for"] and bool(set(after[1:]) & CHOICES)

    def _is_elsewhere(self, words: list[str]) -> bool:
        """Return whether the number is a time, a choice, an age, a place or the number of an exercise."""
        after = [token.text for token in self.after[:2]]
        if (
            tuple(words[-2:]) in NOT_SCORES
            or set(words[-3:]) & PLACES
            or (words[-1] in KEYS and set(after[:1]) & KEYED)
        ):
            return True
        if words == ["el"] and after:
            return True  # "El 8 tengo cita" is a day.
        if len(words) > 1 and words[-2] in CHILDREN and words[-1] in {"is", "tiene", "turned"}:
            return True
        return words[-1] in NUMBERED and bool(set(after[:1]) & NUMBERED_VERBS) and not set(words) & ADDED

    def _counted_by_next(self) -> bool:
        following = [token for token in self.after[:2] if token.kind is Kind.WORD]
        if not following or following[0].gap is not Gap.NONE:
            return False
        word = following[0].text
        if [token.text for token in following] == LATER:
            return False
        if word == "yo" and [token.text for token in following[1:]] and following[1].text in I_BELIEVE:
            return False
        if self._opens_a_label(following[0]) or (word in EXERCISES and self._follows_pain()):
            return False
        if word == "of" and self.number.shape is Shape.PLAIN:
            return True
        if len(following) > 1 and following[1].text in VERBS and word not in UNITS:
            return False
        if word in MODIFIERS and len(following) > 1 and _is_unit(following[1].text):
            return True
        return _is_unit(word) and word not in PAIN

    def _denies_a_sign(self) -> bool:
        """Return whether a zero denies what follows ("zero chest pain") and scores nothing."""
        return self.number.value == 0 and any(token.text in SIGNS for token in self.after[:1])

    def _follows_pain(self) -> bool:
        return bool(self.before) and self.before[-1].text in PAIN and self.token.gap is Gap.NONE

    def _opens_a_label(self, word: Token) -> bool:
        """Return whether a colon follows the word, so that it names the next answer ("4 Exercises: half")."""
        place = self.tokens.index(word, self.number.last)
        return place + 1 < len(self.tokens) and self.tokens[place + 1].text == ":"

    def _is_age(self) -> bool:
        words = [token.text for token in self.before[-2:]]
        return self.number.value >= AGE_FROM and bool(
            {"im", "am", "tengo", "turned", "turning", "age"} & set(words)
        )


def _is_unit(word: str) -> bool:
    if word in UNITS:
        return True
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith("ss")
        and word not in NOT_COUNTED | PAIN | CONTRAST
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
