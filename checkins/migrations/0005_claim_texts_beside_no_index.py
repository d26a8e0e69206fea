import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from checkins.migrations import _claim_function as claim_function
from checkins.migrations import _departure_by_text as departure_by_text
from checkins.migrations import _departure_function as before

ENDED = """
UPDATE checkins_outboxrow SET finished_at = coalesce(attempted_at, not_before)
WHERE finished_at IS NULL AND state IN ('sent', 'failed', 'skipped');
UPDATE checkins_outboxrow SET finished_at = NULL
WHERE finished_at IS NOT NULL AND state NOT IN ('sent', 'failed', 'skipped');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("checkins", "0004_plan_and_note_statuses_lighter"),
        ("networks", "0002_keep_who_was_invited_as_what"),
        ("patients", "0002_name_phone_and_patient_in_one_key"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="outboxrow",
            name="checkins_outbox_pending",
        ),
        migrations.RemoveIndex(
            model_name="outboxrow",
            name="checkins_outbox_in_hand",
        ),
        # Functions name the column that goes: the departure's is made anew below.
        migrations.RunSQL(before.BACKWARD, before.FORWARD),
        migrations.RemoveField(
            model_name="outboxrow",
            name="id",
        ),
        migrations.AlterField(
            model_name="outboxrow",
            name="message",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                primary_key=True,
                related_name="outbox",
                serialize=False,
                to="checkins.outboundmessage",
            ),
        ),
        migrations.RunSQL(ENDED, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="outboxrow",
            index=models.Index(
                condition=Q(finished_at__isnull=True),
                fields=["practice", "priority", "not_before"],
                name="checkins_outbox_unfinished",
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxrow",
            constraint=models.CheckConstraint(
                condition=Q(state__in=["sent", "failed", "skipped"], finished_at__isnull=False)
                | Q(state__in=["pending", "claimed", "sending", "unknown"], finished_at__isnull=True),
                name="checkins_outbox_ended",
            ),
        ),
        # Room on each page for the next version of every row on it; only rows written from now on are laid so.
        migrations.RunSQL(
            "ALTER TABLE checkins_outboxrow SET (fillfactor = 50)",
            "ALTER TABLE checkins_outboxrow RESET (fillfactor)",
        ),
        migrations.RunSQL(claim_function.FORWARD, claim_function.BACKWARD),
        migrations.RunSQL(departure_by_text.FORWARD, departure_by_text.BACKWARD),
    ]
