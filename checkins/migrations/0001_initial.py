import datetime
import django.db.models.deletion
import django.db.models.functions.datetime
import networks.encryption
import networks.keys
import networks.models.owned
import networks.tenancy
from django.conf import settings
from checkins.migrations import _line_functions as line_functions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("networks", "0001_initial"),
        ("networks", "__first__"),
        ("patients", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SenderRoute",
            fields=[
                ("key", models.CharField(max_length=43, primary_key=True, serialize=False)),
                ("practice_id", models.UUIDField()),
                ("sender_id", models.UUIDField(unique=True)),
                ("account_sid", models.CharField(max_length=34)),
                ("number", models.CharField(max_length=20)),
                (
                    "tokens",
                    networks.encryption.EncryptedTextField(
                        help_text="JSON list of auth tokens accepted now, the primary first."
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AdoptedProtocol",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("version", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=80)),
                ("content", models.JSONField()),
                ("adopted_at", models.DateTimeField()),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_adoptedprotocol_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_adoptedprotocol_key"),
                    models.UniqueConstraint(
                        fields=("practice", "code", "version"), name="checkins_adoptedprotocol_version"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("occurred_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "stamped_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "transaction",
                    networks.models.owned.TransactionIdField(
                        db_default=networks.models.owned.CurrentTransaction(), editable=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("red_flag", "A danger sign"),
                            ("unclear", "A reply that needs a person"),
                            ("opted_out", "Texts stopped"),
                            ("wrong_number", "Wrong number"),
                            ("unreachable", "Texts do not arrive"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("L1", "At once"),
                            ("L2", "Same or next business day"),
                            ("review", "A person looks"),
                        ],
                        max_length=8,
                    ),
                ),
                ("sign", models.CharField(blank=True, help_text="The class of danger sign.", max_length=16)),
                (
                    "episode",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="patients.episode",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="patients.patient",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AlertEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("occurred_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "stamped_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "transaction",
                    networks.models.owned.TransactionIdField(
                        db_default=networks.models.owned.CurrentTransaction(), editable=False
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("paged", "Somebody was paged"),
                            ("seen", "Seen"),
                            ("acknowledged", "Acknowledged"),
                            ("noted", "Noted"),
                            ("closed", "Closed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "alert",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="checkins.alert",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="checkins_alertevent_seal"),
                    models.Index(fields=["practice", "alert", "act"], name="checkins_alertevent_alert"),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_alertevent_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_alertevent_key"),
                    networks.tenancy.AppendOnly(name="checkins_alertevent_fact"),
                    networks.tenancy.SameTenant(
                        field="alert", key="practice", name="checkins_alertevent_alert_tenant"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckIn",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("local_date", models.DateField()),
                (
                    "kind",
                    models.CharField(choices=[("daily", "Daily check-in")], default="daily", max_length=10),
                ),
                (
                    "items",
                    models.JSONField(
                        help_text="The questions asked, in order, such as ['pain', 'exercises']."
                    ),
                ),
                ("open_items", models.JSONField(help_text="Those of them without an answer yet.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for an answer"),
                            ("answered", "Answered"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "closed_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", ""),
                            ("opted_out", "The patient stopped the texts"),
                            ("expired", "No answer in time"),
                            ("not_sent", "The text could not be sent"),
                            ("ended", "Monitoring ended"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "clarified",
                    models.BooleanField(default=False, help_text="Asked once more already; not again."),
                ),
                (
                    "expires_at",
                    models.DateTimeField(
                        help_text="After this an answer no longer belongs to this check-in."
                    ),
                ),
                ("planned_at", models.DateTimeField()),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_ins",
                        to="patients.episode",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InboundMessage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("occurred_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "stamped_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "transaction",
                    networks.models.owned.TransactionIdField(
                        db_default=networks.models.owned.CurrentTransaction(), editable=False
                    ),
                ),
                ("carrier_sid", models.CharField(max_length=64)),
                ("from_number", networks.encryption.EncryptedTextField()),
                ("from_index", models.BinaryField(max_length=32)),
                ("body", networks.encryption.EncryptedTextField()),
                (
                    "raw",
                    networks.encryption.EncryptedTextField(help_text="Every field of the call, as JSON."),
                ),
                ("media", models.PositiveSmallIntegerField(default=0)),
                (
                    "source",
                    models.CharField(
                        choices=[("webhook", "The carrier called"), ("poll", "Found in the carrier's list")],
                        default="webhook",
                        max_length=8,
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="alert",
            name="message",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="alerts",
                to="checkins.inboundmessage",
            ),
        ),
        migrations.CreateModel(
            name="InboundRow",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_index", models.BinaryField(max_length=32)),
                ("received_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting to be read"),
                            ("read", "Read"),
                            ("unknown_sender", "From a number that no patient has"),
                            ("quarantined", "Set aside after repeated errors"),
                        ],
                        default="pending",
                        max_length=14,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "check_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts_in",
                        to="checkins.checkin",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts_in",
                        to="patients.episode",
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="row",
                        to="checkins.inboundmessage",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts_in",
                        to="patients.patient",
                    ),
                ),
                (
                    "phone",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts_in",
                        to="patients.phone",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "pending")),
                        fields=["practice", "received_at"],
                        name="checkins_inboundrow_pending",
                    ),
                    models.Index(
                        fields=["practice", "patient", "received_at"], name="checkins_inboundrow_patient"
                    ),
                    models.Index(
                        fields=["practice", "state", "received_at"], name="checkins_inboundrow_state"
                    ),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_inboundrow_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_inboundrow_key"),
                    networks.tenancy.SameTenant(
                        field="message", key="practice", name="checkins_inboundrow_message_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="phone", key="practice", name="checkins_inboundrow_phone_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="patient", key="practice", name="checkins_inboundrow_patient_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="checkins_inboundrow_episode_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="check_in", key="practice", name="checkins_inboundrow_check_in_tenant"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LineNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("practice_id", models.UUIDField()),
                ("sender_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("unknown_sender", "Texts from a number that no patient has"),
                            ("bad_signature", "Webhooks with a wrong signature"),
                            ("malformed", "Webhooks that could not be read"),
                            ("stray_status", "Statuses for texts that Daybook does not know"),
                            ("quarantined", "Replies set aside after repeated errors"),
                            ("paused", "Sender paused after a set-up error"),
                            ("unknown_outcome", "Texts whose outcome stays unknown"),
                        ],
                        max_length=20,
                    ),
                ),
                ("count", models.PositiveIntegerField(default=0)),
                ("last_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("practice_id", "sender_id", "kind"), name="checkins_linenotice_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MonitoringDay",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("local_date", models.DateField()),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="monitoring_days",
                        to="patients.episode",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_monitoringday_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_monitoringday_key"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="checkins_monitoringday_episode_tenant"
                    ),
                    models.UniqueConstraint(
                        fields=("practice", "episode", "local_date"), name="checkins_monitoringday_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutboundMessage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("occurred_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "stamped_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "transaction",
                    networks.models.owned.TransactionIdField(
                        db_default=networks.models.owned.CurrentTransaction(), editable=False
                    ),
                ),
                (
                    "answers_message",
                    models.UUIDField(blank=True, help_text="The text in that this one answers.", null=True),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("check_in", "Check-in"),
                            ("reminder", "Reminder"),
                            ("clarify", "Asked once more"),
                            ("thanks", "Thanks"),
                            ("welcome", "Welcome"),
                            ("stop", "Confirmed that texts stop"),
                            ("start", "Confirmed that texts start again"),
                            ("stop_question", "Asked whether texts should stop"),
                            ("help", "Help"),
                            ("safety", "Safety reply"),
                            ("staff", "Written by staff"),
                        ],
                        max_length=14,
                    ),
                ),
                ("body", networks.encryption.EncryptedTextField()),
                (
                    "template",
                    models.CharField(
                        blank=True, help_text="Wording id and version, such as check_in.1", max_length=40
                    ),
                ),
                ("language", models.CharField(choices=[("en", "English"), ("es", "Spanish")], max_length=2)),
                ("segments", models.PositiveSmallIntegerField(default=1)),
                (
                    "check_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="checkins.checkin",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts_out",
                        to="patients.episode",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts_out",
                        to="patients.patient",
                    ),
                ),
                (
                    "phone",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts_out",
                        to="patients.phone",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "send_at",
                    models.TimeField(
                        default=datetime.time(9, 0), help_text="Local time in the patient's zone."
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        help_text="The patient's zone, copied so that planning is one query.", max_length=64
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="patients.episode",
                    ),
                ),
                (
                    "phone",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patients.phone",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="checkins.adoptedprotocol",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="checkin",
            name="plan",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="check_ins",
                to="checkins.plan",
            ),
        ),
        migrations.CreateModel(
            name="Protocol",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("version", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=80)),
                (
                    "content",
                    models.JSONField(help_text="Items, cadence by phase; shape in checkins/cadence.py."),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "version"), name="checkins_protocol_version")
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("item", models.CharField(max_length=12)),
                ("low", models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                ("high", models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                ("word", models.CharField(blank=True, help_text="yes, no, partial, later", max_length=12)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "The patient"),
                            ("caregiver", "A caregiver"),
                            ("staff", "Entered by staff"),
                        ],
                        max_length=10,
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("local_date", models.DateField(help_text="Date of receipt in the patient's zone.")),
                (
                    "check_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="checkins.checkin",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="patients.episode",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="checkins.inboundmessage",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["practice", "episode", "received_at"], name="checkins_reading_episode"
                    )
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_reading_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_reading_key"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="checkins_reading_episode_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="check_in", key="practice", name="checkins_reading_check_in_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="message", key="practice", name="checkins_reading_message_tenant"
                    ),
                    models.UniqueConstraint(
                        fields=("practice", "message", "item"), name="checkins_reading_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReplyReading",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("answers", models.JSONField(default=dict)),
                ("consent", models.CharField(blank=True, max_length=16)),
                ("red_flag_class", models.CharField(blank=True, max_length=16)),
                ("red_flag_level", models.CharField(blank=True, max_length=8)),
                ("follow_up", models.CharField(max_length=8)),
                ("reasons", models.JSONField(default=list)),
                (
                    "spans",
                    models.JSONField(
                        default=list, help_text="Which characters decided, by rule; no text of its own."
                    ),
                ),
                ("reader", models.CharField(max_length=16)),
                (
                    "check_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="checkins.checkin",
                    ),
                ),
                (
                    "message",
                    models.OneToOneField(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reading",
                        to="checkins.inboundmessage",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_replyreading_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_replyreading_key"),
                    networks.tenancy.SameTenant(
                        field="message", key="practice", name="checkins_replyreading_message_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="check_in", key="practice", name="checkins_replyreading_check_in_tenant"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SendAttempt",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("occurred_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "stamped_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "transaction",
                    networks.models.owned.TransactionIdField(
                        db_default=networks.models.owned.CurrentTransaction(), editable=False
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="send_attempts",
                        to="checkins.outboundmessage",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="checkins_sendattempt_seal"),
                    models.Index(fields=["practice", "message"], name="checkins_sendattempt_message"),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_sendattempt_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_sendattempt_key"),
                    networks.tenancy.AppendOnly(name="checkins_sendattempt_fact"),
                    networks.tenancy.SameTenant(
                        field="message", key="practice", name="checkins_sendattempt_message_tenant"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sender",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        help_text="E.164; the practice's own number, not a patient's.", max_length=20
                    ),
                ),
                ("account_sid", models.CharField(max_length=34)),
                ("messaging_service_sid", models.CharField(blank=True, max_length=34)),
                (
                    "state",
                    models.CharField(
                        choices=[("not_ready", "Not ready"), ("ready", "Ready"), ("paused", "Paused")],
                        default="not_ready",
                        max_length=10,
                    ),
                ),
                ("pause_reason", models.CharField(blank=True, max_length=60)),
                ("segments_per_second", models.DecimalField(decimal_places=2, default=1, max_digits=6)),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False, name="checkins_sender_tenancy", network="", practice="practice_id"
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_sender_key"),
                    models.UniqueConstraint(fields=("practice", "number"), name="checkins_sender_number"),
                ],
            },
        ),
        migrations.AddField(
            model_name="plan",
            name="sender",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="checkins.sender",
            ),
        ),
        migrations.CreateModel(
            name="OutboxRow",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting for its time"),
                            ("claimed", "About to be sent"),
                            ("sending", "Being sent"),
                            ("unknown", "Outcome unknown, being looked up"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("skipped", "Not sent"),
                        ],
                        default="pending",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40)),
                (
                    "priority",
                    models.SmallIntegerField(
                        default=5, help_text="1 safety and replies to a text, 5 check-ins."
                    ),
                ),
                ("not_before", models.DateTimeField()),
                ("not_after", models.DateTimeField(help_text="Later than this it is not sent any more.")),
                (
                    "needs_consent",
                    models.BooleanField(
                        default=True,
                        help_text="False only for the one confirmation of a stop, help and safety replies.",
                    ),
                ),
                (
                    "keeps_hours",
                    models.BooleanField(default=True, help_text="False for replies to a text just received."),
                ),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("attempt_id", models.UUIDField(blank=True, null=True)),
                ("attempted_at", models.DateTimeField(blank=True, null=True)),
                ("carrier_sid", models.CharField(blank=True, max_length=34)),
                (
                    "status",
                    models.CharField(blank=True, help_text="The carrier's latest word.", max_length=20),
                ),
                ("status_rank", models.SmallIntegerField(default=0)),
                ("error_code", models.CharField(blank=True, max_length=10)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "message",
                    models.OneToOneField(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outbox",
                        to="checkins.outboundmessage",
                    ),
                ),
                (
                    "phone",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patients.phone",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="checkins.sender",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "pending")),
                        fields=["practice", "priority", "not_before"],
                        name="checkins_outbox_pending",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["claimed", "sending", "unknown"])),
                        fields=["practice", "lease_until"],
                        name="checkins_outbox_in_hand",
                    ),
                    models.Index(fields=["practice", "attempt_id"], name="checkins_outbox_attempt"),
                    models.Index(fields=["practice", "phone"], name="checkins_outbox_phone"),
                    models.Index(fields=["practice", "carrier_sid"], name="checkins_outbox_sid"),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_outboxrow_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_outboxrow_key"),
                    networks.tenancy.SameTenant(
                        field="message", key="practice", name="checkins_outbox_message_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="sender", key="practice", name="checkins_outbox_sender_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="phone", key="practice", name="checkins_outbox_phone_tenant"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="outboundmessage",
            name="sender",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="texts_out",
                to="checkins.sender",
            ),
        ),
        migrations.AddField(
            model_name="inboundmessage",
            name="sender",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="texts_in",
                to="checkins.sender",
            ),
        ),
        migrations.CreateModel(
            name="StatusEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("occurred_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "stamped_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "transaction",
                    networks.models.owned.TransactionIdField(
                        db_default=networks.models.owned.CurrentTransaction(), editable=False
                    ),
                ),
                ("attempt_id", models.UUIDField(blank=True, null=True)),
                ("carrier_sid", models.CharField(blank=True, max_length=34)),
                ("status", models.CharField(max_length=24)),
                ("error_code", models.CharField(blank=True, max_length=10)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("answer", "Answer to our call"),
                            ("callback", "Status callback"),
                            ("list", "The carrier's list"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="checkins_statusevent_seal")
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_statusevent_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_statusevent_key"),
                    networks.tenancy.AppendOnly(name="checkins_statusevent_fact"),
                    models.UniqueConstraint(
                        fields=("practice", "attempt_id", "carrier_sid", "status", "error_code"),
                        name="checkins_statusevent_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TouchedEpisode",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("touched_at", models.DateTimeField()),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patients.episode",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_touchedepisode_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_touchedepisode_key"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="checkins_touchedepisode_episode_tenant"
                    ),
                    models.UniqueConstraint(
                        fields=("practice", "episode"), name="checkins_touchedepisode_once"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(fields=["practice", "transaction"], name="checkins_alert_seal"),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(fields=["practice", "patient", "occurred_at"], name="checkins_alert_patient"),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=networks.tenancy.TenantPolicy(
                members_read=False, name="checkins_alert_tenancy", network="", practice="practice_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(fields=("practice", "id"), name="checkins_alert_key"),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=networks.tenancy.AppendOnly(name="checkins_alert_fact"),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=networks.tenancy.SameTenant(
                field="patient", key="practice", name="checkins_alert_patient_tenant"
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=networks.tenancy.SameTenant(
                field="episode", key="practice", name="checkins_alert_episode_tenant"
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=networks.tenancy.SameTenant(
                field="message", key="practice", name="checkins_alert_message_tenant"
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                fields=("practice", "message", "kind"), name="checkins_alert_once_a_message"
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=networks.tenancy.TenantPolicy(
                members_read=False, name="checkins_checkin_tenancy", network="", practice="practice_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.UniqueConstraint(fields=("practice", "id"), name="checkins_checkin_key"),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=networks.tenancy.SameTenant(
                field="episode", key="practice", name="checkins_checkin_episode_tenant"
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=networks.tenancy.SameTenant(
                field="plan", key="practice", name="checkins_checkin_plan_tenant"
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.UniqueConstraint(
                fields=("practice", "episode", "local_date", "kind"), name="checkins_checkin_once"
            ),
        ),
        migrations.AddIndex(
            model_name="plan",
            index=models.Index(fields=["practice", "episode"], name="checkins_plan_episode"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=networks.tenancy.TenantPolicy(
                members_read=False, name="checkins_plan_tenancy", network="", practice="practice_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(fields=("practice", "id"), name="checkins_plan_key"),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=networks.tenancy.SameTenant(
                field="episode", key="practice", name="checkins_plan_episode_tenant"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=networks.tenancy.SameTenant(
                field="protocol", key="practice", name="checkins_plan_protocol_tenant"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=networks.tenancy.SameTenant(
                field="phone", key="practice", name="checkins_plan_phone_tenant"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=networks.tenancy.SameTenant(
                field="sender", key="practice", name="checkins_plan_sender_tenant"
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None)),
                fields=("practice", "episode"),
                name="checkins_plan_one_open",
            ),
        ),
        migrations.AddIndex(
            model_name="outboundmessage",
            index=models.Index(fields=["practice", "transaction"], name="checkins_outboundmessage_seal"),
        ),
        migrations.AddIndex(
            model_name="outboundmessage",
            index=models.Index(
                fields=["practice", "patient", "occurred_at"], name="checkins_outbound_patient"
            ),
        ),
        migrations.AddConstraint(
            model_name="outboundmessage",
            constraint=networks.tenancy.TenantPolicy(
                members_read=False,
                name="checkins_outboundmessage_tenancy",
                network="",
                practice="practice_id",
            ),
        ),
        migrations.AddConstraint(
            model_name="outboundmessage",
            constraint=models.UniqueConstraint(
                fields=("practice", "id"), name="checkins_outboundmessage_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="outboundmessage",
            constraint=networks.tenancy.AppendOnly(name="checkins_outboundmessage_fact"),
        ),
        migrations.AddConstraint(
            model_name="outboundmessage",
            constraint=networks.tenancy.SameTenant(
                field="patient", key="practice", name="checkins_outbound_patient_tenant"
            ),
        ),
        migrations.AddConstraint(
            model_name="outboundmessage",
            constraint=networks.tenancy.SameTenant(
                field="episode", key="practice", name="checkins_outbound_episode_tenant"
            ),
        ),
        migrations.AddConstraint(
            model_name="outboundmessage",
            constraint=networks.tenancy.SameTenant(
                field="phone", key="practice", name="checkins_outbound_phone_tenant"
            ),
        ),
        migrations.AddConstraint(
            model_name="outboundmessage",
            constraint=networks.tenancy.SameTenant(
                field="sender", key="practice", name="checkins_outbound_sender_tenant"
            ),
        ),
        migrations.AddConstraint(
            model_name="outboundmessage",
            constraint=networks.tenancy.SameTenant(
                field="check_in", key="practice", name="checkins_outbound_check_in_tenant"
            ),
        ),
        migrations.AddConstraint(
            model_name="outboundmessage",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("check_in__isnull", False),
                    models.Q(("kind__in", ["staff", "thanks", "safety", "help"]), _negated=True),
                ),
                fields=("practice", "check_in", "kind"),
                name="checkins_outbound_once_a_check_in",
            ),
        ),
        migrations.AddConstraint(
            model_name="outboundmessage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answers_message__isnull", False)),
                fields=("practice", "answers_message", "kind"),
                name="checkins_outbound_once_an_answer",
            ),
        ),
        migrations.AddIndex(
            model_name="inboundmessage",
            index=models.Index(fields=["practice", "transaction"], name="checkins_inboundmessage_seal"),
        ),
        migrations.AddIndex(
            model_name="inboundmessage",
            index=models.Index(
                fields=["practice", "from_index", "occurred_at"], name="checkins_inbound_from"
            ),
        ),
        migrations.AddConstraint(
            model_name="inboundmessage",
            constraint=networks.tenancy.TenantPolicy(
                members_read=False, name="checkins_inboundmessage_tenancy", network="", practice="practice_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="inboundmessage",
            constraint=models.UniqueConstraint(fields=("practice", "id"), name="checkins_inboundmessage_key"),
        ),
        migrations.AddConstraint(
            model_name="inboundmessage",
            constraint=networks.tenancy.AppendOnly(name="checkins_inboundmessage_fact"),
        ),
        migrations.AddConstraint(
            model_name="inboundmessage",
            constraint=networks.tenancy.SameTenant(
                field="sender", key="practice", name="checkins_inbound_sender_tenant"
            ),
        ),
        migrations.AddConstraint(
            model_name="inboundmessage",
            constraint=models.UniqueConstraint(
                fields=("practice", "carrier_sid"), name="checkins_inbound_once"
            ),
        ),
        migrations.RunSQL(line_functions.FORWARD, line_functions.BACKWARD),
    ]
