"""Both sides against Twilio's OpenAPI document: what the official client asks, what the simulator answers."""

import json
import os
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import requests
from openapi_core import OpenAPI
from openapi_core.contrib.requests import RequestsOpenAPIRequest
from openapi_core.testing import MockResponse
from twilio.rest import Client

from tests.simulator.server import ROOT, RedirectingHttpClient

SPEC = Path(
    os.environ.get("DAYBOOK_TWILIO_SPEC") or ROOT.parent / "shared" / "data" / "twilio_messages_openapi.json"
)
TWILIO = "https://api.twilio.com"
ONLY_IN_THE_SDK = {"MessageIntent"}


@pytest.fixture(scope="module")
def document():
    if not SPEC.exists():
        pytest.skip("not present, skipped")
    return json.loads(SPEC.read_text(encoding="utf-8"))


@pytest.fixture
def checked(document, simulator, clinic):
    """The official client; every request and answer on its way is held against the document."""
    # Two MediaUrl are refused unless the document says how lists are written in forms.
    create = document["paths"]["/2010-04-01/Accounts/{AccountSid}/Messages.json"]["post"]
    form = create["requestBody"]["content"]["application/x-www-form-urlencoded"]
    form["encoding"] = {"MediaUrl": {"style": "form", "explode": True}}
    transport = CheckingHttpClient(simulator.base_url, OpenAPI.from_dict(document), document, timeout=5)
    client = Client(clinic.sid, clinic.token, http_client=transport)
    client.transport = transport
    return client


class CheckingHttpClient(RedirectingHttpClient):
    """Checks each exchange; `exchanges` counts them."""

    def __init__(self, base_url, openapi, document, **options):
        super().__init__(base_url, **options)
        self.openapi = openapi
        self.document = document
        self.exchanges = []

    def request(self, method, url, params=None, data=None, headers=None, auth=None, **options):
        assert url.startswith(TWILIO)
        asked = requests.Request(method, url, params=params, data=data, headers=headers, auth=auth)
        request = RequestsOpenAPIRequest(asked.prepare())
        self.openapi.validate_request(request)
        response = super().request(
            method, url, params=params, data=data, headers=headers, auth=auth, **options
        )
        body = asked.prepare().body or b""
        self.check_names(method, request.path, body if isinstance(body, str) else body.decode())
        self.check_answer(request, response)
        self.exchanges.append((method, response.status_code))
        return response

    def check_names(self, method, path, body):
        """Openapi-core lets misspelt form fields pass."""
        if method != "POST":
            return
        template = "Messages.json" if path.endswith("Messages.json") else "Messages/{Sid}.json"
        if "Feedback" in path:
            template = "Messages/{MessageSid}/Feedback.json"
        post = self.document["paths"]["/2010-04-01/Accounts/{AccountSid}/" + template]["post"]
        schema = post["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
        assert set(parse_qs(body, keep_blank_values=True)) <= set(schema["properties"]) | ONLY_IN_THE_SDK

    def check_answer(self, request, response):
        content = response.text.encode() if response.text else b""
        answer = MockResponse(content, status_code=response.status_code, content_type="application/json")
        self.openapi.validate_response(request, answer)
        if not content:
            return
        found = json.loads(content)
        properties = self.document["components"]["schemas"]["api.v2010.account.message"]["properties"]
        for text in found.get("messages", [found] if "num_segments" in found else []):
            assert set(text) == set(properties)
            for name in ("date_created", "date_updated", "date_sent"):
                assert text[name] is None or parsedate_to_datetime(text[name]).tzinfo is not None


def test_every_operation_keeps_to_the_document(checked, simulator, clinic):
    text = checked.messages.create(
        to=clinic.phone,
        from_=clinic.line,
        body="Pain 0 to 10?",
        status_callback="http://127.0.0.1:9/status/?m=1",
        validity_period=3600,
        smart_encoded=True,
        content_retention="retain",
        risk_check="disable",
        message_intent="notifications",
    )
    simulator.wait_for_log("delivered")
    checked.messages(text.sid).fetch()
    checked.messages(text.sid).update(body="")
    checked.messages(text.sid).feedback.create(outcome="confirmed")
    scheduled = checked.messages.create(
        to=clinic.phone,
        messaging_service_sid=clinic.service,
        body="Later",
        schedule_type="fixed",
        send_at=datetime.now(UTC) + timedelta(days=1),
    )
    checked.messages(scheduled.sid).update(status="canceled")
    media = checked.messages.create(
        to=clinic.phone,
        from_=clinic.line,
        media_url=["https://example.com/a.png", "https://example.com/b.png"],
    )
    item = checked.messages(media.sid).media.list()[0]
    checked.messages(media.sid).media(item.sid).fetch()
    checked.messages(media.sid).media(item.sid).delete()
    checked.messages(text.sid).delete()
    methods = [method for method, status in checked.transport.exchanges]
    assert (methods.count("POST"), methods.count("GET"), methods.count("DELETE")) == (6, 3, 2)


def test_lists_keep_to_the_document(checked, simulator, clinic):
    for number in range(5):
        checked.messages.create(to=clinic.phone, from_=clinic.line, body=str(number))
    simulator.text(sender=clinic.phone, to=clinic.line, body="6", media=1)
    simulator.text(sender=clinic.phone, to=clinic.line, body="HELP")
    simulator.wait_for_log("delivered", count=6)
    assert len(checked.messages.list(page_size=2)) == 8
    now = datetime.now(UTC)
    assert checked.messages.list(to=clinic.phone, date_sent_after=now - timedelta(days=1), page_size=1000)
    assert checked.messages.list(from_=clinic.phone, date_sent_before=now + timedelta(days=1))


@pytest.mark.parametrize(
    "outcome", ["delivered", "undelivered", "failed", "sent", "off"], ids=lambda outcome: f"phone {outcome}"
)
def test_every_status_keeps_to_the_document(checked, simulator, clinic, outcome):
    simulator.set_phone(clinic.phone, outcome=outcome)
    simulator.tune(delay_min=0.2, delay_max=0.3)
    for options in ({"from_": clinic.line}, {"messaging_service_sid": clinic.service}):
        text = checked.messages.create(to=clinic.phone, body="a", **options)
        seen = set()
        for _ in range(12):
            seen.add(checked.messages(text.sid).fetch().status)
        assert seen


def test_the_check_itself_refuses_what_is_wrong(document):
    openapi = OpenAPI.from_dict(document)
    account = f"{TWILIO}/2010-04-01/Accounts/AC{'a' * 32}/Messages.json"
    missing = requests.Request("POST", account, data={"Body": "x"}, auth=("AC", "t")).prepare()
    with pytest.raises(Exception, match="body"):
        openapi.validate_request(RequestsOpenAPIRequest(missing))
    listing = RequestsOpenAPIRequest(requests.Request("GET", account, auth=("AC", "t")).prepare())
    wrong = MockResponse(
        json.dumps({"messages": [{"status": "bogus"}]}).encode(),
        status_code=200,
        content_type="application/json",
    )
    with pytest.raises(Exception, match="bogus"):
        openapi.validate_response(listing, wrong)
