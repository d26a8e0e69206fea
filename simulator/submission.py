"""Reading the form of a new text, with Twilio's checks in Twilio's order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from simulator.accounts import E164, SERVICE_SID
from simulator.refusals import Refusal

MAX_BODY = 1600  # characters
MAX_MEDIA = 10
MAX_VALIDITY = 36_000  # seconds
SCHEDULE_MAX = 35 * 86_400  # seconds
NANP_DIGITS = 11  # +1 and ten digits

# Every field of the published API (OpenAPI document of 2026-04-14), and one that only the SDK knows yet.
KNOWN_FIELDS = frozenset(
    [
        "To",
        "StatusCallback",
        "ApplicationSid",
        "MaxPrice",
        "ProvideFeedback",
        "Attempt",
        "ValidityPeriod",
        "ForceDelivery",
        "ContentRetention",
        "AddressRetention",
        "SmartEncoded",
        "PersistentAction",
        "TrafficType",
        "ShortenUrls",
        "ScheduleType",
        "SendAt",
        "SendAsMms",
        "ContentVariables",
        "RiskCheck",
        "From",
        "FallbackFrom",
        "MessagingServiceSid",
        "Body",
        "MediaUrl",
        "ContentSid",
        "MessageIntent",
    ]
)
CHOICES = {
    "ContentRetention": {"retain", "discard"},
    "AddressRetention": {"retain", "obfuscate"},
    "TrafficType": {"free"},
    "RiskCheck": {"enable", "disable"},
    "ScheduleType": {"fixed"},
}
BOOLEANS = ("ProvideFeedback", "ForceDelivery", "SmartEncoded", "ShortenUrls", "SendAsMms")

# Twilio's test numbers and what they give, whichever account asks.
MAGIC_SENDERS = {"+15005550001": 21212, "+15005550007": 21606, "+15005550008": 21611}
MAGIC_SENDER_OK = "+15005550006"
MAGIC_RECIPIENTS = {
    "+15005550001": 21211,
    "+15005550002": 21612,
    "+15005550003": 21408,
    "+15005550004": 21610,
    "+15005550009": 21614,
}


@dataclass(frozen=True)
class Submission:
    """A text somebody asks to have sent; one of `sender` and `service_sid` is set, or both."""

    recipient: str
    sender: str
    service_sid: str
    body: str
    media_urls: tuple[str, ...]
    status_callback: str
    validity: float
    send_at: float | None


def read_submission(
    form: Mapping[str, Sequence[str]], *, now: float, country_codes: Sequence[str], schedule_min: float
) -> Submission:
    """Return the submission in `form` (field: values); Refusal carries Twilio's code."""
    one = {name: values[-1] for name, values in form.items() if values}
    recipient = _check_recipient(one.get("To", ""), country_codes=country_codes)
    sender, service = one.get("From", ""), one.get("MessagingServiceSid", "")
    if not sender and not service:
        raise Refusal(21603)
    if service and not SERVICE_SID.match(service):
        raise Refusal(21701)
    if sender:
        _check_sender(sender)
    media = tuple(form.get("MediaUrl", ()))
    _check_content(one, media=media)
    for name, allowed in CHOICES.items():
        if one.get(name) and one[name] not in allowed:
            raise Refusal(20001, f"{name} is not one of {', '.join(sorted(allowed))}")
    for name in BOOLEANS:
        if one.get(name) and one[name].lower() not in {"true", "false"}:
            raise Refusal(20001, f"{name} must be true or false")
    return Submission(
        recipient=recipient,
        sender=sender,
        service_sid=service,
        body=one.get("Body", ""),
        media_urls=media,
        status_callback=_check_callback(one.get("StatusCallback", "")),
        validity=_read_validity(one.get("ValidityPeriod", "")),
        send_at=_read_send_at(one, service=service, now=now, schedule_min=schedule_min),
    )


def _check_recipient(recipient: str, *, country_codes: Sequence[str]) -> str:
    if not recipient:
        raise Refusal(21604)
    if code := MAGIC_RECIPIENTS.get(recipient):
        raise Refusal(code)
    is_nanp = recipient.startswith("+1")
    if not E164.match(recipient) or (is_nanp and (len(recipient) != NANP_DIGITS + 1 or recipient[2] in "01")):
        raise Refusal(21211)
    if not any(recipient.startswith(f"+{code}") for code in country_codes):
        raise Refusal(21408)
    return recipient


def _check_sender(sender: str) -> None:
    if code := MAGIC_SENDERS.get(sender):
        raise Refusal(code)
    if not E164.match(sender):
        raise Refusal(21212)


def _check_content(one: Mapping[str, str], *, media: Sequence[str]) -> None:
    if not (one.get("Body") or media or one.get("ContentSid")):
        raise Refusal(21602)
    if len(one.get("Body", "")) > MAX_BODY:
        raise Refusal(21617)
    if len(media) > MAX_MEDIA:
        raise Refusal(21623)
    if any(urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname for url in media):
        raise Refusal(21620)


def _check_callback(url: str) -> str:
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        port_fits = parts.port is None or parts.port > 0
    except ValueError as error:
        raise Refusal(21609) from error
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host or "_" in host or " " in url or not port_fits:
        raise Refusal(21609)
    return url


def _read_validity(text: str) -> float:
    if not text:
        return MAX_VALIDITY
    if not text.isdigit() or not 1 <= int(text) <= MAX_VALIDITY:
        raise Refusal(21624)
    return int(text)


def _read_send_at(one: Mapping[str, str], *, service: str, now: float, schedule_min: float) -> float | None:
    if not one.get("ScheduleType") and not one.get("SendAt"):
        return None
    if not service:
        raise Refusal(35118)
    try:
        instant = datetime.fromisoformat(one.get("SendAt", "").replace("Z", "+00:00"))
    except ValueError as error:
        raise Refusal(35114) from error
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    send_at = instant.timestamp()
    if not one.get("ScheduleType") or not schedule_min <= send_at - now <= SCHEDULE_MAX:
        raise Refusal(35114)
    return send_at
