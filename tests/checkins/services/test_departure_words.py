"""Whether a text may go is asked in one statement and why it stays in another: they look for the same."""

import pytest
from django.db import connection

from checkins.services import outbox


@pytest.mark.django_db
def test_an_unread_text_is_looked_for_in_the_same_words() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'daybook_depart'")
        (body,) = cursor.fetchone()
    look = " ".join(outbox._UNREAD.split())
    assert look.endswith(" IS NOT NULL")
    assert look.replace(" IS NOT NULL", " IS NULL") in " ".join(body.split())
