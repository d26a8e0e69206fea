from django.db import migrations

from checkins.migrations import _shared_commits as shared


class Migration(migrations.Migration):
    dependencies = [
        ("checkins", "0007_look_for_unread_texts_in_order"),
    ]

    operations = [
        migrations.RunSQL(shared.FORWARD, shared.BACKWARD),
    ]
