"""A patient's text: the webhook's fields, keywords, opt-outs, retries, bad input."""

import pytest
import requests
from twilio.base.exceptions import TwilioRestException

from tests.simulator.conftest import register
from tests.simulator.server import free_port

STOP_REPLY = "You have successfully been unsubscribed."


def test_the_webhook_carries_twilios_fields(simulator, clinic, receiver):
    sid = simulator.text(sender=clinic.phone, to=clinic.line, body="6 yes 👍")
    received = receiver.wait(1)[0]
    assert received.params == {
        "MessageSid": sid,
        "SmsSid": sid,
        "SmsMessageSid": sid,
        "AccountSid": clinic.sid,
        "From": clinic.phone,
        "To": clinic.line,
        "Body": "6 yes 👍",
        "NumSegments": "1",
        "NumMedia": "0",
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
        "FromCity": "",
        "FromState": "",
        "FromZip": "",
        "FromCountry": "US",
        "ToCity": "",
        "ToState": "",
        "ToZip": "",
        "ToCountry": "US",
    }
    assert received.is_signed_with(clinic.token)
    assert received.idempotency_token
    assert simulator.wait_for_log("webhook")[0]["http_status"] == 200
    assert clinic.client.messages(sid).fetch().direction == "inbound"


def test_a_number_of_a_service_names_it(simulator, clinic, receiver):
    simulator.text(sender=clinic.phone, to=clinic.service_line, body="6")
    assert receiver.wait(1)[0].params["MessagingServiceSid"] == clinic.service


def test_without_a_line_the_last_conversation_is_meant(simulator, clinic, receiver):
    clinic.client.messages.create(to=clinic.phone, from_=clinic.service_line, body="Pain?")
    simulator.wait_for_log("delivered")
    simulator.text(sender=clinic.phone, body="6")
    assert receiver.wait(1)[0].params["To"] == clinic.service_line


def test_media(simulator, clinic, receiver):
    media = [{"content_type": "image/heic"}, "text/plain", "http://169.254.169.254/latest"]
    sid = simulator.text(sender=clinic.phone, to=clinic.line, body="", media=media)
    params = receiver.wait(1)[0].params
    assert sid.startswith("MM")
    assert params["NumMedia"] == "3"
    assert [params[f"MediaContentType{index}"] for index in range(3)] == [
        "image/heic",
        "text/plain",
        "image/jpeg",
    ]
    assert params["MediaUrl0"].startswith(
        f"{simulator.base_url}/2010-04-01/Accounts/{clinic.sid}/Messages/{sid}/Media/ME"
    )
    assert params["MediaUrl2"] == "http://169.254.169.254/latest"


def test_ten_media(simulator, clinic, receiver):
    simulator.text(sender=clinic.phone, to=clinic.line, media=10)
    assert "MediaUrl9" in receiver.wait(1)[0].params


@pytest.mark.parametrize(
    "body",
    ["", "a" * 1600, "nul\x00nul", "‮override", "line\nbreak\r\n", " padded ", "=HYPERLINK()", "é á 👍🏽"],
)
def test_any_body_arrives_as_it_was_written(simulator, clinic, receiver, body):
    simulator.text(sender=clinic.phone, to=clinic.line, body=body)
    received = receiver.wait(1)[0]
    assert received.params["Body"] == body
    assert received.is_signed_with(clinic.token)


def test_half_an_emoji_becomes_a_question_mark(simulator, clinic, receiver):
    simulator.text(sender=clinic.phone, to=clinic.line, body="x\ud83dy")
    assert receiver.wait(1)[0].params["Body"] == "x?y"


def test_fields_can_be_overridden(simulator, clinic, receiver):
    simulator.text(sender=clinic.phone, to=clinic.line, body="6", fields={"NumMedia": "99", "New": "x"})
    received = receiver.wait(1)[0]
    assert (received.params["NumMedia"], received.params["New"]) == ("99", "x")
    assert received.is_signed_with(clinic.token)


@pytest.mark.parametrize("word", ["STOP", "stop", " Stop ", "END", "Cancel", "REVOKE", "OPTOUT"])
def test_a_stop_word_blocks_and_is_passed_on(simulator, clinic, receiver, word):
    simulator.text(sender=clinic.phone, to=clinic.line, body=word)
    assert receiver.wait(1)[0].params["Body"] == word
    assert "OptOutType" not in receiver.received[0].params
    with pytest.raises(TwilioRestException) as caught:
        clinic.client.messages.create(to=clinic.phone, from_=clinic.line, body="Pain?")
    assert (caught.value.status, caught.value.code) == (400, 21610)
    reply = simulator.wait_for_log("delivered")[0]
    assert reply["body"].startswith(STOP_REPLY)
    assert reply["direction"] == "outbound-reply"


@pytest.mark.parametrize("body", ["stop please", "STOP.", "please stop texting me", "no"])
def test_only_whole_words_block(simulator, clinic, receiver, body):
    simulator.text(sender=clinic.phone, to=clinic.line, body=body)
    receiver.wait(1)
    assert clinic.client.messages.create(to=clinic.phone, from_=clinic.line, body="Pain?").sid


def test_a_second_stop_is_not_answered_again(simulator, clinic, receiver):
    for _ in range(2):
        simulator.text(sender=clinic.phone, to=clinic.line, body="STOP")
    receiver.wait(2)
    assert len(simulator.log("canned_reply")) == 1


@pytest.mark.parametrize("word", ["START", "Yes", "unstop"])
def test_a_start_word_lifts_the_block(simulator, clinic, word):
    simulator.text(sender=clinic.phone, to=clinic.line, body="STOP")
    simulator.text(sender=clinic.phone, to=clinic.line, body=word)
    assert clinic.client.messages.create(to=clinic.phone, from_=clinic.line, body="Pain?").sid
    assert [line["keyword"] for line in simulator.log("canned_reply")] == ["STOP", "START"]
    assert [line["event"] for line in simulator.log("opted_out", "opted_in")] == ["opted_out", "opted_in"]


def test_yes_to_a_question_meets_the_opt_in_reply(simulator, clinic, receiver):
    simulator.text(sender=clinic.phone, to=clinic.line, body="YES")
    assert simulator.wait_for_log("canned_reply")[0]["keyword"] == "START"
    register(simulator, receiver, opt_out={"start_reply_always": False})
    simulator.text(sender=clinic.phone, to=clinic.line, body="YES")
    assert len(simulator.log("canned_reply")) == 1


def test_help_is_answered_and_passed_on(simulator, clinic, receiver):
    simulator.text(sender=clinic.phone, to=clinic.line, body="help")
    assert receiver.wait(1)[0].params["Body"] == "help"
    assert simulator.log("canned_reply")[0]["body"].startswith("Reply STOP")


def test_the_block_is_per_number_or_service(simulator, clinic):
    simulator.add_account(
        sid=clinic.sid,
        auth_token=clinic.token,
        numbers=[{"number": "+16175550102", "messaging_service_sid": clinic.service}],
    )
    simulator.text(sender=clinic.phone, to=clinic.service_line, body="STOP")
    create = clinic.client.messages.create
    assert create(to=clinic.phone, from_=clinic.line, body="a").sid
    assert create(to="+14155550199", messaging_service_sid=clinic.service, body="a").sid
    for options in ({"messaging_service_sid": clinic.service}, {"from_": "+16175550102"}):
        with pytest.raises(TwilioRestException) as caught:
            create(to=clinic.phone, body="a", **options)
        assert caught.value.code == 21610


def test_advanced_opt_out_uses_its_own_words_and_tells_the_webhook(simulator, clinic, receiver):
    register(
        simulator,
        receiver,
        opt_out={
            "advanced": True,
            "stop": ["STOP", "ALTO", "BAJA"],
            "start": ["START"],
            "stop_reply": "Clinic: no more texts.",
        },
    )
    for body in ("ALTO", "YES", "Cancel", "START"):
        simulator.text(sender=clinic.phone, to=clinic.line, body=body)
    kinds = {item.params["Body"]: item.params.get("OptOutType") for item in receiver.wait(4)}
    assert kinds == {"ALTO": "STOP", "YES": None, "Cancel": None, "START": "START"}
    assert simulator.log("canned_reply")[0]["body"] == "Clinic: no more texts."


def test_the_filter_can_be_off(simulator, clinic, receiver):
    register(simulator, receiver, opt_out={"enabled": False})
    simulator.text(sender=clinic.phone, to=clinic.line, body="STOP")
    receiver.wait(1)
    assert clinic.client.messages.create(to=clinic.phone, from_=clinic.line, body="a").sid
    assert not simulator.log("canned_reply")


def test_toll_free_numbers_have_their_own_layer(simulator, clinic):
    line = "+18885550100"
    simulator.add_account(
        sid=clinic.sid, auth_token=clinic.token, numbers=[{"number": line}], opt_out={"enabled": False}
    )
    for body in ("CANCEL", "STOP", "YES", "HELP", "UNSTOP"):
        simulator.text(sender=clinic.phone, to=line, body=body)
    replies = simulator.log("canned_reply")
    assert [item["keyword"] for item in replies] == ["STOP", "START"]
    assert replies[0]["body"].startswith("NETWORK MSG")


def test_a_failed_webhook_connection_is_retried_with_one_token(simulator, clinic):
    simulator.add_account(
        sid=clinic.sid,
        auth_token=clinic.token,
        numbers=[{"number": clinic.line, "inbound_url": f"http://127.0.0.1:{free_port()}/in/"}],
    )
    simulator.text(sender=clinic.phone, to=clinic.line, body="6")
    lines = simulator.wait_for_log("webhook", count=2)
    assert [line["result"] for line in lines] == ["connect_failed", "connect_failed"]
    assert len({line["idempotency_token"] for line in lines}) == 1


def test_the_fallback_gets_what_the_webhook_refused(simulator, clinic, receiver):
    simulator.add_account(
        sid=clinic.sid,
        auth_token=clinic.token,
        numbers=[
            {
                "number": clinic.line,
                "inbound_url": receiver.url("/in/") + "#rc=2&rp=5xx",
                "fallback_url": receiver.url("/spool/"),
            }
        ],
    )
    receiver.statuses = [500, 500, 500]
    simulator.text(sender=clinic.phone, to=clinic.line, body="6")
    received = receiver.wait(4)
    assert [item.url for item in received] == [receiver.url("/in/")] * 3 + [receiver.url("/spool/")]
    assert received[3].params["ErrorCode"] == "11200"
    assert received[3].is_signed_with(clinic.token)


def test_a_replay_is_the_same_text_with_another_token(simulator, clinic, receiver):
    sid = simulator.text(sender=clinic.phone, to=clinic.line, body="6")
    receiver.wait(1)
    simulator.call("POST", "/control/replays", {"sid": sid})
    first, second = receiver.wait(2)
    assert first.params == second.params
    assert first.signature == second.signature
    assert first.idempotency_token != second.idempotency_token


@pytest.mark.parametrize(
    ("document", "status"),
    [
        ({"from": "+14155550123", "to": "+16175559999", "body": "6"}, 404),
        ({"from": "+14155550123", "body": "6"}, 404),
        ({"from": "Maria", "to": "+16175550100", "body": "6"}, 400),
        ({"from": "+14155550123", "to": "+16175550100", "body": 6}, 400),
        ({"from": "+14155550123", "to": "+16175550100", "media": "x"}, 400),
        ([], 400),
    ],
    ids=str,
)
def test_a_text_that_does_not_fit_is_refused_in_words(simulator, clinic, document, status):
    response = requests.post(f"{simulator.base_url}/control/texts", json=document, timeout=10)
    assert response.status_code == status
    assert response.json()["error"].endswith(".")
    assert not simulator.log("inbound")


def test_a_number_without_webhook_keeps_the_text_in_the_list(simulator, clinic):
    simulator.add_account(sid=clinic.sid, auth_token=clinic.token, numbers=[{"number": "+16175550103"}])
    simulator.text(sender=clinic.phone, to="+16175550103", body="6")
    assert simulator.log("webhook_missing")
    assert clinic.client.messages.list(to="+16175550103")[0].body == "6"
