import django.db.models.deletion
import django.db.models.functions.datetime
import networks.keys
import networks.models.owned
import networks.tenancy
from django.conf import settings
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
            name="Coverage",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("covered", "Covered"),
                            ("prior_auth", "With prior authorization"),
                            ("unknown", "Not known yet"),
                            ("not_covered", "Not covered"),
                        ],
                        default="unknown",
                        max_length=11,
                    ),
                ),
                ("covered_from", models.DateField(blank=True, null=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("evidence", models.CharField(blank=True, max_length=300)),
                ("checked_on", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coverages",
                        to="patients.patient",
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="networks.payer"
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
                "indexes": [models.Index(fields=["practice", "patient"], name="billing_coverage_patient")],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="billing_coverage_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_coverage_key"),
                    networks.tenancy.SameTenant(
                        field="patient", key="practice", name="billing_coverage_patient_tenant"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="billing_coverage_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecidedLine",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("code", models.CharField(max_length=5)),
                ("units", models.PositiveSmallIntegerField()),
                ("date_of_service", models.DateField()),
                ("modifiers", models.JSONField(default=list)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("billable", "May be certified"),
                            ("pending", "Its window or month is still open"),
                            ("held", "A person must decide"),
                            ("refused", "Not allowed"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reasons", models.JSONField(default=list)),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
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
                "indexes": [
                    models.Index(
                        fields=["practice", "status", "date_of_service"], name="billing_decidedline_board"
                    )
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="billing_decidedline_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_decidedline_key"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="billing_decidedline_episode_tenant"
                    ),
                    models.UniqueConstraint(
                        fields=("practice", "episode", "position"), name="billing_decidedline_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeviceDetermination",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("basis", models.CharField(max_length=200)),
                ("memo", models.CharField(max_length=300)),
                ("software_version", models.CharField(max_length=40)),
                ("signed_by", models.CharField(max_length=120)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
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
                        name="billing_devicedetermination_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(
                        fields=("practice", "id"), name="billing_devicedetermination_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="billing_devicedetermination_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EpisodeDecision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("as_of", models.DateField()),
                ("engine", models.CharField(max_length=16)),
                ("inputs_digest", models.CharField(max_length=64)),
                (
                    "episode",
                    models.OneToOneField(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
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
                "indexes": [models.Index(fields=["practice", "episode"], name="billing_decision_episode")],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="billing_episodedecision_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_episodedecision_key"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="billing_episodedecision_episode_tenant"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EpisodeMonth",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("month", models.DateField(help_text="Its first day.")),
                ("seconds", models.PositiveIntegerField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("pta_minutes", models.PositiveSmallIntegerField()),
                ("live_contacts", models.PositiveSmallIntegerField()),
                ("is_closed", models.BooleanField()),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="months",
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
                        name="billing_episodemonth_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_episodemonth_key"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="billing_episodemonth_episode_tenant"
                    ),
                    models.UniqueConstraint(
                        fields=("practice", "episode", "month"), name="billing_episodemonth_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EpisodeWindow",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("clipped_to", models.DateField()),
                ("days", models.PositiveSmallIntegerField()),
                ("dates", models.JSONField(default=list, help_text="The data days, as ISO dates.")),
                ("is_closed", models.BooleanField()),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="windows",
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
                "indexes": [
                    models.Index(fields=["practice", "ends_on", "days"], name="billing_episodewindow_triage")
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="billing_episodewindow_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_episodewindow_key"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="billing_episodewindow_episode_tenant"
                    ),
                    models.UniqueConstraint(
                        fields=("practice", "episode", "starts_on"), name="billing_episodewindow_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Exclusion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rpm", "Remote physiologic monitoring elsewhere"),
                            ("other_rtm", "RTM by another practice"),
                            ("home_health", "Under a home-health plan"),
                            ("inpatient", "In hospital"),
                        ],
                        max_length=11,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("source", models.CharField(blank=True, max_length=200)),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exclusions",
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
                "indexes": [models.Index(fields=["practice", "episode"], name="billing_exclusion_episode")],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="billing_exclusion_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_exclusion_key"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="billing_exclusion_episode_tenant"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="billing_exclusion_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayerPolicy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "live_contact_rule",
                    models.CharField(
                        choices=[
                            ("strict", "One more live contact for each further 20 minutes"),
                            ("plain", "One live contact in the month"),
                        ],
                        default="strict",
                        max_length=6,
                    ),
                ),
                (
                    "covered_codes",
                    models.JSONField(blank=True, help_text="Null: every code of the rule set.", null=True),
                ),
                ("starts_on", models.DateField()),
                ("source", models.CharField(max_length=200)),
                (
                    "approved_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="networks.payer"
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
                        name="billing_payerpolicy_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_payerpolicy_key"),
                    models.UniqueConstraint(
                        fields=("practice", "payer", "starts_on"), name="billing_payerpolicy_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SetUp",
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
                ("completed_on", models.DateField()),
                ("pt_minutes", models.PositiveSmallIntegerField(default=0)),
                ("pta_minutes", models.PositiveSmallIntegerField(default=0)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="set_ups",
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
                (
                    "taught_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.clinician",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["practice", "transaction"], name="billing_setup_seal")],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False, name="billing_setup_tenancy", network="", practice="practice_id"
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_setup_key"),
                    networks.tenancy.AppendOnly(name="billing_setup_fact"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="billing_setup_episode_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="taught_by", key="practice", name="billing_setup_clinician_tenant"
                    ),
                    models.UniqueConstraint(fields=("practice", "episode"), name="billing_setup_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TimeEntry",
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
                    "credential",
                    models.CharField(help_text="PT, PTA or OTHER, as it was at the time.", max_length=5),
                ),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                (
                    "activity",
                    models.CharField(
                        choices=[
                            ("review", "Looked through the data and decided"),
                            ("conversation", "Talked with the patient or caregiver"),
                            ("set_up", "Set up and taught"),
                            ("administrative", "Office work"),
                        ],
                        max_length=14,
                    ),
                ),
                ("live_contact", models.BooleanField(default=False)),
                ("in_billed_visit", models.BooleanField(default=False)),
                (
                    "mode",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", ""),
                            ("phone", "Phone"),
                            ("video", "Video"),
                            ("in_person", "In the clinic"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("topic", models.CharField(blank=True, max_length=200)),
                (
                    "origin",
                    models.CharField(
                        choices=[("timed", "Timed by Daybook"), ("manual", "Entered by hand")], max_length=6
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "clinician",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.clinician",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="time_entries",
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
                (
                    "voids",
                    models.OneToOneField(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voided_by",
                        to="billing.timeentry",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="billing_timeentry_seal"),
                    models.Index(
                        fields=["practice", "episode", "started_at"], name="billing_timeentry_episode"
                    ),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="billing_timeentry_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_timeentry_key"),
                    networks.tenancy.AppendOnly(name="billing_timeentry_fact"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="billing_timeentry_episode_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="clinician", key="practice", name="billing_timeentry_clinician_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="voids", key="practice", name="billing_timeentry_voids_tenant"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__gt", models.F("started_at"))),
                        name="billing_timeentry_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin", "timed"), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="billing_timeentry_manual_says_why",
                    ),
                ],
            },
        ),
    ]
