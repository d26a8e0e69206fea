"""The word by which somebody who is no patient yet asks to be enrolled: JOIN, in Spanish UNIRME.

It must be the whole text, give or take courtesies and one slip of the finger; a person reads whatever says more.
"""

import re
import unicodedata
from dataclasses import dataclass

KEYWORDS = {"en": "JOIN", "es": "UNIRME"}
_LONGEST = 80  # letters; our choice: who writes more than a line says more than the word


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COURTESIES = {
    "en": _words(
        "hi hello hey please pls plz thanks thank you yes ok okay i d id im we to would like want wanna can may"
        " me us up in now today your the this program texts text messages"
    ),
    "es": _words(
        "hola buenos buenas dias tardes por favor gracias si yo quiero quisiera deseo puedo a al los las el"
        " programa mensajes textos ahora hoy me"
    ),
}
# Meant as the keyword, though further away than one slip.
_FORMS = {"en": _words("joined joining"), "es": _words("unirse unirnos unir")}
# One slip away, but words and names of their own.
_NOT_MEANT = _words("joint coin loin goin john jon joan jain jin")
_LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Joining:
    """A text that asks to be enrolled, and the language of its keyword."""

    language: str


def joining_in(text: str) -> Joining | None:
    """Return how a text asks to be enrolled; None where it says anything else.

    >>> joining_in("Join please!")
    Joining(language='en')
    >>> joining_in("Quiero unirme")
    Joining(language='es')
    >>> joining_in("my joint hurts")
    """
    plain = _plain(text)
    if len(plain) > _LONGEST or any(each.isdigit() for each in plain):
        return None
    words = _LETTERS.findall(plain)
    for language, keyword in KEYWORDS.items():
        if _asks(words, keyword.lower(), language):
            return Joining(language)
    return None


def _plain(text: str) -> str:
    """Return a text in small letters without accents, marks that nobody sees, and apostrophes."""
    apart = unicodedata.normalize("NFKD", text.strip()).lower()
    return "".join(
        each for each in apart if unicodedata.category(each) not in {"Mn", "Cf", "Me"} and each not in "'’"
    )


def _asks(words: list[str], keyword: str, language: str) -> bool:
    # Letter by letter, or broken by the keyboard: "J O I N", "unir me".
    if "".join(words) == keyword:
        return True
    meant = [each for each in words if _is_meant(each, keyword, language)]
    rest = [each for each in words if not _is_meant(each, keyword, language)]
    return len(meant) == 1 and all(each in _COURTESIES[language] for each in rest)


def _is_meant(word: str, keyword: str, language: str) -> bool:
    if word in _NOT_MEANT or word in _COURTESIES[language]:
        return False
    return word in _FORMS[language] or is_one_slip_away(word, keyword)


def is_one_slip_away(word: str, keyword: str) -> bool:
    """Tell whether a word is the keyword, or it with one letter wrong, missing, too many or two swapped.

    >>> [is_one_slip_away(each, "join") for each in ("join", "jion", "jojn", "joinn", "jin", "jn")]
    [True, True, True, True, True, False]
    """
    if word == keyword:
        return True
    start = 0
    while start < min(len(word), len(keyword)) and word[start] == keyword[start]:
        start += 1
    if len(word) == len(keyword):
        swapped = word[start : start + 2] == keyword[start : start + 2][::-1]
        return word[start + 1 :] == keyword[start + 1 :] or (
            swapped and word[start + 2 :] == keyword[start + 2 :]
        )
    longer, shorter = (word, keyword) if len(word) > len(keyword) else (keyword, word)
    return len(longer) - len(shorter) == 1 and longer[start + 1 :] == shorter[start:]
