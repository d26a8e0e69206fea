"""Second step, run on every text before all others: signs that a person must see."""

from collections.abc import Iterable, Sequence

from .lexicon import TABLES as WORD_TABLES
from .lexicon import phrase_book
from .negation import is_denied
from .phrases import Match, Words
from .reading import Danger, Evidence, Level, RedFlag

SECTIONS = [danger.value for danger in Danger]
TABLES = ("red_flags_en", "red_flags_es", "signs_en", "signs_es")
SIGNS = phrase_book(*TABLES, sections=SECTIONS)
LOOK_ALIKES = phrase_book(*TABLES, sections=["look_alike"])
# A part of the body or a breath that is only named, as in a warm-up, is no sign; more words about it still are.
MENTIONS = phrase_book(*TABLES, sections=["mention"])
ORDER = {level: place for place, level in enumerate(Level)}
BETWEEN = frozenset({"between", "entre"})
# "Fell through the porch step".
SURFACES = frozenset(
    [
        "floor",
        "floors",
        "porch",
        "step",
        "steps",
        "stairs",
        "ice",
        "deck",
        "roof",
        "ceiling",
        "boards",
        "board",
        "window",
        "glass",
        "door",
        "chair",
        "dock",
        "hole",
        "hatch",
        "attic",
        "bed",
    ]
)
TABLE = WORD_TABLES["signs_en"]


def _said(name: str) -> frozenset[str]:
    return frozenset(TABLE[name].split())


# A look-alike is a sign all the same where one of these words follows it.
SIGNS_AFTER = {
    "fell_through": SURFACES,
    "bee_hives": _said("skin"),
    "cutting_things": _said("self"),
    "fell_down_of_itself": _said("with_me"),
    "machine_gave_out": _said("joints"),
    "farm_calf": _said("ailing"),
}
THROUGH_WITHIN = 3
GRAVITY = {danger: place for place, danger in enumerate(Danger)}


def find_red_flags(words: Words) -> tuple[RedFlag, ...]:
    """Return the danger signs in the patient's own words, the gravest first; a denied sign is `review`.

    `words` are those of all texts of the check-in in order, without any words of ours that a reaction quotes.
    """
    return gravest_first(find_signs(words))


def find_signs(words: Words) -> list[RedFlag]:
    """Return every danger sign with its words, several of a class included."""
    masked = frozenset(
        place
        for match in LOOK_ALIKES.find(words)
        if not _breaks_through(words, match)
        for place in match.span
    )
    named = frozenset(place for match in MENTIONS.find(words) for place in match.span)
    matches = [
        match
        for match in SIGNS.find(words.without(masked))
        if not _is_saddle(words, match) and not (len(match.places) == 1 and match.places[0] in named)
    ]
    saddles = [match for match in matches if match.rule.startswith(Danger.CAUDA_EQUINA)]
    matches = [match for match in matches if not _is_part_of(match, saddles)]
    signs = frozenset(place for match in matches for place in match.span)
    return [_flag(words, match, signs) for match in matches]


def _breaks_through(words: Words, match: Match) -> bool:
    """Return whether what follows makes a look-alike a sign ("fell through the porch step", "hives on my arms")."""
    signs = SIGNS_AFTER.get(match.rule.partition(".")[2])
    if signs is None:
        return False
    following = words.tokens[match.places[0] + 1 : match.places[-1] + 1 + THROUGH_WITHIN]
    return any(token.text in signs for token in following)


def gravest_first(flags: Iterable[RedFlag]) -> tuple[RedFlag, ...]:
    """Return the gravest flag of each class, the gravest of all first."""
    return tuple(sorted(_gravest_of_each(flags), key=_rank))


def places_of(words: Words, flags: Iterable[RedFlag]) -> frozenset[int]:
    """Return the positions of the words that the flags rest on."""
    spans = [(flag.evidence.index, flag.evidence.start, flag.evidence.end) for flag in flags]
    return frozenset(
        place
        for place, token in enumerate(words.tokens)
        if any(token.index == index and start <= token.start < end for index, start, end in spans)
    )


def evidence_of(words: Words, match: Match, rule: str | None = None) -> Evidence:
    """Return the rule and the words that a match rests on."""
    first, last = words.tokens[match.places[0]], words.tokens[match.places[-1]]
    end = last.end if last.index == first.index else first.end
    said = " ".join(words.tokens[place].raw for place in match.span)
    return Evidence(rule or match.rule, first.index, first.start, end, said)


def _is_saddle(words: Words, match: Match) -> bool:
    """Return whether "can't feel between my legs" was taken for a lame leg: the saddle has rules of its own."""
    said = {words.tokens[place].text for place in match.span}
    return match.rule.startswith(Danger.STROKE) and bool(said & BETWEEN)


def _is_part_of(match: Match, saddles: Sequence[Match]) -> bool:
    """Return whether a numbness is that of the saddle, whose rules say where it is ("no numbness down there")."""
    return match.rule.startswith(Danger.STROKE) and any(
        set(match.places) < set(saddle.span) for saddle in saddles
    )


def _flag(words: Words, match: Match, signs: frozenset[int]) -> RedFlag:
    section, rule = match.rule.split(".")
    danger = Danger(section)
    level, name = rule.split("_", 1)
    if is_denied(words, match, signs=signs):
        return RedFlag(danger, Level.REVIEW, evidence_of(words, match, f"red_flag.{danger}.{name}.denied"))
    return RedFlag(danger, Level(level), evidence_of(words, match, f"red_flag.{danger}.{name}"))


def _gravest_of_each(flags: Iterable[RedFlag]) -> list[RedFlag]:
    kept: dict[Danger, RedFlag] = {}
    for flag in flags:
        if flag.danger not in kept or _rank(flag) < _rank(kept[flag.danger]):
            kept[flag.danger] = flag
    return list(kept.values())


def _rank(flag: RedFlag) -> tuple[int, int]:
    return ORDER[flag.level], GRAVITY[flag.danger]
