"""Loads the word tables in `lexicons/` once and gives every step its phrases over one shared vocabulary."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from .phrases import PhraseBook, Words, compile_phrases, literals
from .tokens import Gap, Kind, Token, contents
from .vocabulary import NOTHING, Keys, Vocabulary

FOLDER = Path(__file__).parent / "lexicons"
# "No my chest hurts" answers no and starts anew; "no chest pain" denies.
POSSESSIVES = frozenset({"my", "mi", "mis"})
CUT_SHORT = frozenset({"no", "couldnt"})
# "No the power was out all day" answers no and tells why; "no the other knee" does not.
HAPPENED = frozenset(
    [
        "was",
        "were",
        "gave",
        "quit",
        "canceled",
        "got",
        "had",
        "went",
        "kept",
        "broke",
        "died",
        "ended",
        "ran",
        "came",
        "took",
        "called",
        "made",
        "blew",
        "left",
        "needed",
    ]
)
# "No hon the kids had me running": the person spoken to stands apart.
SPOKEN_TO = frozenset(
    ["hon", "honey", "baby", "babe", "mija", "mijo", "dear", "sweetie", "darling", "darlin", "sugar"]
)
ANSWERED = frozenset({"no", "nope", "nah", "naw", "yes", "yep", "yeah", "si"})
TOLD = frozenset(
    {"the", "been", "didnt", "couldnt", "not", "just", "mucho", "tuve", "fui", "trabaje", "forgot", "did"}
)
HAPPENED_WITHIN = 4
NEVER = frozenset({"never", "not", "no", "none"})
TELLERS = frozenset({"i", "we", "he", "she", "they", "it"})
# "My sister came over so no": after "so" these open a clause; elsewhere "so" says nothing ("so swollen").
AFTER_SO = frozenset({"no", "nope", "nah", "yes", "yep", "i"})
NUMBER: Keys = frozenset("#")
# Temperatures that mean fever: from 100.4 F (38.0 C) up; CDC case definition of fever, 2024.
FEVER_FAHRENHEIT = (100.4, 110.0)
FEVER_CELSIUS = (38.0, 43.0)
# So many pills at once are a danger whatever they are (conservative clinical policy of this product, 2026).
MANY_PILLS = 8
# "800 mg" counts no pills; 4,000 mg is the most acetaminophen of a day (FDA labelling, 2011), so more is many.
MILLIGRAMS, MANY_MILLIGRAMS = frozenset({"mg", "mgs", "milligrams", "miligramos", "mcg"}), 4000

Table = dict[str, Any]


def _load() -> dict[str, Table]:
    """Return each table by name: a file, or a folder whose files hold one section or a few each."""
    tables: dict[str, Table] = {}
    for path in sorted(FOLDER.rglob("*.toml")):
        name = path.stem if path.parent == FOLDER else path.parent.name
        table = tables.setdefault(name, {})
        for section, value in tomllib.loads(path.read_text("utf-8")).items():
            # A section that outgrows its file goes on in the next, with rules of other names.
            table[section] = {**table.get(section, {}), **value} if isinstance(value, dict) else value
    return tables


def _rules(table: Table) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict) and name != "concepts":
            yield from ((f"{name}.{rule}", patterns) for rule, patterns in value.items())


TABLES = _load()


def _vocabulary() -> Vocabulary:
    concepts: dict[str, list[str]] = {}
    plain: list[str] = []
    for table in TABLES.values():
        plain += str(table.get("plain", "")).split()
        for concept, members in table.get("concepts", {}).items():
            concepts.setdefault(concept, []).extend(members.split())
    vocabulary = Vocabulary(concepts, plain)
    for table in TABLES.values():
        for _, patterns in _rules(table):
            for literal in literals(patterns):
                if literal[0] not in "@#":
                    vocabulary.add(literal)
    vocabulary.index_slips()
    return vocabulary


VOCABULARY = _vocabulary()
FILLERS: frozenset[str] = frozenset(str(TABLES["fillers"]["words"]).split())


def phrase_book(*names: str, sections: Sequence[str] | None = None) -> PhraseBook:
    """Return the phrases of the named tables, or of some of their sections; rules are named `section.rule`."""
    return PhraseBook(
        phrase
        for name in names
        for rule, patterns in _rules(TABLES[name])
        if sections is None or rule.split(".")[0] in sections
        for phrase in compile_phrases(rule, patterns)
    )


def words_of(tokens: Sequence[Token]) -> Words:
    """Return the words of a text that phrases are looked for in: no signs, no articles, no strong language."""
    kept: list[Token] = []
    gap, dropped = Gap.NONE, ""
    said = contents(tokens)
    for place, token in enumerate(said):
        if _is_spoken_to(kept, said, place):
            gap = max(gap, Gap.COMMA)
            continue
        if token.text in FILLERS:
            gap, dropped = max(gap, token.gap), token.text
            if kept and kept[-1].text in CUT_SHORT and (token.text in POSSESSIVES or _tells_why(said, place)):
                gap = max(gap, Gap.COMMA)
            continue
        if (token.text in AFTER_SO and dropped == "so") or _opens_a_reason(kept, said, place):
            gap = max(gap, Gap.COMMA)
        kept.append(replace(token, gap=max(gap, token.gap)) if gap > token.gap else token)
        gap, dropped = Gap.NONE, ""
    following = [*(token.text for token in kept[1:]), ""]
    keys = list(map(_keys, kept, following))
    for place, token in enumerate(tokens[2:], 2):
        # The minutes of "2:40" are no fever in Celsius.
        if (
            token.kind is Kind.NUMBER
            and tokens[place - 1].text == ":"
            and tokens[place - 2].kind is Kind.NUMBER
        ):
            keys = [
                each - {"#fever"} if word.start == token.start else each
                for word, each in zip(kept, keys, strict=True)
            ]
    return Words(tuple(kept), tuple(keys))


def _is_spoken_to(kept: Sequence[Token], said: Sequence[Token], place: int) -> bool:
    """Return whether a word behind an opening yes or no only names who is spoken to ("no hon the kids had ...")."""
    if (
        said[place].text not in SPOKEN_TO
        or len(kept) != 1
        or kept[0].text not in ANSWERED
        or place + 1 == len(said)
    ):
        return False
    following = said[place + 1]
    return following.gap is not Gap.NONE or following.text in TELLERS | POSSESSIVES | HAPPENED | TOLD


def _tells_why(said: Sequence[Token], place: int) -> bool:
    """Return whether "the" behind a "no" opens what happened ("no the power was out")."""
    if said[place].text != "the" or said[place].gap is not Gap.NONE:
        return False
    following = said[place + 1 : place + 1 + HAPPENED_WITHIN]
    parted = next((at for at, token in enumerate(following) if token.gap is not Gap.NONE), len(following))
    return any(token.text in HAPPENED for token in following[1:parted])


def _opens_a_reason(kept: Sequence[Token], said: Sequence[Token], place: int) -> bool:
    """Return whether a "no" is the answer and what follows tells why ("no i was at the hospital")."""
    if not kept or kept[-1].text != "no" or said[place].text not in TELLERS or place + 1 >= len(said):
        return False
    first = len(kept) == 1 or kept[-1].gap is not Gap.NONE or kept[-2].text in {"and", "y", "but", "pero"}
    following = [token.text for token in said[place + 1 : place + 4]]
    told = following[0] in HAPPENED and not NEVER & set(following)
    return told and (first or kept[-2].kind is Kind.NUMBER)


def _keys(token: Token, following: str) -> Keys:
    if token.kind is Kind.NUMBER:
        keys = _number_keys(token.text)
        few = following in MILLIGRAMS and len(token.text) < len(str(MANY_MILLIGRAMS))
        return keys - {"#many"} if few else keys
    return VOCABULARY.keys(token.text) if token.kind is not Kind.MARK else NOTHING


def _number_keys(text: str) -> Keys:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return NUMBER
    low, high = FEVER_FAHRENHEIT
    fever = low <= value <= high or FEVER_CELSIUS[0] <= value <= FEVER_CELSIUS[1]
    keys = {"#", text}
    if fever:
        keys.add("#fever")
    if value >= MANY_PILLS:
        keys.add("#many")
    return frozenset(keys)
