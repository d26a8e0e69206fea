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
    ]

    operations = [
        migrations.CreateModel(
            name="Patient",
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
                ("given_name", models.CharField(max_length=80)),
                ("family_name", models.CharField(max_length=80)),
                (
                    "record_number",
                    models.CharField(
                        blank=True, help_text="The number in the practice's EHR.", max_length=40
                    ),
                ),
                ("birth_date", models.DateField(blank=True, null=True)),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("es", "Spanish")], default="en", max_length=2
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        help_text="Fixed for the episode; travel does not change it.", max_length=64
                    ),
                ),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="patients_patient_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="patients_patient_key"),
                    models.UniqueConstraint(
                        condition=models.Q(("record_number", ""), _negated=True),
                        fields=("practice", "record_number"),
                        name="patients_patient_record_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Episode",
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
                        related_name="episodes",
                        to="patients.patient",
                    ),
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
                    "discipline",
                    models.CharField(
                        choices=[
                            ("PT", "Physical therapy"),
                            ("OT", "Occupational therapy"),
                            ("SLP", "Speech-language pathology"),
                        ],
                        default="PT",
                        max_length=3,
                    ),
                ),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            ("knee", "Knee"),
                            ("hip", "Hip"),
                            ("shoulder", "Shoulder"),
                            ("back", "Back"),
                            ("neck", "Neck"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("left", "Left"), ("right", "Right"), ("both", "Both"), ("none", "No side")],
                        default="none",
                        max_length=5,
                    ),
                ),
                ("starts_on", models.DateField(help_text="Date of the evaluation.")),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("surgery_on", models.DateField(blank=True, null=True)),
                ("end_reason", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "patient"], name="patients_episode_patient"),
                    models.Index(fields=["practice", "clinician"], name="patients_episode_clinician"),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="patients_episode_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="patients_episode_key"),
                    networks.tenancy.SameTenant(
                        field="patient", key="practice", name="patients_episode_patient_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="clinician", key="practice", name="patients_episode_clinician_tenant"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="patients_episode_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Phone",
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
                        related_name="phones",
                        to="patients.patient",
                    ),
                ),
                ("number", networks.encryption.EncryptedTextField()),
                ("number_index", models.BinaryField(max_length=32)),
                ("last_four", models.CharField(max_length=4)),
                (
                    "holder",
                    models.CharField(
                        choices=[("patient", "The patient"), ("caregiver", "A caregiver")],
                        default="patient",
                        max_length=10,
                    ),
                ),
                ("relationship", models.CharField(blank=True, max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "In use"),
                            ("suspended", "Suspended: somebody must check the number"),
                            ("replaced", "Replaced by another number"),
                        ],
                        default="active",
                        max_length=10,
                    ),
                ),
                (
                    "line",
                    models.UUIDField(
                        blank=True,
                        help_text="Which of the practice's numbers texts it, where two patients share the mobile; else none.",
                        null=True,
                    ),
                ),
                ("added_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["practice", "patient"], name="patients_phone_patient")],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False, name="patients_phone_tenancy", network="", practice="practice_id"
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="patients_phone_key"),
                    networks.tenancy.SameTenant(
                        field="patient", key="practice", name="patients_phone_patient_tenant"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "replaced"), _negated=True),
                        fields=("practice", "number_index", "line"),
                        name="patients_phone_one_patient",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentEvent",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consent_events",
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
                        related_name="consent_events",
                        to="patients.phone",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("monitoring", "Monitoring"), ("texts", "Text messages")], max_length=10
                    ),
                ),
                (
                    "act",
                    models.CharField(choices=[("given", "Given"), ("withdrawn", "Withdrawn")], max_length=10),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("paper", "Signed on paper"),
                            ("in_person", "Said in person, noted by staff"),
                            ("phone", "Said on the phone, noted by staff"),
                            ("text", "By text message"),
                            ("keyword", "By texting the keyword"),
                            ("web", "On the web page"),
                            ("carrier", "Told by the carrier"),
                        ],
                        max_length=10,
                    ),
                ),
                ("wording_version", models.CharField(blank=True, max_length=40)),
                ("language", models.CharField(choices=[("en", "English"), ("es", "Spanish")], max_length=2)),
                (
                    "recorded_by",
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
                    "message_id",
                    models.UUIDField(blank=True, help_text="The text by which it was said.", null=True),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="patients_consentevent_seal"),
                    models.Index(
                        fields=["practice", "patient", "kind", "occurred_at"], name="patients_consent_latest"
                    ),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="patients_consentevent_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="patients_consentevent_key"),
                    networks.tenancy.AppendOnly(name="patients_consentevent_fact"),
                    networks.tenancy.SameTenant(
                        field="patient", key="practice", name="patients_consent_patient_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="phone", key="practice", name="patients_consent_phone_tenant"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanOfCare",
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
                        related_name="plans_of_care",
                        to="patients.episode",
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("names_rtm", models.BooleanField(default=False)),
                ("goal", models.CharField(blank=True, max_length=200)),
                ("certified_on", models.DateField(blank=True, null=True)),
                (
                    "voids",
                    models.OneToOneField(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voided_by",
                        to="patients.planofcare",
                    ),
                ),
                ("reason", models.CharField(blank=True, help_text="Why it was taken back.", max_length=200)),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["practice", "episode"], name="patients_planofcare_episode")],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="patients_planofcare_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="patients_planofcare_key"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="patients_planofcare_episode_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="voids", key="practice", name="patients_planofcare_voids_tenant"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voids", None), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="patients_planofcare_voided_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="patients_planofcare_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enrollment",
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
                        related_name="enrollments",
                        to="patients.episode",
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("end_reason", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="patients_enrollment_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="patients_enrollment_key"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="patients_enrollment_episode_tenant"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="patients_enrollment_dates_in_order",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("practice", "episode"),
                        name="patients_enrollment_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
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
                        related_name="milestones",
                        to="patients.episode",
                    ),
                ),
                ("title", models.CharField(max_length=80)),
                ("reached_on", models.DateField()),
                (
                    "evidence",
                    models.CharField(
                        choices=[
                            ("patient", "The patient said so"),
                            ("clinician", "Seen by the clinician"),
                            ("measured", "Measured"),
                        ],
                        max_length=9,
                    ),
                ),
                ("reason", models.CharField(blank=True, help_text="Why it was taken back.", max_length=200)),
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
                    "voids",
                    models.OneToOneField(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voided_by",
                        to="patients.milestone",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["practice", "transaction"], name="patients_milestone_seal"),
                    models.Index(
                        fields=["practice", "episode", "reached_on"], name="patients_milestone_episode"
                    ),
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="patients_milestone_tenancy",
                        network="",
                        practice="practice_id",
                    ),
                    models.UniqueConstraint(fields=("practice", "id"), name="patients_milestone_key"),
                    networks.tenancy.AppendOnly(name="patients_milestone_fact"),
                    networks.tenancy.SameTenant(
                        field="episode", key="practice", name="patients_milestone_episode_tenant"
                    ),
                    networks.tenancy.SameTenant(
                        field="voids", key="practice", name="patients_milestone_voids_tenant"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voids", None), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="patients_milestone_voided_says_why",
                    ),
                ],
            },
        ),
    ]
