"""Segments and signatures, against Twilio's published vectors."""

import pytest
from twilio.request_validator import RequestValidator

from simulator.segments import count_segments
from simulator.signature import sign

URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
FORM = {
    "CallSid": "CA1234567890ABCDE",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
    "Caller": "+14158675309",
}
TEXT = {
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


@pytest.mark.parametrize(
    ("body", "segments"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("a" * 158 + "€", 1),
        ("a" * 159 + "€", 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("á" * 70, 1),
        ("á" * 71, 2),
        ("á" * 134, 2),
        ("á" * 135, 3),
        ("á" * 68 + "😀", 1),
        ("á" * 69 + "😀", 2),
        ("á" * 66 + "😀" + "á" * 66, 3),
        ("", 1),
        ("ñÑéÉàèìòùüÜöä¿¡" * 4, 1),
    ],
)
def test_segments_are_counted_as_by_twilio(body, segments):
    assert count_segments(body) == segments


@pytest.mark.parametrize(
    ("url", "params", "expected"),
    [
        pytest.param(URL, FORM, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", id="form"),
        pytest.param(
            URL + "#ct=2000&rc=3", FORM, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", id="fragment is not signed"
        ),
        pytest.param(
            URL,
            {"Sid": "CA123", "SidAccount": "AC123", "Digits": ["5678", "1234", "1234"]},
            "IK+Dwps556ElfBT0I3Rgjkr1wJU=",
            id="repeated key",
        ),
        pytest.param(
            URL.replace("https", "http").replace(".com", ".com:1234"),
            FORM,
            "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=",
            id="http with port",
        ),
        pytest.param(
            URL.replace(".com", ".com:443"), FORM, "kvajT1Ptam85bY51eRf/AJRuM3w=", id="signed with its port"
        ),
        pytest.param(
            "https://rtm.example.com/sms/twilio/inbound/", TEXT, "GGraqZjHz6UzqP1+4iAtVcgaSj0=", id="text"
        ),
    ],
)
def test_signatures_are_twilios(url, params, expected):
    assert sign("12345", url=url, params=params) == expected


def test_the_official_validator_accepts_a_signature_with_a_query():
    url = "http://127.0.0.1:8000/webhooks/twilio/status/key/?m=0190-x&n=%C3%A9"
    assert RequestValidator("t").validate(url, TEXT, sign("t", url=url, params=TEXT))
