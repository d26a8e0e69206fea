"""Correcting what was read from a text: a new fact beside the original, then the recount."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from checkins.models import Alert, CheckIn, Correction, InboundMessage, InboundRow, MonitoringDay, Reading
from checkins.replies.reading import RECORDED, Question
from checkins.services import alerts
from checkins.services.deriving import value_fields
from checkins.services.touching import touch
from checkins.services.understanding import Understanding, understand
from networks import audit, work
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.models import User
from networks.turns import take_turn
from patients.models import Episode

Answers = Mapping[str, object]
# Why a patient's own next text counts in place of what was read before it.
OWN_WORDS = "Put right in the next text"


def correct(
    message: InboundMessage, *, answers: Answers, reason: str, by: User, actor: Actor, now: datetime
) -> Correction:
    """Record what a person read in a text, bring its values in line, and return the correction.

    The text stays the patient's own: its values keep the patient as source and the date of receipt, and the
    date counts as long as a value is left on it. DomainError without a reason, Conflict for a text that
    nobody's answers can come from; the same once more returns the correction that stands.
    """
    reason = _checked(reason)
    with transaction.atomic():
        take_turn("text", message.pk)
        row = _row_of(message)
        latest = message.corrections.order_by("-recorded_at", "-id").first()
        if latest is not None and (latest.answers, latest.reason) == (dict(answers), reason):
            return latest
        return _record(row, answers, reason=reason, by=by, actor=actor, now=now)


def put_right(understood: Understanding, *, actor: Actor, now: datetime) -> list[Correction]:
    """Record what a patient's text puts right in texts before it, in the patient's own words; return what is new.

    The text that was put right keeps its words and what was read in it; safe to repeat. Where a person corrected it
    first their reading stands, and a person is asked what the two mean together.
    """
    made = []
    for message_id, answers in understood.puts_right.items():
        row = InboundRow.objects.select_related(
            "message", "phone__patient", "check_in__episode", "episode"
        ).get(practice_id=understood.row.practice_id, message_id=message_id)
        take_turn("text", message_id)
        latest = row.message.corrections.order_by("-recorded_at", "-id").first()
        if latest is not None and latest.by_id is not None:
            _ask_person(understood, now=now)
            continue
        counted = dict(latest.answers if latest else row.message.reading.answers)
        if counted | answers != counted:
            changed = counted | answers
            made.append(_record(row, changed, reason=OWN_WORDS, by=None, actor=actor, now=now))
    return made


def _ask_person(understood: Understanding, *, now: datetime) -> None:
    alerts.open_alert(
        understood.phone.patient,
        kind=Alert.Kind.UNCLEAR,
        level=Alert.Level.REVIEW,
        now=now,
        episode=understood.episode,
        message=understood.message,
    )


def _record(
    row: InboundRow, answers: Answers, *, reason: str, by: User | None, actor: Actor, now: datetime
) -> Correction:
    made = Correction.objects.create(
        practice_id=row.practice_id,
        message=row.message,
        answers=dict(answers),
        reason=reason,
        by=by,
        occurred_at=now,
        recorded_at=now,
    )
    _recount(row, row.message, answers, now=now)
    _note(made, row, actor=actor, now=now)
    return made


def corrected(understood: Understanding, corrections: Mapping[UUID, Answers]) -> Understanding:
    """Return how a text counts: as a person read it where somebody corrected it."""
    answers = corrections.get(understood.message.pk)
    return understood if answers is None else replace(understood, answers=dict(answers))


def corrections_of(practice_id: UUID) -> dict[UUID, Answers]:
    """Return the answers that stand for each corrected text of a practice; one query."""
    rows = Correction.objects.filter(practice_id=practice_id).order_by("recorded_at", "id")
    return dict(rows.values_list("message_id", "answers"))


def _checked(reason: str) -> str:
    reason = reason.strip().replace("\x00", "")
    if not reason:
        raise DomainError("Say in a few words why this reads differently.", field="reason")
    if len(reason) > 200:
        raise DomainError("Shorten the reason to 200 letters.", field="reason")
    return reason


def _row_of(message: InboundMessage) -> InboundRow:
    rows = InboundRow.objects.filter(
        practice_id=message.practice_id,
        message=message,
        state=InboundRow.State.READ,
        phone__isnull=False,
        episode__isnull=False,
    )
    row = rows.select_related("message", "phone__patient", "check_in__episode", "episode").first()
    if row is None:
        raise Conflict("Only a text that was read for an episode of care can be corrected.")
    return row


def _recount(row: InboundRow, message: InboundMessage, answers: Answers, *, now: datetime) -> None:
    if row.phone is None:
        return
    understood = understand(row, message, row.phone, check_in=row.check_in)
    changed = replace(understood, answers=dict(answers))
    if changed.episode is None:
        return
    days = _match_values(changed, changed.episode)
    _match_days(changed.episode, days)
    if row.check_in is not None:
        _note_open(row.check_in)
    touch([changed.episode.pk], practice_id=row.practice_id, now=now)


def _match_values(changed: Understanding, episode: Episode) -> set[date]:
    """Make the text's values what the correction says, keeping ids; return the dates that they are on."""
    keys = {"practice_id": changed.row.practice_id, "message": changed.message}
    standing = {each.item: each for each in Reading.objects.filter(**keys)}
    days = {each.local_date for each in standing.values()}
    for item in RECORDED:
        value = standing.pop(item.value, None)
        if item.value in changed.answers:
            value = value or Reading(**keys)
            for name, content in (value_fields(changed, item) | {"episode": episode}).items():
                setattr(value, name, content)
            value.save()
            days.add(value.local_date)
        elif value is not None:
            value.delete()
    return days


def _match_days(episode: Episode, days: Iterable[date]) -> None:
    keys: dict[str, Any] = {"practice_id": episode.practice_id, "episode": episode}
    for day in days:
        reported = Reading.objects.filter(**keys, local_date=day).exclude(source=Reading.Source.STAFF)
        if reported.exists():
            MonitoringDay.objects.get_or_create(**keys, local_date=day)
        else:
            MonitoringDay.objects.filter(**keys, local_date=day).delete()


def _note_open(check_in: CheckIn) -> None:
    """Say which questions of a check-in are open; one that is answered by now counts as answered."""
    values = check_in.values.filter(practice_id=check_in.practice_id)
    answered = set(values.values_list("item", flat=True))
    told = check_in.readings.filter(practice_id=check_in.practice_id, answers__free=True)
    answered |= {Question.FREE.value} if told.exists() else set()
    check_in.open_items = [item for item in check_in.items if item not in answered]
    was_late = check_in.closed_reason == CheckIn.Closed.EXPIRED
    if not check_in.open_items and (check_in.state == CheckIn.State.OPEN or was_late):
        check_in.state = CheckIn.State.ANSWERED
        check_in.closed_reason = CheckIn.Closed.NONE
    check_in.save(update_fields=["open_items", "state", "closed_reason"])


def _note(made: Correction, row: InboundRow, *, actor: Actor, now: datetime) -> None:
    audit.record(
        "text.corrected",
        actor=actor,
        subject_type="inbound_message",
        subject_id=made.message_id,
        now=now,
        practice_id=made.practice_id,
        patient_id=row.patient_id,
        details={"items": ", ".join(sorted(made.answers)) or "none"},
    )
    work.ring(made.practice_id, work.Queue.SEAL, at=now)
