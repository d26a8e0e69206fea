"""Texts and statuses stored by the statement of many: row by row as by the statement of one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from checkins.models import InboundMessage, InboundRow, OutboxRow, StatusEvent
from checkins.services import callbacks, outbox, receiving
from checkins.services.sending import Word
from networks.models import WorkDue
from tests.checkins.services.conftest import Loop
from tests.checkins.services.test_sending import write_staff_text
from tests.world import World

SID = "SM" + "0c" * 16
OTHER = "SM" + "0d" * 16


def text(sid: str, body: str = "6 y", **more: Any) -> receiving.TextIn:
    return receiving.TextIn(sid=sid, from_number="+13125550142", body=body, raw='{"Body": ["6 y"]}', **more)


def one_by_one(loop: Loop, texts: Sequence[receiving.TextIn]) -> list[bool]:
    return [receiving.receive(loop.route, each, now=loop.at) for each in texts]


def together(loop: Loop, texts: Sequence[receiving.TextIn]) -> list[bool]:
    return receiving.receive_many(loop.route, [(each, loop.at) for each in texts])


def stored(loop: Loop) -> list[tuple[Any, ...]]:
    """Every text as it is kept, with what waits for it."""
    waiting = {row.message_id: row for row in InboundRow.objects.all()}
    found = [
        (
            *(each.carrier_sid, each.body, each.from_number, bytes(each.from_index), each.raw, each.media),
            *(each.source, each.sender_id, each.practice_id, each.occurred_at, each.recorded_at),
            *(waiting[each.pk].state, waiting[each.pk].tries, waiting[each.pk].received_at),
            bytes(waiting[each.pk].from_index),
        )
        for each in InboundMessage.objects.order_by("carrier_sid")
    ]
    assert len(waiting) == len(found)
    return found


def rung(loop: Loop) -> set[tuple[str, Any]]:
    return set(WorkDue.objects.filter(practice_id=loop.practice.pk).values_list("queue", "due_at"))


class _Undone(Exception):
    """Takes back what was done to compare it with another way."""


def after(work: Callable[[], Any], *looks: Callable[[], Any]) -> list[Any]:
    """Return what work says and what is to be seen after it; everything as before in the end."""
    seen: list[Any] = []
    try:
        with transaction.atomic():
            seen.append(work())
            seen.extend(look() for look in looks)
            raise _Undone
    except _Undone:
        return seen


@pytest.mark.parametrize(
    "texts",
    [
        [text("SM1")],
        [text("SM1"), text("SM2", "=1+1"), text("SM3", "")],
        [text("SM3"), text("SM1"), text("SM2")],
        [text("SM1"), text("SM2", media=32_767), text("SM3", source="poll")],
        [text("known", "other words"), text("SM1")],
        [text("known")],
        [text("SM1\x00"), text("SM2", "sí \x00 ⑦ 𝟟 '\"\\{},NULL")],
        [text("{},\"'\\ NULL"), text("NULL")],
    ],
    ids=["one", "several", "unsorted", "media and source", "one known", "all known", "nul", "array syntax"],
)
def test_texts_stored_together_are_as_if_stored_one_by_one(loop: Loop, texts: list[receiving.TextIn]) -> None:
    receiving.receive(loop.route, text("known"), now=loop.at - timedelta(minutes=1))
    looks = (lambda: stored(loop), lambda: rung(loop))
    assert after(lambda: together(loop, texts), *looks) == after(lambda: one_by_one(loop, texts), *looks)


def test_the_same_text_twice_in_one_commit_is_stored_once(loop: Loop) -> None:
    said = together(loop, [text("SM1", "first"), text("SM2"), text("SM1", "first")])
    assert said[1] is True
    assert True in (said[0], said[2])
    assert InboundMessage.objects.count() == InboundRow.objects.count() == 2


def test_no_texts_are_nothing(loop: Loop) -> None:
    assert together(loop, []) == []


def test_texts_of_a_sender_that_is_not_the_practices_are_refused(loop: Loop) -> None:
    elsewhere = replace(loop.route, sender_id=uuid4())
    texts = [(text("SM1"), loop.at), (text("SM2"), loop.at)]
    with pytest.raises(IntegrityError), transaction.atomic():
        receiving.receive_many(elsewhere, texts)
    assert not InboundMessage.objects.exists()


@pytest.fixture
def attempts(loop: Loop) -> list[UUID]:
    """Two texts that are being sent."""
    write_staff_text(loop)
    write_staff_text(loop)
    claimed = outbox.claim(loop.practice.pk, now=loop.at, limit=10)
    return [each.attempt_id for each in outbox.depart_many(loop.practice.pk, claimed, now=loop.at)]


WORDS = {
    "one": [(0, "sent", SID, "")],
    "two texts": [(0, "delivered", SID, ""), (1, "failed", OTHER, "30003")],
    "forward": [(0, "queued", SID, ""), (0, "sent", SID, ""), (0, "delivered", SID, "")],
    "backward": [(0, "delivered", SID, ""), (0, "sent", SID, ""), (0, "queued", SID, "")],
    "failed, then delivered": [(0, "failed", SID, "30008"), (0, "delivered", SID, "")],
    "delivered, then failed": [(0, "delivered", SID, ""), (0, "failed", SID, "30008")],
    "the same twice": [(0, "sent", SID, ""), (0, "sent", SID, ""), (1, "sent", OTHER, "")],
    "a strange word": [(0, "surprise", SID, ""), (1, "", OTHER, "")],
    "without the carrier's id": [(0, "sent", "", "")],
}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS.keys())
def test_statuses_noted_together_are_as_if_noted_one_by_one(
    loop: Loop, attempts: list[UUID], words: list[tuple[int, str, str, str]]
) -> None:
    said = [
        Word(attempt_id=attempts[place], sid=sid, status=status, error_code=error, at=loop.at)
        for place, status, sid, error in words
    ]

    def events() -> set[tuple[Any, ...]]:
        rows = StatusEvent.objects.values_list("attempt_id", "carrier_sid", "status", "error_code", "source")
        assert len(rows) == len(set(rows))
        return set(rows)

    def rows() -> list[dict[str, Any]]:
        return list(OutboxRow.objects.order_by("pk").values())

    looks = (events, rows, lambda: rung(loop))
    practice = loop.practice.pk
    expected = after(lambda: [callbacks.note_alone(practice, each) for each in said], *looks)
    assert after(lambda: callbacks.note_many(practice, said), *looks) == expected


def test_statuses_of_texts_nobody_knows_are_kept_and_left_to_be_noted_alone(
    loop: Loop, attempts: list[UUID]
) -> None:
    words = [
        Word(attempt_id=each, sid=SID, status="sent", at=loop.at) for each in (uuid4(), attempts[0], uuid4())
    ]
    assert callbacks.note_many(loop.practice.pk, words) == [None, True, None]
    assert StatusEvent.objects.count() == 3


def test_statuses_of_another_practices_text_move_nothing(
    loop: Loop, attempts: list[UUID], world: World
) -> None:
    before = list(OutboxRow.objects.values())
    said = callbacks.note_many(world.elm.practice.pk, [Word(attempts[0], SID, "sent", loop.at)])
    assert said == [None]
    assert list(OutboxRow.objects.values()) == before
