"""Rule sets of later years, loaded by a person and approved by two; the same for everybody."""

from typing import ClassVar

from django.db import models

from networks.keys import uuid7
from networks.tenancy import AppendOnly


class RuleSetEdition(models.Model):
    """One year's rules as they were loaded; a correction is another edition, never a change of this one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rule_set = models.CharField(max_length=8, help_text="Such as R2027.")
    document = models.JSONField()
    sha256 = models.CharField(max_length=64, unique=True, help_text="Of the file as it was loaded.")
    loaded_by = models.ForeignKey("networks.User", models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [AppendOnly(name="billing_rulesetedition_fact")]

    def __str__(self) -> str:
        return f"{self.rule_set} {self.pk}"


class RuleSetApproval(models.Model):
    """One person's word that an edition says what the year's published rules say."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    edition = models.ForeignKey(RuleSetEdition, models.PROTECT, related_name="approvals")
    approved_by = models.ForeignKey("networks.User", models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            AppendOnly(name="billing_rulesetapproval_fact"),
            models.UniqueConstraint(
                fields=["edition", "approved_by"], name="billing_rulesetapproval_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"Approval {self.pk}"
