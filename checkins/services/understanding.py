"""From a stored text to what it means: finds the check-in it answers and calls the pure reader.

Everything here follows from facts and from when the text was first read, so that `manage.py rebuild` reaches the
same result.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from checkins.models import (
    CheckIn,
    InboundMessage,
    InboundRow,
    OutboundMessage,
    OutboxRow,
    SendAttempt,
)
from checkins.replies.documents import answers_document
from checkins.replies.patient_texts import says_only_that, says_to_put_right
from checkins.replies.reader import read
from checkins.replies.reading import Evidence, FollowUp, Question, Reading, ReplyRequest
from checkins.services.answered import Answered, answered_today, others_asked_since, still_open
from networks.local_days import local_date, zone_named
from patients.models import Episode, Phone

HAVE_LEFT = [OutboxRow.State.SENT, OutboxRow.State.SENDING, OutboxRow.State.UNKNOWN]
_MOST_EARLIER = 10
_FREE = Question.FREE.value
_PUTS_RIGHT = Evidence("puts_right")


@dataclass(frozen=True)
class Understanding:
    """One text with whom it is from, what it answers and what it says."""

    row: InboundRow
    message: InboundMessage
    phone: Phone
    episode: Episode | None
    check_in: CheckIn | None
    reading: Reading
    answers: dict[str, object]
    # What it puts right of texts before it: by text, the answers that count in place of those read there.
    puts_right: dict[UUID, dict[str, object]] = field(default_factory=dict)


@dataclass(frozen=True)
class Context:
    """A text with whom it is from, what it may answer and what was last sent to that phone."""

    row: InboundRow
    message: InboundMessage
    phone: Phone
    check_in: CheckIn | None
    prompt: OutboundMessage | None


def phone_of(row: InboundRow) -> Phone | None:
    """Return the phone that a text came from, with its patient; None for a number that no patient has.

    Where patients share a mobile, the number of ours that the text came to says whose it is.
    """
    return (
        Phone.objects.select_related("patient")
        .filter(
            Q(line=row.message.sender_id) | Q(line=None),
            practice_id=row.practice_id,
            number_index=bytes(row.from_index),
        )
        .exclude(state=Phone.State.REPLACED)
        .order_by(F("line").asc(nulls_last=True))
        .first()
    )


def open_check_in(row: InboundRow, phone: Phone) -> CheckIn | None:
    """Return the check-in that a text may answer: the latest one asked on this phone, not closed, not expired.

    One whose text had left by then goes before one that was only planned: nobody answers what was not asked.
    """
    asked = SendAttempt.objects.filter(
        practice_id=row.practice_id,
        message__check_in=OuterRef("pk"),
        message__kind=OutboundMessage.Kind.CHECK_IN,
        occurred_at__lte=row.received_at,
    )
    return (
        CheckIn.objects.select_related("episode")
        .filter(
            practice_id=row.practice_id,
            plan__phone=phone,
            planned_at__lte=row.received_at,
            expires_at__gt=row.received_at,
        )
        .exclude(
            state=CheckIn.State.CLOSED, closed_reason__in=[CheckIn.Closed.OPTED_OUT, CheckIn.Closed.ENDED]
        )
        .annotate(was_asked=Exists(asked))
        .order_by("-was_asked", "-planned_at")
        .first()
    )


def current_episode(row: InboundRow, phone: Phone) -> Episode | None:
    """Return the episode that the patient is in when a text arrives: the latest one begun by then."""
    if row.episode is not None:
        return row.episode
    today = local_date(row.received_at, zone_named(phone.patient.time_zone))
    return (
        Episode.objects.filter(practice_id=row.practice_id, patient_id=phone.patient_id, starts_on__lte=today)
        .order_by("-starts_on", "-id")
        .first()
    )


def understand(
    row: InboundRow, message: InboundMessage, phone: Phone, *, check_in: CheckIn | None
) -> Understanding:
    """Read one text in the light of what was asked, what was answered and what came just before it."""
    prompt = _prompt(row, phone)
    context = Context(row=row, message=message, phone=phone, check_in=check_in, prompt=prompt)
    asked = still_open(row, check_in)
    found = _putting_right(context, asked=asked) or interpret(
        context,
        earlier=lambda: _earlier_texts(row, phone, since=_asked_at(check_in, prompt)) if check_in else [],
        asked=asked,
    )
    if _is_unread(found) and not _was_asked(row, check_in):
        # Answers may come before the question; words that answer nothing are simply a message then.
        return interpret(context, earlier=list, asked=[])
    return found


def _is_unread(found: Understanding) -> bool:
    by_text = found.message.source != InboundMessage.Source.LINK  # the one-tap page has asked by itself
    return by_text and not (found.answers or found.puts_right) and found.reading.follow_up is FollowUp.CLARIFY


def _was_asked(row: InboundRow, check_in: CheckIn | None) -> bool:
    """Whether a text of the check-in had left when this one came."""
    return (
        check_in is not None
        and SendAttempt.objects.filter(
            practice_id=row.practice_id, message__check_in=check_in, occurred_at__lte=row.received_at
        ).exists()
    )


def interpret(context: Context, *, earlier: Callable[[], list[str]], asked: list[str]) -> Understanding:
    """Read a text whose context is at hand: what came before it since it was asked, what is still open.

    What came before is asked for only where the text alone does not answer.
    """
    row, message, phone, check_in = context.row, context.message, context.phone, context.check_in
    prompt, language = context.prompt, phone.patient.language
    alone = _read([message.body], asked, prompt, language, message.media)
    answers = answers_document(alone.answers)
    reading = alone
    if asked and not alone.answers and alone.consent is None and alone.red_flag is None:
        # "6" and then "yes": only together do they answer; what is dangerous or a stop stands alone.
        before = earlier()
        together = _read([*before, message.body], asked, prompt, language, message.media) if before else alone
        if together.answers:
            reading, answers = together, answers_document(together.answers)
    episode = check_in.episode if check_in else current_episode(row, phone)
    return Understanding(
        row=row,
        message=message,
        phone=phone,
        episode=episode,
        check_in=check_in,
        reading=reading,
        answers=answers,
    )


def _putting_right(context: Context, *, asked: list[str]) -> Understanding | None:
    """Return how a text is understood that says outright that it puts right what was answered today, else None.

    Whatever is not plain goes the way of every other text, and so to a person; a danger in it is raised all the same.
    """
    row, message, check_in = context.row, context.message, context.check_in
    if check_in is None or message.is_note or message.answers_only or not says_to_put_right(message.body):
        return None
    said = answered_today(row, check_in, zone=context.phone.patient.time_zone)
    again = [item for item in check_in.items if item in said and item not in asked and item != _FREE]
    language = context.phone.patient.language
    others = [item for item in asked if item != _FREE]  # Any words at all would answer the free question.
    reading = _read([message.body], [*others, *again], context.prompt, language, message.media)
    found = answers_document(reading.answers)
    wants_more = reading.follow_up is FollowUp.HUMAN and reading.red_flag is None
    if reading.consent is not None or wants_more or found.keys().isdisjoint(again):
        return None
    changed = _changed(context, found, {item: said[item] for item in again})
    if not changed and reading.red_flag is None:
        return None
    answers = {item: value for item, value in found.items() if item in asked}
    is_missing = bool(set(asked) - answers.keys())
    return Understanding(
        row=row,
        message=message,
        phone=context.phone,
        episode=check_in.episode,
        check_in=check_in,
        reading=_as_put_right(reading, is_missing=is_missing) if changed else reading,
        answers=answers,
        puts_right=changed,
    )


def _changed(
    context: Context, found: dict[str, object], said: dict[str, Answered]
) -> dict[UUID, dict[str, object]]:
    """Return by text what counts in place of what was said; nothing where a person has to say what is meant."""
    changed: dict[UUID, dict[str, object]] = {}
    for item, before in said.items():
        if item in found and found[item] != before.value:
            changed.setdefault(before.message_id, {})[item] = found[item]
    if not changed or not says_only_that(context.message.body):
        return {}
    since = min(each.at for each in said.values() if each.message_id in changed)
    return {} if others_asked_since(context.row, context.phone, since=since) else changed


def _as_put_right(reading: Reading, *, is_missing: bool) -> Reading:
    """Return a reading that says that it puts right, and asks only for what no text has answered."""
    follow_up = FollowUp.CLARIFY if is_missing else FollowUp.NONE
    return replace(
        reading,
        follow_up=reading.follow_up if reading.red_flag else follow_up,
        evidence=(*(each for each in reading.evidence if not each.rule.startswith("missing.")), _PUTS_RIGHT),
    )


def _read(
    texts: list[str], asked: list[str], prompt: OutboundMessage | None, language: str, media: int
) -> Reading:
    return read(
        ReplyRequest(
            texts=tuple(texts),
            open=tuple(Question(each) for each in asked),
            language=language,
            prompt=prompt.body if prompt else None,
            media=media,
        )
    )


def _prompt(row: InboundRow, phone: Phone) -> OutboundMessage | None:
    return (
        OutboundMessage.objects.filter(
            practice_id=row.practice_id,
            patient_id=phone.patient_id,
            phone=phone,
            occurred_at__lte=row.received_at,
            outbox__state__in=HAVE_LEFT,
        )
        .order_by("-occurred_at", "-id")
        .first()
    )


def _asked_at(check_in: CheckIn, prompt: OutboundMessage | None) -> datetime:
    """Return since when texts belong to a check-in: a text that has not left yet has no earlier answers."""
    return max(check_in.planned_at, prompt.occurred_at) if prompt else check_in.planned_at


def _earlier_texts(row: InboundRow, phone: Phone, *, since: datetime) -> list[str]:
    # Of a shared mobile, not what the other patient wrote.
    earlier = InboundMessage.objects.filter(
        Q(row__phone=None) | Q(row__phone=phone),
        practice_id=row.practice_id,
        from_index=bytes(row.from_index),
        occurred_at__gte=since,
        occurred_at__lte=row.received_at,
    ).exclude(pk=row.message_id)
    newest = earlier.order_by("-occurred_at", "-id")[:_MOST_EARLIER]
    return [each.body for each in reversed(newest)]
