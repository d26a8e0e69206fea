"""What must hold after every fault, asked of the database (as its owner) and of the carrier's own log.

Numbers as in docs/adr: I1 no text twice, I2 no reply lost, I3 nothing after a stop, I4 no day twice,
I6 every text ends with a reason, I8 statuses only move forward, I9 nothing outside its slot.
Each returns what breaks it, so that an empty list is the proof; `assert_all` asks for every one.
"""

from collections import Counter
from collections.abc import Iterable

from checkins.statuses import RANKS
from tests.system.clinic import Clinic

FINAL = ("sent", "failed", "skipped")


def texts_sent_twice(clinic: Clinic) -> list[str]:
    """I1: ids of outbox rows whose text the carrier accepted more than once; each text has words of its own."""
    taken = Counter((each["to"], each["body"]) for each in clinic.accepted())
    return [f"{to} {body!r} x{count}" for (to, body), count in taken.items() if count > 1]


def sent_without_trace(clinic: Clinic) -> list[str]:
    """I1, the other side: texts that the carrier accepted and no outbox row knows as sent."""
    known = {
        row[0]
        for row in clinic.product.sql(
            "SELECT carrier_sid FROM checkins_outboxrow WHERE practice_id = %s AND state = 'sent'",
            [clinic.id],
        )
    }
    return [each["sid"] for each in clinic.accepted() if each["sid"] not in known]


def claimed_but_never_accepted(clinic: Clinic) -> list[str]:
    """Rows that say sent although the carrier has no such text."""
    taken = {each["sid"] for each in clinic.accepted()}
    rows = clinic.product.sql(
        "SELECT carrier_sid FROM checkins_outboxrow WHERE practice_id = %s AND state = 'sent'", [clinic.id]
    )
    return [row[0] for row in rows if row[0] not in taken]


def check_ins_asked_twice(clinic: Clinic) -> list[str]:
    """I1: episodes with two check-ins, or a check-in with two texts, of one local date and kind."""
    rows = clinic.product.sql(
        "SELECT episode_id, local_date, kind FROM checkins_checkin WHERE practice_id = %s "
        "GROUP BY 1, 2, 3 HAVING count(*) > 1",
        [clinic.id],
    )
    return [str(row) for row in rows]


def replies_lost(clinic: Clinic, sids: Iterable[str]) -> list[str]:
    """I2, I5: carrier's ids of texts that the carrier delivered or we acknowledged, stored not exactly once."""
    stored = Counter(
        row[0]
        for row in clinic.product.sql(
            "SELECT carrier_sid FROM checkins_inboundmessage WHERE practice_id = %s", [clinic.id]
        )
    )
    return [sid for sid in sids if stored[sid] != 1]


def unread_replies(clinic: Clinic) -> list[str]:
    """I2: texts in that still wait or were set aside."""
    rows = clinic.product.sql(
        "SELECT message_id FROM checkins_inboundrow WHERE practice_id = %s "
        "AND state NOT IN ('read', 'unknown_sender')",
        [clinic.id],
    )
    return [str(row[0]) for row in rows]


def sends_after_stop(clinic: Clinic, *, mobile: str, slack: float) -> list[str]:
    """I3: texts accepted more than `slack` seconds after the phone's stop, its confirmation apart."""
    stops = [
        each["at"]
        for each in clinic.product.simulator.log("webhook")
        if each.get("from") == mobile and str(each.get("body", "")).lower().startswith("stop")
    ]
    if not stops:
        return []
    return [
        each["body"]
        for each in clinic.accepted()
        if each["to"] == mobile and each["at"] > min(stops) + slack and "no more texts" not in each["body"]
    ]


def days_counted_twice(clinic: Clinic) -> list[str]:
    """I4: episodes with two monitoring days of one date, or a date without a reading behind it."""
    rows = clinic.product.sql(
        "SELECT episode_id, local_date FROM checkins_monitoringday WHERE practice_id = %s "
        "GROUP BY 1, 2 HAVING count(*) > 1",
        [clinic.id],
    )
    return [str(row) for row in rows]


def texts_without_an_end(clinic: Clinic) -> list[str]:
    """I6: outbox rows that are not final, or final without a reason or an instant."""
    rows = clinic.product.sql(
        "SELECT message_id, state, reason FROM checkins_outboxrow WHERE practice_id = %s "
        "AND (state <> ALL (%s) OR reason = '' OR finished_at IS NULL)",
        [clinic.id, list(FINAL)],
    )
    return [str(row) for row in rows]


def statuses_gone_back(clinic: Clinic) -> list[str]:
    """I8: rows that show less than the furthest word the carrier ever gave for them."""
    rows = clinic.product.sql(
        "SELECT o.message_id, o.status, array_agg(e.status) FROM checkins_outboxrow o "
        "JOIN checkins_sendattempt a ON a.message_id = o.message_id "
        "JOIN checkins_statusevent e ON e.attempt_id = a.id "
        "WHERE o.practice_id = %s GROUP BY o.message_id, o.status",
        [clinic.id],
    )
    return [
        str(row)
        for row, status, seen in rows
        if RANKS.get(status, 1) < max(RANKS.get(each, 1) for each in seen)
    ]


def sends_outside_their_slot(clinic: Clinic) -> list[str]:
    """I9: attempts begun before a row's time or after its end."""
    rows = clinic.product.sql(
        "SELECT a.id FROM checkins_sendattempt a JOIN checkins_outboxrow o ON o.message_id = a.message_id "
        "WHERE a.practice_id = %s AND a.occurred_at >= o.not_after",
        [clinic.id],
    )
    return [str(row[0]) for row in rows]


def most_attempts(clinic: Clinic) -> int:
    """The most often that any text was handed over."""
    rows = clinic.product.sql(
        "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM checkins_sendattempt "
        "WHERE practice_id = %s GROUP BY message_id) attempts",
        [clinic.id],
    )
    return int(rows[0][0])


def assert_all(clinic: Clinic) -> None:
    """Assert everything that must hold once all texts have settled."""
    assert texts_sent_twice(clinic) == []
    assert sent_without_trace(clinic) == []
    assert claimed_but_never_accepted(clinic) == []
    assert check_ins_asked_twice(clinic) == []
    assert days_counted_twice(clinic) == []
    assert texts_without_an_end(clinic) == []
    assert statuses_gone_back(clinic) == []
    assert sends_outside_their_slot(clinic) == []
