from django.db import migrations

from checkins.migrations import _taking_functions as taking_functions


class Migration(migrations.Migration):
    dependencies = [
        ("checkins", "0012_texts_put_aside"),
    ]

    operations = [
        migrations.RunSQL(taking_functions.FORWARD, taking_functions.BACKWARD),
    ]
