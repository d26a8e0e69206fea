"""Status callbacks: order, fields, signature, outcomes, retries; and no call leaves this machine."""

import pytest

from tests.simulator.server import free_port


def send(clinic, callback=None, **options):
    options.setdefault("from_", clinic.line)
    extra = {"status_callback": callback} if callback else {}
    return clinic.client.messages.create(to=clinic.phone, body="Pain?", **extra, **options)


def statuses(received):
    return [item.params["MessageStatus"] for item in received]


def test_callbacks_come_in_order_and_signed(clinic, receiver):
    url = receiver.url("/status/key/?m=0190a-attempt")
    text = send(clinic, url)
    received = receiver.wait(3, sid=text.sid)
    assert statuses(received) == ["sending", "sent", "delivered"]
    assert all(item.url == url for item in received)
    assert all(item.is_signed_with(clinic.token) for item in received)
    assert received[0].params == {
        "MessageSid": text.sid,
        "SmsSid": text.sid,
        "MessageStatus": "sending",
        "SmsStatus": "sending",
        "To": clinic.phone,
        "From": clinic.line,
        "AccountSid": clinic.sid,
        "ApiVersion": "2010-04-01",
    }
    assert received[0].content_type.startswith("application/x-www-form-urlencoded")
    assert len({item.idempotency_token for item in received}) == 3
    assert received[2].params["RawDlrDoneDate"].isdigit()


def test_a_service_also_calls_back_queued(clinic, receiver):
    text = clinic.client.messages.create(
        to=clinic.phone, messaging_service_sid=clinic.service, body="a", status_callback=receiver.url()
    )
    received = receiver.wait(4, sid=text.sid)
    assert statuses(received) == ["queued", "sending", "sent", "delivered"]
    assert received[0].params["MessagingServiceSid"] == clinic.service
    assert received[0].params["From"] == clinic.service_line


def test_the_journey_takes_the_time_it_is_given(simulator, clinic, receiver):
    simulator.tune(delay_min=0.6, delay_max=0.9)
    text = send(clinic, receiver.url())
    received = receiver.wait(3, sid=text.sid)
    assert received[-1].at - received[0].at > 0.2  # spread out, not all at the end
    line = simulator.log("delivered")[0]
    accepted = simulator.log("accepted")[0]
    assert 0.6 <= line["at"] - accepted["at"] < 5.0


@pytest.mark.parametrize(
    ("phone", "expected", "code"),
    [
        ({"outcome": "undelivered"}, ["sending", "sent", "undelivered"], "30003"),
        ({"outcome": "undelivered", "error_code": 30007}, ["sending", "sent", "undelivered"], "30007"),
        ({"outcome": "failed"}, ["failed"], "30008"),
        ({"outcome": "failed", "error_code": 30034}, ["failed"], "30034"),
    ],
)
def test_a_phone_decides_how_its_texts_end(simulator, clinic, receiver, phone, expected, code):
    simulator.set_phone(clinic.phone, **phone)
    text = send(clinic, receiver.url())
    received = receiver.wait(len(expected), sid=text.sid)
    assert statuses(received) == expected
    assert received[-1].params["ErrorCode"] == code
    assert received[-1].params["ErrorMessage"]
    assert str(clinic.client.messages(text.sid).fetch().error_code) == code
    assert not simulator.log("delivered")


def test_sent_can_be_the_last_word(simulator, clinic, receiver):
    simulator.set_phone(clinic.phone, outcome="sent")
    text = send(clinic, receiver.url())
    assert statuses(receiver.wait(2, sid=text.sid)) == ["sending", "sent"]
    assert clinic.client.messages(text.sid).fetch().status == "sent"


def test_the_numbers_own_callback_is_the_default(simulator, clinic, receiver):
    simulator.add_account(
        sid=clinic.sid,
        auth_token=clinic.token,
        numbers=[{"number": clinic.line, "status_callback": receiver.url("/default/")}],
    )
    text = send(clinic)
    assert receiver.wait(3, sid=text.sid)[0].url == receiver.url("/default/")


def test_a_new_token_signs_from_then_on(simulator, clinic, receiver):
    simulator.add_account(sid=clinic.sid, auth_token="new-token")
    text = simulator.client(clinic.sid, "new-token").messages.create(
        to=clinic.phone, from_=clinic.line, body="a", status_callback=receiver.url()
    )
    received = receiver.wait(3, sid=text.sid)[0]
    assert received.is_signed_with("new-token")
    assert not received.is_signed_with(clinic.token)


def test_a_failed_connection_is_retried_once(simulator, clinic):
    send(clinic, f"http://127.0.0.1:{free_port()}/status/")
    lines = simulator.wait_for_log("callback", count=6)
    first = [line for line in lines if line["status"] == "sending"]
    assert [(line["attempt"], line["result"]) for line in first] == [
        (1, "connect_failed"),
        (2, "connect_failed"),
    ]
    assert len({line["idempotency_token"] for line in first}) == 1


def test_a_500_is_not_retried_by_default(simulator, clinic, receiver):
    receiver.status = 500
    text = send(clinic, receiver.url())
    receiver.wait(3, sid=text.sid)
    lines = simulator.wait_for_log("callback", count=3)
    assert [(line["attempt"], line["http_status"]) for line in lines] == [(1, 500)] * 3


def test_overrides_in_the_fragment_retry_a_500_with_the_same_token(clinic, receiver):
    receiver.statuses = [500, 503]
    text = send(clinic, receiver.url("/status/?m=1") + "#rc=3&rp=5xx")
    received = receiver.wait(5, sid=text.sid)
    assert statuses(received) == ["sending", "sending", "sending", "sent", "delivered"]
    assert len({item.idempotency_token for item in received[:3]}) == 1
    assert all(item.is_signed_with(clinic.token) for item in received)


def test_a_slow_answer_is_given_up(simulator, clinic, receiver):
    receiver.seconds = 0.6
    send(clinic, receiver.url() + "#rt=200")
    assert simulator.wait_for_log("callback", count=3)[0]["result"] == "read_timeout"


@pytest.mark.parametrize(
    "url",
    ["http://example.com/x", "http://10.0.0.1/x", "https://127.0.0.1/x", "http://127.0.0.1.example.com/x"],
)
def test_no_call_leaves_this_machine(simulator, clinic, url):
    send(clinic, url)
    assert {line["result"] for line in simulator.wait_for_log("callback", count=3)} == {"refused"}


def test_many_texts_keep_their_own_order(simulator, clinic, receiver):
    texts = [send(clinic, receiver.url(f"/s/?m={number}")) for number in range(20)]
    receiver.wait(60)
    for text in texts:
        found = [item for item in receiver.received if item.params["MessageSid"] == text.sid]
        assert statuses(found) == ["sending", "sent", "delivered"]
    assert len(simulator.wait_for_log("delivered", count=20)) == 20
