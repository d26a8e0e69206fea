"""Rows that a person set aside on Today: until when, why, by whom; taking one back is a new row."""

from typing import ClassVar

from django.db import models

from networks.models import PracticeFact
from networks.tenancy import SameTenant
from patients.models import Episode


class SnoozeQuerySet(models.QuerySet["Snooze"]):
    """Snoozes by whether somebody took them back."""

    def standing(self) -> "SnoozeQuerySet":
        """Keep those that nobody ended; whether their date has come is for the reader to say."""
        return self.filter(ends=None, ended_by=None)


class Snooze(PracticeFact):
    """An episode set aside until it comes back on `until`; `ends` names the snooze that this row ends."""

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="snoozes", db_index=False)
    until = models.DateField(help_text="The patient-local date on which the row is back.")
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(
        "networks.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    ends = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="ended_by", db_index=False
    )

    objects = SnoozeQuerySet.as_manager()

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="checkins_snooze_episode_tenant", field="episode"),
            SameTenant(name="checkins_snooze_ends_tenant", field="ends"),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=False) | ~models.Q(reason=""),
                name="checkins_snooze_says_why",
            ),
        ]
        indexes: ClassVar = [
            *PracticeFact.Meta.indexes,
            models.Index(fields=["practice", "episode", "occurred_at"], name="checkins_snooze_episode"),
        ]

    def __str__(self) -> str:
        return f"Snooze {self.pk}"
