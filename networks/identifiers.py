"""The shapes of numbers that others give out: NPI, EIN, telephone numbers, diagnosis codes.

Each `parse_...` returns the one way in which the house stores a value, or raises ValueError with a sentence
that does not repeat the value. A right shape does not mean that the number was ever given out.
"""

import re

# CMS, Requirements for NPI and NPI check digit (2004): health industry 80, United States 840.
_NPI_PREFIX = "80840"
_NPI = re.compile(r"[12][0-9]{9}")

# ITU-T E.164 (2010): at most 15 digits, country code first. Shorter than 8 there is no subscriber anywhere.
_E164 = re.compile(r"\+[1-9][0-9]{7,14}")
# North American Numbering Plan: area code and exchange do not begin with 0 or 1.
_NORTH_AMERICAN = re.compile(r"\+1[2-9][0-9]{2}[2-9][0-9]{6}")

# USPS Publication 28 (2024), appendix B: the states, the District of Columbia and the territories.
_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND "
    "OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI"
)
STATES = frozenset(_STATES.split(" "))

# ICD-10-CM Official Guidelines (fiscal year 2026), section I.A: three to seven characters, the first a letter,
# the second a digit; a point after the third. The third is a digit, or A or B (M1A, C7B).
_DIAGNOSIS = re.compile(r"([A-Z][0-9][0-9AB])(?:\.?([0-9A-Z]{1,4}))?")

# IRS Publication 1635 (2014): two digits, a hyphen, seven digits. The IRS lists no prefix 00.
_EIN = re.compile(r"(?!00)([0-9]{2})-?([0-9]{7})")


def parse_npi(text: str) -> str:
    """Return an NPI as its ten digits; raise ValueError when shape or check digit is wrong.

    >>> parse_npi(" 1234567893 ")
    '1234567893'
    """
    npi = text.strip()
    if not _NPI.fullmatch(npi):
        raise ValueError("An NPI has 10 digits and begins with 1 or 2.")
    if npi[-1] != npi_check_digit(npi[:-1]):
        raise ValueError("This NPI has a wrong check digit. Compare it with the NPPES registry.")
    return npi


def npi_check_digit(first_nine: str) -> str:
    """Return the tenth digit of an NPI by the Luhn formula over 80840 and the first nine digits.

    >>> npi_check_digit("123456789")
    '3'
    """
    total = 0
    for place, digit in enumerate(reversed(_NPI_PREFIX + first_nine)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    return str(-total % 10)


def parse_e164(text: str) -> str:
    """Return a telephone number of the shape +15125550123; raise ValueError for any other.

    Spaces, hyphens, points and brackets are left out; a number without its country code is refused, since
    guessing one could text a stranger.

    >>> parse_e164("+1 (512) 555-0123")
    '+15125550123'
    """
    number = re.sub(r"[\s().\-]", "", text)
    if not _E164.fullmatch(number):
        raise ValueError("A telephone number needs + and the country code, then 7 to 14 digits.")
    if number.startswith("+1") and not _NORTH_AMERICAN.fullmatch(number):
        raise ValueError("A number with +1 has ten more digits; area code and exchange begin with 2 to 9.")
    return number


def parse_us_phone(text: str) -> str:
    """Return a United States number as people dial it, 312-555-0100; raise ValueError for any other.

    >>> parse_us_phone("+1 (312) 555-0100"), parse_us_phone("3125550100")
    ('312-555-0100', '312-555-0100')
    """
    digits = re.sub(r"[\s().+\-]", "", text)
    national = digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
    if not _NORTH_AMERICAN.fullmatch(f"+1{national}"):
        raise ValueError("Write a telephone number with its area code, such as 312-555-0100.")
    return f"{national[:3]}-{national[3:6]}-{national[6:]}"


def parse_state(text: str) -> str:
    """Return a state by its two letters, in capitals; raise ValueError for any other.

    >>> parse_state(" il")
    'IL'
    """
    state = text.strip().upper()
    if state not in STATES:
        raise ValueError("Write the state by its two letters, such as IL.")
    return state


def parse_diagnosis(text: str) -> str:
    """Return an ICD-10-CM code in capitals with its point; raise ValueError when the shape is wrong.

    >>> parse_diagnosis("m5450"), parse_diagnosis("M54.2"), parse_diagnosis("S83.511D")
    ('M54.50', 'M54.2', 'S83.511D')
    """
    match = _DIAGNOSIS.fullmatch(text.strip().upper())
    if not match:
        raise ValueError("A diagnosis code looks like M54.50: letter, digit, digit, point, up to 4 more.")
    return ".".join(part for part in match.groups() if part)


def parse_ein(text: str) -> str:
    """Return an employer identification number as 12-3456789; raise ValueError when the shape is wrong.

    >>> parse_ein("123456789")
    '12-3456789'
    """
    match = _EIN.fullmatch(text.strip())
    if not match:
        raise ValueError("An EIN has 9 digits, such as 12-3456789.")
    return "-".join(match.groups())
