"""What a text says about the day's exercises: yes, no, partial or later, or nothing that is sure."""

from collections.abc import Sequence
from dataclasses import dataclass

from .clauses import (
    answers_beside_a_number,
    bare_clauses,
    counts_over_a_comma,
    denies_the_next,
    far_from_exercises,
    own_clauses,
    speaks_of_an_object,
    steps_over_an_object,
    surely_said,
)
from .corrections import answer_after
from .dayparts import tells_both_times, tells_when_done, times_a_score
from .lexicon import phrase_book
from .objects import affirmed_elsewhere, denies_something_else, hedges_something_else
from .openings import (
    OPENER,
    OPENERS,
    TABLE,
    TURNS,
    after_an_answer,
    answers_first,
    declines,
    is_an_answer,
    leading_answer,
)
from .other_matters import counts_a_thing, other_matters, spans_a_chore
from .phrases import Match, Words
from .reading import Evidence, Exercises
from .red_flags import evidence_of
from .scores import Ratio
from .tokens import Gap, Kind

IGNORED = phrase_book("exercises", sections=["ignore"])
NO_ANSWER = phrase_book("exercises", sections=["no_answer"])
BOOKS = {value: phrase_book("exercises", sections=[value.value]) for value in Exercises}
WEAK = {
    Exercises.YES: phrase_book("exercises", sections=["weak_yes"]),
    Exercises.NO: phrase_book("exercises", sections=["weak_no"]),
}
OTHER_DAY = phrase_book("exercises", sections=["other_day"])
SAME_DAY = frozenset(
    {"today", "hoy", "but", "pero", "not", "and", "so", "because", "porque", "cuz", "entonces"}
)
# "Couldnt ... after work", "yea its a 6".
DID = frozenset({"ended", "did", "done", "finished", "completed", "hice", "hicimos", "termine", "acabe"})
THANKS, THANKED = frozenset(TABLE["thanks"].split()), frozenset(TABLE["thanked"].split())
STATES = frozenset(TABLE["states"].split())
PAST_NO = frozenset(TABLE["past_no"].split())
SCORE_IS = frozenset({"its", "it", "im", "about", "around", "pain", "hes", "shes", "at"})
WELL = phrase_book("exercises", sections=["well"])
BUT = frozenset({"but", "pero"})
AFTER_IF = frozenset(TABLE["after_if"].split())
# A clause that is only this is an answer wherever it stands.
BARE_NO = frozenset({"no", "nope", "nah", "naw"})
# "6 of 200" counts no exercises.
MOST_EXERCISES = 30


@dataclass(frozen=True, slots=True)
class ExercisesFound:
    """What was said, and the words it rests on."""

    value: Exercises
    evidence: Evidence


def find_exercises(
    words: Words,
    ratios: Sequence[Ratio],
    *,
    language: str,
    taken: frozenset[int] = frozenset(),
    elsewhere: bool = False,
    scored: frozenset[int] = frozenset(),
) -> ExercisesFound | None:
    """Return the answer of one text, or None where nothing or two different things are said.

    `taken` are the places of words that already mean something else, such as a danger sign; `elsewhere` says that
    the text speaks of something else too, so that only what is surely about the exercises counts. `scored` are the
    offsets of numbers that score something.
    "Some", "half", "2 of 3" outweigh a yes or no; "not yet", "tonight" outweigh a no.
    """
    if _only_thanks(words):
        return None
    counted = _counted(ratios)
    if counted is not None:
        return ExercisesFound(counted, Evidence(f"exercises.{counted}_count"))
    start = answer_after(words)
    words, taken = words.after(start), frozenset(place - start for place in taken if place >= start)
    taken |= {place for match in NO_ANSWER.find(words) for place in match.span}
    taken |= affirmed_elsewhere(words)
    taken |= frozenset() if tells_both_times(words) else other_matters(words)
    if declines(words, 0, taken):
        taken |= {0}
    leading = leading_answer(words, language, taken)
    masked = frozenset(
        place
        for match in IGNORED.find(words)
        if not (_answers_before(words, match) or _turns_inside(words, match))
        for place in match.span
    )
    masked = frozenset(place for place in masked if not _is_bare_si(words, place))
    searched = words.without(masked | taken | _another_day(words) | _ifs(words))
    found = {value: book.find(searched) for value, book in BOOKS.items()}
    found[Exercises.LATER] = [
        match for match in found[Exercises.LATER] if not times_a_score(words, match, scored)
    ]
    said = _about_exercises(words, found, elsewhere or answers_beside_a_number(words), taken)
    if leading is not None:
        said = after_an_answer(words, said, leading)
    said = _without_an_aside(words, said)
    value = _outweighing(words, said) if any(said.values()) else None
    if value is not None:
        return ExercisesFound(value, evidence_of(words, said[value][0], f"exercises.{value}_word"))
    return None if any(said.values()) else _weak(searched, language)


def _about_exercises(
    words: Words, said: dict[Exercises, list[Match]], elsewhere: bool, taken: frozenset[int]
) -> dict[Exercises, list[Match]]:
    """Return what is said of the exercises and not of anything else that the text tells."""
    said = {
        value: [match for match in matches if not _is_of_another(words, match, value)]
        for value, matches in said.items()
    }
    whole = [match for matches in said.values() for match in matches if match.rule.endswith(".whole")]
    said = {
        value: [match for match in matches if match in whole or not _inside(words, match, whole)]
        for value, matches in said.items()
    }
    said[Exercises.NO] += [
        Match(OPENER, (place,)) for place in bare_clauses(words, BARE_NO) if place not in taken
    ]
    covered = frozenset(place for matches in said.values() for match in matches for place in match.places)
    said = {
        value: [match for match in matches if not speaks_of_an_object(words, match, covered)]
        for value, matches in said.items()
    }
    found = [match for matches in said.values() for match in matches]
    own = own_clauses(words, found)
    far = far_from_exercises(words, found)
    said = {
        value: [
            match
            for match in matches
            if not match.rule.endswith(".own_clause") or own.issuperset(match.places)
        ]
        for value, matches in said.items()
    }
    return {
        value: surely_said(words, matches, own)
        if elsewhere
        else [match for match in matches if not far.issuperset(match.places)]
        for value, matches in said.items()
    }


def _is_of_another(words: Words, match: Match, value: Exercises) -> bool:
    """Return whether the words of a match belong to what stands beside or within it."""
    return (
        denies_the_next(words, match)
        or counts_a_thing(words, match)
        or spans_a_chore(words, match)
        or counts_over_a_comma(words, match)
        or _turns_inside(words, match)
        or denies_something_else(words, match)
        or hedges_something_else(words, match)
        or (value is not Exercises.PARTIAL and steps_over_an_object(words, match))
    )


def _inside(words: Words, match: Match, whole: Sequence[Match]) -> bool:
    """Return whether the match stands within a saying that means one thing only ("no pare hasta acabar todos")."""
    said = [place for place in match.places if words.tokens[place].kind is not Kind.NUMBER] or match.places
    return any(said[0] in other.span and said[-1] in other.span for other in whole)


def _ifs(words: Words) -> frozenset[int]:
    """Return the places of a Spanish "si" inside a sentence that means if and not yes."""
    tokens = words.tokens
    return frozenset(
        place
        for place in range(1, len(words) - 1)
        if tokens[place].text == "si"
        and tokens[place - 1].kind is not Kind.NUMBER
        and tokens[place + 1].gap is Gap.NONE
        and tokens[place + 1].text in AFTER_IF
    )


def _answers_before(words: Words, match: Match) -> bool:
    """Return whether the "no" of a look-alike stands apart from the rest of it ("no pude, se me ...")."""
    return words.tokens[match.places[0]].text == "no" and any(
        words.tokens[place].gap is not Gap.NONE for place in match.span[1:]
    )


def _turns_inside(words: Words, match: Match) -> bool:
    """Return whether a "but" parts the words of a match, so that they say two things ("si, pero me duele")."""
    return any(words.tokens[place].text in BUT for place in match.span[1:-1] if place not in match.places)


def _is_bare_si(words: Words, place: int) -> bool:
    """Return whether "si" is a yes and not an "if": after a number, or set apart."""
    if words.tokens[place].text != "si":
        return False
    after_number = place > 0 and words.tokens[place - 1].kind is Kind.NUMBER
    apart = place + 1 < len(words) and words.tokens[place + 1].gap is not Gap.NONE
    return after_number or apart


def _counted(ratios: Sequence[Ratio]) -> Exercises | None:
    if len(ratios) != 1 or not 1 < ratios[0].of <= MOST_EXERCISES or ratios[0].done > ratios[0].of:
        return None
    done, of = ratios[0].done, ratios[0].of
    return Exercises.YES if done == of else Exercises.NO if done == 0 else Exercises.PARTIAL


def _outweighing(words: Words, said: dict[Exercises, list[Match]]) -> Exercises | None:
    closing = _closing_yes(words, said[Exercises.YES])
    if closing:
        said[Exercises.YES] = closing
        return Exercises.YES
    never = [match for match in said[Exercises.NO] if match.rule.endswith("not_even")]
    if _uncovered(said[Exercises.PARTIAL], never):
        return Exercises.PARTIAL
    if _planned(words, said):
        return Exercises.LATER
    yes, no = _uncovered(said[Exercises.YES], said[Exercises.NO]), said[Exercises.NO]
    if yes and no:
        # "Yes but im tired lol": how one is afterwards takes no yes back, as "yes but not today" does.
        denied = [match for match in no if not _is_a_state(words, match)]
        yes, no = (_after_but(words, yes), _after_but(words, denied)) if denied else (yes, [])
    if bool(yes) == bool(no):
        return None
    return Exercises.YES if yes else Exercises.NO


def _planned(words: Words, said: dict[Exercises, list[Match]]) -> bool:
    """Return whether something is planned; "too tired after work" tells why nothing was done."""
    if said[Exercises.YES] and tells_both_times(words):
        return False
    plans = [match for match in said[Exercises.LATER] if not tells_when_done(words, match)]
    hours = [match for match in plans if match.rule.endswith("hour_only")]
    if len(hours) < len(plans):
        return True
    told = any(words.tokens[place].text in PAST_NO for match in said[Exercises.NO] for place in match.places)
    done = any(
        words.tokens[place].text in DID
        for match in _uncovered(said[Exercises.YES], said[Exercises.NO])
        for place in match.places
    )
    return bool(hours) and not (told or done or _closes_with_no(words))


def _closes_with_no(words: Words) -> bool:
    """Return whether "so no" ends the text; "so" is dropped, and leaves a gap before the no."""
    last = words.tokens[-1]
    return len(words) > 1 and last.text in BARE_NO and last.gap is not Gap.NONE


def _without_an_aside(words: Words, said: dict[Exercises, list[Match]]) -> dict[Exercises, list[Match]]:
    """Return what is said without a "yea" that only leads to the score ("yea its a 6 today n I skipped")."""
    opens = (
        len(words) > 1 and words.tokens[0].text in OPENERS[Exercises.YES] and words.tokens[1].gap is Gap.NONE
    )
    leads = opens and words.tokens[1].text in SCORE_IS
    others = [match for value in Exercises for match in said[value] if match.places != (0,)]
    if not leads or not others:
        return said
    return {value: [match for match in matches if match.places != (0,)] for value, matches in said.items()}


def find_well(words: Words) -> frozenset[int]:
    """Return the places of "all good", which answers no question while the pain is open."""
    return frozenset(place for match in WELL.find(words) for place in match.span)


def _closing_yes(words: Words, yes: list[Match]) -> list[Match]:
    """Return the bare yes after a turn that ends the text ("stopped counting after 20 but yes")."""
    last = len(words) - 1
    turned = last > 0 and words.tokens[last - 1].text in {"but", "pero"}
    return [match for match in yes if match.places == (last,)] if turned else []


def _only_thanks(words: Words) -> bool:
    """Return whether nothing but thanks is said, perhaps with a sign behind it ("ty!! 🙌")."""
    said = {token.text for token in words.tokens if token.kind is Kind.WORD}
    return bool(said & THANKS) and said <= THANKS | THANKED


def _is_a_state(words: Words, match: Match) -> bool:
    """Return whether the words say no more than how one is, which alone stands for a no ("tired")."""
    return all(words.tokens[place].text in STATES for place in match.places)


def _uncovered(yes: list[Match], no: list[Match]) -> list[Match]:
    """Return the yes phrases that are not part of a no ("did" in "did not", "hice" in "no los hice")."""
    covered = {place for match in no for place in match.span}
    return [match for match in yes if not covered & set(match.span)]


def _after_but(words: Words, matches: list[Match]) -> list[Match]:
    """Return the matches after the last "but": "wanted to skip but did them" ends in a yes."""
    turns = [place for place, token in enumerate(words.tokens) if token.text in TURNS]
    return [match for match in matches if not turns or match.places[0] > turns[-1]]


def _another_day(words: Words) -> frozenset[int]:
    """Return the places of what is said of another day ("did yesterday", "yesterday yes")."""
    places: set[int] = set()
    for match in OTHER_DAY.find(words):
        start, end = match.places[0], match.places[-1] + 1
        while (
            start > 0
            and words.tokens[start].gap is Gap.NONE
            and words.tokens[start - 1].text not in SAME_DAY
            and not answers_first(words, start - 1)
            and not (start == 1 and words.tokens[0].text in BARE_NO)
        ):
            start -= 1
        opens = start == match.places[0]
        while opens and end < len(words) and words.tokens[end].text not in SAME_DAY:
            end += 1
        places.update(range(start, end))
    return frozenset(places)


def _tells_why_late(words: Words, match: Match) -> bool:
    """Return whether a reason is given for the late reply and not for the exercises ("sick today, saw your text")."""
    return match.rule.endswith(".reason") and "@our_thing" in words.present


def _weak(words: Words, language: str) -> ExercisesFound | None:
    found = [
        (value, match)
        for value, book in WEAK.items()
        for match in book.find(words)
        if is_an_answer(words, match.places[0], language) and not _tells_why_late(words, match)
    ]
    if len({value for value, _ in found}) != 1:
        return None
    value, match = found[0]
    return ExercisesFound(value, evidence_of(words, match, f"exercises.{value}_letter"))
