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
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("version", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=80)),
                ("content", models.JSONField()),
                ("adopted_at", models.DateTimeField()),
                (
                    "changed_by",
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
                    "change_reason",
                    models.CharField(blank=True, help_text="Why this version was made.", max_length=200),
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
            name="DangerSignOff",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
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
                    "digest",
                    models.CharField(
                        help_text="SHA-256 over lexicon, fixed replies and ladder.", max_length=64
                    ),
                ),
                ("reader", models.CharField(max_length=16)),
                ("wording", models.CharField(max_length=16)),
                ("ladder", models.CharField(max_length=16)),
                (
                    "clinician",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.clinician",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=400)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="checkins_dangersignoff_seal")
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_dangersignoff_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_dangersignoff_key"),
                    networks.tenancy.AppendOnly(name="checkins_dangersignoff_fact"),
                    networks.tenancy.SameTenant(
                        field="clinician", key="practice", name="checkins_dangersignoff_clinician_tenant"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Drill",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
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
                    "started_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                ("ladder", models.CharField(max_length=16)),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["practice", "transaction"], name="checkins_drill_seal")],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False, name="checkins_drill_tenancy", network="", practice="practice_id"
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_drill_key"),
                    networks.tenancy.AppendOnly(name="checkins_drill_fact"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DrillEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
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
                    "drill",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="checkins.drill",
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[("acknowledged", "Acknowledged"), ("ended", "Ended")], max_length=12
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="checkins_drillevent_seal")
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_drillevent_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_drillevent_key"),
                    networks.tenancy.AppendOnly(name="checkins_drillevent_fact"),
                    networks.tenancy.SameTenant(
                        field="drill", key="practice", name="checkins_drillevent_drill_tenant"
                    ),
                    models.UniqueConstraint(
                        fields=("practice", "drill", "act"), name="checkins_drillevent_once"
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
                            ("filtered", "Texts that the carrier filtered for what they say"),
                            ("daily_limit", "Texts over the carrier's daily limit"),
                            ("refused_by_bug", "Texts refused for a fault of Daybook's"),
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
                    "episode",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="monitoring_days",
                        to="patients.episode",
                    ),
                ),
                ("local_date", models.DateField()),
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
            name="OperatorAlarm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("practice_id", models.UUIDField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("safety_waits", "Danger work waits longer than a minute"),
                            ("nobody_answers", "Every step of a ladder made, nobody acknowledged"),
                            ("pages_fail", "Pages to staff do not go out"),
                            ("texts_stuck", "Texts that are due do not leave"),
                            ("no_statuses", "Texts leave, the carrier's callbacks do not come"),
                            ("no_replies", "Texts arrive, nobody's reply comes"),
                        ],
                        max_length=16,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("cleared_at", models.DateTimeField(blank=True, null=True)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                ("figure", models.PositiveIntegerField(default=0, help_text="Seconds waited, or how many.")),
            ],
            options={
                "indexes": [models.Index(fields=["opened_at"], name="checkins_operatoralarm_at")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("cleared_at", None)),
                        fields=("practice_id", "kind"),
                        name="checkins_operatoralarm_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnActivity",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
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
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_activities",
                        to="patients.episode",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=60)),
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
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="checkins_ownactivity_seal"),
                    models.Index(
                        fields=["practice", "episode", "occurred_at"], name="checkins_ownactivity_episode"
                    ),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_ownactivity_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_ownactivity_key"),
                    networks.tenancy.AppendOnly(name="checkins_ownactivity_fact"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="checkins_ownactivity_episode_tenant"
                    ),
                ],
            },
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
            name="Sender",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
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
                (
                    "campaign_approved_on",
                    models.DateField(
                        blank=True,
                        help_text="When the carriers approved the campaign; before it texts are blocked.",
                        null=True,
                    ),
                ),
                ("segments_per_second", models.DecimalField(decimal_places=2, default=1, max_digits=6)),
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
        migrations.CreateModel(
            name="InboundMessage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
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
                    "sender",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts_in",
                        to="checkins.sender",
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
                        choices=[
                            ("webhook", "The carrier called"),
                            ("poll", "Found in the carrier's list"),
                            ("link", "Written on the one-tap page"),
                        ],
                        default="webhook",
                        max_length=8,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="checkins_inboundmessage_seal"),
                    models.Index(
                        fields=["practice", "from_index", "occurred_at"], name="checkins_inbound_from"
                    ),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_inboundmessage_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_inboundmessage_key"),
                    networks.tenancy.AppendOnly(name="checkins_inboundmessage_fact"),
                    networks.tenancy.SameTenant(
                        field="sender", key="practice", name="checkins_inbound_sender_tenant"
                    ),
                    models.UniqueConstraint(fields=("practice", "carrier_sid"), name="checkins_inbound_once"),
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
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
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
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Nobody where the danger came from a number that no patient has.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="patients.patient",
                    ),
                ),
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
                    "message",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="alerts",
                        to="checkins.inboundmessage",
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
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="checkins_alert_seal"),
                    models.Index(
                        fields=["practice", "patient", "occurred_at"], name="checkins_alert_patient"
                    ),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False, name="checkins_alert_tenancy", network="", practice="practice_id"
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_alert_key"),
                    networks.tenancy.AppendOnly(name="checkins_alert_fact"),
                    networks.tenancy.SameTenant(
                        field="patient", key="practice", name="checkins_alert_patient_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="checkins_alert_episode_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="message", key="practice", name="checkins_alert_message_tenant"
                    ),
                    models.UniqueConstraint(
                        fields=("practice", "message", "kind"), name="checkins_alert_once_a_message"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("patient__isnull", False),
                            models.Q(("kind", "red_flag"), ("message__isnull", False)),
                            _connector="OR",
                        ),
                        name="checkins_alert_whose",
                    ),
                ],
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
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
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
                    "alert",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="checkins.alert",
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("paged", "Somebody was paged"),
                            ("seen", "Seen"),
                            ("acknowledged", "Acknowledged"),
                            ("handed_back", "Handed back"),
                            ("noted", "Noted"),
                            ("closed", "Closed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
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
            name="AlertClosing",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
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
                    "event",
                    models.OneToOneField(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closing",
                        to="checkins.alertevent",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("reached", "Spoke with the patient"),
                            ("emergency", "Patient is in emergency care, or 911 was called"),
                            ("seen", "Seen in person or booked to be seen"),
                            ("not_reached", "Two attempts, then the emergency contact"),
                            ("no_danger", "Read again: no danger in it"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="checkins_alertclosing_seal")
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_alertclosing_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_alertclosing_key"),
                    networks.tenancy.AppendOnly(name="checkins_alertclosing_fact"),
                    networks.tenancy.SameTenant(
                        field="event", key="practice", name="checkins_alertclosing_event_tenant"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
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
                    "alert",
                    models.OneToOneField(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escalation",
                        to="checkins.alert",
                    ),
                ),
                (
                    "drill",
                    models.OneToOneField(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escalation",
                        to="checkins.drill",
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
                ("ladder", models.CharField(max_length=16)),
                ("opened_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("climbing", "Being paged"),
                            ("acknowledged", "Somebody has it"),
                            ("closed", "Closed"),
                            ("exhausted", "Every step made, nobody answered"),
                        ],
                        default="climbing",
                        max_length=12,
                    ),
                ),
                ("next_at", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "climbing")),
                        fields=["practice", "next_at"],
                        name="checkins_escalation_next",
                    )
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_escalation_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_escalation_key"),
                    networks.tenancy.SameTenant(
                        field="alert", key="practice", name="checkins_escalation_alert_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="drill", key="practice", name="checkins_escalation_drill_tenant"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("alert__isnull", False), ("drill", None)),
                            models.Q(("alert", None), ("drill__isnull", False)),
                            _connector="OR",
                        ),
                        name="checkins_escalation_one_cause",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EscalationStep",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
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
                    "escalation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="checkins.escalation",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("rung", models.CharField(max_length=12)),
                ("ladder", models.CharField(max_length=16)),
                ("due_at", models.DateTimeField()),
                ("people", models.PositiveSmallIntegerField()),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="checkins_escalationstep_seal")
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_escalationstep_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_escalationstep_key"),
                    networks.tenancy.AppendOnly(name="checkins_escalationstep_fact"),
                    networks.tenancy.SameTenant(
                        field="escalation", key="practice", name="checkins_escalationstep_escalation_tenant"
                    ),
                    models.UniqueConstraint(
                        fields=("practice", "escalation", "number"), name="checkins_escalationstep_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
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
                        related_name="corrections",
                        to="checkins.inboundmessage",
                    ),
                ),
                (
                    "answers",
                    models.JSONField(help_text="As in a reply reading; empty when the text reports nothing."),
                ),
                ("reason", models.CharField(max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="checkins_correction_seal"),
                    models.Index(
                        fields=["practice", "message", "recorded_at"], name="checkins_correction_message"
                    ),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_correction_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_correction_key"),
                    networks.tenancy.AppendOnly(name="checkins_correction_fact"),
                    networks.tenancy.SameTenant(
                        field="message", key="practice", name="checkins_correction_message_tenant"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="checkins_correction_says_why"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JoinRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
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
                ("number", networks.encryption.EncryptedTextField()),
                ("number_index", models.BinaryField(max_length=32)),
                ("last_four", models.CharField(max_length=4)),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Spanish")],
                        help_text="That of the keyword.",
                        max_length=2,
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The text that asked.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="checkins.inboundmessage",
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("last_asked_at", models.DateTimeField()),
                (
                    "texts",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="How often the keyword came, up to 99."
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waits for the front desk"),
                            ("enrolled", "Enrolled"),
                            ("set_aside", "Set aside"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_ours", "Not a patient of ours"),
                            ("declined", "Does not want it after all"),
                            ("no_plan", "No plan of care for monitoring"),
                            ("not_reached", "Could not be reached"),
                            ("double", "Is enrolled with another number"),
                            ("stopped", "Texted STOP"),
                        ],
                        max_length=11,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
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
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patients.patient",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "state", "asked_at"], name="checkins_joinrequest_state"),
                    models.Index(
                        fields=["practice", "number_index", "asked_at"], name="checkins_joinrequest_number"
                    ),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_joinrequest_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_joinrequest_key"),
                    networks.tenancy.SameTenant(
                        field="message", key="practice", name="checkins_joinrequest_message_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="patient", key="practice", name="checkins_joinrequest_patient_tenant"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("practice", "number_index"),
                        name="checkins_joinrequest_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at", None), ("patient", None), ("reason", ""), ("state", "open")
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("patient__isnull", False),
                                ("reason", ""),
                                ("state", "enrolled"),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("patient", None),
                                ("state", "set_aside"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="checkins_joinrequest_closing",
                    ),
                ],
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
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
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
                    "protocol",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="checkins.adoptedprotocol",
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
                    "sender",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="checkins.sender",
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
                (
                    "by_link",
                    models.BooleanField(
                        default=False,
                        help_text="Asked by a link to a page instead of by questions in the text.",
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["practice", "episode"], name="checkins_plan_episode")],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False, name="checkins_plan_tenancy", network="", practice="practice_id"
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_plan_key"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="checkins_plan_episode_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="protocol", key="practice", name="checkins_plan_protocol_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="phone", key="practice", name="checkins_plan_phone_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="sender", key="practice", name="checkins_plan_sender_tenant"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("practice", "episode"),
                        name="checkins_plan_one_open",
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
                    "episode",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_ins",
                        to="patients.episode",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_ins",
                        to="checkins.plan",
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
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["practice", "expires_at"],
                        name="checkins_checkin_open",
                    )
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_checkin_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_checkin_key"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="checkins_checkin_episode_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="plan", key="practice", name="checkins_checkin_plan_tenant"
                    ),
                    models.UniqueConstraint(
                        fields=("practice", "episode", "local_date", "kind"), name="checkins_checkin_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AskedWords",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
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
                    "check_in",
                    models.OneToOneField(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_words",
                        to="checkins.checkin",
                    ),
                ),
                (
                    "words",
                    models.JSONField(help_text='Words by item, such as {"function": "climb the stairs"}.'),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_askedwords_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_askedwords_key"),
                    networks.tenancy.SameTenant(
                        field="check_in", key="practice", name="checkins_askedwords_check_in_tenant"
                    ),
                ],
            },
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
                    "message",
                    models.OneToOneField(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="row",
                        to="checkins.inboundmessage",
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
                            ("join_request", "Asked to be enrolled"),
                            ("quarantined", "Set aside after repeated errors"),
                        ],
                        default="pending",
                        max_length=14,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "phone",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts_in",
                        to="patients.phone",
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts_in",
                        to="patients.patient",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts_in",
                        to="patients.episode",
                    ),
                ),
                (
                    "check_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts_in",
                        to="checkins.checkin",
                    ),
                ),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
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
            name="OutboundMessage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
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
                    "patient",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts_out",
                        to="patients.patient",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts_out",
                        to="patients.episode",
                    ),
                ),
                (
                    "phone",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts_out",
                        to="patients.phone",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts_out",
                        to="checkins.sender",
                    ),
                ),
                (
                    "check_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="texts",
                        to="checkins.checkin",
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
                            ("link", "Link to the check-in"),
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
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="checkins_outboundmessage_seal"),
                    models.Index(
                        fields=["practice", "patient", "occurred_at"], name="checkins_outbound_patient"
                    ),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_outboundmessage_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_outboundmessage_key"),
                    networks.tenancy.AppendOnly(name="checkins_outboundmessage_fact"),
                    networks.tenancy.SameTenant(
                        field="patient", key="practice", name="checkins_outbound_patient_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="checkins_outbound_episode_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="phone", key="practice", name="checkins_outbound_phone_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="sender", key="practice", name="checkins_outbound_sender_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="check_in", key="practice", name="checkins_outbound_check_in_tenant"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("check_in__isnull", False),
                            models.Q(("kind__in", ["staff", "thanks", "safety", "help"]), _negated=True),
                        ),
                        fields=("practice", "check_in", "kind"),
                        name="checkins_outbound_once_a_check_in",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("answers_message__isnull", False)),
                        fields=("practice", "answers_message", "kind"),
                        name="checkins_outbound_once_an_answer",
                    ),
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
                    "episode",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="patients.episode",
                    ),
                ),
                (
                    "check_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="checkins.checkin",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="checkins.inboundmessage",
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
                    "message",
                    models.OneToOneField(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reading",
                        to="checkins.inboundmessage",
                    ),
                ),
                (
                    "check_in",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="checkins.checkin",
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
            name="SafetyNotice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
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
                            ("page", "Page"),
                            ("reply", "Safety reply"),
                            ("join", "Answer to the keyword"),
                        ],
                        max_length=5,
                    ),
                ),
                ("channel", models.CharField(choices=[("email", "E-mail"), ("text", "Text")], max_length=5)),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="checkins.escalationstep",
                    ),
                ),
                (
                    "user",
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
                    "message",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="checkins.inboundmessage",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="checkins.sender",
                    ),
                ),
                (
                    "to",
                    networks.encryption.EncryptedTextField(
                        help_text="Where it goes: an e-mail address or an E.164 number."
                    ),
                ),
                ("to_index", models.BinaryField(max_length=32)),
                ("subject", models.CharField(blank=True, max_length=120)),
                ("body", networks.encryption.EncryptedTextField()),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="checkins_safetynotice_seal")
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_safetynotice_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_safetynotice_key"),
                    networks.tenancy.AppendOnly(name="checkins_safetynotice_fact"),
                    networks.tenancy.SameTenant(
                        field="step", key="practice", name="checkins_safetynotice_step_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="message", key="practice", name="checkins_safetynotice_message_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="sender", key="practice", name="checkins_safetynotice_sender_tenant"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("step__isnull", False)),
                        fields=("practice", "step", "user", "channel"),
                        name="checkins_safetynotice_once_a_step",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("message__isnull", False)),
                        fields=("practice", "message"),
                        name="checkins_safetynotice_once_a_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "page"), ("step__isnull", False), ("user__isnull", False)),
                            models.Q(
                                ("kind__in", ["reply", "join"]), ("message__isnull", False), ("user", None)
                            ),
                            _connector="OR",
                        ),
                        name="checkins_safetynotice_cause",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyNoticeRow",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
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
                    "notice",
                    models.OneToOneField(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="row",
                        to="checkins.safetynotice",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                        ],
                        default="pending",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "due_at",
                    models.DateTimeField(
                        help_text="When it is tried next; while being sent, when its lease ends."
                    ),
                ),
                ("not_after", models.DateTimeField()),
                ("carrier_sid", models.CharField(blank=True, max_length=34)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["pending", "sending"])),
                        fields=["practice", "due_at"],
                        name="checkins_safetynotice_due",
                    )
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_safetynoticerow_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_safetynoticerow_key"),
                    networks.tenancy.SameTenant(
                        field="notice", key="practice", name="checkins_safetynoticerow_notice_tenant"
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
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
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
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="send_attempts",
                        to="checkins.outboundmessage",
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
            name="OutboxRow",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
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
                    "message",
                    models.OneToOneField(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outbox",
                        to="checkins.outboundmessage",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="checkins.sender",
                    ),
                ),
                (
                    "phone",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patients.phone",
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
                (
                    "is_capped",
                    models.BooleanField(
                        default=True,
                        help_text="Counts towards, and waits for, the most a phone gets; not staff, safety, confirmations.",
                    ),
                ),
                (
                    "failure_followed",
                    models.BooleanField(
                        default=False,
                        help_text="What follows from the carrier's later word that it failed has been done.",
                    ),
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
                    models.Index(fields=["practice", "phone", "attempted_at"], name="checkins_outbox_phone"),
                    models.Index(
                        condition=models.Q(("failure_followed", False), ("status_rank", 50)),
                        fields=["practice"],
                        name="checkins_outbox_failures",
                    ),
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
        migrations.CreateModel(
            name="Snooze",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
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
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snoozes",
                        to="patients.episode",
                    ),
                ),
                ("until", models.DateField(help_text="The patient-local date on which the row is back.")),
                ("reason", models.CharField(blank=True, max_length=200)),
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
                    "ends",
                    models.OneToOneField(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ended_by",
                        to="checkins.snooze",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="checkins_snooze_seal"),
                    models.Index(
                        fields=["practice", "episode", "occurred_at"], name="checkins_snooze_episode"
                    ),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False, name="checkins_snooze_tenancy", network="", practice="practice_id"
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_snooze_key"),
                    networks.tenancy.AppendOnly(name="checkins_snooze_fact"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="checkins_snooze_episode_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="ends", key="practice", name="checkins_snooze_ends_tenant"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends__isnull", False), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="checkins_snooze_says_why",
                    ),
                ],
            },
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
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
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
                    "episode",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patients.episode",
                    ),
                ),
                ("touched_at", models.DateTimeField()),
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
        migrations.CreateModel(
            name="WeeklyDrill",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
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
                    "weekday",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Monday is 0; none: off.", null=True
                    ),
                ),
                (
                    "at",
                    models.TimeField(
                        default=datetime.time(10, 0), help_text="From this hour on, in the practice's zone."
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="checkins_weeklydrill_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="checkins_weeklydrill_key"),
                    models.UniqueConstraint(fields=("practice",), name="checkins_weeklydrill_once"),
                ],
            },
        ),
        migrations.RunSQL(line_functions.FORWARD, line_functions.BACKWARD),
    ]
