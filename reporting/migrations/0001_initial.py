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
    ]

    operations = [
        migrations.CreateModel(
            name="ProfileDraft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.network",
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
                ("first_day", models.DateField()),
                ("cut_off", models.DateField()),
                ("conditions", models.JSONField(blank=True, default=list, help_text="Empty: all.")),
                ("document", models.JSONField()),
                ("document_sha256", models.CharField(max_length=64)),
                (
                    "shown_counts",
                    models.JSONField(
                        help_text="Cell and keyed digests of its patients, for the ledger; never shown."
                    ),
                ),
                (
                    "refusals",
                    models.JSONField(blank=True, default=list, help_text="Why it must not be released."),
                ),
                ("wall", models.JSONField(help_text="The wall's decisions and what they rested on.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "Waiting for approval"),
                            ("approved", "Approved"),
                            ("released", "Released"),
                            ("discarded", "Set aside"),
                        ],
                        default="drafted",
                        max_length=10,
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("drafted_at", models.DateTimeField()),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["network", "drafted_at"], name="reporting_profiledraft_latest")
                ],
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="reporting_profiledraft_tenancy",
                        network="network_id",
                        practice="",
                    ),
                    models.UniqueConstraint(fields=("network", "id"), name="reporting_profiledraft_key"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reporting_profiledraft_approved_by_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="reporting_profiledraft_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "released"]), _negated=True),
                            ("approved_by__isnull", False),
                            _connector="OR",
                        ),
                        name="reporting_profiledraft_approved_before_release",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.network",
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
                    "draft",
                    models.OneToOneField(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="release",
                        to="reporting.profiledraft",
                    ),
                ),
                ("number", models.PositiveIntegerField(help_text="Counted per network, from 1.")),
                (
                    "payer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.payer",
                    ),
                ),
                ("first_day", models.DateField()),
                ("cut_off", models.DateField()),
                (
                    "cohort",
                    models.JSONField(help_text="The definition in words and the counts of whom it holds."),
                ),
                ("measures", models.JSONField(help_text="The measures' definitions as they were.")),
                ("document", models.JSONField()),
                ("suppression", models.JSONField()),
                ("manifest", models.JSONField()),
                ("manifest_sha256", models.CharField(max_length=64)),
                ("previous_sha256", models.CharField(max_length=64)),
                ("signature", models.CharField(max_length=88)),
                ("key_id", models.CharField(max_length=16)),
                (
                    "approved_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("approved_at", models.DateTimeField()),
                (
                    "released_by",
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
                        name="reporting_release_tenancy",
                        network="network_id",
                        practice="",
                    ),
                    models.UniqueConstraint(fields=("network", "id"), name="reporting_release_key"),
                    networks.tenancy.AppendOnly(name="reporting_release_fact"),
                    networks.tenancy.SameTenant(
                        field="draft", key="network", name="reporting_release_draft_tenant"
                    ),
                    models.UniqueConstraint(fields=("network", "number"), name="reporting_release_number"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleasedCount",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.network",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counts",
                        to="reporting.release",
                    ),
                ),
                ("cell", models.CharField(max_length=120)),
                ("members", models.JSONField()),
            ],
            options={
                "abstract": False,
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="reporting_releasedcount_tenancy",
                        network="network_id",
                        practice="",
                    ),
                    models.UniqueConstraint(fields=("network", "id"), name="reporting_releasedcount_key"),
                    networks.tenancy.AppendOnly(name="reporting_releasedcount_fact"),
                    networks.tenancy.SameTenant(
                        field="release", key="network", name="reporting_releasedcount_release_tenant"
                    ),
                    models.UniqueConstraint(
                        fields=("network", "release", "cell"), name="reporting_releasedcount_cell"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReleaseFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=networks.keys.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.network",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="reporting.release",
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("media_type", models.CharField(max_length=80)),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
            ],
            options={
                "abstract": False,
                "constraints": [
                    networks.tenancy.TenantPolicy(
                        members_read=False,
                        name="reporting_releasefile_tenancy",
                        network="network_id",
                        practice="",
                    ),
                    models.UniqueConstraint(fields=("network", "id"), name="reporting_releasefile_key"),
                    networks.tenancy.AppendOnly(name="reporting_releasefile_fact"),
                    networks.tenancy.SameTenant(
                        field="release", key="network", name="reporting_releasefile_release_tenant"
                    ),
                    models.UniqueConstraint(
                        fields=("network", "release", "name"), name="reporting_releasefile_name"
                    ),
                ],
            },
        ),
    ]
