"""Which language a text is in: English, Spanish, or another that a person must read."""

from .lexicon import TABLES
from .tokens import Kind, Token

TABLE = TABLES["languages"]
ENGLISH, SPANISH = frozenset(TABLE["english"].split()), frozenset(TABLE["spanish"].split())
OTHERS = {
    name: frozenset(words.split()) - ENGLISH - SPANISH
    for name, words in TABLE.items()
    if name not in {"english", "spanish"}
}
OTHER = "other"
# Letters up to here are Latin with the accents of western Europe; beyond lie Vietnamese and other scripts.
LAST_WESTERN = "\u017f"
# So many known words of one foreign language decide; a single one may be a name.
ENOUGH = 2


def language_of(tokens: list[Token], *, recorded: str) -> str:
    """Return "en", "es" or "other"; `recorded`, the patient's language, decides where the words do not."""
    words = [token for token in tokens if token.kind is Kind.WORD]
    if any(char > LAST_WESTERN for token in words for char in token.raw):
        return OTHER
    said = {token.text for token in words}
    english, spanish = len(said & ENGLISH), len(said & SPANISH)
    foreign = max((len(said & known) for known in OTHERS.values()), default=0)
    if foreign >= ENOUGH and foreign > max(english, spanish):
        return OTHER
    if english == spanish:
        return recorded if recorded in {"en", "es"} else "en"
    return "en" if english > spanish else "es"
