"""Shapes and check digits: what is taken, how it is stored, and what is refused without repeating it."""

import doctest
from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some

from networks import identifiers
from networks.identifiers import (
    npi_check_digit,
    parse_diagnosis,
    parse_e164,
    parse_ein,
    parse_npi,
    parse_state,
    parse_us_phone,
)

TAKEN = {
    "NPI, example of CMS": (parse_npi, "1234567893", "1234567893"),
    "NPI beginning with 2": (parse_npi, "2000000002", "2000000002"),
    "NPI, spaces around": (parse_npi, " 1234567893\n", "1234567893"),
    "phone, United States": (parse_e164, "+15125550123", "+15125550123"),
    "phone, written for people": (parse_e164, "+1 (512) 555-0123", "+15125550123"),
    "phone, with points": (parse_e164, "+1.512.555.0123", "+15125550123"),
    "phone, Mexico": (parse_e164, "+525512345678", "+525512345678"),
    "phone, fifteen digits": (parse_e164, "+491234567890123", "+491234567890123"),
    "phone, eight digits": (parse_e164, "+68912345", "+68912345"),
    "US phone as dialled": (parse_us_phone, "312-555-0100", "312-555-0100"),
    "US phone with its country": (parse_us_phone, "+1 (312) 555.0100", "312-555-0100"),
    "state in small letters": (parse_state, " tx ", "TX"),
    "territory": (parse_state, "PR", "PR"),
    "diagnosis with its point": (parse_diagnosis, "M54.50", "M54.50"),
    "diagnosis without": (parse_diagnosis, "M5450", "M54.50"),
    "diagnosis in small letters": (parse_diagnosis, "m54.2", "M54.2"),
    "diagnosis, category only": (parse_diagnosis, "R05", "R05"),
    "diagnosis, seven characters": (parse_diagnosis, "S83511D", "S83.511D"),
    "diagnosis, placeholder": (parse_diagnosis, "M22.2X1", "M22.2X1"),
    "diagnosis, third a letter": (parse_diagnosis, "M1A.0110", "M1A.0110"),
    "EIN with its hyphen": (parse_ein, "12-3456789", "12-3456789"),
    "EIN without": (parse_ein, "123456789", "12-3456789"),
    "EIN, spaces around": (parse_ein, " 98-7654321 ", "98-7654321"),
}

REFUSED = {
    "NPI, wrong check digit": (parse_npi, "1234567890"),
    "NPI, digits exchanged": (parse_npi, "1234567983"),
    "NPI, nine digits": (parse_npi, "123456789"),
    "NPI, eleven digits": (parse_npi, "12345678931"),
    "NPI beginning with 3": (parse_npi, "3000000000"),
    "NPI with a letter": (parse_npi, "123456789A"),
    "NPI in other digits": (parse_npi, "１２３４５６７８９３"),
    "NPI empty": (parse_npi, ""),
    "phone without country code": (parse_e164, "5125550123"),
    "phone without plus": (parse_e164, "15125550123"),
    "phone, +1 too short": (parse_e164, "+1512555012"),
    "phone, +1 too long": (parse_e164, "+151255501234"),
    "phone, area code begins with 1": (parse_e164, "+11125550123"),
    "phone, exchange begins with 0": (parse_e164, "+15120550123"),
    "phone, country code 0": (parse_e164, "+05125550123"),
    "phone, sixteen digits": (parse_e164, "+4912345678901234"),
    "phone, seven digits": (parse_e164, "+6891234"),
    "phone with a letter": (parse_e164, "+1512555O123"),
    "phone with an extension": (parse_e164, "+15125550123x4"),
    "phone empty": (parse_e164, ""),
    "US phone without area code": (parse_us_phone, "555-0100"),
    "US phone of another country": (parse_us_phone, "+49 30 901820"),
    "US phone in words": (parse_us_phone, "312-555-HELP"),
    "state by its name": (parse_state, "Texas"),
    "state that is none": (parse_state, "XX"),
    "diagnosis, point misplaced": (parse_diagnosis, "M5.450"),
    "diagnosis, point at the end": (parse_diagnosis, "M54."),
    "diagnosis, two points": (parse_diagnosis, "M54..5"),
    "diagnosis, first a digit": (parse_diagnosis, "054.50"),
    "diagnosis, second a letter": (parse_diagnosis, "MA4.50"),
    "diagnosis, eight characters": (parse_diagnosis, "S83.511DD"),
    "diagnosis, two characters": (parse_diagnosis, "M5"),
    "diagnosis of ICD-9": (parse_diagnosis, "724.2"),
    "diagnosis empty": (parse_diagnosis, ""),
    "EIN, eight digits": (parse_ein, "12-345678"),
    "EIN, hyphen misplaced": (parse_ein, "123-456789"),
    "EIN, prefix 00": (parse_ein, "00-1234567"),
    "EIN, written as a social security number": (parse_ein, "123-45-6789"),
    "EIN empty": (parse_ein, ""),
}


# Every sentence a refusal can be: fixed, so that no part of the value can slip into a log.
SENTENCES = {
    "Write a telephone number with its area code, such as 312-555-0100.",
    "Write the state by its two letters, such as IL.",
    "An NPI has 10 digits and begins with 1 or 2.",
    "This NPI has a wrong check digit. Compare it with the NPPES registry.",
    "A telephone number needs + and the country code, then 7 to 14 digits.",
    "A number with +1 has ten more digits; area code and exchange begin with 2 to 9.",
    "A diagnosis code looks like M54.50: letter, digit, digit, point, up to 4 more.",
    "An EIN has 9 digits, such as 12-3456789.",
}


@pytest.mark.parametrize(("parse", "text", "stored"), TAKEN.values(), ids=TAKEN)
def test_taken(parse, text, stored):
    assert parse(text) == stored
    assert parse(stored) == stored


@pytest.mark.parametrize(("parse", "text"), REFUSED.values(), ids=REFUSED)
def test_refused_without_repeating_the_value(parse, text):
    with pytest.raises(ValueError, match=r"\.$") as refusal:
        parse(text)
    assert str(refusal.value) in SENTENCES


@given(some.integers(10**8, 3 * 10**8 - 1).map(str), some.integers(0, 9), some.integers(0, 9))
def test_check_digit_finds_any_single_wrong_digit(first_nine, place, wrong):
    npi = first_nine + npi_check_digit(first_nine)
    assert parse_npi(npi) == npi
    changed = npi[:place] + str(wrong) + npi[place + 1 :]
    assume(changed != npi)
    with pytest.raises(ValueError, match="NPI"):
        parse_npi(changed)


@given(some.text(max_size=20))
def test_any_text_is_stored_one_way_or_refused(text):
    for parse in (parse_npi, parse_e164, parse_diagnosis, parse_ein):
        with suppress(ValueError):
            assert parse(parse(text)) == parse(text)


def test_examples_in_docstrings_hold():
    outcome = doctest.testmod(identifiers)
    assert outcome.attempted
    assert outcome.failed == 0
