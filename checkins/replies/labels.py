"""What a score speaks of: which question it answers, which time it means, whether it corrects one before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from .neighbors import PAIN, word_set
from .numbers import WORDS as NUMBER_WORDS
from .numbers import Shape
from .reading import Question
from .surroundings import CONTRAST, Around
from .tokens import Gap, Kind, Token

STRONG_BEFORE, STRONG_AFTER = word_set("past_strong_before"), word_set("past_strong_after")
# "4, fell yesterday": the day is that of the event, not of the score.
EVENTS = frozenset({"fell", "tripped", "slipped", "fainted", "cai", "desmaye"})
PAST_BEFORE, PAST_AFTER, LAST = word_set("past_before"), word_set("past_after"), word_set("last_words")
LASTS, THAN, SAME = frozenset({"last"}), frozenset({"than", "que"}), frozenset({"same", "igual", "mismo"})
# "It was a 6 before surgery" speaks of another time.
BEFORE, CARE = (
    frozenset({"before", "antes"}),
    frozenset({"surgery", "operation", "accident", "cirugia", "operacion"}),
)
TO, DOWN_FROM_THERE = frozenset({"to", "a", "al", "at", "en"}), word_set("down_from_there")
UP_FROM_THERE, CAME_UP = word_set("up_from_there"), word_set("came_up")
RANGE_FROM = frozenset({"from", "desde"})
NOW, MORNING = word_set("now_words"), word_set("morning")
PARTS = word_set("parts")
AGO = frozenset({"ago", "atras"})
# "a 7 last tuesday" and "7 tuesday" are over, "9 since last night" goes on.
SINCE = frozenset({"since", "desde"})
WEEKDAYS = word_set("weekdays")
# "9/10 the storm last night really got me": what happened then is why; "8 the whole day yesterday" is when.
DETERMINERS = frozenset({"the", "my", "that", "our", "his", "her", "el", "la", "mi"})
NOT_REASONS = frozenset(
    {"other", "whole", "day", "entire", "first", "past", "night", "one", "same", "worst", "otro", "otra"}
)
REASON_WORDS = 3
# "Home from the plant 8" comes from a place; "down from the usual 8" from a score.
FORMER = frozenset(
    {
        "usual",
        "original",
        "initial",
        "previous",
        "old",
        "worst",
        "average",
        "normal",
        "same",
        "high",
        "starting",
    }
)
CORRECTIONS, FUNCTION = word_set("corrections"), word_set("function_labels")


ARTICLES = frozenset({"a", "an", "un", "the", "el", "like", "about", "around", "maybe"})
GOING = frozenset({"walking", "going", "coming", "heading", "headed", "leaving"})
# So many words before a comma are a statement of their own ("did double yesterday, 4").
OWN_CLAUSE = 2
# "This morning 5, now 3", "por la manana 5 ahora 3": before such a word it is a part of today.
DAYTIME = frozenset({"this", "the", "la", "in", "en"})


UNUSUAL = frozenset(
    {"instead", "than", "from", "of", "not", "isnt", "yesterday", "ayer", "was", "last", "miss"}
)


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
    after = [] if not times_follow and _names_a_time(_near_before(around)) else _until_comma(around.after[:4])
    before = [] if times_follow and _has_number_before(around) else _near_before(around)
    if around.number.shape is Shape.RANGE:
        before = [token for token in before if token.text not in RANGE_FROM]  # "Anywhere from 3 to 6".
    if _has_come_to(around) or _ends_with_now(around) or _goes_on_since(around):
        return When.NOW
    if _opens_in_the_morning(around):
        return When.WAS
    if _is_the_usual(around):
        return When.PLAIN
    later, earlier = _said_after(after), _said_before(before)
    if earlier is When.WAS and not (times_follow and later is not When.PAST):
        return min(later, earlier)  # "It was a 4 yesterday"; in "was 7 now 4" the "now" is of the 4.
    return max(later, earlier, key=lambda when: (when is not When.PLAIN, when))


def _is_the_usual(around: Around) -> bool:
    """Return whether the one number of the text is "the usual 4", as it is today too."""
    words = [token.text for token in around.before]
    others = sum(token.kind is Kind.NUMBER or token.text in NUMBER_WORDS for token in around.tokens) > 1
    return words[-1:] == ["usual"] and not others and not set(words) & UNUSUAL


def _has_come_to(around: Around) -> bool:
    """Return whether the number is where the pain has come to from another ("8, after the ice im down to 5")."""
    if not _follows_a_number(around):
        return False
    words = [token.text for token in around.before if token.text not in ARTICLES]
    if len(words) < 2 or words[-1] not in TO:
        return False
    came_up = words[-2] in UP_FROM_THERE and (len(words) == 2 or words[-3] in CAME_UP)
    return words[-2] in DOWN_FROM_THERE or came_up


def _ends_with_now(around: Around) -> bool:
    """Return whether "now" closes what is said of the number, whatever day led to it ("8 last night 5 now")."""
    after = around.after[:2]
    said = bool(after) and after[0].gap is Gap.NONE and after[0].text in NOW
    return said and (len(after) == 1 or after[1].gap is not Gap.NONE)


def _goes_on_since(around: Around) -> bool:
    """Return whether a later number of the text goes on since something ("8 at breakfast. 5 since the pad")."""
    after = around.after[:1]
    since = bool(after) and after[0].gap is Gap.NONE and after[0].text in SINCE
    return since and _follows_a_number(around) and not is_contrasted(around)


def _follows_a_number(around: Around) -> bool:
    earlier = around.tokens[: around.number.first]
    return any(token.kind is Kind.NUMBER or token.text in NUMBER_WORDS for token in earlier)


def _gives_a_reason(tokens: Sequence[Token]) -> bool:
    """Return whether something that happened is told behind the number ("9/10 the storm last night really got me").

    A determiner, a noun of no time and no body, the time, and then what it did.
    """
    words = [token.text for token in tokens]
    if len(words) < REASON_WORDS or words[0] not in DETERMINERS or tokens[0].gap is not Gap.NONE:
        return False
    noun = words[1]
    if noun in NOW | STRONG_AFTER | LASTS | LAST | PARTS | PAIN | MORNING or noun in NOT_REASONS:
        return False
    return bool(set(words[2:4]) & (STRONG_AFTER | LASTS))


def _said_after(tokens: Sequence[Token]) -> When:
    words = [token.text for token in tokens[:3]]
    if _gives_a_reason(tokens):
        return When.PLAIN
    if THAN & set(words) or SINCE & set(words[:1]):
        # "4 better than yesterday": the day is what it is compared with; "9 since last night" goes on.
        return When.PLAIN
    if words[:1] and words[0] in BEFORE and CARE & {token.text for token in tokens[:4]}:
        return When.PAST
    if AGO & {token.text for token in tokens[:4]} or _names_a_weekday(words):
        return When.PAST  # "A 4 a week ago", "7 last tuesday".
    if set(words[:2]) & EVENTS:
        return When.PLAIN
    if _goes(words, "in") or _goes(words, "out"):
        return When.WAS if words[1] == "in" else When.NOW
    times = [word for word in words if word in NOW or word in STRONG_AFTER]
    if times and times[0] in NOW:
        return When.NOW
    if times or ("last" in words and {token.text for token in tokens} & LAST):
        return When.PAST
    if set(words[:2]) & PAST_AFTER or ("this" in words[:2] and set(words) & MORNING):
        return When.WAS
    return When.PLAIN


def _goes(words: Sequence[str], way: str) -> bool:
    """Return whether a visit begins or ends there ("6 walking in, 2 walking out")."""
    return len(words) > 1 and words[0] in GOING and words[1] == way


def _names_a_weekday(words: Sequence[str]) -> bool:
    """Return whether a day of the week is what follows a number ("7 tuesday", "7 on tuesday", "7 last tuesday")."""
    if not WEEKDAYS & set(words[:2]):
        return False
    return words[0] in WEEKDAYS or words[0] in {"on", "last", "el", "este"}


def _said_before(tokens: Sequence[Token]) -> When:
    words = [token.text for token in tokens]
    if set(words) & NOW or "ending at" in " ".join(words):
        return When.NOW
    if set(words) & SAME:
        return When.PLAIN
    led = words[-3:]
    if _comes_from_a_place(led):
        led = led[1:]
    if set(led) & STRONG_BEFORE or _names_last(words):
        return When.PAST
    return When.WAS if set(words) & PAST_BEFORE else When.PLAIN


def _comes_from_a_place(words: Sequence[str]) -> bool:
    """Return whether "from the plant" stands before the number and not "from the usual"."""
    return len(words) == 3 and words[0] == "from" and words[1] in DETERMINERS and words[2] not in FORMER


def _names_last(words: Sequence[str]) -> bool:
    """Return whether "last week it was" leads to the number."""
    return any(word in LASTS and words[place + 1] in LAST for place, word in enumerate(words[:-1]))


def _opens_in_the_morning(around: Around) -> bool:
    """Return whether the first number of the text follows "this morning", "por la manana" or "antes"."""
    words = [token.text for token in _near_before(around)]
    said = len(words) > 1 and words[-1] in MORNING and words[-2] in DAYTIME
    said = said or (words[-1:] != [] and words[-1] in PAST_AFTER and len(words) == len(around.before))
    return said and not _has_number_before(around)


def _names_a_time(tokens: Sequence[Token]) -> bool:
    """Return whether a day or "now" leads to the number; a bare "was" leaves the time to what follows."""
    return _said_before(tokens) in {When.NOW, When.PAST}


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
        _said_before(_near_before(around)) is When.PLAIN
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


def part_of(around: Around) -> str | None:
    """Return the part of the body that the number is tied to, None where none or more than one is named."""
    beside = [*around.before[_last_break(around.before) :][-4:], *_until_comma(around.after[:4])]
    parts = {token.text for token in beside if token.text in PARTS}
    return parts.pop() if len(parts) == 1 else None


def denies_the_one_before(around: Around) -> bool:
    """Return whether nothing but a "no" stands between two numbers ("un 5... no, un 4").

    Between pain and function it is the answer about the exercises ("6 no 4").
    """
    said = [token for token in around.tokens[: around.number.first] if token.kind is not Kind.MARK]
    while said and said[-1].text in ARTICLES - {"maybe"}:
        said.pop()
    denied = len(said) > 1 and said[-1].text == "no"
    return denied and (said[-2].kind is Kind.NUMBER or said[-2].text in NUMBER_WORDS)


def corrects(around: Around) -> bool:
    """Return whether the number takes the place of one before ("6 sorry 5", "*5")."""
    if around.left is not None and around.left.text == "*":
        return True
    return bool({token.text for token in around.before[_last_break(around.before) :][-4:]} & CORRECTIONS)
