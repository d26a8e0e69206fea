"""Requests to be enrolled, and the sign with the keyword, in words and marks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from checkins.join_sign import SignWords, texting_address, words_of
from checkins.join_words import KEYWORDS
from checkins.models import JoinRequest, Sender
from checkins.presenters.qr_marks import QrMark, qr_mark
from networks.models import Practice
from networks.templatetags.wording import moment_in
from patients import phones
from patients.models import Language


@dataclass(frozen=True)
class JoinRow:
    """One request: whose number, when, in which language, and how it ended where it has."""

    request_id: UUID
    number: str
    at: str
    language: str
    keyword: str
    again: str
    outcome: str = ""
    comes_back: bool = False


def join_rows(requests: Iterable[JoinRequest], *, zone: str) -> list[JoinRow]:
    """Return requests in words."""
    return [_row(each, zone=zone) for each in requests]


def _row(request: JoinRequest, *, zone: str) -> JoinRow:
    again = (
        f"{request.texts} times, last {moment_in(request.last_asked_at, zone)}" if request.texts > 1 else ""
    )
    return JoinRow(
        request_id=request.pk,
        number=phones.shown(request.number),
        at=moment_in(request.asked_at, zone),
        language=Language(request.language).label,
        keyword=KEYWORDS[request.language],
        again=again,
        outcome=_outcome(request, zone=zone),
        comes_back=request.state == JoinRequest.State.SET_ASIDE
        and request.reason != JoinRequest.Reason.STOPPED,
    )


def _outcome(request: JoinRequest, *, zone: str) -> str:
    if request.closed_at is None:
        return ""
    what = JoinRequest.State(request.state).label
    if request.reason:
        what = f"{what}: {JoinRequest.Reason(request.reason).label}"
    who = f", {request.closed_by.name}" if request.closed_by else ""
    return f"{what} ({moment_in(request.closed_at, zone)}{who})"


REASONS: Sequence[tuple[str, str]] = tuple(
    (each.value, each.label) for each in JoinRequest.Reason if each is not JoinRequest.Reason.STOPPED
)


@dataclass(frozen=True)
class SignHalf:
    """One language of the sign: its words and its code."""

    words: SignWords
    mark: QrMark


def sign_halves(practice: Practice, sender: Sender) -> list[SignHalf]:
    """Return the sign in English and Spanish for one of the practice's numbers."""
    return [
        SignHalf(
            words=words_of(
                language, practice=practice.name, number=phones.shown(sender.number), phone=practice.phone
            ),
            mark=qr_mark(texting_address(sender.number, keyword)),
        )
        for language, keyword in KEYWORDS.items()
    ]
