"""First step: make what phones send comparable, without changing what was said."""

import re
import unicodedata

# Vulgar fractions must stand apart before compatibility folding glues them to the digit before ("6½" is not 61/2).
FRACTIONS = {
    "½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3", "⅔": " 2/3",
}  # fmt: skip
QUOTES = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "`": "'", "´": "'", "＇": "'", "′": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
    "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-",
    "⁄": "/", "÷": "/", "∕": "/", "≈": "~", "∼": "~", "🔟": " 10 ", "💯": " \N{HUNDRED POINTS SYMBOL} ",
}  # fmt: skip
# Marks that change how an emoji looks, never what it says: variation selectors, keycap, skin tones.
DROPPED = {0xFE0E: None, 0xFE0F: None, 0x20E3: None, **dict.fromkeys(range(0x1F3FB, 0x1F400))}
# Letters of other scripts that look Latin; swapped only inside a word that also holds Latin letters.
LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTYXIJSaeopcyxijsABEZHIKMNOPTYXo"
)
TABLE = {**DROPPED, **{ord(key): value for key, value in (FRACTIONS | QUOTES).items()}}
# Digits in the place of letters ("st0p", "5top"), which the filters of phones are dodged with.
DISGUISED = re.compile(r"\b(?=\w{0,3}\d)[s5][t7][o0]p\b", re.IGNORECASE)
CLOCK = re.compile(r"\b([ap])\. ?m\b\.?", re.IGNORECASE)
MIXED = re.compile(r"\w+")
SPACES = re.compile(r"[^\S\n]+")


def clean(text: str) -> str:
    """Return the text in compatibility form with plain digits, quotes and spaces; case and line breaks stay.

    >>> clean("６\N{COMBINING ENCLOSING KEYCAP} – it’s\\u200b ok")
    "6 - it's ok"
    """
    if text.isascii() and text.isprintable():
        return _spelt_out(text.replace("`", "'"))
    text = text.translate(TABLE)
    text = unicodedata.normalize("NFKC", "".join(map(_before_folding, text)))
    text = "".join(map(_plain, text)).translate(TABLE)
    text = MIXED.sub(_latin, text)
    return _spelt_out(text)


def _spelt_out(text: str) -> str:
    return DISGUISED.sub("stop", CLOCK.sub(r"\1m", SPACES.sub(" ", text))).strip()


def _before_folding(char: str) -> str:
    # Raised and lowered digits would join the number beside them ("6²" is not 62).
    if char.isdigit() and unicodedata.decomposition(char).startswith(("<super>", "<sub>")):
        return " "
    return char


def _plain(char: str) -> str:
    if char.isascii():
        return char if char.isprintable() or char == "\n" else ("\n" if char == "\r" else " ")
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "No":
        return _number_sign(char)
    if category in {"Cf", "Cs", "Co", "Cn"}:
        return ""
    return " " if category in {"Cc", "Zs", "Zl", "Zp"} else char


def _number_sign(char: str) -> str:
    """Return a number in a black circle and the like as digits ("❺")."""
    value = unicodedata.numeric(char)
    return str(int(value)) if value.is_integer() else " "


def _latin(match: re.Match[str]) -> str:
    word = match.group()
    if word.isascii() or not any("a" <= char <= "z" or "A" <= char <= "Z" for char in word):
        return word
    return word.translate(LOOK_ALIKES)
