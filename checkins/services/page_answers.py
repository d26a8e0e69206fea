"""The one-tap page: what it asks next, and storing what is tapped as a text that the reader reads."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from checkins.models import CheckIn, InboundMessage
from checkins.page_answers import LONGEST_NOTE, words_for
from checkins.services import line
from checkins.services.asked_words import words_of
from checkins.services.links import CheckInLink
from checkins.services.receiving import TextIn, receive
from networks.errors import DomainError
from networks.models import Practice

_MOST_TAPS = 12  # for one check-in: five questions and some notes; more is a machine
_OUT_OF_PLACE = {CheckIn.Closed.OPTED_OUT, CheckIn.Closed.ENDED}


@dataclass(frozen=True)
class PageState:
    """What the page shows: the questions left in order, or why there is none."""

    check_in: CheckIn
    practice: Practice
    language: str
    left: tuple[str, ...]
    has_note: bool
    is_over: bool
    words: Mapping[str, str] = field(default_factory=dict)


def state_of(link: CheckInLink, *, now: datetime) -> PageState | None:
    """Return what the page shows; None when the check-in is gone. Call inside the practice's scope; four queries."""
    check_in = (
        CheckIn.objects.filter(practice_id=link.practice_id, pk=link.check_in_id)
        .select_related(
            "episode__patient", "plan__phone__patient", "plan__sender", "plan__protocol", "practice"
        )
        .first()
    )
    if check_in is None:
        return None
    tapped = _tapped(check_in)
    return PageState(
        check_in=check_in,
        practice=check_in.practice,
        language=check_in.episode.patient.language,
        words=words_of(check_in, check_in.episode.patient.language),
        left=tuple(item for item in check_in.open_items if _sid(check_in, item) not in tapped),
        has_note=any("-note-" in sid for sid in tapped),
        is_over=now >= min(link.expires_at, check_in.expires_at) or check_in.closed_reason in _OUT_OF_PLACE,
    )


def take_answer(state: PageState, *, item: str, value: str, now: datetime) -> bool:
    """Store one tapped answer; False when it was there already, DomainError for what the page cannot send."""
    if item not in state.check_in.items:
        raise DomainError("This question is not part of today's check-in: open the link again.")
    try:
        words = words_for(item, value.replace("\x00", ""))
    except ValueError as error:
        raise DomainError(str(error), field=item) from error
    return _store(state, sid=_sid(state.check_in, item), body=words, now=now)


def take_note(state: PageState, *, note: str, now: datetime) -> bool:
    """Store what the patient wrote freely; a person reads it, and danger in it is heard like in any text."""
    words = note.replace("\x00", "").strip()
    if not words:
        return False
    if len(words) > LONGEST_NOTE:
        raise DomainError(f"Shorten it to {LONGEST_NOTE} letters, or call us.", field="note")
    mark = sha256(words.encode()).hexdigest()[:10]
    return _store(state, sid=_sid(state.check_in, f"note-{mark}"), body=words, now=now)


def stored_start(check_in: CheckIn) -> str:
    """Return how the ids of all texts begin that were stored from one check-in's page."""
    return f"link-{check_in.pk.hex}-"


def _store(state: PageState, *, sid: str, body: str, now: datetime) -> bool:
    check_in = state.check_in
    if len(_tapped(check_in)) >= _MOST_TAPS:
        raise DomainError("That is more than this page can take: please call us.")
    route = line.routes_of(check_in.practice_id)[check_in.plan.sender_id]
    text = TextIn(
        sid=sid,
        from_number=check_in.plan.phone.number,
        body=body,
        raw=json.dumps({"page": "one-tap", "check_in": str(check_in.pk)}),
        source=InboundMessage.Source.LINK,
    )
    return receive(route, text, now=now)


def _sid(check_in: CheckIn, name: str) -> str:
    # Takes the place of the carrier's id, so that a double tap is the same text.
    return f"{stored_start(check_in)}{name}"


def _tapped(check_in: CheckIn) -> set[str]:
    rows = InboundMessage.objects.filter(
        practice_id=check_in.practice_id, carrier_sid__startswith=stored_start(check_in)
    )
    return set(rows.values_list("carrier_sid", flat=True))
