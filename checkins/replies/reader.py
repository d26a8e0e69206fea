"""Reads a patient's texts: each step in its own module, always in the order of this file.

clean -> red flags -> opt-out, opt-in, help -> reaction -> carrier notice, auto-reply -> wrong number ->
answers to the open questions -> what has to happen next.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from .amendments import completes
from .answers import bind_scores, joined_if_split
from .clauses import answers_apart, taken_back
from .decision import Findings, decide
from .engagements import roger_numbers
from .exercises import find_exercises, find_well
from .free_answers import find_free
from .languages import language_of
from .lexicon import words_of
from .messages import (
    find_auto_reply,
    find_caregiver,
    find_carrier_notice,
    find_identify,
    find_request,
    find_thanks,
)
from .milestones import MilestoneFound, find_milestone
from .negation import NEGATORS
from .objects import bare_hedge
from .opt_out import ConsentFound, care_is_over, find_consent, help_keyword
from .patient_texts import Text, amended, prepare, prompt_tokens, standing
from .reactions import Reaction
from .reading import (
    READER_VERSION,
    Answers,
    Danger,
    Evidence,
    Exercises,
    Level,
    Milestone,
    Question,
    Reading,
    RedFlag,
    ReplyRequest,
    Score,
)
from .red_flags import find_signs, gravest_first, places_of
from .scores import Candidate, Ratio, find_candidates
from .tokens import Gap, Kind, Token
from .unreal import unreal_numbers
from .wrong_number import find_wrong_number
from .zero import find_label, find_no_pain, find_no_pain_first

__all__ = ["READER_VERSION", "Reading", "ReplyRequest", "read"]


# A "no" this near before a denied sign belongs to it and is no answer about exercises.
DENIAL_REACH = 4
DENIERS = NEGATORS | {"nope", "nah", "nop"}
DENIALS = frozenset({"no", "none", "negative"})


def read(request: ReplyRequest) -> Reading:
    """Return what the texts mean.

    Never fails on any text; records a value only for an open question and only if one reading is left.
    """
    texts = [prepare(text, index, request.prompt) for index, text in enumerate(request.texts)]
    everything = words_of(_in_a_row(texts))
    language = language_of([token for text in texts for token in text.tokens], recorded=request.language)
    signs = find_signs(everything)
    flags = gravest_first(signs)
    consents = [_consent(text, flags) for text in texts]
    wrong = _wrong_number(texts)
    typed = [] if wrong else [place for place, text in enumerate(texts) if _is_typed(text)]
    masks = [_mask(texts[place], signs, consents[place]) for place in typed]
    elsewhere = bool(flags) or any(consents) or wrong is not None
    answers, evidence, severe = _answers(
        [texts[place] for place in typed], masks, request, language, elsewhere=elsewhere
    )
    told = None if any(consents) else _told([texts[place] for place in typed], evidence, request)
    if told is not None:
        answers, evidence = replace(answers, free=True), [*evidence, told]
    if severe is not None:
        flags = gravest_first([*flags, RedFlag(Danger.SEVERE_PAIN, Level.L2, severe)])
    findings = Findings(
        request=request,
        texts=[text.cleaned for text in texts],
        blank=all(text.is_blank and not text.cleaned for text in texts),
        answers=answers,
        evidence=tuple(evidence),
        flags=flags,
        consent=next((found for found in reversed(consents) if found), None),
        help_word=next((word for word in (help_keyword(text.words) for text in texts) if word), None),
        reaction=_reaction(texts),
        carrier_notice=_first_of(find_carrier_notice(text.words) for text in texts),
        auto_reply=_first_of(find_auto_reply(text.words) for text in texts),
        wrong_number=wrong,
        identify=find_identify(everything),
        request_found=_first_of(
            find_request(text.words.without(consent.places if consent else frozenset()), text.cleaned)
            for text, consent in zip(texts, consents, strict=True)
        ),
        thanks=_first_of(find_thanks(text.words, courtesy=not request.open) for text in texts),
        caregiver=find_caregiver(everything),
        language=language,
        late_score=not request.open and _is_late([texts[place] for place in typed], language),
    )
    return decide(findings)


def _is_late(texts: Sequence[Text], language: str) -> bool:
    """Return whether the texts would answer how the pain is, had it been asked."""
    read = [find_candidates(text.tokens, language=language) for text in texts]
    pain = frozenset({Question.PAIN})
    return bool(_scores(texts, read, [frozenset()] * len(texts), pain, None)[0])


def _in_a_row(texts: Sequence[Text]) -> list[Token]:
    """Return the tokens of all texts; a new text separates no less than a comma does."""
    row: list[Token] = []
    for text in texts:
        first, rest = text.tokens[:1], text.tokens[1:]
        row += [replace(token, gap=max(token.gap, Gap.COMMA)) if row else token for token in first]
        row += rest
    return row


def _is_typed(text: Text) -> bool:
    """Return whether a person wrote an answer: no tapback, and no phone unless a number comes first."""
    if text.reaction is not None or find_carrier_notice(text.words):
        return False
    first = next((token for token in text.tokens if token.kind is not Kind.MARK), None)
    return find_auto_reply(text.words) is None or (first is not None and first.kind is Kind.NUMBER)


def _wrong_number(texts: Sequence[Text]) -> Evidence | None:
    for text in texts:
        if text.reaction is None:
            found = find_wrong_number(text.words)
            if found is not None:
                return found
    return None


def _consent(text: Text, flags: Sequence[RedFlag]) -> ConsentFound | None:
    """Return a change of consent, unless its words speak of dying ("I don't want to live like this")."""
    found = find_consent(text.words)
    despair = [flag for flag in flags if flag.danger is Danger.SELF_HARM]
    return None if found and found.places & places_of(text.words, despair) else found


def _mask(text: Text, flags: Sequence[RedFlag], consent: ConsentFound | None) -> frozenset[int]:
    """Return the words that already mean something else and so are no answer about exercises."""
    places = places_of(text.words, flags)
    tokens = text.words.tokens
    denied = places_of(text.words, [flag for flag in flags if flag.level is Level.REVIEW])
    denials = frozenset(
        before
        for place in denied
        for before in range(max(0, place - DENIAL_REACH), place)
        if tokens[before].text in DENIERS
        and all(tokens[i].gap is Gap.NONE for i in range(before + 1, place + 1))
    )
    # "Chest pain: no" answers a question that nobody asked here.
    denials |= {
        place + 1
        for place in denied
        if place + 1 < len(tokens)
        and tokens[place + 1].text in DENIALS
        and tokens[place + 1].gap is not Gap.SENTENCE
    }
    over = care_is_over(text.words) | consent.places if consent else frozenset()
    return (places | denials | over) - answers_apart(text.words)


Found = tuple[Answers, list[Evidence], Evidence | None]


def _answers(
    texts: Sequence[Text],
    masks: Sequence[frozenset[int]],
    request: ReplyRequest,
    language: str,
    *,
    elsewhere: bool,
) -> Found:
    """Return the answers to the open questions, their evidence, and what shows a severe pain."""
    questions = frozenset(request.open)
    spoken = "es" if "es" in {language, request.language} else "en"
    texts, masks = amended(*standing(texts, masks))
    read = [_candidates(text, questions, spoken) for text in texts]
    values, evidence, severe = _scores(texts, read, masks, questions, request.prompt)
    exercises: Exercises | None = None
    milestone: Milestone | None = None
    for text, mask, (candidates, ratios) in zip(texts, masks, read, strict=True):
        reached = _reached(text, mask, request, spoken)
        spoken_for = mask | (reached.places if reached else frozenset())
        if reached is not None:
            milestone = reached.value
            evidence.append(reached.evidence)
        if Question.EXERCISES in questions:
            first = find_no_pain_first(text.words) if Question.PAIN in questions else None
            if Question.PAIN in questions and not values:
                spoken_for |= find_well(text.words) | bare_hedge(text.words)
            corrected = frozenset() if Question.FUNCTION in questions else taken_back(text.words)
            found = find_exercises(
                text.words,
                ratios,
                language=spoken,
                taken=spoken_for | (first[1] if first else frozenset()) | corrected,
                elsewhere=elsewhere
                or "?" in text.cleaned
                or find_request(text.words, text.cleaned) is not None,
                scored=frozenset(text.tokens[candidate.first].start for candidate in candidates)
                if Question.PAIN in questions
                else frozenset(),
            )
            if found is not None:
                left = exercises in {Exercises.PARTIAL, Exercises.LATER}
                exercises = Exercises.YES if left and completes(text.words) else found.value
                evidence.append(found.evidence)
    answers = Answers(values.get(Question.PAIN), exercises, values.get(Question.FUNCTION), milestone)
    return answers, evidence, severe


def _no_scores(text: Text, questions: frozenset[Question]) -> frozenset[int]:
    """Return the offsets of numbers that are not told as real, or say "10-4" where two scores were not asked for."""
    roger = frozenset() if Question.FUNCTION in questions else roger_numbers(text.tokens)
    return unreal_numbers(text.words) | roger


def _candidates(
    text: Text, questions: frozenset[Question], language: str
) -> tuple[list[Candidate], list[Ratio]]:
    found, ratios = find_candidates(text.tokens, language=language, unreal=_no_scores(text, questions))
    alone = Question.FUNCTION not in questions
    return [
        replace(each, corrects=True) if (text.amends and not place) or (each.behind_no and alone) else each
        for place, each in enumerate(found)
    ], ratios


def _reached(text: Text, mask: frozenset[int], request: ReplyRequest, language: str) -> MilestoneFound | None:
    """Return what one text says about the milestone, if it is open."""
    if Question.MILESTONE not in request.open:
        return None
    asked = frozenset(token.text for token in prompt_tokens(request.prompt))
    both = Question.EXERCISES in request.open
    return find_milestone(text.words, beside_exercises=both, language=language, asked=asked, taken=mask)


def _told(texts: Sequence[Text], known: Sequence[Evidence], request: ReplyRequest) -> Evidence | None:
    """Return what answers the free question, if it is open; a cry for help or "who is this" is no answer."""
    if Question.FREE not in request.open:
        return None
    alone = len(set(request.open)) == 1
    return _first_of(
        find_free(text.tokens, known, is_alone=alone)
        for text in texts
        if help_keyword(text.words) is None and find_identify(text.words) is None
    )


def _scores(
    texts: Sequence[Text],
    read: Sequence[tuple[list[Candidate], list[Ratio]]],
    masks: Sequence[frozenset[int]],
    questions: frozenset[Question],
    prompt: str | None,
) -> tuple[dict[Question, Score], list[Evidence], Evidence | None]:
    pairs = [(text.tokens, candidates) for text, (candidates, _) in zip(texts, read, strict=True)]
    bound = bind_scores(joined_if_split(pairs, questions), questions)
    values, evidence = dict(bound.values), list(bound.evidence)
    numeric = questions & {Question.PAIN, Question.FUNCTION}
    if len(questions) == 1 and numeric and not values:
        for text in texts:
            label = find_label(text.tokens, prompt)
            if label is not None:
                values[next(iter(numeric))] = label[0]
                evidence.append(label[1])
    if Question.PAIN in questions:
        only = questions == {Question.PAIN}
        for text, mask, (candidates, _) in zip(texts, masks, read, strict=True):
            if Question.PAIN in values and not text.amends:
                continue  # "3", then "wait no pain now"; what only follows a score takes nothing back.
            first = find_no_pain_first(text.words) if Question.EXERCISES in questions else None
            found = first[0] if first else find_no_pain(text.words.without(mask), only_question=only)
            if found is not None and not candidates:
                values[Question.PAIN] = Decimal(0)
                evidence.append(found)
    return values, evidence, bound.severe


def _reaction(texts: Sequence[Text]) -> Reaction | None:
    """Return the tapback if the texts are nothing else."""
    said = [text for text in texts if text.cleaned]
    return said[-1].reaction if said and all(text.reaction for text in said) else None


def _first_of(found: Iterable[Evidence | None]) -> Evidence | None:
    return next((evidence for evidence in found if evidence is not None), None)
