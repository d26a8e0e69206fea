"""What does not fit the document is refused with field and reason, before anything is decided."""

import copy
import json
from typing import Any

import pytest

from billing.exchange import decide_text
from billing.json_field import DocumentError
from tests.billing.rules.documents import answer, call, document, reading

FULL = document(
    readings=[reading("2026-03-02T18:00:00", id="r")],
    time_entries=[call("2026-03-09", id="t")],
    exclusions=[{"kind": "rpm", "from": "2027-03-10", "to": None}],
    prior_windows=[{"from": "2026-01-01", "to": "2026-01-30"}],
    plans_of_care=[{"from": "2026-03-01", "to": None, "names_rtm": True, "id": "p"}],
)
GONE = object()

MISSING = "this key is missing."
UNKNOWN = "this key is unknown."
OBJECT = "must be an object."
LIST = "must be a list."
STRING = "must be a string."
FLAG = "must be true or false."
NUMBER = "must be a whole number, 0 or more."
TOO_MANY = "must not be more than 1000000000."
DATE = "must be a date written YYYY-MM-DD."
NO_DATE = "no such date is in the calendar."
INSTANT = "must be an instant in UTC with whole seconds, written YYYY-MM-DDTHH:MM:SSZ."
NO_INSTANT = "no such date and time is in the calendar."
ZONE = "must be the name of an IANA time zone, such as America/Chicago."
LATER = "must be later than started_at."
YEARS = "the year must be from 2 to 9998."


def _changed(path: str, value: object) -> dict[str, Any]:
    made: Any = copy.deepcopy(FULL)
    *way, last = [
        int(each) if each.isdigit() else each for each in path.replace("[", ".").replace("]", "").split(".")
    ]
    place = made
    for step in way:
        place = place[step]
    if value is GONE:
        del place[last]
    else:
        place[last] = value
    found: dict[str, Any] = made
    return found


CASES: list[tuple[str, object, str]] = [
    ("as_of", GONE, MISSING),
    ("as_of", None, DATE),
    ("as_of", 20260502, DATE),
    ("as_of", "2026-5-2", DATE),
    ("as_of", "20260502", DATE),
    ("as_of", "2026-W18-6", DATE),
    ("as_of", "2026-05-02T00:00:00Z", DATE),
    ("as_of", " 2026-05-02", DATE),
    ("as_of", "2026-05-02\n", DATE),
    ("as_of", "٢٠٢٦-٠٥-٠٢", DATE),
    ("as_of", "2026-02-29", NO_DATE),
    ("as_of", "2026-13-01", NO_DATE),
    ("as_of", "0000-01-01", NO_DATE),
    ("patient_time_zone", "America/Nowhere", ZONE),
    ("patient_time_zone", "", ZONE),
    ("patient_time_zone", "../../etc/passwd", ZONE),
    ("patient_time_zone", "/etc/localtime", ZONE),
    ("patient_time_zone", "America", ZONE),
    ("patient_time_zone", "right/America/Chicago", ZONE),
    ("patient_time_zone", "America/Chicago\x00", ZONE),
    ("patient_time_zone", "\ud800", ZONE),
    ("patient_time_zone", None, STRING),
    ("clinic_time_zone", "CDT-5", ZONE),
    ("clinic_time_zone", 5, STRING),
    ("episode", None, OBJECT),
    ("episode", [], OBJECT),
    ("episode.id", 7, STRING),
    ("episode.id", None, STRING),
    ("episode.start", None, DATE),
    ("episode.end", GONE, MISSING),
    ("episode.end", "never", DATE),
    ("episode.discipline", "RN", "must be one of: PT, OT, SLP."),
    ("episode.discipline", "pt", "must be one of: PT, OT, SLP."),
    ("episode.condition", "respiratory", "must be one of: musculoskeletal."),
    ("episode.color", 1, UNKNOWN),
    ("consent", GONE, MISSING),
    ("consent", "2026-03-02", OBJECT),
    ("consent.from", None, DATE),
    ("consent.to", GONE, MISSING),
    ("consent.until", None, UNKNOWN),
    ("plans_of_care", None, LIST),
    ("plans_of_care", {}, LIST),
    ("plans_of_care[0]", None, OBJECT),
    ("plans_of_care[0].names_rtm", 1, FLAG),
    ("plans_of_care[0].names_rtm", "true", FLAG),
    ("plans_of_care[0].id", 4, STRING),
    ("plans_of_care[0].id", None, STRING),
    ("plans_of_care[0].note", "x", UNKNOWN),
    ("setup", GONE, MISSING),
    ("setup", False, OBJECT),
    ("setup.completed_on", None, DATE),
    ("setup.pt_minutes", 12.5, NUMBER),
    ("setup.pt_minutes", 12.0, NUMBER),
    ("setup.pt_minutes", "12", NUMBER),
    ("setup.pt_minutes", True, NUMBER),
    ("setup.pta_minutes", -1, NUMBER),
    ("setup.pta_minutes", None, NUMBER),
    ("setup.pt_minutes", 1_000_000_001, TOO_MANY),
    ("setup.pta_minutes", 10**4300 - 1, TOO_MANY),
    ("setup_already_billed", None, FLAG),
    ("setup_already_billed", 0, FLAG),
    ("device_determination", "yes", FLAG),
    ("payer", None, OBJECT),
    ("payer.coverage", "maybe", "must be one of: covered, prior_auth, unknown, not_covered."),
    ("payer.coverage", None, "must be one of: covered, prior_auth, unknown, not_covered."),
    ("payer.covered_from", "", DATE),
    ("payer.covered_codes", "98975", LIST),
    ("payer.live_contact_rule", "loose", "must be one of: strict, plain."),
    ("payer.set_up_date_rule", "last_day", "must be one of: set_up."),
    ("payer.device_date_rule", "day_16", "must be one of: last_day."),
    ("payer.management_date_rule", None, "must be one of: last_day."),
    ("payer.plan", "gold", UNKNOWN),
    ("exclusions", GONE, MISSING),
    ("exclusions[0].kind", "hospice", "must be one of: rpm, other_rtm, home_health, inpatient."),
    ("exclusions[0].from", None, DATE),
    ("exclusions[0].id", "x", UNKNOWN),
    ("prior_windows[0].to", None, DATE),
    ("prior_windows[0].to", GONE, MISSING),
    ("prior_windows[0].id", "x", UNKNOWN),
    ("readings", None, LIST),
    ("readings[0].at", "2026-03-02T15:04:00", INSTANT),
    ("readings[0].at", "2026-03-02T15:04:00.5Z", INSTANT),
    ("readings[0].at", "2026-03-02T15:04:00.000Z", INSTANT),
    ("readings[0].at", "2026-03-02T15:04:00+02:00", INSTANT),
    ("readings[0].at", "2026-03-02T15:04:00-00:00", INSTANT),
    ("readings[0].at", "2026-03-02T15:04Z", INSTANT),
    ("readings[0].at", "2026-03-02 15:04:00Z", INSTANT),
    ("readings[0].at", "2026-03-02T15:04:00z", INSTANT),
    ("readings[0].at", 1772463840, INSTANT),
    ("readings[0].at", None, INSTANT),
    ("readings[0].at", "2026-03-02T24:00:00Z", NO_INSTANT),
    ("readings[0].at", "2026-03-02T15:04:60Z", NO_INSTANT),
    ("readings[0].at", "2026-02-30T15:04:00Z", NO_INSTANT),
    ("readings[0].at", "0001-01-01T00:00:00Z", YEARS),
    ("readings[0].at", "9999-12-31T23:59:59Z", YEARS),
    ("readings[0].source", "robot", "must be one of: patient, caregiver, staff."),
    ("readings[0].source", ["patient"], "must be one of: patient, caregiver, staff."),
    ("readings[0].source", GONE, MISSING),
    ("readings[0].id", 1, STRING),
    ("readings[0].value", 6, UNKNOWN),
    ("time_entries[0].started_at", "2026-03-09", INSTANT),
    ("time_entries[0].ended_at", "2026-03-09T16:00:00Z", LATER),
    ("time_entries[0].ended_at", "2026-03-09T15:59:59Z", LATER),
    ("time_entries[0].credential", "AIDE", "must be one of: PT, PTA, OTHER."),
    ("time_entries[0].activity", "setup", "must be one of: review, conversation, set_up, administrative."),
    ("time_entries[0].live_contact", None, FLAG),
    ("time_entries[0].in_billed_visit", "no", FLAG),
    ("time_entries[0].voided", GONE, MISSING),
    ("time_entries[0].minutes", 2, UNKNOWN),
    ("notes", [], UNKNOWN),
]


@pytest.mark.parametrize(
    ("field", "value", "reason"), CASES, ids=lambda each: None if each is GONE else str(each)[:40]
)
def test_refused_with_field_and_reason(field: str, value: object, reason: str) -> None:
    text = json.dumps(_changed(field, value)).encode()
    with pytest.raises(DocumentError) as refusal:
        decide_text(text)
    assert (refusal.value.field, refusal.value.reason) == (field, reason)
    assert str(refusal.value) == f"{field}: {reason}"


def test_the_most_minutes_are_accepted_and_written_out() -> None:
    made = _changed("setup", {"completed_on": "2026-03-02", "pt_minutes": 10**9, "pta_minutes": 10**9})
    assert "1000000000 of 2000000000 set-up minutes" in decide_text(json.dumps(made).encode())


def test_the_position_in_a_list_is_named() -> None:
    with pytest.raises(DocumentError, match=r"^payer\.covered_codes\[1\]: must be a string\.$"):
        decide_text(json.dumps(_changed("payer.covered_codes", ["98975", 98977])).encode())


def test_the_ordinary_document_is_accepted_with_ids() -> None:
    assert answer(FULL)["episode"] == "E1"


def test_utc_may_be_written_as_an_offset() -> None:
    assert answer(_changed("readings[0].at", "2026-03-02T15:04:00+00:00"))["windows"][0]["days"] == [
        "2026-03-02"
    ]


def test_a_list_names_the_document() -> None:
    second = _changed("readings[0].source", "robot")
    with pytest.raises(DocumentError, match=r"^\[1\]\.readings\[0\]\.source: must be one of"):
        decide_text(json.dumps([FULL, second]).encode())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "document: must be JSON; line 1: Expecting value."),
        (b"{", "document: must be JSON; line 1: Expecting property name enclosed in double quotes."),
        (b"{}\n{}", "document: must be JSON; line 2: Extra data."),
        (b'"text"', "document: must be an object."),
        (b"null", "document: must be an object."),
        (b"[1]", "[0]: must be an object."),
        (b"[[]]", "[0]: must be an object."),
        (b"\xff\xfe", "document: must be text in UTF-8."),
        (b'{"as_of": NaN}', "document: must be JSON; NaN is no JSON number."),
        (b'{"as_of": 1, "as_of": 2}', '"as_of": this key stands twice in one object.'),
        (
            b'{"as_of": ' + b"9" * 5000 + b"}",
            "document: must be JSON with numbers and nesting of a reasonable size.",
        ),
        (b"[" * 100_000, "document: must be JSON with numbers and nesting of a reasonable size."),
        (b"{}", "as_of: this key is missing."),
    ],
    ids=lambda each: str(each)[:50],
)
def test_text_that_is_no_document(text: bytes, message: str) -> None:
    with pytest.raises(DocumentError) as refusal:
        decide_text(text)
    assert str(refusal.value) == message


def test_an_odd_key_is_named_without_harm() -> None:
    odd = _changed("notes", 1)
    odd["a\nb\ud800"] = odd.pop("notes")
    with pytest.raises(DocumentError) as refusal:
        decide_text(json.dumps(odd).encode())
    assert refusal.value.field == r'"a\nb\ud800"'


def test_a_byte_order_mark_and_an_empty_list_are_accepted() -> None:
    assert decide_text(b"\xef\xbb\xbf[]") == "[]\n"


def test_a_lone_surrogate_in_an_id_comes_back_as_it_went_in() -> None:
    made = _changed("episode.id", "\ud800")
    assert decide_text(json.dumps(made).encode()).startswith(r'{"episode": "\ud800"')
