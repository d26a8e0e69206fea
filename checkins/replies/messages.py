"""Texts that nobody typed, texts that ask who we are, and texts that only a person can answer."""

from .lexicon import phrase_book
from .numbers import WORDS as NUMBER_WORDS
from .phrases import PhraseBook, Words
from .reading import Evidence
from .red_flags import evidence_of
from .tokens import Gap, Kind, Token

AUTO_REPLY = phrase_book("messages", sections=["auto_reply"])
CARRIER_NOTICE = phrase_book("messages", sections=["carrier_notice"])
IDENTIFY = phrase_book("messages", sections=["identify"])
REQUEST = phrase_book("messages", sections=["request"])
QUESTION = phrase_book("messages", sections=["question"])
THANKS = phrase_book("messages", sections=["thanks"])
HOW_IT_IS = phrase_book("messages", sections=["how_it_is"])
NOT_THANKS = phrase_book("messages", sections=["not_thanks"])
COURTESY = phrase_book("messages", sections=["courtesy"])
# Words that begin a question even where the question mark is missing.
ASKING = frozenset(
    [
        "what",
        "when",
        "where",
        "which",
        "how",
        "why",
        "whats",
        "whens",
        "wheres",
        "hows",
        "can",
        "could",
        "should",
        "is",
        "are",
        "do",
        "does",
        "am",
        "who",
    ]
)
# So many words that end in a question mark ask us something; fewer may ask whether an answer was right ("6?").
# "When i get home" tells; "when i should start" asks.
TELLERS = frozenset({"i", "we", "he", "she", "they"})
MODALS = frozenset(
    {"should", "can", "could", "will", "would", "am", "do", "must", "may", "need", "have", "was", "were"}
)
LONG_QUESTION = 5
CAREGIVER = phrase_book("messages", sections=["caregiver"])


def find_auto_reply(words: Words) -> Evidence | None:
    """Return what shows that a phone answered by itself ("I'm driving with Focus turned on")."""
    return _first(AUTO_REPLY, words, "auto_reply")


def find_carrier_notice(words: Words) -> Evidence | None:
    """Return what shows that a carrier wrote ("Free Msg: unable to send")."""
    return _first(CARRIER_NOTICE, words, "carrier_notice")


def find_identify(words: Words) -> Evidence | None:
    """Return what asks who we are."""
    return _first(IDENTIFY, words, "identify")


def find_request(words: Words, text: str) -> Evidence | None:
    """Return what a person must answer: a wish, a visit, a measurement, a question in words."""
    found = _first(REQUEST, words, "request")
    if found is not None:
        return found
    for match in QUESTION.find(words):
        first = words.tokens[match.places[0]]
        opens = match.places[0] == 0 or first.gap is not Gap.NONE
        if "?" in text or (opens and first.text in ASKING and not _tells_when(words, match.places[0])):
            return evidence_of(words, match, "question")
    asked = text.rstrip(" \"')").endswith("?") and len(words) >= LONG_QUESTION
    return Evidence("question", words=text) if asked and not any(map(_is_number, words.tokens)) else None


def _tells_when(words: Words, place: int) -> bool:
    """Return whether "when" opens a clause and asks nothing ("when i get home"; "when should i")."""
    said = [token.text for token in words.tokens[place : place + 3]]
    return len(said) > 2 and said[0] == "when" and said[1] in TELLERS and said[2] not in MODALS


def _is_number(token: Token) -> bool:
    return token.kind is Kind.NUMBER or token.text in NUMBER_WORDS


def find_thanks(words: Words, *, courtesy: bool) -> Evidence | None:
    """Return what needs no reply: thanks; with `courtesy` (no question open) also greetings and "ok".

    While a question is open, thanks beside how it is ("better thx") leave the question unanswered.
    """
    if not courtesy and HOW_IT_IS.first(words) is not None:
        return None
    masked = frozenset(place for match in NOT_THANKS.find(words) for place in match.span)
    found = _first(THANKS, words.without(masked), "thanks")
    return found or (_first(COURTESY, words, "courtesy") if courtesy else None)


def find_caregiver(words: Words) -> Evidence | None:
    """Return what shows that somebody else answers for the patient ("mom says 6")."""
    return _first(CAREGIVER, words, "caregiver")


def _first(book: PhraseBook, words: Words, name: str) -> Evidence | None:
    match = book.first(words)
    return evidence_of(words, match, name) if match else None
