"""Reading many plain answers at once: the same reader, the same rows, a constant number of queries.

Only texts that need nothing but recording are finished here: one text of its phone, an open check-in, an
answer without danger, stop or question. All others are left as they are for `reading`, one phone at a time.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from checkins.models import (
    CheckIn,
    InboundMessage,
    InboundRow,
    OutboundMessage,
    Reading,
    ReplyReading,
)
from checkins.replies.reading import RECORDED, FollowUp, Kind
from checkins.services import deriving
from checkins.services.keeping import keep
from checkins.services.touching import touch
from checkins.services.understanding import HAVE_LEFT, Context, Understanding, interpret
from networks import audit, work
from networks.actors import Actor
from networks.models import AuditEntry
from patients.models import Phone

_READER = Actor.part("reader")
_LOCK = """
    SELECT key, pg_try_advisory_xact_lock(hashtextextended(%s || ':' || encode(key, 'hex'), 2))
    FROM unnest(%s::bytea[]) AS keys (key)
"""


def read_plain_answers(practice_id: UUID, *, now: datetime, limit: int = 500) -> int:
    """Read and record the plain answers among up to `limit` waiting texts; return how many were finished.

    Runs in one transaction inside the practice's scope.
    """
    rows = _lone_rows(practice_id, limit=limit)
    if len(rows) < 2:
        return 0
    understood = [each for each in _interpreted(practice_id, rows) if _is_plain(each)]
    if understood:
        _record(practice_id, understood, now=now)
    return len(understood)


def _lone_rows(practice_id: UUID, *, limit: int) -> list[InboundRow]:
    """Return waiting texts that are the only one of their phone, each phone locked for this transaction."""
    waiting = InboundRow.objects.filter(practice_id=practice_id, state=InboundRow.State.PENDING)
    keys = waiting.order_by("received_at", "message_id").values_list("from_index", flat=True)[:limit]
    counted = Counter(bytes(key) for key in keys)
    lone = [key for key, count in counted.items() if count == 1]
    if len(lone) < 2:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [str(practice_id), lone])
        locked = [bytes(key) for key, got in cursor.fetchall() if got]
    rows = list(waiting.filter(from_index__in=locked).select_related("message"))
    again = Counter(bytes(row.from_index) for row in rows)
    return [row for row in rows if again[bytes(row.from_index)] == 1]


def _interpreted(practice_id: UUID, rows: list[InboundRow]) -> Iterable[Understanding]:
    phones = _phones(practice_id, rows)
    check_ins = _open_check_ins(practice_id, phones.values(), rows)
    prompts = _prompts(practice_id, phones.values(), check_ins)
    spoken = _have_written(practice_id, rows, check_ins, phones)
    for row in rows:
        phone = phones.get(bytes(row.from_index))
        check_in = check_ins.get(phone.pk) if phone else None
        if phone is None or check_in is None or bytes(row.from_index) in spoken:
            continue
        if not check_in.planned_at <= row.received_at < check_in.expires_at:
            continue
        prompt = prompts.get(phone.pk)
        if prompt is None or prompt.occurred_at > row.received_at or prompt.check_in_id != check_in.pk:
            continue
        context = Context(row=row, message=row.message, phone=phone, check_in=check_in, prompt=prompt)
        yield interpret(context, earlier=list, asked=list(check_in.items))


def _phones(practice_id: UUID, rows: list[InboundRow]) -> dict[bytes, Phone]:
    """Return the phones that wrote, by number; a mobile that patients share is left to be read by itself."""
    found = list(
        Phone.objects.filter(
            practice_id=practice_id, number_index__in=[bytes(row.from_index) for row in rows]
        )
        .exclude(state=Phone.State.REPLACED)
        .select_related("patient")
    )
    shared = {bytes(phone.number_index) for phone in found if phone.line is not None}
    by_number = {bytes(phone.number_index): phone for phone in found}
    return {index: phone for index, phone in by_number.items() if index not in shared}


def _open_check_ins(
    practice_id: UUID, phones: Iterable[Phone], rows: list[InboundRow]
) -> dict[UUID, CheckIn]:
    found = (
        CheckIn.objects.filter(
            practice_id=practice_id,
            plan__phone__in=list(phones),
            state=CheckIn.State.OPEN,
            expires_at__gt=min(row.received_at for row in rows),
        )
        .select_related("episode", "plan")
        .order_by("planned_at")
    )
    return {each.plan.phone_id: each for each in found}


def _prompts(
    practice_id: UUID, phones: Iterable[Phone], check_ins: dict[UUID, CheckIn]
) -> dict[UUID, OutboundMessage]:
    """Return the text that asked, for phones to which nothing else was sent since."""
    since = min((each.planned_at for each in check_ins.values()), default=None)
    if since is None:
        return {}
    sent: dict[UUID, list[OutboundMessage]] = {}
    for message in OutboundMessage.objects.filter(
        practice_id=practice_id,
        patient_id__in=[phone.patient_id for phone in phones],
        occurred_at__gte=since,
        outbox__state__in=HAVE_LEFT,
    ):
        sent.setdefault(message.phone_id, []).append(message)
    return {
        phone_id: messages[0]
        for phone_id, messages in sent.items()
        if len(messages) == 1 and messages[0].kind == OutboundMessage.Kind.CHECK_IN
    }


def _have_written(
    practice_id: UUID, rows: list[InboundRow], check_ins: dict[UUID, CheckIn], phones: dict[bytes, Phone]
) -> set[bytes]:
    """Return the phones that wrote another text since they were asked: those are read one by one."""
    asked = Q()
    for key, phone in phones.items():
        if phone.pk in check_ins:
            asked |= Q(from_index=key, occurred_at__gte=check_ins[phone.pk].planned_at)
    if not asked:
        return set()
    others = (
        InboundMessage.objects.filter(asked, practice_id=practice_id)
        .exclude(pk__in=[row.message_id for row in rows])
        .values_list("from_index", flat=True)
    )
    return {bytes(key) for key in others}


def _is_plain(understood: Understanding) -> bool:
    reading = understood.reading
    check_in = understood.check_in
    return (
        reading.kind is Kind.ANSWER
        and reading.red_flag is None
        and reading.consent is None
        and reading.follow_up is FollowUp.NONE
        and check_in is not None
        and all(item in understood.answers for item in check_in.open_items)
    )


def _record(practice_id: UUID, understood: list[Understanding], *, now: datetime) -> None:
    ReplyReading.objects.bulk_create(
        [
            ReplyReading(practice_id=practice_id, message=each.message, **deriving.reply_fields(each))
            for each in understood
        ]
    )
    values = [
        Reading(practice_id=practice_id, episode=each.episode, **deriving.value_fields(each, item))
        for each in understood
        for item in RECORDED
        if item.value in each.answers
    ]
    keep(values, practice_id=practice_id, now=now)
    # What is kept touches its episode; an answer of which nothing is kept is told here.
    kept = {each.episode_id for each in values}
    others = {each.episode.pk for each in understood if each.episode is not None} - kept
    touch(others, practice_id=practice_id, now=now)
    _finish(practice_id, understood, now=now)
    AuditEntry.objects.bulk_create([_entry(practice_id, each, now=now) for each in understood])
    work.ring(practice_id, work.Queue.SEAL, at=now)


_FINISH = """
    UPDATE checkins_inboundrow r SET
        state = 'read', finished_at = %(now)s, phone_id = u.phone, patient_id = u.patient,
        check_in_id = u.check_in, episode_id = u.episode
    FROM unnest(%(rows)s::uuid[], %(phones)s::uuid[], %(patients)s::uuid[], %(check_ins)s::uuid[],
                %(episodes)s::uuid[]) AS u (row, phone, patient, check_in, episode)
    WHERE r.practice_id = %(practice)s AND r.id = u.row
"""


def _finish(practice_id: UUID, understood: list[Understanding], *, now: datetime) -> None:
    check_ins = [each.check_in.pk for each in understood if each.check_in is not None]
    with connection.cursor() as cursor:
        cursor.execute(
            _FINISH,
            {
                "practice": practice_id,
                "now": now,
                "rows": [each.row.pk for each in understood],
                "phones": [each.phone.pk for each in understood],
                "patients": [each.phone.patient_id for each in understood],
                "check_ins": check_ins,
                "episodes": [each.episode.pk for each in understood if each.episode is not None],
            },
        )
    CheckIn.objects.filter(practice_id=practice_id, pk__in=check_ins).update(
        open_items=[], state=CheckIn.State.ANSWERED
    )


def _entry(practice_id: UUID, understood: Understanding, *, now: datetime) -> AuditEntry:
    return audit.build(
        "text.read",
        actor=_READER,
        subject_type="inbound_message",
        subject_id=understood.message.pk,
        now=now,
        practice_id=practice_id,
        patient_id=understood.phone.patient_id,
        details={"kind": understood.reading.kind.value, "reader": understood.reading.reader},
    )
