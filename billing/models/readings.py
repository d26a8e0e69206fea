"""How a practice or one of its payers reads a rule that can be read in more than one way."""

from typing import ClassVar

from django.db import models

from networks.models import Payer, PracticeFact


class ReadingChoice(PracticeFact):
    """One choice of a reading, from a date on, with where it was read and who approved it."""

    dispute = models.CharField(max_length=20, help_text="A key of billing.disputed_readings.")
    way = models.CharField(max_length=20)
    payer = models.ForeignKey(
        Payer, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, help_text="Null: all."
    )
    starts_on = models.DateField()
    source = models.CharField(max_length=200)
    approved_by = models.ForeignKey("networks.User", models.PROTECT, related_name="+", db_index=False)

    class Meta(PracticeFact.Meta):
        indexes: ClassVar = [
            *PracticeFact.Meta.indexes,
            models.Index(fields=["practice", "dispute"], name="billing_readingchoice_dispute"),
        ]

    def __str__(self) -> str:
        return f"Choice of a reading {self.pk}"
