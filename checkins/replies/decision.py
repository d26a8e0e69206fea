"""Last step: what sort of message it is, and whether to accept, to ask once, or to call a person."""

from collections.abc import Sequence
from dataclasses import dataclass

from .languages import OTHER
from .opt_out import ConsentFound
from .reactions import Reaction
from .reading import (
    Answers,
    Consent,
    Evidence,
    FollowUp,
    Kind,
    Reading,
    RedFlag,
    ReplyRequest,
)

OPEN_ENDED = frozenset({Consent.CONFIRM_OPT_OUT, Consent.CONFIRM_OPT_IN})
# Attachments that need no eye of a person: a contact card, an animated picture.
CARDS = frozenset({"text/vcard", "text/x-vcard", "text/directory"})
ANIMATED = "image/gif"


@dataclass(frozen=True, slots=True)
class Findings:
    """What every step found in the texts of one request."""

    request: ReplyRequest
    texts: Sequence[str]
    blank: bool
    answers: Answers
    evidence: tuple[Evidence, ...]
    flags: tuple[RedFlag, ...]
    consent: ConsentFound | None
    help_word: str | None
    reaction: Reaction | None
    carrier_notice: Evidence | None
    auto_reply: Evidence | None
    wrong_number: Evidence | None
    identify: Evidence | None
    request_found: Evidence | None
    thanks: Evidence | None
    caregiver: Evidence | None
    language: str
    # A score stands in a text that came when nothing was asked.
    late_score: bool = False


def decide(found: Findings) -> Reading:
    """Return the reading that follows from the findings; a danger sign always needs a person."""
    kind, reason = _kind(found)
    follow_up, why = _follow_up(found, kind)
    evidence = [*(flag.evidence for flag in found.flags)]
    if found.consent is not None:
        evidence.append(found.consent.evidence)
    evidence += [item for item in (reason, *found.evidence, why) if item is not None]
    return Reading(
        answers=found.answers,
        consent=found.consent.consent if found.consent else None,
        red_flag=found.flags[0] if found.flags else None,
        kind=kind,
        follow_up=FollowUp.HUMAN if found.flags else follow_up,
        evidence=tuple(evidence),
        red_flags=found.flags,
        by_caregiver=bool(found.answers) and found.caregiver is not None,
        language=found.language,
    )


def _kind(found: Findings) -> tuple[Kind, Evidence | None]:
    if found.blank:
        return (
            (Kind.MEDIA, Evidence("media.no_words"))
            if found.request.media
            else (Kind.EMPTY, Evidence("empty"))
        )
    if found.reaction is not None:
        return Kind.REACTION, found.reaction.evidence
    if found.wrong_number is not None:
        return Kind.WRONG_NUMBER, found.wrong_number
    if found.answers:
        return Kind.ANSWER, None
    if found.carrier_notice is not None:
        return Kind.CARRIER_NOTICE, found.carrier_notice
    if found.auto_reply is not None:
        return Kind.AUTO_REPLY, found.auto_reply
    if found.help_word is not None:
        return Kind.HELP, Evidence(f"help.{found.help_word}")
    if found.identify is not None and found.consent is None and not found.flags:
        return Kind.IDENTIFY, found.identify
    return Kind.OTHER, None


def _follow_up(found: Findings, kind: Kind) -> tuple[FollowUp, Evidence | None]:
    if kind in FIXED:
        return FIXED[kind]
    if kind is Kind.REACTION:
        asks = found.reaction is not None and found.reaction.asks
        return (FollowUp.HUMAN if asks else FollowUp.NONE), None
    if kind is Kind.HELP:
        return (FollowUp.NONE if found.help_word == "info" else FollowUp.HUMAN), None
    if kind is Kind.MEDIA:
        return _about_media(found.request), None
    if found.consent is not None and (found.request_found is None or found.request_found.rule != "request"):
        return _about_consent(found.consent), None
    if found.request.media and _about_media(found.request) is FollowUp.HUMAN:
        return FollowUp.HUMAN, Evidence("media.with_words")
    if found.request_found is not None:
        return FollowUp.HUMAN, found.request_found
    if kind is Kind.ANSWER:
        return _about_missing(found)
    return _about_unread(found)


FIXED: dict[Kind, tuple[FollowUp, Evidence | None]] = {
    Kind.EMPTY: (FollowUp.NONE, None),
    Kind.WRONG_NUMBER: (FollowUp.HUMAN, None),
    Kind.IDENTIFY: (FollowUp.HUMAN, None),
    Kind.CARRIER_NOTICE: (FollowUp.NONE, None),
    Kind.AUTO_REPLY: (FollowUp.NONE, None),
}


def _about_consent(consent: ConsentFound) -> FollowUp:
    if consent.staff:
        return FollowUp.HUMAN
    return FollowUp.CLARIFY if consent.consent in OPEN_ENDED else FollowUp.NONE


def _about_media(request: ReplyRequest) -> FollowUp:
    kinds = set(request.media_types)
    if kinds and kinds <= CARDS:
        return FollowUp.NONE
    return FollowUp.CLARIFY if kinds == {ANIMATED} else FollowUp.HUMAN


def _about_missing(found: Findings) -> tuple[FollowUp, Evidence | None]:
    missing = frozenset(found.request.open) - found.answers.answered()
    if not missing:
        return FollowUp.NONE, None
    return FollowUp.CLARIFY, Evidence("missing." + "_".join(sorted(missing)))


def _about_unread(found: Findings) -> tuple[FollowUp, Evidence | None]:
    if found.thanks is not None:
        return FollowUp.NONE, found.thanks
    if found.language == OTHER:
        return FollowUp.HUMAN, Evidence("language.other")
    if not found.request.open and not found.late_score:
        if any(char.isalpha() for text in found.texts for char in text):
            return FollowUp.HUMAN, Evidence("unread.nothing_open")
        if not any(char.isalnum() for text in found.texts for char in text):
            return FollowUp.NONE, Evidence("courtesy")  # Signs and emoji alone ask nothing.
    return FollowUp.CLARIFY, Evidence("unread")
