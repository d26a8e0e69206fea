"""How a patient is reached, in words: consents as they were said, and numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from checkins.presenters.qr_marks import QrMark, qr_mark
from networks.templatetags.wording import moment_in
from patients.models import ConsentEvent, ConsentLink, ConsentSignature, Phone
from patients.phones import shown
from patients.presenters import agreed_wording, consent_act, signed_by, signer_words


@dataclass(frozen=True)
class SaidRow:
    """One consent given or withdrawn."""

    what: str
    when: str
    how: str
    who: str = ""


@dataclass(frozen=True)
class NumberRow:
    """One number of the patient."""

    number: str
    holder: str
    state: str
    tone: str


@dataclass(frozen=True)
class ReachView:
    """The page in words."""

    said: Sequence[SaidRow]
    numbers: Sequence[NumberRow]
    asks_about_monitoring: bool


_TONES = {Phone.State.ACTIVE: "done", Phone.State.SUSPENDED: "attention", Phone.State.REPLACED: ""}


def reach_view(events: Sequence[ConsentEvent], phones: Iterable[Phone], *, zone: str) -> ReachView:
    """Return the page in words; events come newest first."""
    return ReachView(
        said=[_said(each, zone=zone) for each in events],
        numbers=[
            NumberRow(
                number=shown(each.number),
                holder=(each.relationship or Phone.Holder(each.holder).label)
                + (" · shared phone, texted from a number of its own" if each.line else ""),
                state=Phone.State(each.state).label,
                tone=_TONES[Phone.State(each.state)],
            )
            for each in phones
        ],
        asks_about_monitoring=asks_about_monitoring(events),
    )


def asks_about_monitoring(events: Sequence[ConsentEvent]) -> bool:
    """Tell whether texts were stopped and nobody has asked since whether monitoring goes on."""
    latest: dict[str, ConsentEvent] = {}
    for event in reversed(events):
        latest[event.kind] = event
    texts = latest.get(ConsentEvent.Kind.TEXTS)
    monitoring = latest.get(ConsentEvent.Kind.MONITORING)
    if texts is None or texts.act != ConsentEvent.Act.WITHDRAWN:
        return False
    return is_to_be_asked(
        stopped_at=texts.occurred_at,
        monitoring_act=monitoring.act if monitoring else None,
        monitoring_at=monitoring.occurred_at if monitoring else None,
    )


def is_to_be_asked(
    *, stopped_at: datetime, monitoring_act: str | None, monitoring_at: datetime | None
) -> bool:
    """Tell whether the latest word about monitoring is a yes from before the texts were stopped."""
    return (
        monitoring_act == ConsentEvent.Act.GIVEN and monitoring_at is not None and monitoring_at < stopped_at
    )


def _said(event: ConsentEvent, *, zone: str) -> SaidRow:
    act = consent_act(event, given="agreed", withdrawn="wants no more")
    wording = agreed_wording(event.wording_version)
    return SaidRow(
        what=f"{ConsentEvent.Kind(event.kind).label}: {act}",
        when=moment_in(event.occurred_at, zone),
        how=f"{ConsentEvent.Method(event.method).label}{wording}",
        who=signed_by(event),
    )


@dataclass(frozen=True)
class LinkView:
    """The web link as staff see it: open with its address and code, or how the latest one ended."""

    address: str = ""
    mark: QrMark | None = None
    about: str = ""
    answered: str = ""
    check: str = ""


def link_view(link: ConsentLink | None, *, address: str, zone: str, now: datetime) -> LinkView:
    """Return a patient's latest link in words; `address` opens it."""
    if link is None:
        return LinkView()
    signature: ConsentSignature | None = getattr(link, "signature", None)
    if signature is not None:
        return LinkView(
            answered=f"Answered {moment_in(signature.occurred_at, zone)} by {signer_words(signature)}.",
            check=_holder_to_check(link, signature),
        )
    if now >= link.expires_at:
        return LinkView(about=f"The latest link was not used; it ended {moment_in(link.expires_at, zone)}.")
    asks = "monitoring and texts" if link.phone_id else "monitoring only: no number is in use"
    who = f" by {link.made_by.name}" if link.made_by else ""
    return LinkView(
        address=address,
        mark=qr_mark(address),
        about=f"Asks about {asks}. Made {moment_in(link.occurred_at, zone)}{who}; opens once, until "
        f"{moment_in(link.expires_at, zone)}.",
    )


def _holder_to_check(link: ConsentLink, signature: ConsentSignature) -> str:
    """Say where who signed for texts is not who is noted to hold the number; whoever uses it has to agree."""
    texts = signature.texts
    if link.phone is None or texts is None or texts.act != ConsentEvent.Act.GIVEN:
        return ""
    if link.phone.holder == signature.signer:
        return ""
    held = Phone.Holder(link.phone.holder).label.lower()
    return f"The number is noted as held by {held}, and somebody else agreed to texts there: ask who uses it."
