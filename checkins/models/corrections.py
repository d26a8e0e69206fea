"""What a patient's text means where it was read or typed wrong: a fact that the derivation takes in."""

from typing import ClassVar

from django.db import models

from checkins.models.inbound import InboundMessage
from networks.models import PracticeFact
from networks.tenancy import SameTenant


class Correction(PracticeFact):
    """The values in one text as a person or the patient put them right; the latest correction of a text counts."""

    message = models.ForeignKey(InboundMessage, models.PROTECT, related_name="corrections", db_index=False)
    answers = models.JSONField(help_text="As in a reply reading; empty when the text reports nothing.")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(
        "networks.User",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="Empty where the patient's own next text put it right.",
    )

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="checkins_correction_message_tenant", field="message"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="checkins_correction_says_why"),
        ]
        indexes: ClassVar = [
            *PracticeFact.Meta.indexes,
            models.Index(fields=["practice", "message", "recorded_at"], name="checkins_correction_message"),
        ]

    def __str__(self) -> str:
        return f"Correction {self.pk}"
