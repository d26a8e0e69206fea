"""`daybook_depart` looks for an unread text of the phone as the first in an order that an index has.

Asked by NOT EXISTS, PostgreSQL walked the whole table for each group of texts once its statistics said that
one number had sent most of what came.
"""

from django.db import migrations

from checkins.migrations import _departure_by_text as before

NONE_UNREAD = """NOT EXISTS (
                  SELECT 1 FROM checkins_inboundrow i
                  WHERE i.practice_id = o.practice_id AND i.state = 'pending'
                    AND i.from_index = p.number_index)"""
FIRST_UNREAD = """(SELECT i.received_at FROM checkins_inboundrow i
                   WHERE i.practice_id = o.practice_id AND i.state = 'pending'
                     AND i.from_index = p.number_index
                   ORDER BY i.received_at LIMIT 1) IS NULL"""

FORWARD = before.FORWARD.replace(NONE_UNREAD, FIRST_UNREAD)
if before.FORWARD == FORWARD:
    raise ValueError("The look for unread texts is not where this migration expects it.")


class Migration(migrations.Migration):
    dependencies = [("checkins", "0006_write_texts_when_a_sender_comes")]

    operations = [
        migrations.RunSQL(before.BACKWARD + FORWARD, before.BACKWARD + before.FORWARD),
    ]
