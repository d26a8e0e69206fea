import django.db.models.deletion
import django.db.models.functions.datetime
import networks.encryption
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
            name="Certification",
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
                        related_name="certifications",
                        to="patients.episode",
                    ),
                ),
                ("month", models.DateField(help_text="Its first day.")),
                (
                    "version",
                    models.PositiveSmallIntegerField(
                        help_text="1, and one more with each amendment of the month."
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(help_text="Place in the episode's chain, from 1."),
                ),
                (
                    "claim",
                    models.CharField(help_text="The claim's id, the same in every version.", max_length=20),
                ),
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
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("statement_version", models.CharField(max_length=8)),
                (
                    "reason",
                    models.CharField(blank=True, help_text="Why the month was amended.", max_length=300),
                ),
                ("engine", models.CharField(max_length=16)),
                (
                    "lines",
                    models.JSONField(
                        help_text="The month's lines as they were, those certified with their charge."
                    ),
                ),
                ("facts_digest", models.CharField(max_length=64)),
                ("lines_digest", models.CharField(max_length=64)),
                ("previous_digest", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="billing_certification_seal"),
                    models.Index(fields=["practice", "month"], name="billing_certification_month"),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="billing_certification_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_certification_key"),
                    networks.tenancy.AppendOnly(name="billing_certification_fact"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="billing_certification_episode_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="clinician", key="practice", name="billing_certification_clinician_tenant"
                    ),
                    models.UniqueConstraint(
                        fields=("practice", "episode", "month", "version"), name="billing_certification_once"
                    ),
                    models.UniqueConstraint(
                        fields=("practice", "episode", "number"), name="billing_certification_in_chain"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("version", 1), ("reason", "")),
                            models.Q(("version__gt", 1), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="billing_certification_amended_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Charge",
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
                    "certification",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="billing.certification",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="patients.episode",
                    ),
                ),
                ("number", models.PositiveIntegerField(help_text="Counted per practice, from 1.")),
                (
                    "kind",
                    models.CharField(
                        choices=[("new", "Charged"), ("void", "Taken back")], default="new", max_length=4
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
                        to="billing.charge",
                    ),
                ),
                ("code", models.CharField(max_length=5)),
                ("units", models.PositiveSmallIntegerField()),
                ("date_of_service", models.DateField()),
                (
                    "covers_from",
                    models.DateField(help_text="First date of its window or month; the set-up's own date."),
                ),
                ("covers_to", models.DateField()),
                ("modifiers", models.JSONField(default=list)),
                (
                    "payer",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.payer",
                    ),
                ),
                ("digest", models.CharField(help_text="Of its certification.", max_length=64)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="billing_charge_seal"),
                    models.Index(
                        fields=["practice", "episode", "date_of_service"], name="billing_charge_episode"
                    ),
                    models.Index(fields=["practice", "certification"], name="billing_charge_certification"),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False, name="billing_charge_tenancy", network="", practice="practice_id"
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_charge_key"),
                    networks.tenancy.AppendOnly(name="billing_charge_fact"),
                    networks.tenancy.SameTenant(
                        field="certification", key="practice", name="billing_charge_certification_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="billing_charge_episode_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="voids", key="practice", name="billing_charge_voids_tenant"
                    ),
                    models.UniqueConstraint(fields=("practice", "number"), name="billing_charge_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "new"), ("voids", None)),
                            models.Q(("kind", "void"), ("voids__isnull", False)),
                            _connector="OR",
                        ),
                        name="billing_charge_void_names_its_charge",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChargeBatch",
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
                ("number", models.PositiveIntegerField(help_text="Counted per practice, from 1.")),
                ("mapping", models.CharField(help_text="Which columns, by the EHR's name.", max_length=20)),
                ("rows", models.PositiveIntegerField()),
                ("content", networks.encryption.EncryptedTextField()),
                ("sha256", models.CharField(max_length=64)),
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
                    models.Index(fields=["practice", "transaction"], name="billing_chargebatch_seal")
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="billing_chargebatch_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_chargebatch_key"),
                    networks.tenancy.AppendOnly(name="billing_chargebatch_fact"),
                    models.UniqueConstraint(fields=("practice", "number"), name="billing_chargebatch_number"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimDetails",
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
                        related_name="claim_details",
                        to="patients.episode",
                    ),
                ),
                (
                    "diagnoses",
                    models.JSONField(help_text="ICD-10-CM codes with their point, the principal one first."),
                ),
                ("referring_npi", models.CharField(blank=True, max_length=10)),
                ("referring_name", models.CharField(blank=True, max_length=120)),
                (
                    "case_number",
                    models.CharField(blank=True, help_text="The episode's number in the EHR.", max_length=40),
                ),
                ("starts_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "episode"], name="billing_claimdetails_episode")
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="billing_claimdetails_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_claimdetails_key"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="billing_claimdetails_episode_tenant"
                    ),
                ],
            },
        ),
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
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
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
                (
                    "member_id",
                    networks.encryption.EncryptedTextField(
                        blank=True,
                        help_text="As it stands on the card; none until somebody wrote it down.",
                        null=True,
                    ),
                ),
                ("authorization_number", models.CharField(blank=True, default="", max_length=50)),
                ("recorded_at", models.DateTimeField()),
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
                        related_name="lines",
                        to="patients.episode",
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
                            ("certified", "Certified; its month is locked"),
                        ],
                        max_length=9,
                    ),
                ),
                ("reasons", models.JSONField(default=list)),
                (
                    "charge",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="billing.charge",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        fields=["practice", "status", "date_of_service"], name="billing_decidedline_board"
                    ),
                    models.Index(
                        fields=["practice", "date_of_service", "episode"], name="billing_decidedline_month"
                    ),
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
                    networks.tenancy.SameTenant(
                        field="charge", key="practice", name="billing_decidedline_charge_tenant"
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
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
                ("basis", models.CharField(max_length=200)),
                ("memo", models.CharField(max_length=300)),
                ("software_version", models.CharField(max_length=40)),
                ("signed_by", models.CharField(max_length=120)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
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
                    models.OneToOneField(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="patients.episode",
                    ),
                ),
                ("as_of", models.DateField()),
                ("engine", models.CharField(max_length=16)),
                ("inputs_digest", models.CharField(max_length=64)),
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
                        related_name="months",
                        to="patients.episode",
                    ),
                ),
                ("month", models.DateField(help_text="Its first day.")),
                ("seconds", models.PositiveIntegerField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("pta_minutes", models.PositiveSmallIntegerField()),
                ("live_contacts", models.PositiveSmallIntegerField()),
                ("is_closed", models.BooleanField()),
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
                        related_name="windows",
                        to="patients.episode",
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("clipped_to", models.DateField()),
                ("days", models.PositiveSmallIntegerField()),
                ("dates", models.JSONField(default=list, help_text="The data days, as ISO dates.")),
                ("is_closed", models.BooleanField()),
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
                        related_name="exclusions",
                        to="patients.episode",
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
                    "voids",
                    models.OneToOneField(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voided_by",
                        to="billing.exclusion",
                    ),
                ),
                ("reason", models.CharField(blank=True, help_text="Why it was taken back.", max_length=200)),
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
                    networks.tenancy.SameTenant(
                        field="voids", key="practice", name="billing_exclusion_voids_tenant"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voids", None), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="billing_exclusion_voided_says_why",
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
            name="ExportedCharge",
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
                    "batch",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exported",
                        to="billing.chargebatch",
                    ),
                ),
                (
                    "charge",
                    models.OneToOneField(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exported",
                        to="billing.charge",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="billing_exportedcharge_seal")
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="billing_exportedcharge_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_exportedcharge_key"),
                    networks.tenancy.AppendOnly(name="billing_exportedcharge_fact"),
                    networks.tenancy.SameTenant(
                        field="batch", key="practice", name="billing_exportedcharge_batch_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="charge", key="practice", name="billing_exportedcharge_charge_tenant"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeeLocality",
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
                ("name", models.CharField(max_length=80)),
                ("work", models.DecimalField(decimal_places=3, max_digits=5)),
                ("practice_expense", models.DecimalField(decimal_places=3, max_digits=5)),
                ("malpractice", models.DecimalField(decimal_places=3, max_digits=5)),
                (
                    "source",
                    models.CharField(help_text="The file and its year, as CMS names it.", max_length=200),
                ),
                ("starts_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="billing_feelocality_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_feelocality_key"),
                    models.UniqueConstraint(
                        fields=("practice", "starts_on"), name="billing_feelocality_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LateFinding",
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
                        related_name="late_findings",
                        to="patients.episode",
                    ),
                ),
                ("month", models.DateField(help_text="Its first day.")),
                ("lines", models.JSONField()),
            ],
            options={
                "abstract": False,
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="billing_latefinding_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_latefinding_key"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="billing_latefinding_episode_tenant"
                    ),
                    models.UniqueConstraint(
                        fields=("practice", "episode", "month"), name="billing_latefinding_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Packet",
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
                    "charge",
                    models.OneToOneField(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packet",
                        to="billing.charge",
                    ),
                ),
                (
                    "content",
                    networks.encryption.EncryptedTextField(
                        help_text="The packet's file; patients' own words may stand in it."
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["practice", "transaction"], name="billing_packet_seal")],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False, name="billing_packet_tenancy", network="", practice="practice_id"
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_packet_key"),
                    networks.tenancy.AppendOnly(name="billing_packet_fact"),
                    networks.tenancy.SameTenant(
                        field="charge", key="practice", name="billing_packet_charge_tenant"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayerNumber",
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
                    "payer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.payer",
                    ),
                ),
                ("number", models.CharField(max_length=20)),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="billing_payernumber_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_payernumber_key"),
                    models.UniqueConstraint(fields=("practice", "payer"), name="billing_payernumber_once"),
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
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.practice",
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="networks.payer"
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
            name="PracticeFee",
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
                ("code", models.CharField(max_length=5)),
                ("dollars", models.DecimalField(decimal_places=2, max_digits=8)),
                ("starts_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="billing_practicefee_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_practicefee_key"),
                    models.UniqueConstraint(
                        fields=("practice", "code", "starts_on"), name="billing_practicefee_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("dollars__gt", 0)), name="billing_practicefee_is_money"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadingChoice",
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
                ("dispute", models.CharField(help_text="A key of billing.disputed_readings.", max_length=20)),
                ("way", models.CharField(max_length=20)),
                (
                    "payer",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Null: all.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.payer",
                    ),
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
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="billing_readingchoice_seal"),
                    models.Index(fields=["practice", "dispute"], name="billing_readingchoice_dispute"),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="billing_readingchoice_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_readingchoice_key"),
                    networks.tenancy.AppendOnly(name="billing_readingchoice_fact"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleSetEdition",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("rule_set", models.CharField(help_text="Such as R2027.", max_length=8)),
                ("document", models.JSONField()),
                (
                    "sha256",
                    models.CharField(help_text="Of the file as it was loaded.", max_length=64, unique=True),
                ),
                (
                    "loaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("loaded_at", models.DateTimeField()),
            ],
            options={
                "constraints": [networks.tenancy.AppendOnly(name="billing_rulesetedition_fact")],
            },
        ),
        migrations.CreateModel(
            name="RuleSetApproval",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="billing.rulesetedition",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("approved_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    networks.tenancy.AppendOnly(name="billing_rulesetapproval_fact"),
                    models.UniqueConstraint(
                        fields=("edition", "approved_by"), name="billing_rulesetapproval_once_a_person"
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
                        related_name="set_ups",
                        to="patients.episode",
                    ),
                ),
                ("completed_on", models.DateField()),
                ("pt_minutes", models.PositiveSmallIntegerField(default=0)),
                ("pta_minutes", models.PositiveSmallIntegerField(default=0)),
                (
                    "taught_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.clinician",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="billing.setup",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="Why the earlier one was corrected.", max_length=200
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
                    networks.tenancy.SameTenant(
                        field="replaces", key="practice", name="billing_setup_replaces_tenant"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("replaces", None)),
                        fields=("practice", "episode"),
                        name="billing_setup_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces", None), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="billing_setup_corrected_says_why",
                    ),
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
                        related_name="time_entries",
                        to="patients.episode",
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
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "spoke_with",
                    models.CharField(
                        blank=True,
                        choices=[("", ""), ("patient", "The patient"), ("caregiver", "A caregiver")],
                        default="",
                        max_length=9,
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
        migrations.CreateModel(
            name="ActivityBeat",
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
                        related_name="activity_beats",
                        to="patients.episode",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "Opened the record"),
                            ("seen", "Had it in sight"),
                            ("acted", "Did something in it"),
                            ("left", "Left it"),
                        ],
                        max_length=6,
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="billing_activitybeat_seal"),
                    models.Index(fields=["practice", "by", "occurred_at"], name="billing_activitybeat_by"),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="billing_activitybeat_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_activitybeat_key"),
                    networks.tenancy.AppendOnly(name="billing_activitybeat_fact"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="billing_activitybeat_episode_tenant"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attestation",
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
                        related_name="attestations",
                        to="patients.episode",
                    ),
                ),
                ("said_on", models.DateField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("patient", "The patient"),
                            ("caregiver", "A caregiver"),
                            ("eligibility", "The payer's eligibility check"),
                        ],
                        max_length=11,
                    ),
                ),
                ("no_other_monitoring", models.BooleanField(help_text="No RTM or RPM by another provider.")),
                ("no_home_health", models.BooleanField(help_text="Not under a home-health plan.")),
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
                    models.Index(fields=["practice", "transaction"], name="billing_attestation_seal"),
                    models.Index(fields=["practice", "episode"], name="billing_attestation_episode"),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="billing_attestation_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_attestation_key"),
                    networks.tenancy.AppendOnly(name="billing_attestation_fact"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="billing_attestation_episode_tenant"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BillingProvider",
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
                ("npi", models.CharField(help_text="The practice's own, not a clinician's.", max_length=10)),
                ("place_of_service", models.CharField(max_length=2)),
                (
                    "practice_number",
                    models.CharField(
                        blank=True,
                        help_text="What the system that takes the charges calls the practice.",
                        max_length=40,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="billing_billingprovider_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="billing_billingprovider_key"),
                    models.UniqueConstraint(
                        fields=("practice", "starts_on"), name="billing_billingprovider_once"
                    ),
                ],
            },
        ),
    ]
