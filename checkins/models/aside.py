"""Texts of numbers that no patient has, put aside by a person: why, by whom; putting one back is a new row."""

from typing import ClassVar

from django.db import models

from checkins.models.inbound import InboundMessage
from networks.models import PracticeFact
from networks.tenancy import SameTenant


class PutAsideQuerySet(models.QuerySet["PutAside"]):
    """Rows by whether somebody put their text back."""

    def standing(self) -> "PutAsideQuerySet":
        """Keep those whose text is aside still."""
        return self.filter(ends=None, ended_by=None)


class PutAside(PracticeFact):
    """A stranger's text that needs nobody any more; `ends` names the row that this one takes back."""

    message = models.ForeignKey(InboundMessage, models.PROTECT, related_name="put_aside", db_index=False)
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(
        "networks.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    ends = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="ended_by", db_index=False
    )

    objects = PutAsideQuerySet.as_manager()

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="checkins_putaside_message_tenant", field="message"),
            SameTenant(name="checkins_putaside_ends_tenant", field="ends"),
            models.CheckConstraint(
                condition=models.Q(ends__isnull=False) | ~models.Q(reason=""),
                name="checkins_putaside_says_why",
            ),
        ]
        indexes: ClassVar = [
            *PracticeFact.Meta.indexes,
            models.Index(fields=["practice", "message", "occurred_at"], name="checkins_putaside_message"),
        ]

    def __str__(self) -> str:
        return f"Put aside {self.pk}"
