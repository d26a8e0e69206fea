"""Wishes to stop by verb and object: "shut off the daily pings" is one, "shut off the heating pad" is none."""

from dataclasses import dataclass, replace
from enum import Enum

from .lexicon import TABLES, phrase_book
from .phrases import Match, Words
from .tokens import Gap, Kind

ENDS = phrase_book("consent", sections=["ends"])
REMOVALS = phrase_book("consent", sections=["removals"])
TABLE = TABLES["consent"]


def _set(name: str) -> frozenset[str]:
    return frozenset(str(TABLE[name]).split())


LIGHT, POINTING, SHADING, VAGUE = _set("light"), _set("pointing"), _set("shading"), _set("vague")
OWN_LIST, OF_WHAT, OFF_US = _set("own_list"), _set("of_what"), _set("off_us")
NUISANCES, TOLD, TOLD_TO_US = _set("nuisances"), _set("told"), _set("told_to_us")
TELLS, ONES_OWN = frozenset({"told", "asked"}), frozenset({"mine", "mio", "mia"})
REMOVER = "@remover"
CANCELS = frozenset({"cancel", "cancelen", "cancele", "remove", "quiten", "stop", "skip", "end", "drop"})
LEADING_OFF = frozenset({"off", "from", "out", "de"})
ANOTHER, DONE_TO_US = _set("another"), _set("done_to_us")
OUR_THING, OUR_LIST = "@our_thing", "@our_list"
TURNS = frozenset(
    {"and", "but", "y", "pero", "because", "porque", "cuz", "so", "then", "while", "until", "if"}
)
# So far behind its verb an object may stand, and so many words that no table explains may shade it behind "these".
OBJECT_REACH, MOST_SHADES = 6, 2
ING = 5
PAINS, TOLD_OF = frozenset({"pain", "pains", "dolor"}), frozenset({"is", "was", "has", "went", "hurts"})
SELVES = frozenset({"me", "us", "him", "her", "phone", "line", "cell", "inbox"})
# "Dont stop the texts", "no cancelen los avisos", "why did you stop the reminders".
REFUSALS = frozenset({"wont", "wouldnt"})
NEGATIONS = frozenset(
    {"dont", "donot", "never", "not", "wont", "didnt", "doesnt", "shouldnt", "no", "nunca", "without"}
)
NEGATED_WITHIN = 2
ASKED_OF_THE_PAST, SUBJECTS = (
    frozenset({"did", "have", "has", "why", "when"}),
    frozenset({"you", "yall", "they", "u"}),
)
SAID_OF_US = frozenset(
    {"you", "yall", "they", "he", "she", "ever", "please", "to", "just", "me", "nos", "le", "que"}
)
ALSO_VERBS = frozenset({"text", "txt", "message", "msg", "ping", "survey", "quiz"})
ORDERED = "ends.ordered"
# Weariness alone leans towards stopping; it is asked back.
LEANING = frozenset({"ends.weary"})


class Object(Enum):
    """What a verb would end."""

    OURS = "ours"
    ANOTHER = "another"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Frames:
    """Wishes to stop our texts, and the places of endings that are of something else or are not wanted."""

    wishes: tuple[Match, ...]
    elsewhere: frozenset[int]


def may_end_ours(words: Words) -> bool:
    """Return whether the words name anything that a frame could end; most texts do not, and need no further look."""
    if OUR_THING in words.present or OUR_LIST in words.present:
        return True
    said = {token.text for token in words.tokens}
    return not VAGUE.isdisjoint(said) or not (LEADING_OFF.isdisjoint(said) or OFF_US.isdisjoint(said))


def find_frames(words: Words) -> Frames:
    """Return what the words would end, by the class of each verb and the class of its object."""
    wishes: list[Match] = []
    elsewhere: set[int] = set()
    for match in ENDS.find(words):
        kind, last = _object(words, match)
        if kind is Object.UNKNOWN:
            continue
        if kind is Object.ANOTHER or _is_kept(words, match, last):
            elsewhere.update(range(match.places[0], last + 1))
        else:
            wishes.append(replace(match, places=(*match.places, last)))
    for match in REMOVALS.find(words):
        kind, last = _source(words, match.places[-1] + 1)
        if kind is Object.ANOTHER or (kind is Object.OURS and _is_negated(words, match)):
            elsewhere.update(range(match.places[0], last + 1))
        elif kind is Object.OURS:
            wishes.append(replace(match, places=(*match.places, last)))
    elsewhere |= _of_others(words)
    elsewhere |= _set_against(words)
    return Frames(
        tuple(wish for wish in wishes if not elsewhere.issuperset(wish.places)), frozenset(elsewhere)
    )


def _set_against(words: Words) -> set[int]:
    """Return the places of "not the texts" behind what is to end ("cancel my visit, not the texts")."""
    said = [token.text for token in words.tokens]
    first = next((place for place, text in enumerate(said) if text in CANCELS), len(said))
    return {
        at
        for place in range(first + 1, len(words) - 1)
        if not ANOTHER.isdisjoint(said[first:place])
        and words.tokens[place].text in {"no", "not"}
        and OUR_THING in words.keys[place + 1]
        for at in (place, place + 1)
    }


def _of_others(words: Words) -> frozenset[int]:
    """Return the places of what is told of other callers, or asked for another number while one's own stays."""
    said = [token.text for token in words.tokens]
    told = next((place for place, text in enumerate(said) if text in TOLD), None)
    if told is not None and not NUISANCES.isdisjoint(said):
        return frozenset(range(len(said)))
    if told is not None and said[told] in TELLS and _to_another(said, told):
        return frozenset(range(told, len(said)))
    kept = next((place for place, text in enumerate(said) if text in ONES_OWN), None)
    removed = next((place for place, text in enumerate(said) if REMOVER in words.keys[place]), None)
    if kept is not None and removed is not None and removed < kept:
        return frozenset(range(removed, kept))
    return frozenset()


def _to_another(said: list[str], told: int) -> bool:
    """Return whether somebody who is not us was told ("told the neighbor to lose my number")."""
    to = next((place for place in range(told + 1, min(told + 5, len(said))) if said[place] == "to"), None)
    return to is not None and to > told + 1 and not any(text in TOLD_TO_US for text in said[told + 1 : to])


def _object(words: Words, match: Match) -> tuple[Object, int]:
    """Return what stands behind an ending word, and the place of the last word looked at."""
    pointed, shaded, strange = False, False, 0
    first = match.places[-1] + 1
    for place in range(first, min(first + OBJECT_REACH, len(words))):
        token = words.tokens[place]
        if token.gap is not Gap.NONE or token.text in TURNS:
            break
        if OUR_THING in words.keys[place] and not _shades_another(words, place):
            # "Dont want to text while driving".
            asked = token.text in ALSO_VERBS and words.tokens[place - 1].text == "to"
            return (Object.UNKNOWN if asked else Object.OURS), place
        if token.text in VAGUE and shaded:
            return Object.OURS, place
        own = place == first and (_is_own_doing(words, match, place) or _is_of_pain(words, place))
        if token.text in ANOTHER or own:
            return Object.ANOTHER, place
        if token.text in POINTING:
            pointed = True
        elif token.text in SHADING or OUR_THING in words.keys[place]:
            shaded = True
        elif token.text not in LIGHT:
            strange += 1
            if strange > (MOST_SHADES if pointed else 0):
                break
    return Object.UNKNOWN, first


def _shades_another(words: Words, place: int) -> bool:
    """Return whether a thing of ours only shades the next word ("message board", "reminder call", "text list")."""
    after = place + 1
    if after >= len(words) or words.tokens[after].gap is not Gap.NONE:
        return False
    return words.tokens[after].text in VAGUE or words.tokens[after].text in ANOTHER


def _is_of_pain(words: Words, place: int) -> bool:
    """Return whether the pain itself is to stop; "stop my pain is worse" is a STOP and its reason."""
    if words.tokens[place].text not in PAINS:
        return False
    following = words.tokens[place + 1 : place + 2]
    if not following or following[0].gap is not Gap.NONE:
        return True
    text = following[0].text
    return not (text in TOLD_OF or text in SHADING | VAGUE or OUR_THING in words.keys[place + 1])


def _is_own_doing(words: Words, match: Match, place: int) -> bool:
    """Return whether the patient does what would end ("stop icing it", "quit limping")."""
    text = words.tokens[place].text
    if match.rule != ORDERED or len(match.places) > 1 or len(text) < ING or not text.endswith("ing"):
        return False
    if (
        text in DONE_TO_US
        or text in LIGHT
        or OUR_THING in words.keys[place]
        or "@texting" in words.keys[place]
    ):
        return False
    return not any(token.text in SELVES for token in words.tokens[place + 1 : place + 4])


def _source(words: Words, first: int) -> tuple[Object, int]:
    """Return what somebody would be taken off, and the place of its last word."""
    end = first
    while end < len(words) and words.tokens[end].gap is Gap.NONE and words.tokens[end].text not in TURNS:
        end += 1
    strange = False
    for place in range(first, end):
        text = words.tokens[place].text
        if text in ANOTHER:
            return Object.ANOTHER, end - 1
        if OUR_LIST in words.keys[place]:
            return (
                (Object.ANOTHER, end - 1)
                if strange or _lists_another(words, place, end)
                else (Object.OURS, place)
            )
        if OUR_THING in words.keys[place] and text not in OWN_LIST:
            return Object.OURS, place
        if text in OFF_US and not _leads_on(words, place, end):
            return Object.OURS, place
        if OUR_THING in words.keys[place] and place + 1 == end:
            return Object.OURS, place
        strange = strange or (
            text not in OWN_LIST and text not in LIGHT and words.tokens[place].kind is Kind.WORD
        )
    return Object.UNKNOWN, first


def _leads_on(words: Words, place: int, end: int) -> bool:
    """Return whether "this" points at another word ("off this bike") and not at what we send ("off this thing")."""
    following = words.tokens[place + 1 : end]
    return bool(following) and following[0].text not in VAGUE | LIGHT


def _lists_another(words: Words, place: int, end: int) -> bool:
    """Return whether a list is said to be of something else ("the list of visitors", "lista de espera")."""
    if place + 2 >= end + 1 or place + 1 >= end or words.tokens[place + 1].text not in OF_WHAT:
        return False
    listed = [token.text for token in words.tokens[place + 2 : end]]
    return (
        bool(listed)
        and not any(text in OWN_LIST or text in OFF_US for text in listed[:2])
        and not any(OUR_THING in words.keys[at] for at in range(place + 2, end))
    )


def _is_kept(words: Words, match: Match, last: int) -> bool:
    """Return whether the texts are not to end: a negation before the verb, or "to stop" behind the object."""
    if match.rule != ORDERED:
        following = [token.text for token in words.tokens[last + 1 : last + 3]]
        return following[:1] == ["to"] and following[1:2] in (["stop"], ["end"], ["quit"], ["cease"])
    return _is_negated(words, match)


def _is_negated(words: Words, match: Match) -> bool:
    place = match.places[0] - 1
    for _ in range(NEGATED_WITHIN + 1):
        if place < 0 or words.tokens[place + 1].gap is not Gap.NONE:
            return False
        text = words.tokens[place].text
        if text in REFUSALS:
            # "She would not quit texting me" tells of her; "you wont quit texting me" complains of us.
            return place == 0 or words.tokens[place - 1].text not in SUBJECTS
        if text in NEGATIONS:
            return not (
                text == "not" and place and words.tokens[place - 1].text in {"why", "you", "can", "could"}
            )
        if text in SUBJECTS and place and words.tokens[place - 1].text in ASKED_OF_THE_PAST:
            return True
        if text not in SAID_OF_US:
            return False
        place -= 1
    return False
