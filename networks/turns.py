"""Taking turns: what two clicks or two tabs must not do at once."""

from uuid import UUID

from django.db import connection


def take_turn(subject: str, subject_id: UUID) -> None:
    """Wait until no other transaction holds this subject's turn, and hold it until this one ends.

    For facts, whose rows cannot be locked: the app role may not update them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 3))", [f"{subject}:{subject_id}"])
