"""Status callbacks: by rank, in any order, any number of times, known or not."""

import itertools
from uuid import uuid4

import pytest

from checkins.models import LineNotice, OutboxRow, StatusEvent
from tests.checkins.webhooks.conftest import Carrier

SID = "SM" + "8" * 32


def call(carrier: Carrier, attempt: str, status: str, *, sid: str = SID, **more: str) -> int:
    path = f"{carrier.status_path}?m={attempt}"
    return carrier.post(path, carrier.status(status, sid=sid, **more)).status_code


def test_a_callback_binds_the_text_before_the_answer_does(carrier: Carrier, attempt: str) -> None:
    assert call(carrier, attempt, "queued") == 204
    row = OutboxRow.objects.get()
    assert (row.state, row.carrier_sid, row.status, row.reason) == ("sent", SID, "queued", "accepted")
    assert row.lease_until is None


@pytest.mark.parametrize(
    "order", list(itertools.permutations(["queued", "sent", "delivered"])), ids=lambda order: "-".join(order)
)
def test_in_any_order_the_furthest_word_stands(carrier: Carrier, attempt: str, order: tuple[str]) -> None:
    furthest = -1
    for word in (*order, *order):
        assert call(carrier, attempt, word) == 204
        rank = OutboxRow.objects.get().status_rank
        assert rank >= furthest
        furthest = rank
    assert OutboxRow.objects.get().status == "delivered"
    assert StatusEvent.objects.count() == 3


def test_delivered_outranks_failed_whichever_comes_first(carrier: Carrier, attempt: str) -> None:
    call(carrier, attempt, "undelivered", ErrorCode="30003")
    assert OutboxRow.objects.get().error_code == "30003"
    call(carrier, attempt, "delivered")
    assert OutboxRow.objects.get().status == "delivered"
    call(carrier, attempt, "failed", ErrorCode="30008")
    row = OutboxRow.objects.get()
    assert (row.status, row.error_code) == ("delivered", "")


@pytest.mark.parametrize(
    "word", ["surprise", "", "x" * 200, "DELIVERED", "partly\x00sent", "é" * 24, "a_word_of_some_23_chars"]
)
def test_a_word_nobody_knows_is_noted_and_moves_nothing_back(
    carrier: Carrier, attempt: str, word: str
) -> None:
    assert call(carrier, attempt, word) == 204
    assert StatusEvent.objects.count() == 1
    call(carrier, attempt, "delivered")
    assert call(carrier, attempt, word + "2") == 204
    assert OutboxRow.objects.get().status == "delivered"


@pytest.mark.parametrize("given", ["", "x", "%00", "0" * 500], ids=["none", "word", "nul", "long"])
def test_a_text_nobody_knows_is_kept_and_counted(carrier: Carrier, given: str) -> None:
    assert call(carrier, given, "sent") == 204
    assert StatusEvent.objects.get().attempt_id is None
    assert LineNotice.objects.get(kind="stray_status").count == 1


def test_a_stray_attempt_is_kept_for_later(carrier: Carrier) -> None:
    attempt = uuid4()
    assert call(carrier, str(attempt), "sent") == 204
    assert StatusEvent.objects.get().attempt_id == attempt


def test_a_callback_without_attempt_finds_its_text_by_the_carriers_id(carrier: Carrier, attempt: str) -> None:
    call(carrier, attempt, "sent")
    path = carrier.status_path
    assert carrier.post(path, carrier.status("delivered", sid=SID)).status_code == 204
    assert OutboxRow.objects.get().status == "delivered"


def test_strange_fields_are_no_error(carrier: Carrier, attempt: str) -> None:
    assert call(carrier, attempt, "failed", ErrorCode="9" * 400, sid="S" * 400) == 204
    assert call(carrier, attempt, "failed", ErrorCode="x\x00y", sid="S\x00") == 204


def test_a_settled_text_is_not_opened_again(carrier: Carrier, attempt: str) -> None:
    OutboxRow.objects.update(
        state=OutboxRow.State.SKIPPED, reason="outcome_unknown", finished_at=carrier.loop.at
    )
    assert call(carrier, attempt, "delivered") == 204
    row = OutboxRow.objects.get()
    assert (row.state, row.status) == ("skipped", "delivered")
