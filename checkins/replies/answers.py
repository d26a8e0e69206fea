"""Binds what was found to the open questions; a value counts only if exactly one reading is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .labels import PARTS, When
from .reading import Evidence, Question, Range, Score
from .scores import Candidate
from .tokens import Token

BOTTOM, TOP = Decimal(0), Decimal(10)
# From this score on the severe-pain alert is raised (clinical policy of this product, 2026).
SEVERE_FROM = Decimal(9)


@dataclass(frozen=True, slots=True)
class ScoresFound:
    """The scores of the texts by question, the evidence, and a pain that is severe or above the scale."""

    values: dict[Question, Score]
    evidence: tuple[Evidence, ...]
    severe: Evidence | None


Found = tuple[Score, Candidate]


def bind_scores(
    texts: Sequence[tuple[Sequence[Token], Sequence[Candidate]]], questions: frozenset[Question]
) -> ScoresFound:
    """Return the last clear score for each open numeric question over several texts, oldest first."""
    values: dict[Question, Score] = {}
    evidence: list[Evidence] = []
    severe: Evidence | None = None
    part: str | None = None
    for tokens, candidates in texts:
        if not candidates and len(named := _parts_of(tokens)) == 1:
            part = part or named.pop()  # "3", then "thats the knee".
        for question, group in _groups(candidates, questions).items():
            chosen = _current(group)
            picked = _pick(chosen)
            if question is Question.PAIN:
                severe = _severe(tokens, chosen, open=Question.PAIN in questions) or severe
            if picked is not None and question in questions and _is_of_another(chosen, part):
                values.pop(
                    question, None
                )  # "Knee 3", then "back 6": which was asked about, a person must say.
            elif picked is not None and question in questions:
                values[question] = picked
                last = chosen[-1]
                evidence.append(_evidence(tokens, last, f"{question}.{last.rule}"))
                part = last.part or part
    return ScoresFound(values, tuple(evidence), severe)


def _parts_of(tokens: Sequence[Token]) -> set[str]:
    return {token.text for token in tokens if token.text in PARTS}


def _is_of_another(chosen: Sequence[Candidate], part: str | None) -> bool:
    """Return whether a score speaks of another part of the body than the text before it, and takes nothing back."""
    last = chosen[-1]
    return part is not None and last.part not in {None, part} and not last.corrects


def joined_if_split(
    texts: Sequence[tuple[Sequence[Token], Sequence[Candidate]]], questions: frozenset[Question]
) -> list[tuple[Sequence[Token], Sequence[Candidate]]]:
    """Return the texts as one when both numeric questions are open and each of two texts holds one number."""
    holding = [candidates for _, candidates in texts if candidates]
    both = {Question.PAIN, Question.FUNCTION} <= questions
    alone = all(len(candidates) == 1 and not candidates[0].corrects for candidates in holding)
    if not (both and len(holding) == 2 and alone):
        return list(texts)
    tokens = [token for said, _ in texts for token in said]
    return [(tokens, [holding[0][0], holding[1][0]])]


def _groups(
    candidates: Sequence[Candidate], questions: frozenset[Question]
) -> dict[Question, list[Candidate]]:
    numeric = [question for question in (Question.PAIN, Question.FUNCTION) if question in questions]
    if len(numeric) == 2:
        return _shared(candidates)
    if not numeric:
        return {Question.PAIN: [c for c in candidates if c.label is Question.PAIN]}
    other = Question.FUNCTION if numeric == [Question.PAIN] else Question.PAIN
    own = [c for c in candidates if c.label is numeric[0]]
    rest = [c for c in candidates if c.label is other]
    free = [c for c in candidates if c.label is None]
    if numeric == [Question.PAIN]:
        # "7 when walking" is pain, unless another number is named as the pain.
        return {Question.PAIN: [c for c in candidates if c not in rest] if own else list(candidates)}
    return {Question.FUNCTION: own + free if not (own and free) else own, Question.PAIN: rest}


def _shared(candidates: Sequence[Candidate]) -> dict[Question, list[Candidate]]:
    named = {
        question: [c for c in candidates if c.label is question]
        for question in (Question.PAIN, Question.FUNCTION)
    }
    free = [c for c in candidates if c.label is None]
    missing = [question for question, group in named.items() if not group]
    if len(free) == 2 and len(missing) == 2 and not any(c.corrects or c.contrast for c in free):
        return {Question.PAIN: free[:1], Question.FUNCTION: free[1:]}
    if len(free) == 1 and len(missing) == 1:
        named[missing[0]] = free
    return named


def _current(group: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that speak of the moment: after a correction only what follows, then the latest time."""
    start = max((place for place, c in enumerate(group) if place and c.corrects), default=0)
    kept = [c for c in group[start:] if c.when is not When.PAST]
    latest = max((c.when for c in kept), default=When.PLAIN)
    return [c for c in kept if c.when is latest]


def _pick(chosen: Sequence[Candidate]) -> Score | None:
    if not chosen or not all(BOTTOM <= c.low <= c.high <= TOP for c in chosen):
        return None
    low, high = min(c.low for c in chosen), max(c.high for c in chosen)
    same = len({(c.low, c.high) for c in chosen}) == 1
    if not same and (len(chosen) > 2 or not all(c.contrast for c in chosen)):
        return None
    if len({c.part for c in chosen if c.part is not None}) > 1:
        return None  # "Knee 4, hip 6": which of the two was asked about, a person must say.
    return low if low == high else Range(low, high)


def _severe(tokens: Sequence[Token], chosen: Sequence[Candidate], *, open: bool) -> Evidence | None:
    for candidate in chosen:
        if candidate.high >= SEVERE_FROM and (open or candidate.label is Question.PAIN):
            name = "above_scale" if candidate.high > TOP else "nine_or_more"
            return _evidence(tokens, candidate, f"red_flag.severe_pain.{name}")
    return None


def _evidence(tokens: Sequence[Token], candidate: Candidate, rule: str) -> Evidence:
    first, last = tokens[candidate.first], tokens[candidate.last]
    said = " ".join(token.raw for token in tokens[candidate.first : candidate.last + 1])
    return Evidence(rule, first.index, first.start, last.end, said)
