from django.db import migrations

from checkins.migrations import _departure_function as departure_function


class Migration(migrations.Migration):
    dependencies = [
        ("checkins", "0002_write_replies_lighter"),
    ]

    operations = [
        migrations.RunSQL(departure_function.FORWARD, departure_function.BACKWARD),
    ]
