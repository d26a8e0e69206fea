"""Words, numbers, signs and emoji of a cleaned text, folded so that case, accents and contractions do not matter."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache

PATTERN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|\n|[^\w\s]|_", re.UNICODE)
NOT_LETTERS = re.compile(r"[\u0300-\u036f']")
STRETCHED = re.compile(r"(.)\1{2,}")
# Two words that say one: the contraction is the one that the tables name.
AUXILIARIES = frozenset(
    [
        "do",
        "does",
        "did",
        "have",
        "has",
        "had",
        "is",
        "are",
        "was",
        "were",
        "can",
        "could",
        "will",
        "would",
        "should",
        "must",
        "need",
    ]
)
CUT_OFF = frozenset(
    [
        "don",
        "doesn",
        "didn",
        "haven",
        "hasn",
        "hadn",
        "isn",
        "aren",
        "wasn",
        "weren",
        "can",
        "couldn",
        "won",
        "wouldn",
        "shouldn",
    ]
)
SPELLINGS = {
    "cannot": "cant",
    "can": "can",
    "couldn": "couldnt",
    "u": "you",
    "ur": "your",
    "q": "que",
    "k": "k",
    **dict.fromkeys(["aigre", "haire", "ayre"], "aire"),
    **dict.fromkeys(["ablar", "avlar", "havlar"], "hablar"),
    **dict.fromkeys(["voca"], "boca"),
    **dict.fromkeys(["pexo", "pesho", "pechos"], "pecho"),
    # Slips in words too short for the general correction of one letter.
    **dict.fromkeys(["cnat", "cantt", "cand"], "cant"),
    **dict.fromkeys(["kil", "kll", "killl"], "kill"),
    **dict.fromkeys(["myslf", "myselg", "mysef", "mself"], "myself"),
    **dict.fromkeys(["wana", "wanan", "wnna"], "wanna"),
    **dict.fromkeys(["fel", "felll", "fekl"], "fell"),
    **dict.fromkeys(["clf", "caf", "calff"], "calf"),
    **dict.fromkeys(["swolln", "swoln", "swolen", "swollin"], "swollen"),
    **dict.fromkeys(["pils", "pilz", "piils"], "pills"),
    **dict.fromkeys(["tok", "tooked", "tuk"], "took"),
    **dict.fromkeys(["dizy", "dizi", "dizzi"], "dizzy"),
    **dict.fromkeys(["haf", "hlaf", "halff", "hafl"], "half"),
    **dict.fromkeys(["thme", "tehm", "themm"], "them"),
    **dict.fromkeys(["yse", "eys", "yesd"], "yes"),
    **dict.fromkeys(["breth", "breat", "braeth", "brath"], "breath"),
    **dict.fromkeys(["chets", "chst", "cest", "chesst"], "chest"),
    **dict.fromkeys(["fevr", "feveer", "fver", "feber"], "fever"),
    **dict.fromkeys(["hott"], "hot"),
    **dict.fromkeys(["blod", "bloood", "bllod"], "blood"),
    **dict.fromkeys(["nmb", "numm", "nubm", "nummb"], "numb"),
    **dict.fromkeys(["stopo", "sotp", "stpp"], "stpo"),
    **dict.fromkeys(["strok", "storke"], "stroke"),
    **dict.fromkeys(["donw", "dwon"], "down"),
    **dict.fromkeys(["hed", "haed"], "head"),
    **dict.fromkeys(["leggs", "lgs"], "legs"),
    **dict.fromkeys(["asta"], "hasta"),
    **dict.fromkeys(["kiero", "qiero", "kero"], "quiero"),
    **dict.fromkeys(["kieren"], "quieren"),
    **dict.fromkeys(["kitenme", "kiteme"], "quitenme"),
    **dict.fromkeys(["kiten"], "quiten"),
    **dict.fromkeys(["ke"], "que"),
    **dict.fromkeys(["aki"], "aqui"),
    **dict.fromkeys(["komo"], "como"),
    **dict.fromkeys(["fuor", "foour"], "four"),
    **dict.fromkeys(["recieve", "recive"], "receive"),
    **dict.fromkeys(["resiviendo", "reciviendo", "resibiendo"], "recibiendo"),
    **dict.fromkeys(["resivir", "recivir", "resibir"], "recibir"),
    # Dialect and haste.
    **dict.fromkeys(
        ["tmrw", "tmr", "tmrow", "tomorow", "tommorow", "tommorrow", "tomorro", "tmw"], "tomorrow"
    ),
    **dict.fromkeys(["imma", "ima", "finna", "fitna", "gon", "gunna"], "gonna"),
    **dict.fromkeys(
        ["bout", "abt", "abut", "abuot", "abotu", "baout", "aobut", "abour", "abiut", "aboyt"], "about"
    ),
    **dict.fromkeys(["bouta", "boutta", "abouta"], "about"),
    **dict.fromkeys(["dat"], "that"),
    **dict.fromkeys(["dis"], "this"),
    **dict.fromkeys(["dem"], "them"),
    **dict.fromkeys(["errthang", "errthing", "erthing", "erythang", "evrything", "everythang"], "everything"),
    **dict.fromkeys(["nothin", "nuthin", "nuttin", "nuffin"], "nothing"),
    **dict.fromkeys(["doin"], "doing"),
    **dict.fromkeys(["startin"], "starting"),
    **dict.fromkeys(["goin"], "going"),
    **dict.fromkeys(["gettin"], "getting"),
    **dict.fromkeys(["feelin"], "feeling"),
    **dict.fromkeys(["din", "didt", "ditn"], "didnt"),
    **dict.fromkeys(["gimme"], "give"),
}
# "Not able" and "haven't been able" say "can't".
UNABLE = "cant"
NOT_ABLE = frozenset(["not", "isnt", "wasnt", "arent", "werent", "havent", "hasnt", "aint", "never"])
# "Delete my #": the sign behind one of these words is the phone number, unless a digit follows.
BEFORE_NUMBER_SIGN = frozenset(
    {"my", "this", "moms", "dads", "his", "her", "our", "old", "new", "wrong", "phone", "cell", "your"}
)
# Two words that mean something else than each: a yes in two sounds, "all is well" (no exercises are meant).
SOUNDS = frozenset(
    {
        ("uh", "huh"),
        ("mm", "hmm"),
        ("mm", "hm"),
        ("mmm", "hmm"),
        ("todo", "bien"),
        ("check", "ins"),
        ("un", "subscribe"),
        ("un", "suscribe"),
    }
)
WONT = {"will": "wont", "can": "cant"}


class Kind(IntEnum):
    """What a token is made of."""

    WORD = 1
    NUMBER = 2
    EMOJI = 3
    MARK = 4


class Gap(IntEnum):
    """What separates a token from the one before it."""

    NONE = 0
    COMMA = 1
    SENTENCE = 2


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, emoji or sign; `start` and `end` are offsets in the cleaned text number `index`."""

    text: str
    raw: str
    kind: Kind
    start: int
    end: int
    index: int = 0
    gap: Gap = Gap.NONE
    glued: bool = False


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Return the word in lower case without accents, apostrophes and stretched letters.

    >>> fold("Can't"), fold("RESPIRACIÓN"), fold("stoooop")
    ('cant', 'respiracion', 'stop')
    """
    folded = word.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFD", folded)
    folded = NOT_LETTERS.sub("", folded)
    return STRETCHED.sub(r"\1", SPELLINGS.get(folded, folded))


def tokenize(text: str, *, index: int = 0) -> list[Token]:
    """Return the tokens of one cleaned text, signs included."""
    tokens: list[Token] = []
    end, gap = -1, Gap.NONE
    for match in PATTERN.finditer(text):
        raw = match.group()
        kind = _kind(raw)
        if raw == "#" and _is_number_sign(text, match.end(), tokens):
            kind = Kind.WORD
        glued = match.start() == end and tokens[-1].kind in {Kind.WORD, Kind.NUMBER}
        tokens.append(
            Token(
                ("number" if raw == "#" else fold(raw)) if kind is Kind.WORD else raw,
                raw,
                kind,
                match.start(),
                match.end(),
                index,
                gap,
                glued,
            )
        )
        gap = max(gap, _gap(text, match, raw)) if kind is Kind.MARK else Gap.NONE
        end = match.end()
    return tokens


def _is_number_sign(text: str, end: int, tokens: Sequence[Token]) -> bool:
    return (
        bool(tokens) and tokens[-1].text in BEFORE_NUMBER_SIGN and not text[end : end + 2].strip().isdigit()
    )


def contents(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens without signs, with negations of two words joined into one ("not able", "sin poder")."""
    words: list[Token] = []
    for token in tokens:
        if token.kind is Kind.MARK:
            continue
        if (
            token.text == "able"
            and len(words) > 1
            and words[-1].text == "been"
            and words[-2].text in NOT_ABLE
        ):
            words.pop()
        if token.text == "poder" and words and words[-1].text == "sin":
            words[-1], token = replace(words[-1], text="no"), replace(token, text="puedo")
        joined = _joined(words[-1], token) if words else None
        if joined is None:
            words.append(token)
        else:
            words[-1] = joined
    return words


def _joined(before: Token, token: Token) -> Token | None:
    if token.gap is Gap.SENTENCE or before.kind is not Kind.WORD:
        return None
    if (before.text, token.text) in SOUNDS:
        return replace(before, text=before.text + token.text, raw=before.raw + " " + token.raw, end=token.end)
    if token.text in {"not", "nt"} and before.text in AUXILIARIES:
        text = WONT.get(before.text, before.text + "nt")
    elif token.text == "t" and before.text in CUT_OFF:
        text = before.text + "t"
    elif token.text == "able" and before.text in NOT_ABLE:
        text = UNABLE
    else:
        return None
    return Token(
        text,
        before.raw + " " + token.raw,
        Kind.WORD,
        before.start,
        token.end,
        before.index,
        before.gap,
        before.glued,
    )


def _kind(raw: str) -> Kind:
    if raw[0].isdecimal():
        return Kind.NUMBER
    if raw[0].isalpha():
        return Kind.WORD
    if raw.isascii() or unicodedata.category(raw) not in {"So", "Sk"}:
        return Kind.MARK
    return Kind.EMOJI


def _gap(text: str, match: re.Match[str], raw: str) -> Gap:
    if raw in "!?;\n|":
        return Gap.SENTENCE
    if raw == ".":
        alone = text[match.start() - 1 : match.start()] != "." and text[match.end() : match.end() + 1] != "."
        return Gap.SENTENCE if alone else Gap.COMMA
    return Gap.NONE if raw in "'\"*~_#@" else Gap.COMMA
