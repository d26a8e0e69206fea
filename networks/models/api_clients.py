"""Machines that call the API: which practice or network each belongs to, and in which role."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from networks.keys import uuid7
from networks.permissions import Role


class ApiClient(models.Model):
    """An OAuth client's one home and one role there; ended, its tokens are worth nothing at once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # No foreign key: the identity provider's tables refer to ours, and two ways round is a circle.
    client_id = models.CharField(max_length=100, unique=True, help_text="The OAuth client's id.")
    role = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Role])
    practice = models.ForeignKey(
        "networks.Practice", models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    network = models.ForeignKey(
        "networks.Network", models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    workspace_name = models.CharField(
        max_length=120, help_text="The practice's or network's name, read before any scope is open."
    )
    time_zone = models.CharField(max_length=64, default="UTC")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(practice=None, network__isnull=False) | Q(practice__isnull=False, network=None),
                name="networks_apiclient_one_home",
            ),
        ]

    def __str__(self) -> str:
        return f"API client {self.pk}"
