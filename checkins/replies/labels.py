"""What a score speaks of: which question it answers, which time it means, whether it corrects one before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from .reading import Question
from .surroundings import CONTRAST, PAIN, Around, word_set
from .tokens import Gap, Kind, Token

STRONG_BEFORE, STRONG_AFTER = word_set("past_strong_before"), word_set("past_strong_after")
# "4, fell yesterday": the day is that of the event, not of the score.
EVENTS = frozenset({"fell", "tripped", "slipped", "fainted", "cai", "desmaye"})
PAST_BEFORE, PAST_AFTER, LAST = word_set("past_before"), word_set("past_after"), word_set("last_words")
NOW, MORNING = word_set("now_words"), word_set("morning")
CORRECTIONS, FUNCTION = word_set("corrections"), word_set("function_labels")


# So many words before a comma are a statement of their own ("did double yesterday, 4").
OWN_CLAUSE = 2
# "This morning 5, now 3", "por la manana 5 ahora 3": before such a word it is a part of today.
DAYTIME = frozenset({"this", "the", "la", "in", "en"})


class When(IntEnum):
    """What a score speaks of: the moment, no stated time, earlier in the day, or another day."""

    NOW = 3
    PLAIN = 2
    WAS = 1
    PAST = 0


@dataclass(frozen=True, slots=True)
class Style:
    """Whether names ("3 pain") and times ("8 yesterday") stand after their numbers in a text, or before."""

    names_follow: bool
    times_follow: bool


def when_said(around: Around, *, times_follow: bool) -> When:
    """Return the time that a number speaks of; `times_follow` as its text writes them."""
    after = (
        [] if times_follow is False and _says_when(_near_before(around)) else _until_comma(around.after[:4])
    )
    before = [] if times_follow and _has_number_before(around) else _near_before(around)
    if _opens_in_the_morning(around):
        return When.WAS
    return max(_said_after(after), _said_before(before), key=lambda when: (when is not When.PLAIN, when))


def _said_after(tokens: Sequence[Token]) -> When:
    words = [token.text for token in tokens[:3]]
    if set(words[:2]) & EVENTS:
        return When.PLAIN
    times = [word for word in words if word in NOW or word in STRONG_AFTER]
    if times and times[0] in NOW:
        return When.NOW
    if times or ("last" in words and {token.text for token in tokens} & LAST):
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


def _opens_in_the_morning(around: Around) -> bool:
    """Return whether the first number of the text follows "this morning" or "por la manana"."""
    words = [token.text for token in _near_before(around)]
    said = len(words) > 1 and words[-1] in MORNING and words[-2] in DAYTIME
    return said and not _has_number_before(around)


def _says_when(tokens: Sequence[Token]) -> bool:
    return _said_before(tokens) is not When.PLAIN


def _near_before(around: Around) -> list[Token]:
    """Return the words before the number that belong to it and not to a number before them."""
    near = around.before[_last_break(around.before) :]
    if around.token.gap is Gap.COMMA and (_has_number_before(around) or len(near) > OWN_CLAUSE):
        return []
    return near[-4:]


def _has_number_before(around: Around) -> bool:
    return any(token.kind is Kind.NUMBER for token in around.before)


def times_follow_numbers(around: Around) -> bool:
    """Return whether the words of time stand after the numbers ("8 yesterday 5 today"), as the first one shows."""
    return (
        not _says_when(_near_before(around))
        and not _opens_in_the_morning(around)
        and _said_after(_until_comma(around.after[:4])) is not When.PLAIN
    )


def _last_break(before: Sequence[Token]) -> int:
    """Return where the words nearest to the number begin: after another number, "but", or a comma."""
    start = 0
    for place, token in enumerate(before):
        if token.kind is Kind.NUMBER or token.text in {"but", "pero", "and"}:
            start = place + 1
        elif token.gap is Gap.COMMA:
            start = place
    return start


def _until_comma(tokens: Sequence[Token]) -> list[Token]:
    """Return the words up to the next number, "but" or comma."""
    return [] if tokens and tokens[0].gap is Gap.COMMA else _until_number(tokens)


def _until_number(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        if token.kind is Kind.NUMBER or token.text in {"but", "pero"} or (token.gap is Gap.COMMA and kept):
            break
        kept.append(token)
    return kept


def label_of(around: Around, *, named_after: bool) -> Question | None:
    """Return what the nearest words say the number measures; in one text names stand all before or all after."""
    before = _named(reversed(around.before[_last_break(around.before) :][-5:]))
    after = _named(_until_comma(around.after[:4]))
    return after if named_after else before or after


def names_follow_numbers(around: Around) -> bool:
    """Return whether the names stand after the numbers ("3 pain 7 stairs"), as the first one shows."""
    before = _named(reversed(around.before[_last_break(around.before) :][-5:]))
    return before is None and _named(_until_comma(around.after[:4])) is not None


def _named(tokens: Iterable[Token]) -> Question | None:
    for token in tokens:
        if token.text in PAIN:
            return Question.PAIN
        if token.text in FUNCTION:
            return Question.FUNCTION
    return None


def is_contrasted(around: Around) -> bool:
    """Return whether the number is tied to a side, place, time or load that another may differ by."""
    start = _last_break(around.before)
    beside = [*around.before[start:][-4:], *_until_number(around.after[:4])]
    return any(token.text in CONTRAST for token in beside)


def corrects(around: Around) -> bool:
    """Return whether the number takes the place of one before ("6 sorry 5", "*5")."""
    if around.left is not None and around.left.text == "*":
        return True
    return bool({token.text for token in around.before[_last_break(around.before) :][-4:]} & CORRECTIONS)
