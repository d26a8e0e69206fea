"""Every fault kind: what the caller meets, and what was accepted all the same."""

import time
from pathlib import Path

import pytest
import requests
from requests.exceptions import ConnectionError as ConnectionFailed
from requests.exceptions import ReadTimeout
from twilio.base.exceptions import TwilioException, TwilioRestException

from simulator.faults import KINDS


def send(clinic, **options):
    return clinic.client.messages.create(to=clinic.phone, from_=clinic.line, body="Pain?", **options)


def impatient(simulator, clinic, *, timeout=0.4):
    client = simulator.client(clinic.sid, clinic.token, timeout=timeout)
    return client.messages.create(to=clinic.phone, from_=clinic.line, body="Pain?")


def refused_code(clinic):
    with pytest.raises(TwilioRestException) as caught:
        send(clinic)
    return caught.value.status, caught.value.code


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"kind": "rate_limit"}, (429, 20429)),
        ({"kind": "error_before"}, (500, 20500)),
        ({"kind": "hang_before", "seconds": 0.2}, (500, 20500)),
        ({"kind": "refuse", "code": 21612}, (400, 21612)),
        ({"kind": "refuse", "code": 21611}, (400, 21611)),
    ],
    ids=str,
)
def test_faults_before_acceptance(simulator, clinic, fault, expected):
    simulator.set_fault(**fault, count=1)
    assert refused_code(clinic) == expected
    assert not simulator.log("accepted")
    assert send(clinic).sid  # the count is used up


def test_rate_limit_headers(simulator, clinic):
    simulator.set_fault("rate_limit", seconds=3)
    url = f"{simulator.base_url}/2010-04-01/Accounts/{clinic.sid}/Messages.json"
    response = requests.post(url, data={}, auth=(clinic.sid, clinic.token), timeout=10)
    assert response.headers["Retry-After"] == "3"
    assert response.headers["Twilio-Concurrent-Requests"]


def test_reset_before_accepts_nothing(simulator, clinic):
    simulator.set_fault("reset_before", count=1)
    with pytest.raises(ConnectionFailed):
        send(clinic)
    assert not simulator.log("accepted")


def test_error_after_has_accepted(simulator, clinic):
    simulator.set_fault("error_after", count=1)
    assert refused_code(clinic) == (500, 20500)
    assert len(simulator.wait_for_log("delivered")) == 1


def test_hang_after_has_accepted_at_once(simulator, clinic, receiver):
    simulator.set_fault("hang_after", count=1, seconds=1.0)
    with pytest.raises(ReadTimeout):
        impatient(simulator, clinic)
    assert len(simulator.log("accepted")) == 1
    assert simulator.wait_for_log("delivered")


def test_the_callback_names_the_attempt_though_the_answer_never_came(simulator, clinic, receiver):
    simulator.set_fault("hang_after", count=1, seconds=1.0)
    client = simulator.client(clinic.sid, clinic.token, timeout=0.4)
    with pytest.raises(ReadTimeout):
        client.messages.create(
            to=clinic.phone, from_=clinic.line, body="Pain?", status_callback=receiver.url("/s/?m=attempt-7")
        )
    assert receiver.wait(3)[0].url.endswith("?m=attempt-7")


def test_late_accept_comes_after_the_caller_gave_up(simulator, clinic):
    simulator.set_fault("late_accept", count=1, seconds=1.0)
    with pytest.raises(ReadTimeout):
        impatient(simulator, clinic)
    assert not simulator.log("accepted")
    assert len(simulator.wait_for_log("accepted")) == 1


def test_truncated_json_after_acceptance(simulator, clinic):
    simulator.set_fault("truncated", count=1)
    with pytest.raises((TwilioException, ValueError)):
        send(clinic)
    assert len(simulator.log("accepted")) == 1


def test_a_reset_connection_after_acceptance(simulator, clinic):
    simulator.set_fault("reset", count=1)
    with pytest.raises(requests.exceptions.RequestException):
        send(clinic)
    assert len(simulator.log("accepted")) == 1
    assert send(clinic).sid


def test_fail_ends_undelivered_with_the_code(simulator, clinic):
    simulator.set_fault("fail", count=1, code=30007)
    text = send(clinic)
    assert simulator.wait_for_log("undelivered")[0]["code"] == 30007
    assert clinic.client.messages(text.sid).fetch().error_message == "Message filtered"


def test_duplicate_callbacks_share_their_token(simulator, clinic, receiver):
    simulator.set_fault("duplicate", count=1, copies=5)
    text = send(clinic, status_callback=receiver.url())
    received = receiver.wait(7, sid=text.sid)
    doubled = [item for item in received if item.params["MessageStatus"] == "sending"]
    assert len(doubled) == 5
    assert len({item.idempotency_token for item in doubled}) == 1


def test_shuffled_callbacks_come_last_first(simulator, clinic, receiver):
    simulator.set_fault("shuffle", seconds=0.6)
    text = send(clinic, status_callback=receiver.url())
    received = receiver.wait(3, sid=text.sid)
    assert [item.params["MessageStatus"] for item in received] == ["delivered", "sent", "sending"]


def test_dropped_callbacks(simulator, clinic, receiver):
    simulator.set_fault("drop", count=2)
    text = send(clinic, status_callback=receiver.url())
    assert [item.params["MessageStatus"] for item in receiver.wait(1, sid=text.sid)] == ["delivered"]
    assert [line["status"] for line in simulator.log("callback_dropped")] == ["sending", "sent"]


def test_late_callbacks(simulator, clinic, receiver):
    simulator.set_fault("callback_late", seconds=0.5)
    started = time.monotonic()
    text = send(clinic, status_callback=receiver.url())
    assert receiver.wait(3, sid=text.sid)[0].at - started >= 0.5


def test_bad_signatures(simulator, clinic, receiver):
    simulator.set_fault("bad_signature", count=1)
    text = send(clinic, status_callback=receiver.url())
    received = receiver.wait(3, sid=text.sid)
    assert [item.is_signed_with(clinic.token) for item in received] == [False, True, True]


def test_a_dropped_inbound_is_only_in_the_list(simulator, clinic, receiver):
    simulator.set_fault("inbound_drop", count=1)
    sid = simulator.text(sender=clinic.phone, to=clinic.line, body="6")
    simulator.text(sender=clinic.phone, to=clinic.line, body="7")
    assert [item.params["Body"] for item in receiver.wait(1)] == ["7"]
    assert sid in {text.sid for text in clinic.client.messages.list(to=clinic.line)}


def test_duplicate_inbound(simulator, clinic, receiver):
    simulator.set_fault("inbound_duplicate", count=1, copies=20)
    sid = simulator.text(sender=clinic.phone, to=clinic.line, body="6")
    assert {item.params["MessageSid"] for item in receiver.wait(20)} == {sid}


def test_a_lagging_list_shows_texts_late(simulator, clinic):
    simulator.set_fault("list_lag", seconds=0.7)
    text = send(clinic)
    assert clinic.client.messages.list() == []
    assert clinic.client.messages(text.sid).fetch().sid == text.sid
    time.sleep(0.8)
    assert len(clinic.client.messages.list()) == 1


def test_list_error(simulator, clinic):
    simulator.set_fault("list_error", count=1)
    with pytest.raises(TwilioException, match="HTTP 500"):
        clinic.client.messages.list()
    assert clinic.client.messages.list() == []


def test_a_rate_hits_some_and_always_the_same(simulator, clinic):
    def hits():
        simulator.set_fault("error_before", rate=0.3)
        found = []
        for _ in range(40):
            try:
                send(clinic)
                found.append(False)
            except TwilioRestException:
                found.append(True)
        return found

    first = hits()
    assert 4 <= sum(first) <= 20
    assert hits() == first


def test_a_fault_can_be_limited_to_one_phone(simulator, clinic):
    simulator.set_fault("error_before", phone="+14155550199")
    assert send(clinic).sid
    with pytest.raises(TwilioRestException):
        clinic.client.messages.create(to="+14155550199", from_=clinic.line, body="a")


def test_faults_are_shown_counted_down_and_cleared(simulator, clinic):
    simulator.set_fault("rate_limit", count=2)
    simulator.set_fault("drop", rate=0.5)
    refused_code(clinic)
    shown = simulator.call("GET", "/control/faults")
    assert [(fault["kind"], fault["count"]) for fault in shown["faults"]] == [
        ("drop", None),
        ("rate_limit", 1),
    ]
    assert set(shown["kinds"]) == set(KINDS)
    simulator.set_fault("drop", rate=0)
    simulator.set_fault("rate_limit", count=0)
    assert simulator.call("GET", "/control/faults")["faults"] == []
    assert [line["kind"] for line in simulator.log("fault")] == ["rate_limit"]
    simulator.set_fault("drop")
    simulator.clear_faults()
    assert simulator.call("GET", "/control/faults")["faults"] == []


@pytest.mark.parametrize(
    "document",
    [
        {"kind": "gremlins"},
        {"kind": "drop", "rate": 2},
        {"kind": "drop", "rate": "often"},
        {"kind": "drop", "count": -1},
        {"kind": "drop", "count": 1.5},
        {"kind": "drop", "seconds": -1},
        {"kind": "duplicate", "copies": 51},
        {"kind": "refuse", "code": "x"},
    ],
    ids=str,
)
def test_a_fault_that_does_not_fit_is_refused(simulator, document):
    response = requests.post(f"{simulator.base_url}/control/faults", json=document, timeout=10)
    assert response.status_code == 400
    assert response.json()["error"]


def test_every_kind_is_tested_here(simulator):
    source = Path(__file__).read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f'"{kind}"' not in source] == []
