import datetime
import django.db.models.deletion
import django.db.models.functions.datetime
import networks.encryption
import networks.keys
import networks.models.owned
import networks.models.rota
import networks.tenancy
from django.conf import settings
from django.db import migrations, models
from networks.migrations import _ground as ground


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL(ground.FORWARD, ground.BACKWARD),
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("is_active", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("beat_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Payer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("medicare", "Medicare"),
                            ("medicare_advantage", "Medicare Advantage"),
                            ("commercial", "Commercial"),
                            ("medicaid", "Medicaid"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Network",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(choices=[("ipa", "IPA"), ("cin", "CIN"), ("aco", "ACO")], max_length=8),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("pre_integration", "Before integration"),
                            ("messenger", "Messenger"),
                            ("financial_risk", "Financial risk"),
                            ("clinical_integration", "Clinical integration"),
                        ],
                        default="pre_integration",
                        max_length=24,
                    ),
                ),
            ],
            options={
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False, name="networks_network_tenancy", network="id", practice=""
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Practice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "text_name",
                    models.CharField(
                        help_text="The name patients see in texts; plain letters.", max_length=40
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        help_text="The number patients call, as they would dial it.", max_length=20
                    ),
                ),
                ("time_zone", models.CharField(max_length=64)),
                ("state", models.CharField(max_length=2)),
                ("texts_from", models.TimeField(default=datetime.time(9, 0))),
                ("texts_until", models.TimeField(default=datetime.time(20, 0))),
                ("texts_on_sunday", models.BooleanField(default=True)),
                ("opened_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=True, name="networks_practice_tenancy", network="", practice="id"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("texts_from__lt", models.F("texts_until"))),
                        name="networks_practice_hours_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Site",
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
                ("name", models.CharField(max_length=120)),
                ("address", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=True, name="networks_site_tenancy", network="", practice="practice_id"
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="networks_site_key"),
                    models.UniqueConstraint(fields=("practice", "name"), name="networks_site_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clinician",
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
                ("name", models.CharField(max_length=120)),
                ("npi", models.CharField(max_length=10)),
                (
                    "credential",
                    models.CharField(
                        choices=[
                            ("PT", "Physical therapist"),
                            ("PTA", "Physical therapist assistant"),
                            ("OT", "Occupational therapist"),
                            ("OTA", "Occupational therapy assistant"),
                            ("SLP", "Speech-language pathologist"),
                        ],
                        max_length=4,
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.site",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["practice", "user"], name="networks_clinician_user")],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=True,
                        name="networks_clinician_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="networks_clinician_key"),
                    models.UniqueConstraint(fields=("practice", "npi"), name="networks_clinician_npi"),
                    networks.tenancy.SameTenant(
                        field="site", key="practice", name="networks_clinician_site_tenant"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkDue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("practice_id", models.UUIDField()),
                ("queue", models.CharField(max_length=20)),
                ("due_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["queue", "due_at"], name="networks_workdue_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("practice_id", "queue"), name="networks_workdue_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PagingContact",
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
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("mobile", networks.encryption.EncryptedTextField()),
            ],
            options={
                "abstract": False,
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="networks_pagingcontact_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="networks_pagingcontact_key"),
                    models.UniqueConstraint(fields=("practice", "user"), name="networks_pagingcontact_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OnCallShift",
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
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ]
                    ),
                ),
                ("starts_at", models.TimeField()),
                ("ends_at", models.TimeField()),
                ("is_backup", models.BooleanField(default=False)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="networks_oncallshift_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="networks_oncallshift_key"),
                    models.UniqueConstraint(
                        fields=("practice", "user", "weekday", "starts_at", "is_backup"),
                        name="networks_oncallshift_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekday__lte", 6)), name="networks_oncallshift_weekday"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                        related_name="memberships",
                        to="networks.practice",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="networks.network",
                    ),
                ),
                (
                    "agreement",
                    models.CharField(
                        help_text="Which participation agreement, with its date.", max_length=120
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["network", "practice"], name="networks_membership_network")],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="networks_membership_tenancy",
                        network="network_id",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(
                        fields=("practice", "network", "starts_on"), name="networks_membership_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="networks_membership_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
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
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.network",
                    ),
                ),
                ("action", models.CharField(max_length=60)),
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
                ("system", models.CharField(blank=True, max_length=40)),
                ("subject_type", models.CharField(max_length=60)),
                ("subject_id", models.UUIDField(blank=True, null=True)),
                ("patient_id", models.UUIDField(blank=True, null=True)),
                ("details", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="networks_auditentry_seal"),
                    models.Index(fields=["network", "transaction"], name="networks_auditentry_seal_n"),
                    models.Index(
                        fields=["practice", "patient_id", "occurred_at"], name="networks_auditentry_patient"
                    ),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="networks_auditentry_tenancy",
                        network="network_id",
                        practice="practice_id",
                    ),
                    networks.tenancy.AppendOnly(name="networks_auditentry_fact"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("network__isnull", False), ("practice", None)),
                            models.Q(("network", None), ("practice__isnull", False)),
                            _connector="OR",
                        ),
                        name="networks_auditentry_one_home",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("user", None), ("system", ""), _connector="XOR"),
                        name="networks_auditentry_one_actor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiClient",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "client_id",
                    models.CharField(help_text="The OAuth client's id.", max_length=100, unique=True),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("clinician", "clinician"),
                            ("assistant", "assistant"),
                            ("front_desk", "front_desk"),
                            ("biller", "biller"),
                            ("practice_admin", "practice_admin"),
                            ("network_admin", "network_admin"),
                            ("quality", "quality"),
                            ("contracting", "contracting"),
                            ("credentialing", "credentialing"),
                            ("auditor", "auditor"),
                            ("operator", "operator"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.network",
                    ),
                ),
                (
                    "workspace_name",
                    models.CharField(
                        help_text="The practice's or network's name, read before any scope is open.",
                        max_length=120,
                    ),
                ),
                ("time_zone", models.CharField(default="UTC", max_length=64)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("network__isnull", False), ("practice", None)),
                            models.Q(("network", None), ("practice__isnull", False)),
                            _connector="OR",
                        ),
                        name="networks_apiclient_one_home",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleAssignment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("clinician", "clinician"),
                            ("assistant", "assistant"),
                            ("front_desk", "front_desk"),
                            ("biller", "biller"),
                            ("practice_admin", "practice_admin"),
                            ("network_admin", "network_admin"),
                            ("quality", "quality"),
                            ("contracting", "contracting"),
                            ("credentialing", "credentialing"),
                            ("auditor", "auditor"),
                            ("operator", "operator"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.network",
                    ),
                ),
                (
                    "workspace_name",
                    models.CharField(
                        help_text="The practice's or network's name, so that the switcher needs no scope.",
                        max_length=120,
                    ),
                ),
                ("time_zone", models.CharField(default="UTC", max_length=64)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("network__isnull", False), ("practice", None)),
                            models.Q(("network", None), ("practice__isnull", False)),
                            models.Q(("network", None), ("practice", None), ("role", "operator")),
                            _connector="OR",
                        ),
                        name="networks_roleassignment_one_home",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_at", None)),
                        fields=("user", "role", "practice", "network"),
                        name="networks_roleassignment_open_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyCover",
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
                ("opens_at", models.TimeField(default=datetime.time(8, 0))),
                ("closes_at", models.TimeField(default=datetime.time(18, 0))),
                (
                    "weekdays",
                    models.JSONField(
                        default=networks.models.rota._business_days, help_text="Open days; Monday is 0."
                    ),
                ),
                (
                    "backup",
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
                    "owner",
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
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="networks_safetycover_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="networks_safetycover_key"),
                    models.UniqueConstraint(fields=("practice",), name="networks_safetycover_once"),
                    models.CheckConstraint(
                        condition=models.Q(("opens_at__lt", models.F("closes_at"))),
                        name="networks_safetycover_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seal",
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
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.network",
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("from_transaction", models.BigIntegerField(help_text="First transaction id covered.")),
                ("to_transaction", models.BigIntegerField(help_text="First transaction id not covered.")),
                ("rows", models.IntegerField()),
                ("previous_root", models.BinaryField()),
                ("root", models.BinaryField()),
                ("signature", models.BinaryField()),
                ("key_id", models.CharField(max_length=16)),
                ("sealed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="networks_seal_tenancy",
                        network="network_id",
                        practice="practice_id",
                    ),
                    networks.tenancy.AppendOnly(name="networks_seal_fact"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("network__isnull", False), ("practice", None)),
                            models.Q(("network", None), ("practice__isnull", False)),
                            _connector="OR",
                        ),
                        name="networks_seal_one_home",
                    ),
                    models.UniqueConstraint(
                        fields=("practice", "network", "number"),
                        name="networks_seal_number",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
    ]
