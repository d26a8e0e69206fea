"""Fetching, listing, cancelling, redacting, deleting; media and feedback."""

import time
from datetime import UTC, datetime, timedelta

import pytest
import requests
from twilio.base.exceptions import TwilioRestException

from tests.simulator.test_creating import create


def send(clinic, body="Pain?", **options):
    return clinic.client.messages.create(to=clinic.phone, from_=clinic.line, body=body, **options)


def delivered(simulator, clinic, body="Pain?"):
    text = send(clinic, body)
    simulator.wait_for_log("delivered", where=lambda line: line["sid"] == text.sid)
    return text


def schedule(clinic):
    return clinic.client.messages.create(
        to=clinic.phone,
        messaging_service_sid=clinic.service,
        body="Later",
        schedule_type="fixed",
        send_at=datetime.now(UTC) + timedelta(hours=1),
    )


def test_fetch(clinic):
    text = send(clinic)
    assert clinic.client.messages(text.sid).fetch().body == "Pain?"


@pytest.mark.parametrize("sid", ["SM" + "0" * 32, "SMx"])
def test_an_unknown_text_is_404(clinic, sid):
    with pytest.raises(TwilioRestException) as caught:
        clinic.client.messages(sid).fetch()
    assert (caught.value.status, caught.value.code) == (404, 20404)


def test_another_accounts_text_is_404(simulator, clinic):
    text = send(clinic)
    simulator.add_account(sid="AC" + "e" * 32, auth_token="other")
    with pytest.raises(TwilioRestException) as caught:
        simulator.client("AC" + "e" * 32, "other").messages(text.sid).fetch()
    assert caught.value.status == 404


def test_an_unknown_address_is_twilios_404(simulator):
    response = requests.get(f"{simulator.base_url}/2010-04-01/Calls.json", timeout=10)
    assert (response.status_code, response.json()["code"]) == (404, 20404)


def test_cancel_while_scheduled(simulator, clinic):
    text = schedule(clinic)
    assert text.status == "scheduled"
    assert clinic.client.messages(text.sid).update(status="canceled").status == "canceled"
    assert simulator.log("canceled")[0]["sid"] == text.sid
    with pytest.raises(TwilioRestException) as caught:
        clinic.client.messages(text.sid).update(status="canceled")
    assert (caught.value.status, caught.value.code) == (409, 30409)


def test_what_was_sent_cannot_be_cancelled(simulator, clinic):
    text = delivered(simulator, clinic)
    with pytest.raises(TwilioRestException) as caught:
        clinic.client.messages(text.sid).update(status="canceled")
    assert caught.value.code == 30409


def test_a_scheduled_text_is_sent_when_due(simulator, clinic):
    simulator.tune(schedule_min=0)
    text = clinic.client.messages.create(
        to=clinic.phone,
        messaging_service_sid=clinic.service,
        body="Soon",
        schedule_type="fixed",
        send_at=datetime.now(UTC) + timedelta(seconds=2),
    )
    assert not simulator.log("delivered")
    line = simulator.wait_for_log("delivered")[0]
    assert line["sid"] == text.sid
    assert line["from"] == clinic.service_line


def test_redact(simulator, clinic):
    text = delivered(simulator, clinic)
    assert clinic.client.messages(text.sid).update(body="").body == ""
    assert clinic.client.messages(text.sid).fetch().body == ""


def test_redacting_needs_an_empty_body_and_an_ended_text(simulator, clinic):
    text = delivered(simulator, clinic)
    for fields, status, code in (
        ({"Body": "new"}, 400, 20001),
        ({}, 400, 20001),
        ({"Status": "sent"}, 400, 20001),
    ):
        response = requests.post(
            simulator.base_url + text.uri, data=fields, auth=(clinic.sid, clinic.token), timeout=10
        )
        assert (response.status_code, response.json()["code"]) == (status, code)
    with pytest.raises(TwilioRestException) as caught:
        clinic.client.messages(schedule(clinic).sid).update(body="")
    assert (caught.value.status, caught.value.code) == (409, 20009)


def test_delete(simulator, clinic):
    text = delivered(simulator, clinic)
    assert clinic.client.messages(text.sid).delete()
    with pytest.raises(TwilioRestException) as caught:
        clinic.client.messages(text.sid).fetch()
    assert caught.value.status == 404
    assert simulator.log("deleted")[0]["sid"] == text.sid


def test_list_is_newest_first_and_filters(simulator, clinic):
    first, second = delivered(simulator, clinic, "1"), delivered(simulator, clinic, "2")
    other = clinic.client.messages.create(to="+14155550199", from_=clinic.line, body="3")
    reply = simulator.text(sender=clinic.phone, to=clinic.line, body="4")
    listed = clinic.client.messages.list
    assert [text.body for text in listed()] == ["4", "3", "2", "1"]
    assert [text.sid for text in listed(to=clinic.phone)] == [second.sid, first.sid]
    assert [text.sid for text in listed(from_=clinic.phone)] == [reply]
    assert [text.sid for text in listed(to=clinic.line, from_=clinic.phone)] == [reply]
    assert [text.sid for text in listed(to="+14155550199")] == [other.sid]
    assert listed(to=clinic.line)[0].direction == "inbound"


def test_list_by_date_sent(simulator, clinic):
    delivered(simulator, clinic)
    schedule(clinic)
    listed = clinic.client.messages.list
    now = datetime.now(UTC)
    assert len(listed()) == 2
    assert len(listed(date_sent_after=now - timedelta(hours=1))) == 1
    assert len(listed(date_sent_before=now - timedelta(hours=1))) == 0
    assert (
        len(listed(date_sent_after=now - timedelta(hours=1), date_sent_before=now + timedelta(hours=1))) == 1
    )
    assert len(listed(date_sent=now)) in {0, 1}  # the second it was sent, or the one after
    url = f"{simulator.base_url}/2010-04-01/Accounts/{clinic.sid}/Messages.json"
    for query, count in (
        (f"DateSent={now:%Y-%m-%d}", 1),
        ("DateSent=2020-01-01", 0),
        ("DateSent%3C=2020-01-01", 0),
    ):
        answer = requests.get(f"{url}?{query}", auth=(clinic.sid, clinic.token), timeout=10)
        assert len(answer.json()["messages"]) == count
    bad = requests.get(f"{url}?DateSent=yesterday", auth=(clinic.sid, clinic.token), timeout=10)
    assert (bad.status_code, bad.json()["code"]) == (400, 20001)


def test_pages_follow_the_uri_and_do_not_shift(simulator, clinic):
    for number in range(5):
        create(simulator, clinic, Body=str(number))
    page = clinic.client.messages.page(page_size=2)
    bodies = [text.body for text in page]
    create(simulator, clinic, Body="in between")
    while page := page.next_page():
        bodies += [text.body for text in page]
    assert bodies == ["4", "3", "2", "1", "0"]


def test_pages_lead_back(simulator, clinic):
    for number in range(5):
        create(simulator, clinic, Body=str(number))
    second = clinic.client.messages.page(page_size=2).next_page()
    back = second.previous_page()
    assert [text.body for text in back] == ["4", "3"]


def test_page_size_is_bounded_and_reported(simulator, clinic):
    create(simulator, clinic)
    url = f"{simulator.base_url}/2010-04-01/Accounts/{clinic.sid}/Messages.json"
    for asked, given in (("5000", 1000), ("", 50), ("0", 1)):
        answer = requests.get(f"{url}?PageSize={asked}", auth=(clinic.sid, clinic.token), timeout=10).json()
        assert answer["page_size"] in {given, 50}
        assert answer["next_page_uri"] is None
        assert answer["first_page_uri"].startswith(f"/2010-04-01/Accounts/{clinic.sid}/Messages.json?")
    for query in ("PageSize=many", "PageToken=PAxx&Page=1"):
        answer = requests.get(f"{url}?{query}", auth=(clinic.sid, clinic.token), timeout=10)
        assert (answer.status_code, answer.json()["code"]) == (400, 20001)


def test_the_client_streams_over_many_pages(simulator, clinic):
    for number in range(23):
        create(simulator, clinic, Body=str(number))
    assert len(list(clinic.client.messages.stream(page_size=5))) == 23
    assert len(simulator.log("listed")) == 5


def test_media_of_a_patients_text(simulator, clinic):
    sid = simulator.text(sender=clinic.phone, to=clinic.line, body="", media=["image/png", "text/plain"])
    items = clinic.client.messages(sid).media.list()
    assert [item.content_type for item in items] == ["image/png", "text/plain"]
    assert clinic.client.messages(sid).media(items[0].sid).fetch().parent_sid == sid
    picture = requests.get(
        simulator.base_url + items[0].uri.removesuffix(".json"), auth=(clinic.sid, clinic.token), timeout=10
    )
    assert picture.content.startswith(b"\x89PNG")
    assert clinic.client.messages(sid).media(items[0].sid).delete()
    assert len(clinic.client.messages(sid).media.list()) == 1


def test_media_need_credentials(simulator, clinic, receiver):
    sid = simulator.text(sender=clinic.phone, to=clinic.line, media=1)
    # A text of the test before may still come in: only this one's picture is asked for.
    simulator.wait_for_log("webhook", where=lambda line: line.get("sid") == sid)
    url = next(each.params["MediaUrl0"] for each in receiver.received if each.params["MessageSid"] == sid)
    assert requests.get(url, timeout=10).status_code == 401
    assert requests.get(url, auth=(clinic.sid, clinic.token), timeout=10).status_code == 200


def test_feedback(clinic):
    text = send(clinic)
    assert clinic.client.messages(text.sid).feedback.create(outcome="confirmed").outcome == "confirmed"


def test_a_method_that_is_not_there_is_405(simulator, clinic):
    text = send(clinic)
    for path in (text.uri, f"/2010-04-01/Accounts/{clinic.sid}/Messages.json"):
        answer = requests.put(simulator.base_url + path, auth=(clinic.sid, clinic.token), timeout=10)
        assert (answer.status_code, answer.json()["code"]) == (405, 20004)


def test_validity_runs_out_while_the_phone_is_off(simulator, clinic):
    simulator.set_phone(clinic.phone, outcome="off")
    started = time.monotonic()
    text = send(clinic, validity_period=1)
    line = simulator.wait_for_log("failed", where=lambda item: item["sid"] == text.sid)[0]
    assert line["code"] == 30001
    assert time.monotonic() - started >= 1
    assert clinic.client.messages(text.sid).fetch().error_code == 30001
    assert not simulator.log("delivered")
