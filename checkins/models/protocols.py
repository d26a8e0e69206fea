"""What we ask and when: shipped question sets, a practice's frozen copies, an episode's plan."""

from datetime import time
from typing import ClassVar

from django.db import models
from django.db.models import Q

from networks.keys import uuid7
from networks.models import PracticeOwned
from networks.tenancy import SameTenant
from patients.models import Episode, Phone


class Protocol(models.Model):
    """A question set shipped with Daybook: content only, the same for everybody, never changed once out."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    content = models.JSONField(help_text="Items, cadence by phase; shape in checkins/cadence.py.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "version"], name="checkins_protocol_version"),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"


class AdoptedProtocolQuerySet(models.QuerySet["AdoptedProtocol"]):
    """Versions by who follows them."""

    def followed(self) -> "AdoptedProtocolQuerySet":
        """Keep those that an episode is or was asked by."""
        plans = Plan.objects.filter(practice=models.OuterRef("practice"), protocol=models.OuterRef("pk"))
        return self.filter(models.Exists(plans))


class AdoptedProtocol(PracticeOwned):
    """A version of a protocol as a practice took it over; running episodes follow this copy."""

    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    content = models.JSONField()
    adopted_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        "networks.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    change_reason = models.CharField(max_length=200, blank=True, help_text="Why this version was made.")

    objects = AdoptedProtocolQuerySet.as_manager()

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "code", "version"], name="checkins_adoptedprotocol_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"


class Plan(PracticeOwned):
    """When and how one episode is asked: protocol, phone, hour; ended when monitoring ends."""

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="plans", db_index=False)
    protocol = models.ForeignKey(AdoptedProtocol, models.PROTECT, related_name="+", db_index=False)
    phone = models.ForeignKey(Phone, models.PROTECT, related_name="+", db_index=False)
    sender = models.ForeignKey("checkins.Sender", models.PROTECT, related_name="+", db_index=False)
    send_at = models.TimeField(default=time(9, 0), help_text="Local time in the patient's zone.")
    time_zone = models.CharField(
        max_length=64, help_text="The patient's zone, copied so that planning is one query."
    )
    by_link = models.BooleanField(
        default=False, help_text="Asked by a link to a page instead of by questions in the text."
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            SameTenant(name="checkins_plan_episode_tenant", field="episode"),
            SameTenant(name="checkins_plan_protocol_tenant", field="protocol"),
            SameTenant(name="checkins_plan_phone_tenant", field="phone"),
            SameTenant(name="checkins_plan_sender_tenant", field="sender"),
            models.UniqueConstraint(
                fields=["practice", "episode"], condition=Q(ends_on=None), name="checkins_plan_one_open"
            ),
            # By it a check-in names its plan and its episode in one key; it also finds an episode's plans.
            models.UniqueConstraint(fields=["practice", "episode", "id"], name="checkins_plan_of_episode"),
        ]

    def __str__(self) -> str:
        return f"Plan {self.pk}"
