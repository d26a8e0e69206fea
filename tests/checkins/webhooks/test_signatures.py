"""The signature check against the carrier's published vectors and its own library."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given
from hypothesis import settings as of_hypothesis
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from checkins.gateways.signatures import is_signed, sign

TOKEN = "12345"
URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
CALL = {
    "CallSid": ["CA1234567890ABCDE"],
    "Digits": ["1234"],
    "From": ["+14158675309"],
    "To": ["+18005551212"],
    "Caller": ["+14158675309"],
}
REPEATED = {"Sid": ["CA123"], "SidAccount": ["AC123"], "Digits": ["5678", "1234", "1234"]}
SMS = {
    "AccountSid": "AC" + "a" * 32,
    "ApiVersion": "2010-04-01",
    "Body": "6 yes did them 👍 é",
    "From": "+14155550123",
    "FromCity": "SAN FRANCISCO",
    "FromCountry": "US",
    "FromState": "CA",
    "FromZip": "94107",
    "MessageSid": "SM" + "1" * 32,
    "SmsSid": "SM" + "1" * 32,
    "SmsMessageSid": "SM" + "1" * 32,
    "MessagingServiceSid": "MG" + "2" * 32,
    "NumMedia": "0",
    "NumSegments": "1",
    "SmsStatus": "received",
    "To": "+15005550006",
    "ToCity": "",
    "ToCountry": "US",
    "ToState": "CA",
    "ToZip": "",
}


# The values are those of the official library's own tests (twilio-python 9.13.0), and one of a text's shape.
@pytest.mark.parametrize(
    ("url", "fields", "expected"),
    [
        (URL, CALL, "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
        (URL, REPEATED, "IK+Dwps556ElfBT0I3Rgjkr1wJU="),
        ("http://mycompany.com:1234/myapp.php?foo=1&bar=2", CALL, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
        ("https://mycompany.com:443/myapp.php?foo=1&bar=2", CALL, "kvajT1Ptam85bY51eRf/AJRuM3w="),
        ("http://mycompany.com:80/myapp.php?foo=1&bar=2", CALL, "0ZXoZLH/DfblKGATFgpif+LLRf4="),
        (
            "https://rtm.example.com/sms/twilio/inbound/",
            {name: [value] for name, value in SMS.items()},
            "GGraqZjHz6UzqP1+4iAtVcgaSj0=",
        ),
    ],
    ids=["form", "repeated key", "other port", "port 443", "port 80", "a text with emoji and blanks"],
)
def test_published_vectors(url: str, fields: dict[str, list[str]], expected: str) -> None:
    assert sign(url, fields, token=TOKEN) == expected
    assert is_signed(url, fields, given=expected, tokens=[TOKEN])


def test_any_of_the_accepted_tokens_fits_and_no_other() -> None:
    given_one = sign(URL, CALL, token="old")
    assert is_signed(URL, CALL, given=given_one, tokens=["new", "old"])
    assert not is_signed(URL, CALL, given=given_one, tokens=["new", "older"])
    assert not is_signed(URL, CALL, given=given_one, tokens=[])


@pytest.mark.parametrize("wrong", ["", " ", "RSOYDt4T1cUTdK1PDd93/VVr8B8", "rsoydt4t1cutdk1pdd93/vvr8b8="])
def test_an_empty_cut_or_changed_signature_never_fits(wrong: str) -> None:
    assert not is_signed(URL, CALL, given=wrong, tokens=[TOKEN])


@given(
    fields=st.dictionaries(
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=12),
        st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=1, max_size=3),
        max_size=6,
    ),
    token=st.text("0123456789abcdef", min_size=1, max_size=40),
)
@of_hypothesis(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_it_agrees_with_the_official_library_on_any_form(fields: dict[str, list[str]], token: str) -> None:
    form = QueryDict(mutable=True)
    for name, values in fields.items():
        form.setlist(name, values)
    assert sign(URL, fields, token=token) == RequestValidator(token).compute_signature(URL, form)
