"""Which numbers of a text are a score for pain or function now, and which are times, doses, dates or wishes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from .lexicon import TABLES
from .numbers import TOP, Number, Shape, find_numbers
from .reading import Question
from .tokens import Gap, Kind, Token

TABLE = TABLES["numbers"]


def _set(name: str) -> frozenset[str]:
    return frozenset(TABLE[name].split())


UNITS, MODIFIERS, PREFIXES = _set("units"), _set("modifiers"), _set("prefixes")
GLUED_AFTER, GLUED_BEFORE = _set("glued_after"), _set("glued_before")
MEETINGS = _set("meetings")
VITALS = _set("vitals")
AT, AT_NEEDS = _set("at_words"), _set("at_needs")
DENIALS, DENIAL_FILLERS = _set("denials"), _set("denial_fillers")
HYPOTHETICAL, HYPOTHETICAL_AFTER = _set("hypothetical"), _set("hypothetical_after")
COMPARISON = _set("comparison")
STRONG_BEFORE, STRONG_AFTER = _set("past_strong_before"), _set("past_strong_after")
PAST_BEFORE, PAST_AFTER, LAST = _set("past_before"), _set("past_after"), _set("last_words")
NOW, MORNING, CONTRAST = _set("now_words"), _set("morning"), _set("contrast")
CORRECTIONS, APPROXIMATE = _set("corrections"), _set("approximate")
PAIN, FUNCTION = _set("pain_labels"), _set("function_labels")
# Words that end in s and follow a score without being counted by it.
NOT_COUNTED = frozenset(
    "is was as this thanks thx yes yess its always sometimes hurts plus less minus stairs because cus feels days's his hers us"
    " antes gracias mas menos es pues estos las los tus mis entonces ejercicios's pls mins's does has keeps gets seems"
    " nomas quizas apenas jamas demas ademas varios unas otros buenas buenos adios dios despues atras tres this's spasms hips knees stiffness soreness tightness".split()
)
# What may stand between "more" and the number in a comparison ("more than a 6"), unlike "more like a 6".
COMPARED = frozenset({"than", "de", "que", "a", "an", "the", "un"})
BAD_BEFORE = frozenset("<>$€£#@^{[")
EXERCISES = frozenset({"exercise", "exercises", "stretches", "ejercicio", "ejercicios"})
# From here a number is a year, never a score; and so many digits beside another number are a phone number.
YEARS = range(1900, 2101)
PHONE_DIGITS = 3
AGE_FROM = Decimal(20)
# Numbers one calls, never a score: emergency services and the crisis line of the United States.
HOTLINES = frozenset({Decimal(911), Decimal(988), Decimal(411), Decimal(311)})


class When(IntEnum):
    """What a score speaks of: the moment, no stated time, earlier in the day, or another day."""

    NOW = 3
    PLAIN = 2
    WAS = 1
    PAST = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number that may be a score; `low` equals `high` unless two were given. It may lie outside the scale."""

    low: Decimal
    high: Decimal
    when: When
    label: Question | None
    contrast: bool
    corrects: bool
    first: int
    last: int
    rule: str


@dataclass(frozen=True, slots=True)
class Style:
    """Whether names ("3 pain") and times ("8 yesterday") stand after their numbers in a text, or before."""

    names_follow: bool
    times_follow: bool


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of so many, as in "2 of 3 done"."""

    done: Decimal
    of: Decimal
    first: int
    last: int


def find_candidates(tokens: Sequence[Token], *, language: str = "en") -> tuple[list[Candidate], list[Ratio]]:
    """Return the possible scores of one text and its "2 of 3" counts, in order."""
    numbers = find_numbers(tokens, language=language)
    markers = list_markers(tokens, numbers)
    counted = [number for number in numbers if number.first not in markers]
    ratios = [
        Ratio(number.value, number.high, number.first, number.last)
        for number in counted
        if number.shape is Shape.RATIO and number.high is not None
    ]
    scores = [number for number in counted if number.shape is not Shape.RATIO and _is_score(tokens, number)]
    if not scores:
        return [], ratios
    first = Around(tokens, scores[0])
    style = Style(_names_follow(first), _times_follow(first))
    return [_candidate(tokens, number, style) for number in scores], ratios


def list_markers(tokens: Sequence[Token], numbers: Sequence[Number]) -> dict[int, int]:
    """Return the positions of "1)", "2)" … that number the answers, with their numbers."""
    marked = [
        number
        for number in numbers
        if number.shape is Shape.PLAIN
        and number.first + 1 < len(tokens)
        and tokens[number.first].kind is Kind.NUMBER
        and tokens[number.first + 1].text in ").:-="
        and number.first + 2 < len(tokens)
        and _starts(tokens, number.first)
    ]
    values = [int(number.value) for number in marked]
    if len(values) < 2 or values != list(range(1, len(values) + 1)):
        return {}
    return {number.first: int(number.value) for number in marked}


def _starts(tokens: Sequence[Token], place: int) -> bool:
    return place == 0 or not tokens[place].glued


def _is_score(tokens: Sequence[Token], number: Number) -> bool:
    if number.shape in {Shape.ODD, Shape.SCALE} or number.value in HOTLINES:
        return False
    around = Around(tokens, number)
    if around.has_odd_shape() or around.is_denied() or around.is_phone_or_year() or around.is_vital_sign():
        return False
    if number.shape is Shape.OUT_OF_TEN:
        return not around.counts_exercises()
    return not around.counts_something()


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
            or (left.text in "-+" and self._touches_left())
            or (left.text in ":/.x" and self._touches_left() and self._digit_before_sign())
            or (self.token.glued and left.text not in GLUED_BEFORE)
            or (left.text == "=" and not self.before)
        ):
            return True
        if right is None:
            return False
        glued_word = right.glued and right.kind is Kind.WORD and right.text not in GLUED_AFTER
        return right.text in {"%", "°", "×", "=", "^", "$"} or glued_word or self._signs_and_digits()

    def _touches_left(self) -> bool:
        return self.left is not None and self.left.end == self.token.start

    def _digit_before_sign(self) -> bool:
        place = self.number.first - 2
        return place >= 0 and self.tokens[place].kind is Kind.NUMBER

    def _signs_and_digits(self) -> bool:
        right = self.right
        return (
            right is not None
            and right.text in ":/-"
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
        if int(self.number.value) in YEARS:
            return True
        beside = [token for token in (self.before[-1:] + self.after[:1]) if token.kind is Kind.NUMBER]
        long = [token for token in [*beside, self.token] if len(token.text) >= PHONE_DIGITS]
        return bool(beside) and len(long) > 1 and self.token in long

    def is_denied(self) -> bool:
        """Return whether the number is denied, wished for, compared with or spoken of another day."""
        words = [token.text for token in self.before]
        if any(word in HYPOTHETICAL for word in words[-5:]):
            return True
        if any(token.text in HYPOTHETICAL_AFTER for token in self.after[:3]):
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
            if word in COMPARISON and all(filler in COMPARED for filler in between):
                return True
        return False

    def _same_phrase(self, distance: int) -> bool:
        following = self.before[len(self.before) - distance :]
        return all(token.gap is Gap.NONE for token in [*following, self.token])

    def counts_exercises(self) -> bool:
        """Return whether "8 of 10" speaks of exercises done."""
        words = {token.text for token in self.after[:2]}
        return bool(words & {"exercises", "ejercicios", "reps", "them", "sets"}) or bool(
            {token.text for token in self.before[-1:]} & {"did", "hice", "completed", "finished", "do"}
        )

    def counts_something(self) -> bool:
        """Return whether a unit follows or a word before says that the number counts something else."""
        if self._counted_by_next() or self._is_age():
            return True
        if not self.before or self.token.gap is not Gap.NONE and self.before[-1].text not in {"day", "dia"}:
            return False
        words = [token.text for token in self.before]
        while (
            words
            and words[-1] in {"a", "an", "the", "un", "una", "el", "like", "about", "around", "only", "just"}
            and len(words) > 1
        ):
            if words[-2] in AT and words[-1] in {"a", "an"}:
                return False
            words.pop()
        if words[-1] in {"of", "de"} and len(words) > 1 and words[-2] in UNITS:
            return True
        if words[-1] in AT:
            return not (set(words[:-1]) & AT_NEEDS) or bool(set(words) & MEETINGS)
        return words[-1] in PREFIXES

    def _counted_by_next(self) -> bool:
        following = [token for token in self.after[:2] if token.kind is Kind.WORD]
        if not following or following[0].gap is not Gap.NONE:
            return False
        word = following[0].text
        if self._opens_a_label(following[0]) or (word in EXERCISES and self._follows_pain()):
            return False
        if word == "of" and self.number.shape is Shape.PLAIN:
            return True
        if word in MODIFIERS and len(following) > 1 and _is_unit(following[1].text):
            return True
        return _is_unit(word) and word not in PAIN

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


def _candidate(tokens: Sequence[Token], number: Number, style: Style) -> Candidate:
    around = Around(tokens, number)
    high = number.high if number.shape is Shape.RANGE and number.high is not None else number.value
    return Candidate(
        low=number.value,
        high=high,
        when=_when(around, times_follow=style.times_follow),
        label=_label(around, named_after=style.names_follow),
        contrast=_near(around, CONTRAST),
        corrects=_corrects(around),
        first=number.first,
        last=number.last,
        rule="word" if number.in_words else "range" if high != number.value else "number",
    )


def _when(around: Around, *, times_follow: bool) -> When:
    after = [] if times_follow is False and _says_when(_near_before(around)) else _until_number(around.after[:4])
    before = [] if times_follow and _has_number_before(around) else _near_before(around)
    return max(_said_after(after), _said_before(before), key=lambda when: (when is not When.PLAIN, when))


def _said_after(tokens: Sequence[Token]) -> When:
    words = [token.text for token in tokens[:3]]
    if set(words) & NOW:
        return When.NOW
    if set(words) & STRONG_AFTER or ("last" in words and {token.text for token in tokens} & LAST):
        return When.PAST
    if set(words[:2]) & PAST_AFTER or ("this" in words[:2] and set(words) & MORNING):
        return When.WAS
    return When.PLAIN


def _said_before(tokens: Sequence[Token]) -> When:
    words = [token.text for token in tokens]
    if set(words) & NOW:
        return When.NOW
    if set(words[-3:]) & STRONG_BEFORE:
        return When.PAST
    return When.WAS if set(words) & PAST_BEFORE else When.PLAIN


def _says_when(tokens: Sequence[Token]) -> bool:
    return _said_before(tokens) is not When.PLAIN


def _near_before(around: Around) -> list[Token]:
    """Return the words before the number that belong to it and not to a number before them."""
    if around.token.gap is Gap.COMMA and _has_number_before(around):
        return []
    return around.before[_last_break(around.before) :][-4:]


def _has_number_before(around: Around) -> bool:
    return any(token.kind is Kind.NUMBER for token in around.before)


def _times_follow(around: Around) -> bool:
    """Return whether the words of time stand after the numbers ("8 yesterday 5 today"), as the first one shows."""
    return not _says_when(_near_before(around)) and _said_after(_until_number(around.after[:4])) is not When.PLAIN


def _last_break(before: Sequence[Token]) -> int:
    """Return where the words nearest to the number begin: after another number, "but", or a comma."""
    start = 0
    for place, token in enumerate(before):
        if token.kind is Kind.NUMBER or token.text in {"but", "pero", "and"}:
            start = place + 1
        elif token.gap is Gap.COMMA:
            start = place
    return start


def _until_number(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        if token.kind is Kind.NUMBER or token.text in {"but", "pero"} or (token.gap is Gap.COMMA and kept):
            break
        kept.append(token)
    return kept


def _label(around: Around, *, named_after: bool) -> Question | None:
    """Return what the nearest words say the number measures; in one text names stand all before or all after."""
    before = _named(reversed(around.before[_last_break(around.before) :][-5:]))
    after = _named(_until_number(around.after[:4]))
    return after if named_after else before or after


def _names_follow(around: Around) -> bool:
    before = _named(reversed(around.before[_last_break(around.before) :][-5:]))
    return before is None and _named(_until_number(around.after[:4])) is not None


def _named(tokens: Iterable[Token]) -> Question | None:
    for token in tokens:
        if token.text in PAIN:
            return Question.PAIN
        if token.text in FUNCTION:
            return Question.FUNCTION
    return None


def _near(around: Around, words: frozenset[str]) -> bool:
    start = _last_break(around.before)
    beside = [*around.before[start:][-4:], *_until_number(around.after[:4])]
    return any(token.text in words for token in beside)


def _corrects(around: Around) -> bool:
    if around.left is not None and around.left.text == "*":
        return True
    return bool({token.text for token in around.before[-4:]} & CORRECTIONS)
