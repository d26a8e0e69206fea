"""Whatever arrives: a defined answer, never a 500, and nothing that was received is lost."""

from urllib.parse import quote, urlencode

import pytest

from checkins.models import InboundMessage, InboundRow, LineNotice
from tests.checkins.webhooks.conftest import ACCOUNT, MOBILE, TOKEN, Carrier

SID = "SM" + "7" * 32


@pytest.mark.parametrize("path", ["inbound_path", "status_path"])
@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "options"])
def test_other_methods_are_refused(carrier: Carrier, path: str, method: str) -> None:
    assert getattr(carrier.client, method)(getattr(carrier, path)).status_code == 405


@pytest.mark.parametrize("kind", ["inbound", "status"])
def test_an_unknown_key_is_not_found(carrier: Carrier, kind: str) -> None:
    for key in ("x", "a" * 43, "a" * 5000, "%00", "..%2f", "%F0%9F%9B%91"):
        answer = carrier.post(f"/webhooks/twilio/{kind}/{key}/", carrier.text(), signature="x")
        assert answer.status_code == 404, key


@pytest.mark.parametrize(
    "content_type", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""]
)
def test_only_forms_are_taken(carrier: Carrier, content_type: str) -> None:
    answer = carrier.post(carrier.inbound_path, '{"Body": "6"}', content_type=content_type, signature="x")
    assert answer.status_code == 415
    assert LineNotice.objects.get().kind == "malformed"


@pytest.mark.parametrize("charset", ["UTF-16", "latin-1", "no-such", "idna"])
def test_another_character_set_is_refused_without_an_error(carrier: Carrier, charset: str) -> None:
    fields = carrier.text()
    answer = carrier.post(
        carrier.inbound_path, fields, content_type=f"application/x-www-form-urlencoded; charset={charset}"
    )
    assert answer.status_code in {200, 400}


def test_five_megabytes_are_refused(carrier: Carrier) -> None:
    answer = carrier.post(carrier.inbound_path, "Body=" + "9" * 5_000_000, signature="x")
    assert answer.status_code == 413


def test_ten_thousand_fields_are_refused(carrier: Carrier) -> None:
    raw = "&".join(f"k{place}=1" for place in range(10_000))
    assert carrier.post(carrier.inbound_path, raw, signature="x").status_code == 400
    assert LineNotice.objects.get().kind == "malformed"


@pytest.mark.parametrize("length", ["abc", "-5", "", "9" * 30, "１２"])
def test_a_wrong_length_is_no_error_of_ours(carrier: Carrier, length: str) -> None:
    answer = carrier.client.generic(
        "POST",
        carrier.inbound_path,
        b"Body=6",
        content_type="application/x-www-form-urlencoded",
        CONTENT_LENGTH=length,
    )
    assert answer.status_code in {400, 403, 413}


@pytest.mark.parametrize(
    "body",
    [
        "",
        " ",
        "9" * 1600,
        "é👍" * 800,
        "a\x00b",
        "\x00",
        "‮6",
        "=HYPERLINK(1)",
        "line\r\n{json: 1}\nline",
        "%s {0} ${x}",
        "'; DROP TABLE x; --",
        "\x1b[31m",
        "👨‍👩‍👧",
    ],
    ids=lambda body: repr(body)[:16],
)
def test_any_text_is_stored_as_it_came(carrier: Carrier, body: str) -> None:
    assert carrier.hears(body).status_code == 200
    assert InboundMessage.objects.get().body == body
    assert InboundRow.objects.get().state == InboundRow.State.PENDING
    carrier.loop.read()
    assert InboundRow.objects.get().state == InboundRow.State.READ


@pytest.mark.parametrize(
    "encoded", ["%ED%A0%80", "%FF%FE", "%C3%28", "%80", "6%20%F0%9F"], ids=lambda text: text
)
def test_bytes_that_are_no_text_are_kept_as_marks(carrier: Carrier, encoded: str) -> None:
    raw = f"MessageSid={SID}&AccountSid={ACCOUNT}&From={quote(MOBILE)}&Body={encoded}"
    assert carrier.post(carrier.inbound_path, raw).status_code == 200
    assert "�" in InboundMessage.objects.get().body
    carrier.loop.read()
    assert InboundRow.objects.get().state == InboundRow.State.READ


def test_ten_media_are_counted_and_their_addresses_kept(carrier: Carrier) -> None:
    media = {f"MediaUrl{place}": f"http://169.254.169.254/{place}" for place in range(10)}
    assert carrier.hears("look", NumMedia="10", **media).status_code == 200
    stored = InboundMessage.objects.get()
    assert stored.media == 10
    assert "http://169.254.169.254/9" in stored.raw


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("-1", 0),
        ("x", 0),
        ("", 0),
        ("1e9", 0),
        ("٧", 0),
        ("²", 0),
        ("9" * 40, 32_767),
        ("99", 99),
        ("-", 0),
        ("9" * 5000, 32_767),
    ],
    ids=[
        "negative",
        "word",
        "blank",
        "exponent",
        "arabic",
        "superscript",
        "huge",
        "99",
        "missing",
        "endless",
    ],
)
def test_a_senseless_number_of_media_never_loses_the_text(carrier: Carrier, said: str, kept: int) -> None:
    assert carrier.hears("6 y", NumMedia=said).status_code == 200
    assert InboundMessage.objects.get().media == kept


def test_a_text_without_an_id_is_kept_once(carrier: Carrier) -> None:
    for _ in range(2):
        assert carrier.hears("6 y", MessageSid="-", sid="-").status_code == 200
    assert carrier.hears("7 y", MessageSid="-", sid="-").status_code == 200
    assert InboundMessage.objects.count() == 2


@pytest.mark.parametrize(
    "sid", ["S" * 5000, "SM\x00\x00", "SM'--", "é" * 200], ids=["long", "nul", "sql", "é"]
)
def test_a_strange_id_is_kept(carrier: Carrier, sid: str) -> None:
    assert carrier.hears("6 y", sid=sid).status_code == 200
    assert InboundMessage.objects.count() == 1


@pytest.mark.parametrize(
    "sender",
    ["", "12345", "+1555", "ACME", "whatsapp:+13125550142", "anonymous", "+" + "9" * 300, "\x00", "-"],
    ids=["blank", "short code", "half", "word", "whatsapp", "anonymous", "long", "nul", "missing"],
)
def test_a_strange_sender_is_kept_for_the_operator(carrier: Carrier, sender: str) -> None:
    assert carrier.hears("6 y", From=sender).status_code == 200
    carrier.loop.read()
    assert InboundRow.objects.get().state == InboundRow.State.UNKNOWN_SENDER
    assert InboundMessage.objects.get().body == "6 y"


def test_two_senders_in_one_call_take_the_first(carrier: Carrier) -> None:
    raw = urlencode(carrier.text("6 y")) + "&From=%2B13125550177"
    assert carrier.post(carrier.inbound_path, raw).status_code == 200
    assert InboundMessage.objects.get().from_number == MOBILE


def test_fields_that_nobody_knows_are_kept(carrier: Carrier) -> None:
    assert carrier.hears("6 y", BrandNew="later", OptOutType="STOP").status_code == 200
    assert '"BrandNew": ["later"]' in InboundMessage.objects.get().raw


def test_a_slash_too_few_is_not_redirected(carrier: Carrier) -> None:
    answer = carrier.post(carrier.inbound_path.rstrip("/"), carrier.text(), token=TOKEN)
    assert answer.status_code == 404
