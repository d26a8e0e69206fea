"""How a patient is reached, in words: consents as they were said, and numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from networks.templatetags.wording import clock_in, day_in
from patients.models import ConsentEvent, Phone
from patients.phones import shown
from patients.presenters import agreed_wording


@dataclass(frozen=True)
class SaidRow:
    """One consent given or withdrawn."""

    what: str
    when: str
    how: str


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
    act = "agreed" if event.act == ConsentEvent.Act.GIVEN else "wants no more"
    wording = agreed_wording(event.wording_version)
    return SaidRow(
        what=f"{ConsentEvent.Kind(event.kind).label}: {act}",
        when=f"{day_in(event.occurred_at, zone)}, {clock_in(event.occurred_at, zone)}",
        how=f"{ConsentEvent.Method(event.method).label}{wording}",
    )
