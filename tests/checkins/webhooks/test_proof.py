"""Who may call: the practice's own token over exactly this call, on exactly this address."""

import pytest

from checkins import webhooks
from checkins.models import InboundMessage, LineNotice
from checkins.services import line
from networks.scoping import practice_scope
from tests.checkins.webhooks.conftest import ACCOUNT, TOKEN, Carrier
from tests.world import NOW, SYSTEM, World


def notices(kind: str) -> int:
    found = LineNotice.objects.filter(kind=kind).first()
    return found.count if found else 0


def test_a_signed_call_is_stored_and_answered_with_empty_xml(carrier: Carrier) -> None:
    answer = carrier.hears("6 y")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml")
    assert answer.content.endswith(b"<Response/>")
    assert InboundMessage.objects.get().body == "6 y"


@pytest.mark.parametrize("signature", ["", "x", "é", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", "A" * 10_000])
def test_a_wrong_or_missing_signature_is_refused_and_counted(carrier: Carrier, signature: str) -> None:
    answer = carrier.post(carrier.inbound_path, carrier.text(), signature=signature)
    assert answer.status_code == 403
    assert InboundMessage.objects.count() == 0
    assert notices("bad_signature") == 1


def test_a_call_without_the_header_is_refused(carrier: Carrier) -> None:
    answer = carrier.client.post(carrier.inbound_path, carrier.text())
    assert answer.status_code in {403, 415}
    answer = carrier.client.post(
        carrier.inbound_path, "Body=6", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 403


def test_another_token_is_refused(carrier: Carrier) -> None:
    assert carrier.post(carrier.inbound_path, carrier.text(), token="2e" * 16).status_code == 403


def test_a_rotated_token_goes_on_until_the_next_rotation(carrier: Carrier) -> None:
    loop = carrier.loop
    sender = loop.episode.plans.get().sender
    line.accept_token(sender, token="new1" * 8, actor=SYSTEM, now=NOW)
    webhooks.forget_routes()
    for place, token in enumerate((TOKEN, "new1" * 8)):
        fields = carrier.text(sid=f"SM{place:032x}")
        assert carrier.post(carrier.inbound_path, fields, token=token).status_code == 200
    line.accept_token(sender, token="new2" * 8, actor=SYSTEM, now=NOW)
    webhooks.forget_routes()
    assert (
        carrier.post(carrier.inbound_path, carrier.text(sid="SM" + "a" * 32), token=TOKEN).status_code == 403
    )


def test_another_accounts_sid_is_refused_although_signed(carrier: Carrier) -> None:
    other = carrier.text(AccountSid="AC" + "b" * 32)
    assert carrier.post(carrier.inbound_path, other).status_code == 403
    assert carrier.post(carrier.inbound_path, carrier.text(AccountSid="-")).status_code == 403
    twice = "AccountSid=" + ACCOUNT + "&AccountSid=AC" + "b" * 32 + "&Body=6"
    assert carrier.post(carrier.inbound_path, twice).status_code == 403


@pytest.mark.parametrize(
    "change",
    [{"Body": "9 y"}, {"From": "+13125550199"}, {"Extra": "1"}, {"FromCity": "-"}, {"NumMedia": "1"}],
    ids=["body", "sender", "extra", "blank field dropped", "media"],
)
def test_a_changed_parameter_breaks_the_signature(carrier: Carrier, change: dict[str, str]) -> None:
    signed = carrier.text()
    signature = carrier.post(carrier.inbound_path, signed).wsgi_request.headers["X-Twilio-Signature"]
    answer = carrier.post(carrier.inbound_path, carrier.text(**change), signature=signature)
    assert answer.status_code == 403
    assert InboundMessage.objects.count() == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1:8000{path}",
        "http://127.0.0.1{path}",
        "http://localhost:8000{path}",
        "http://127.0.0.1:8000{path}?x=1",
        "http://127.0.0.1:8000{path}#rc=5",
        "http://evil.test{path}",
    ],
    ids=["scheme", "port", "host", "query", "fragment", "other host"],
)
def test_a_signature_for_another_address_does_not_fit(carrier: Carrier, url: str) -> None:
    path = carrier.inbound_path
    answer = carrier.post(path, carrier.text(), signed_url=url.format(path=path))
    assert answer.status_code == 403


def test_a_caller_never_chooses_the_address_by_its_host_header(carrier: Carrier) -> None:
    answer = carrier.post(
        carrier.inbound_path,
        carrier.text(),
        signed_url="https://evil.test" + carrier.inbound_path,
        Host="evil.test",
        **{"X-Forwarded-Host": "evil.test", "X-Forwarded-Proto": "https"},
    )
    assert answer.status_code == 403


def test_the_signature_for_one_webhook_does_not_open_the_other(carrier: Carrier) -> None:
    fields = carrier.text() | {"MessageStatus": "sent"}
    signature = carrier.post(carrier.inbound_path, fields).wsgi_request.headers["X-Twilio-Signature"]
    assert carrier.post(carrier.status_path, fields, signature=signature).status_code == 403


def test_another_practices_token_does_not_open_ours(carrier: Carrier, world: World) -> None:
    elm = world.elm.practice
    with practice_scope(elm.pk):
        theirs = line.add_sender(
            elm,
            number="+12125550111",
            account_sid="AC" + "e" * 32,
            token="elm0" * 8,
            actor=SYSTEM,
            now=NOW,
        )
    assert carrier.post(carrier.inbound_path, carrier.text(), token="elm0" * 8).status_code == 403
    path = f"/webhooks/twilio/inbound/{theirs.key}/"
    assert carrier.post(path, carrier.text(), token=TOKEN).status_code == 403
    fields = carrier.text(AccountSid="AC" + "e" * 32)
    assert carrier.post(path, fields, token="elm0" * 8).status_code == 200
    for practice, texts in ((elm, 1), (carrier.loop.practice, 0)):
        with practice_scope(practice.pk):
            assert InboundMessage.objects.count() == texts


def test_a_captured_call_played_again_is_a_quiet_no(carrier: Carrier) -> None:
    assert carrier.hears("6 y").status_code == 200
    for _ in range(3):
        assert carrier.hears("6 y").status_code == 200
    assert InboundMessage.objects.count() == 1
