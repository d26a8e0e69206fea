"""Check-ins whose text never left or never arrived: they close as not sent; their silence counts nowhere."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

_CLOSE = """
    UPDATE checkins_checkin c SET state = 'closed', closed_reason = 'not_sent'
    FROM checkins_outboxrow o
    JOIN checkins_outboundmessage m ON m.practice_id = o.practice_id AND m.id = o.message_id
    WHERE o.practice_id = %(practice)s AND o.message_id = ANY (%(texts)s)
      AND (o.state IN ('failed', 'skipped') OR o.status_rank = 50)
      AND m.kind = 'check_in'
      AND c.practice_id = %(practice)s AND c.id = m.check_in_id AND c.state = 'open'
"""


def close_unsent(practice_id: UUID, message_ids: Iterable[UUID]) -> None:
    """Close the open check-ins of those texts among these that ended unsent or undelivered."""
    texts = list(message_ids)
    if texts:
        with connection.cursor() as cursor:
            cursor.execute(_CLOSE, {"practice": practice_id, "texts": texts})
