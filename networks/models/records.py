"""What was done and seen, the seals over it, and where work is due."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from networks.keys import uuid7
from networks.models.owned import Fact
from networks.tenancy import AppendOnly, TenantPolicy


class AuditEntry(Fact):
    """One act or one look: who, what, on which record; ids only, written in the act's own transaction."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice = models.ForeignKey(
        "networks.Practice", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    network = models.ForeignKey(
        "networks.Network", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    action = models.CharField(max_length=60)
    user = models.ForeignKey(
        "networks.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    system = models.CharField(max_length=40, blank=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField(null=True, blank=True)
    patient_id = models.UUIDField(null=True, blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints: ClassVar = [
            TenantPolicy(name="networks_auditentry_tenancy", practice="practice_id", network="network_id"),
            AppendOnly(name="networks_auditentry_fact"),
            models.CheckConstraint(
                condition=Q(practice=None, network__isnull=False) | Q(practice__isnull=False, network=None),
                name="networks_auditentry_one_home",
            ),
            models.CheckConstraint(
                condition=Q(user=None) ^ Q(system=""), name="networks_auditentry_one_actor"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["practice", "transaction"], name="networks_auditentry_seal"),
            models.Index(fields=["network", "transaction"], name="networks_auditentry_seal_n"),
            models.Index(
                fields=["practice", "patient_id", "occurred_at"], name="networks_auditentry_patient"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.pk}"


class Seal(models.Model):
    """A link over the facts of one tenant, in order: digest of all before it and of the rows it covers."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice = models.ForeignKey(
        "networks.Practice", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    network = models.ForeignKey(
        "networks.Network", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    number = models.BigIntegerField()
    from_transaction = models.BigIntegerField(help_text="First transaction id covered.")
    to_transaction = models.BigIntegerField(help_text="First transaction id not covered.")
    rows = models.IntegerField()
    previous_root = models.BinaryField()
    root = models.BinaryField()
    signature = models.BinaryField()
    key_id = models.CharField(max_length=16)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            TenantPolicy(name="networks_seal_tenancy", practice="practice_id", network="network_id"),
            AppendOnly(name="networks_seal_fact"),
            models.CheckConstraint(
                condition=Q(practice=None, network__isnull=False) | Q(practice__isnull=False, network=None),
                name="networks_seal_one_home",
            ),
            models.UniqueConstraint(
                fields=["practice", "network", "number"], nulls_distinct=False, name="networks_seal_number"
            ),
        ]

    def __str__(self) -> str:
        return f"Seal {self.number}"


class WorkDue(models.Model):
    """Where work waits, without a word about whom: the schedule reads this across tenants."""

    practice_id = models.UUIDField()
    queue = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    busy_since = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the turn began that has not ended yet; long ago: it never will.",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice_id", "queue"], name="networks_workdue_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["queue", "due_at"], name="networks_workdue_due")]

    def __str__(self) -> str:
        return f"{self.queue} {self.practice_id}"


class Heartbeat(models.Model):
    """When a background process last showed that it works; `/readyz` reads these."""

    name = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
