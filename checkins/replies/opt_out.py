"""Third step: consent to texts given or taken back in any wording, and the help keyword."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .endings import SAYING_NOTHING, ends_something_else, not_spanish
from .lexicon import phrase_book
from .phrases import Match, Phrase, PhraseBook, Words
from .reading import Consent, Evidence
from .red_flags import evidence_of
from .stop_frames import LEANING, find_frames, may_end_ours
from .stop_look_alikes import PLAIN_KEYWORDS, STAFF_WORDS, cancelled_hours, look_alikes
from .stop_slips import is_bare_wish, names_the_texts, with_stop_mended
from .tokens import Gap, Kind

# In this order: what is clearly said outweighs what is only hinted at.
# What leans towards stopping in a frame of its own counts in a single clause too.
FRAMED = "leaning_clause"
SECTIONS = {Consent.CONFIRM_OPT_OUT: [Consent.CONFIRM_OPT_OUT.value, FRAMED]}
BOOKS = tuple(
    (consent, phrase_book("consent", sections=SECTIONS.get(consent, [consent.value]))) for consent in Consent
)
OF_CLAUSES = {
    Consent.OPT_OUT: dict(BOOKS)[Consent.OPT_OUT],
    Consent.CONFIRM_OPT_OUT: phrase_book("consent", sections=[FRAMED]),
}
CARE_OVER = phrase_book("consent", sections=["care_over"])
TODAY = frozenset({"today", "todays", "hoy", "tonight"})
BOOK_OF_STOPS = dict(BOOKS)[Consent.OPT_OUT]
HELP = frozenset({"help", "ayuda"})
# Our own words sent back: "Reply HELP for help".
HELP_FOR_HELP = ["help", "for", "help"]
INFO = frozenset({"info", "information", "informacion"})

# "How do I stop these?" asks; it does not yet say stop.
# "S T O P", letter by letter.
SPELT = frozenset({"stop", "alto"})
KEYWORD = Phrase("opt_out.keyword", ())
STOP_SIGN = "🛑"
HOW = frozenset({"how", "como", "where", "donde"})
HOW_TO = frozenset({"do", "can", "to", "i", "le", "hago", "puedo", "se", "podria", "could"})
# "Is there a way to turn these off?"
THERE_IS, WAYS = (
    frozenset({"is", "any", "theres", "hay", "existe"}),
    frozenset({"way", "forma", "manera", "modo", "possible", "posible"}),
)
TURNS = frozenset({"but", "pero", "though"})
HEDGES = frozenset(
    {
        "maybe",
        "unsure",
        "perhaps",
        "might",
        "thinking",
        "considering",
        "quizas",
        "quiza",
        "talvez",
        "pensando",
    }
)
NOT_SURE = ("not", "sure")
# A hedge reaches this many words ahead ("maybe it's time to stop").
HEDGE_REACH = 5
# "Yeah im gonna need these to stop" agrees with nobody.
AGREES = frozenset({"yeah", "yea", "yep", "yup", "yes", "ok", "okay", "sure"})
CONNECTIVES = frozenset({"and", "but", "y", "pero", "i", "porque", "because"})


@dataclass(frozen=True, slots=True)
class ConsentFound:
    """A change of consent, the words it rests on, and whether staff must hear of it too."""

    consent: Consent
    evidence: Evidence
    places: frozenset[int]
    staff: bool


def find_consent(words: Words) -> ConsentFound | None:
    """Return what one text does to the consent to be texted; None if nothing.

    `words` are the patient's own words of that text; numbers and emoji beside a keyword do not hide it.
    """
    kept = tuple(
        place
        for place, token in enumerate(words.tokens)
        if token.kind is Kind.WORD or token.text == STOP_SIGN
    )
    bare = not_spanish(
        Words(tuple(words.tokens[place] for place in kept), tuple(words.keys[place] for place in kept))
    )
    scored = any(token.kind is Kind.NUMBER for token in words.tokens)
    masked = look_alikes(bare) | cancelled_hours(words, kept)
    found = None
    if may_end_ours(bare) or _wished(bare, masked, (), kept, scored=scored) is not None:
        frames = find_frames(bare.without(masked))
        found = _wished(bare, masked | frames.elsewhere, frames.wishes, kept, scored=scored)
    return found or _with_a_slip(bare, kept)


def _wished(
    bare: Words, masked: frozenset[int], framed: Sequence[Match], kept: tuple[int, ...], *, scored: bool
) -> ConsentFound | None:
    searched = bare.without(masked)
    if "".join(token.text for token in bare.tokens) in SPELT and len(bare) > 1:
        return _found(bare, Consent.OPT_OUT, [Match(KEYWORD, tuple(range(len(bare))))], kept)
    alone = _keyword_alone(searched)
    if alone is not None:
        return _found(bare, Consent.OPT_OUT, [alone], kept)
    for consent, book in BOOKS:
        found = book.find(searched)
        if consent in OF_CLAUSES:
            found = _of_ours(searched, found, scored=scored) or _of_ours(
                searched, _in_clauses(searched, OF_CLAUSES[consent]), scored=scored
            )
            found += [
                wish for wish in framed if (wish.rule in LEANING) is (consent is Consent.CONFIRM_OPT_OUT)
            ]
        matches = _shortest(found)
        if matches:
            asked = consent is Consent.OPT_OUT and (_asks_how(bare) or _is_hedged(bare, matches[0]))
            return _found(bare, Consent.CONFIRM_OPT_OUT if asked else consent, matches, kept)
    return None


def _of_ours(words: Words, matches: list[Match], *, scored: bool) -> list[Match]:
    return [match for match in matches if not ends_something_else(words, match, scored=scored)]


def _with_a_slip(bare: Words, kept: tuple[int, ...]) -> ConsentFound | None:
    """Return the wish to stop that a misspelt "stop" says; alone it asks for a confirmation."""
    mended = with_stop_mended(bare)
    if mended is None:
        return None
    words, place = mended
    masked = look_alikes(words)
    if place in masked:
        return None
    named = [
        match
        for match in BOOK_OF_STOPS.find(words.without(masked))
        if not match.rule.endswith(".keyword") and names_the_texts(words, match, place)
    ]
    if named:
        return _found(bare, Consent.OPT_OUT, named, kept)
    if is_bare_wish(words, place):
        return _found(bare, Consent.CONFIRM_OPT_OUT, [Match(KEYWORD, (place,))], kept)
    return None


def care_is_over(words: Words) -> frozenset[int]:
    """Return the places that tell of therapy being over, which answers nothing beside a wish to stop.

    "You can stop texting now, I finished my PT" is no day's exercise; "done with today's exercises" is.
    """
    return frozenset(
        place
        for match in CARE_OVER.find(words)
        if not TODAY & {token.text for token in words.tokens[match.places[0] : match.places[-1] + 3]}
        for place in match.span
    )


def help_keyword(words: Words) -> str | None:
    """Return "help" or "info" if the text is that keyword and nothing else."""
    said = [token.text for token in words.tokens if token.kind is Kind.WORD]
    if said == HELP_FOR_HELP:
        return "help"
    if len(said) != 1 or len(words) != 1:
        signed = len(words) == len(said) in {2, 3} and words.tokens[1].gap is Gap.SENTENCE
        if not (signed and all(token.raw.istitle() for token in words.tokens[1:])):
            return None
    return "help" if said[0] in HELP else "info" if said[0] in INFO else None


def _keyword_alone(words: Words) -> Match | None:
    """Return a stop keyword that is a whole clause ("Stop. I fell yesterday"), or None."""
    for place, token in enumerate(words.tokens):
        last = place + 1 == len(words)
        opens = place == 0 or token.gap is not Gap.NONE
        closes = last or words.tokens[place + 1].gap is not Gap.NONE
        if opens and closes and token.text in PLAIN_KEYWORDS and words.keys[place]:
            return Match(KEYWORD, (place,))
    return None


def _shortest(matches: list[Match]) -> list[Match]:
    """Return the matches without those that reach further back than another with the same end."""
    starts: dict[int, int] = {}
    for match in matches:
        starts[match.places[-1]] = max(match.places[0], starts.get(match.places[-1], 0))
    return [match for match in matches if match.places[0] == starts[match.places[-1]]]


def _asks_how(words: Words) -> bool:
    said = [token.text for token in words.tokens[:3]]
    if said[:1] != [] and said[0] in THERE_IS and WAYS & {token.text for token in words.tokens[:4]}:
        return True
    return said[:1] != [] and said[0] in HOW and bool(HOW_TO & set(said[1:]))


def _in_clauses(words: Words, book: PhraseBook) -> list[Match]:
    """Return what single clauses say that the whole text does not ("please stop these, mom is in the ER")."""
    found: list[Match] = []
    start = 0
    for end in range(1, len(words) + 1):
        parted = end == len(words) or words.tokens[end].gap is not Gap.NONE or words.tokens[end].text in TURNS
        if parted and (start, end) != (0, len(words)):
            clause = Words(words.tokens[start:end], words.keys[start:end])
            found += [
                replace(match, places=tuple(start + place for place in match.places))
                for match in book.find(clause)
                if not match.rule.endswith(".keyword")
            ]
        if parted:
            start = end + (end < len(words) and words.tokens[end].text in TURNS)
    return found


def _is_hedged(words: Words, match: Match) -> bool:
    """Return whether the wish is only weighed ("maybe it's time to stop ...")."""
    before = words.tokens[max(0, match.places[0] - HEDGE_REACH) : match.places[0]]
    near = [
        token.text for token in words.tokens[max(0, match.places[0] - HEDGE_REACH) : match.places[-1] + 1]
    ]
    unsure = NOT_SURE in pairwise(near)
    return unsure or any(token.text in HEDGES for token in before)


def _to_the_end(words: Words, match: Match) -> range:
    """Return the places of the match and of what follows it in the same clause."""
    end = match.places[-1] + 1
    while (
        end < len(words) and words.tokens[end].gap is Gap.NONE and words.tokens[end].text not in CONNECTIVES
    ):
        end += 1
    return range(match.places[0], end)


def _agreed_before(words: Words, match: Match, kept: tuple[int, ...]) -> range:
    """Return the places of a yes that leads straight into the wish, where the text holds nothing else."""
    first = match.places[0]
    if not words.tokens or words.tokens[0].text not in AGREES or kept[:first] != tuple(range(first)):
        return range(0)
    led = words.tokens[1 : first + 1]
    straight = all(token.gap is Gap.NONE for token in led) and all(
        token.text in SAYING_NOTHING or token.text == "gonna" for token in led[:-1]
    )
    return range(first) if straight else range(0)


def _found(bare: Words, consent: Consent, matches: list[Match], kept: tuple[int, ...]) -> ConsentFound:
    match = matches[0]
    places = frozenset(kept[place] for match in matches for place in _to_the_end(bare, match))
    places |= {kept[place] for place in _agreed_before(bare, match, kept)}
    staff = any(token.text in STAFF_WORDS for token in bare.tokens) and (
        consent is Consent.CONFIRM_OPT_OUT or len(bare) == 1
    )
    evidence = evidence_of(bare, match, f"consent.{match.rule}")
    return ConsentFound(consent, evidence, places, staff)
