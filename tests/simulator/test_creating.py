"""Creating texts: the answer's shape, the errors, the magic numbers."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
import requests
from twilio.base.exceptions import TwilioRestException

from tests.simulator.conftest import register

NUMBERS_AS_TEXTS = f'{{"sid": "AC{"a" * 32}", "auth_token": "t", "numbers": ["+16175550100"]}}'


def create(simulator, clinic, **fields):
    """Post a form as it stands; returns the response."""
    form = {"To": clinic.phone, "From": clinic.line, "Body": "Pain 0 to 10?", **fields}
    return requests.post(
        f"{simulator.base_url}/2010-04-01/Accounts/{clinic.sid}/Messages.json",
        data={name: value for name, value in form.items() if value is not None},
        auth=(clinic.sid, clinic.token),
        timeout=10,
    )


def test_a_text_by_number_is_queued_with_twilios_shape(simulator, clinic):
    response = create(simulator, clinic)
    document = response.json()
    assert response.status_code == 201
    assert document == {
        "account_sid": clinic.sid,
        "api_version": "2010-04-01",
        "body": "Pain 0 to 10?",
        "date_created": document["date_created"],
        "date_sent": None,
        "date_updated": document["date_created"],
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": clinic.line,
        "messaging_service_sid": None,
        "num_media": "0",
        "num_segments": "1",
        "price": None,
        "price_unit": "USD",
        "sid": document["sid"],
        "status": "queued",
        "subresource_uris": {
            "media": f"/2010-04-01/Accounts/{clinic.sid}/Messages/{document['sid']}/Media.json"
        },
        "to": clinic.phone,
        "uri": f"/2010-04-01/Accounts/{clinic.sid}/Messages/{document['sid']}.json",
    }
    created = parsedate_to_datetime(document["date_created"])
    assert abs(datetime.now(UTC) - created) < timedelta(seconds=5)


def test_a_text_by_service_is_accepted_without_sender_or_segments(clinic):
    text = clinic.client.messages.create(to=clinic.phone, messaging_service_sid=clinic.service, body="á" * 71)
    assert (text.status, text.from_, text.num_segments) == ("accepted", None, "0")
    assert text.messaging_service_sid == clinic.service


def test_the_service_picks_a_sender_and_counts_segments(simulator, clinic):
    text = clinic.client.messages.create(to=clinic.phone, messaging_service_sid=clinic.service, body="á" * 71)
    simulator.wait_for_log("delivered")
    fetched = clinic.client.messages(text.sid).fetch()
    assert (fetched.from_, fetched.num_segments, fetched.status) == (clinic.service_line, "2", "delivered")
    assert fetched.price == "-0.01580"


def test_media_makes_an_mm_sid(clinic):
    text = clinic.client.messages.create(
        to=clinic.phone,
        from_=clinic.line,
        media_url=["https://example.com/a.png", "https://example.com/b.png"],
    )
    assert text.sid.startswith("MM")
    assert text.num_media == "2"


@pytest.mark.parametrize(
    ("fields", "code", "status"),
    [
        ({"To": None}, 21604, 400),
        ({"To": "555"}, 21211, 400),
        ({"To": "+1415555012"}, 21211, 400),
        ({"To": "+10155550123"}, 21211, 400),
        ({"To": "+442071838750"}, 21408, 400),
        ({"From": None}, 21603, 400),
        ({"From": "Clinic"}, 21212, 400),
        ({"From": "+16175550199"}, 21606, 400),
        ({"To": "+16175550100"}, 21211, 400),
        ({"Body": None}, 21602, 400),
        ({"Body": ""}, 21602, 400),
        ({"Body": "a" * 1601}, 21617, 400),
        ({"MessagingServiceSid": "MG123", "From": None}, 21701, 400),
        ({"MessagingServiceSid": "MG" + "9" * 32, "From": None}, 21703, 400),
        ({"MessagingServiceSid": "MG" + "b" * 32}, 21606, 400),
        ({"StatusCallback": "not a url"}, 21609, 400),
        ({"StatusCallback": "http://my_host/x"}, 21609, 400),
        ({"StatusCallback": "http://127.0.0.1:99999/x"}, 21609, 400),
        ({"ValidityPeriod": "0"}, 21624, 400),
        ({"ValidityPeriod": "36001"}, 21624, 400),
        ({"ValidityPeriod": "soon"}, 21624, 400),
        ({"MediaUrl": "ftp://example.com/a"}, 21620, 400),
        ({"MediaUrl": ["https://example.com/a"] * 11}, 21623, 400),
        ({"ScheduleType": "fixed", "SendAt": "2030-01-01T00:00:00Z"}, 35118, 400),
        ({"ContentRetention": "maybe"}, 20001, 400),
        ({"SmartEncoded": "yes"}, 20001, 400),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_does_not_fit_is_refused_with_twilios_code(simulator, clinic, fields, code, status):
    response = create(simulator, clinic, **fields)
    document = response.json()
    assert (response.status_code, document["code"]) == (status, code)
    assert set(document) == {"code", "message", "more_info", "status"}
    assert document["more_info"] == f"https://www.twilio.com/docs/errors/{code}"
    assert document["status"] == status
    assert [line["code"] for line in simulator.log("refused")] == [code]
    assert not simulator.log("accepted")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"From": "+15005550001"}, 21212),
        ({"From": "+15005550007"}, 21606),
        ({"From": "+15005550008"}, 21611),
        ({"To": "+15005550001"}, 21211),
        ({"To": "+15005550002"}, 21612),
        ({"To": "+15005550003"}, 21408),
        ({"To": "+15005550004"}, 21610),
        ({"To": "+15005550009"}, 21614),
    ],
)
def test_magic_numbers(simulator, clinic, fields, code):
    assert create(simulator, clinic, **fields).json()["code"] == code


def test_the_magic_sender_is_accepted_and_goes_nowhere(simulator, clinic, receiver):
    response = create(simulator, clinic, From="+15005550006", StatusCallback=receiver.url())
    later = create(simulator, clinic, StatusCallback=receiver.url())
    assert (response.status_code, response.json()["status"]) == (201, "queued")
    receiver.wait(3, sid=later.json()["sid"])
    assert {item.params["MessageSid"] for item in receiver.received} == {later.json()["sid"]}


def test_unknown_fields_are_accepted_and_reported(simulator, clinic):
    response = create(simulator, clinic, Boddy="x", MessageIntent="notifications", Tu="y")
    assert response.status_code == 201
    assert simulator.log("unknown_fields")[0]["fields"] == ["Boddy", "Tu"]


@pytest.mark.parametrize(
    ("user", "password"),
    [
        ("AC" + "a" * 32, "wrong"),
        ("AC" + "c" * 32, "secret-token-of-the-account"),
        ("SK" + "d" * 32, "wrong"),
        ("", ""),
    ],
)
def test_wrong_credentials_are_401(simulator, clinic, user, password):
    url = f"{simulator.base_url}/2010-04-01/Accounts/{clinic.sid}/Messages.json"
    response = requests.post(url, data={}, auth=(user, password), timeout=10)
    assert (response.status_code, response.json()["code"]) == (401, 20003)


def test_an_unknown_account_is_401(simulator, clinic):
    with pytest.raises(TwilioRestException) as caught:
        simulator.client("AC" + "f" * 32, "token").messages.create(
            to=clinic.phone, from_=clinic.line, body="a"
        )
    assert (caught.value.status, caught.value.code) == (401, 20003)


def test_no_credentials_at_all_is_401(simulator, clinic):
    url = f"{simulator.base_url}/2010-04-01/Accounts/{clinic.sid}/Messages.json"
    assert requests.get(url, timeout=10).status_code == 401


def test_an_api_key_opens_its_account(simulator, clinic, receiver):
    register(simulator, receiver, api_keys={"SK" + "d" * 32: "key-secret"})
    client = simulator.client("SK" + "d" * 32, "key-secret")
    client.account_sid = clinic.sid
    url = f"{simulator.base_url}/2010-04-01/Accounts/{clinic.sid}/Messages.json"
    response = requests.get(url, auth=("SK" + "d" * 32, "key-secret"), timeout=10)
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("status", "code"), [("suspended", 20005), ("closed", 20003), ("trial", 21608), ("test", None)]
)
def test_the_accounts_status_decides(simulator, clinic, receiver, status, code):
    register(simulator, receiver, status=status)
    assert create(simulator, clinic).json().get("code") == code


def test_a_trial_account_may_text_verified_numbers(simulator, clinic, receiver):
    register(simulator, receiver, status="trial", verified=[clinic.phone])
    assert create(simulator, clinic).status_code == 201


def test_scheduling_needs_300_seconds_to_35_days(simulator, clinic):
    now = datetime.now(UTC)
    codes = [
        create(
            simulator,
            clinic,
            From=None,
            MessagingServiceSid=clinic.service,
            ScheduleType="fixed",
            SendAt=(now + ahead).strftime("%Y-%m-%dT%H:%M:%SZ"),
        ).json()
        for ahead in (timedelta(seconds=290), timedelta(seconds=330), timedelta(days=36))
    ]
    assert [answer.get("code") or answer["status"] for answer in codes] == [35114, "scheduled", 35114]


def test_another_accounts_number_cannot_send(simulator, clinic):
    simulator.add_account(sid="AC" + "e" * 32, auth_token="other", numbers=[{"number": "+16175550155"}])
    assert create(simulator, clinic, From="+16175550155").json()["code"] == 21606


def test_a_phone_can_be_set_to_refuse(simulator, clinic):
    simulator.set_phone(clinic.phone, outcome="landline")
    assert create(simulator, clinic).json()["code"] == 21614
    simulator.set_phone(clinic.phone, outcome="refused", error_code=21612)
    assert create(simulator, clinic).json()["code"] == 21612


def test_a_full_queue_refuses_a_number_and_fails_a_service(simulator, clinic):
    simulator.tune(segments_per_second=0.1, queue_seconds=15)
    numbered = [create(simulator, clinic).json().get("code") for _ in range(4)]
    assert numbered == [None, None, 21611, 21611]  # ten seconds each, fifteen allowed
    for _ in range(4):
        clinic.client.messages.create(to=clinic.phone, messaging_service_sid=clinic.service, body="a")
    assert simulator.wait_for_log("failed")[0]["code"] == 30001


@pytest.mark.parametrize(
    "body", [NUMBERS_AS_TEXTS, "", "null", "[]", "{", '{"sid": "AC1"}', '{"sid": 5, "auth_token": "x"}']
)
def test_a_control_document_that_does_not_fit_is_400(simulator, body):
    response = requests.post(f"{simulator.base_url}/control/accounts", data=body, timeout=10)
    assert response.status_code == 400
    assert response.json()["error"]
