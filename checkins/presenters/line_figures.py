"""The line's figures in words and bars."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checkins.selectors import AnswerCount, Group, LineFigures, TextCount
from checkins.text_outcomes import Cause, Outcome, cause_of, outcome_of
from patients.models import Language

_WIDTH = 120
_OUTCOMES = {
    Outcome.DELIVERED: ("Arrived", "done"),
    Outcome.SENT: ("Sent, no word yet whether it arrived", ""),
    Outcome.FAILED: ("Did not arrive", "attention"),
    Outcome.NOT_SENT: ("Not sent", ""),
    Outcome.UNCLEAR: ("Unclear whether it went out", "attention"),
    Outcome.WAITING: ("Waits", ""),
}
CAUSES = {
    Cause.OPTED_OUT: "The phone company says that the patient stopped the texts",
    Cause.BAD_NUMBER: "The number cannot receive texts",
    Cause.BLOCKED: "The phone company blocks texts to the number",
    Cause.OUT_OF_REACH: "The phone was off or without signal",
    Cause.FILTERED: "The phone company filtered the text for what it says",
    Cause.SET_UP: "The practice's line is not set up fully",
    Cause.DAILY_LIMIT: "Over the phone company's daily limit",
    Cause.CARRIER: "A fault at the phone company",
    Cause.DAYBOOK: "A fault of Daybook's",
    Cause.UNKNOWN: "The phone company gave no reason that Daybook knows",
}
_NOT_SENT = {
    "opted_out": "The patient stopped the texts",
    "no_consent": "No consent to texts on that number",
    "wrong_number": "Somebody wrote that it is the wrong number",
    "phone_suspended": "The number is set aside until somebody checks it",
    "number_changed": "The patient has another number now",
    "too_late": "Its time had passed",
    "discharged": "The episode had ended",
    "no_longer_asked": "No longer needed: the check-in was answered or closed first",
}
_OTHER_REASON = "Another reason"
_AGES = {
    "under_45": "Under 45",
    "45_64": "45 to 64",
    "65_74": "65 to 74",
    "75_over": "75 and over",
    "unknown": "Age not known",
}


@dataclass(frozen=True)
class ShareBar:
    """A share as a bar; `words` say the same."""

    filled: int
    words: str
    width: int = _WIDTH


@dataclass(frozen=True)
class TextRow:
    """How many texts ended alike, of how many."""

    name: str
    count: int
    share: str
    tone: str
    bar: ShareBar


@dataclass(frozen=True)
class ReasonRow:
    """How many texts did not get through for one reason."""

    what: str
    reason: str
    count: int


@dataclass(frozen=True)
class AnswerRow:
    """How many check-ins of one group were answered, and how soon."""

    name: str
    asked: int
    answered: int
    share: str
    median: str
    bar: ShareBar


@dataclass(frozen=True)
class AnswerTable:
    """The groups of one kind, each row with its n."""

    title: str
    first: str
    rows: Sequence[AnswerRow]


@dataclass(frozen=True)
class FiguresView:
    """The page in words."""

    title: str
    total: int
    texts: Sequence[TextRow]
    reasons: Sequence[ReasonRow]
    tables: Sequence[AnswerTable]


def figures_view(figures: LineFigures) -> FiguresView:
    """Return the line's figures in words and bars; rows without a single case are left out."""
    ended = _ended(figures.texts)
    total = sum(ended.values())
    return FiguresView(
        title=_title(ended),
        total=total,
        texts=[_text(outcome, ended[outcome], of=total) for outcome in Outcome if ended[outcome]],
        reasons=_reasons(figures.texts),
        tables=_tables(figures.answers),
    )


def time_in_words(seconds: float) -> str:
    """Return a span of time as people say it, such as "1 h 5 min".

    >>> [time_in_words(each) for each in (20, 65, 3900, 7200)]
    ['under a minute', '1 min', '1 h 5 min', '2 h']
    """
    hours, minutes = divmod(int(seconds) // 60, 60)
    parts = ([f"{hours} h"] if hours else []) + ([f"{minutes} min"] if minutes else [])
    return " ".join(parts) or "under a minute"


def _ended(texts: Iterable[TextCount]) -> Counter[Outcome]:
    ended: Counter[Outcome] = Counter()
    for each in texts:
        ended[outcome_of(each.state, each.status, reason=each.reason)] += each.count
    return ended


def _title(ended: Counter[Outcome]) -> str:
    went = ended[Outcome.DELIVERED] + ended[Outcome.SENT] + ended[Outcome.FAILED] + ended[Outcome.UNCLEAR]
    if went == 0:
        return "No text went out"
    return f"{ended[Outcome.DELIVERED]} of {went} text{'' if went == 1 else 's'} sent arrived"


def _text(outcome: Outcome, count: int, *, of: int) -> TextRow:
    name, tone = _OUTCOMES[outcome]
    share = _share(count, of)
    return TextRow(name, count, share, tone, _bar(count, of, f"{name}: {count} of {of} texts, {share}"))


def _reasons(texts: Iterable[TextCount]) -> list[ReasonRow]:
    counted: Counter[tuple[str, str]] = Counter()
    for each in texts:
        outcome = outcome_of(each.state, each.status, reason=each.reason)
        if outcome is Outcome.FAILED:
            counted[_OUTCOMES[outcome][0], CAUSES[cause_of(each.error_code)]] += each.count
        elif outcome is Outcome.NOT_SENT:
            counted[_OUTCOMES[outcome][0], _NOT_SENT.get(each.reason, _OTHER_REASON)] += each.count
    ordered = sorted(counted.items(), key=lambda each: (each[0][0], -each[1], each[0][1]))
    return [ReasonRow(what, reason, count) for (what, reason), count in ordered]


def _tables(answers: Sequence[AnswerCount]) -> list[AnswerTable]:
    """Return the tables of answers; none where no check-in had its time."""
    if not any(each.asked for each in answers):
        return []
    languages = dict(Language.choices)
    return [
        AnswerTable("Check-ins answered", "Who", _rows(answers, by=Group.ALL, names={"": "All"})),
        AnswerTable("By age", "Age", _rows(answers, by=Group.AGE, names=_AGES)),
        AnswerTable("By language", "Language", _rows(answers, by=Group.LANGUAGE, names=languages)),
    ]


def _rows(answers: Sequence[AnswerCount], *, by: Group, names: Mapping[str, str]) -> list[AnswerRow]:
    found = {each.group: each for each in answers if each.by is by}
    return [_answers(name, found[group]) for group, name in names.items() if group in found]


def _answers(name: str, count: AnswerCount) -> AnswerRow:
    share = _share(count.answered, count.asked)
    words = f"{name}: {count.answered} of {count.asked} check-ins answered, {share}"
    return AnswerRow(
        name=name,
        asked=count.asked,
        answered=count.answered,
        share=share,
        median="" if count.median_seconds is None else time_in_words(count.median_seconds),
        bar=_bar(count.answered, count.asked, words),
    )


def _share(count: int, of: int) -> str:
    return f"{100 * count / of:.1f} %" if of else ""


def _bar(count: int, of: int, words: str) -> ShareBar:
    return ShareBar(filled=round(_WIDTH * count / of) if of else 0, words=words)
