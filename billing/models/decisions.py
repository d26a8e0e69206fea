"""What the rules decided, kept for speed: `manage.py rebuild` makes every row again from facts."""

from typing import ClassVar

from django.db import models

from billing.models.closing import Charge
from networks.models import PracticeOwned
from networks.tenancy import SameTenant
from patients.models import Episode


class EpisodeDecision(PracticeOwned):
    """When an episode was last decided, by which rules, from which facts."""

    episode = models.OneToOneField(Episode, models.PROTECT, related_name="decision", db_index=False)
    as_of = models.DateField()
    engine = models.CharField(max_length=16)
    inputs_digest = models.CharField(max_length=64)

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            SameTenant(name="billing_episodedecision_episode_tenant", field="episode"),
        ]
        indexes: ClassVar = [models.Index(fields=["practice", "episode"], name="billing_decision_episode")]

    def __str__(self) -> str:
        return f"Decision {self.pk}"


class EpisodeWindow(PracticeOwned):
    """One 30-day window of an episode with its data days so far."""

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="windows", db_index=False)
    starts_on = models.DateField()
    ends_on = models.DateField()
    clipped_to = models.DateField()
    days = models.PositiveSmallIntegerField()
    dates = models.JSONField(default=list, help_text="The data days, as ISO dates.")
    is_closed = models.BooleanField()

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            SameTenant(name="billing_episodewindow_episode_tenant", field="episode"),
            models.UniqueConstraint(
                fields=["practice", "episode", "starts_on"], name="billing_episodewindow_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["practice", "ends_on", "days"], name="billing_episodewindow_triage"),
        ]

    def __str__(self) -> str:
        return f"Window {self.pk}"


class EpisodeMonth(PracticeOwned):
    """One calendar month of an episode with its minutes so far."""

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="months", db_index=False)
    month = models.DateField(help_text="Its first day.")
    seconds = models.PositiveIntegerField()
    minutes = models.PositiveSmallIntegerField()
    pta_minutes = models.PositiveSmallIntegerField()
    live_contacts = models.PositiveSmallIntegerField()
    is_closed = models.BooleanField()

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            SameTenant(name="billing_episodemonth_episode_tenant", field="episode"),
            models.UniqueConstraint(
                fields=["practice", "episode", "month"], name="billing_episodemonth_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Month {self.pk}"


class DecidedLine(PracticeOwned):
    """One code as the rules see it today, or as it was certified, with its reasons."""

    class Status(models.TextChoices):
        BILLABLE = "billable", "May be certified"
        PENDING = "pending", "Its window or month is still open"
        HELD = "held", "A person must decide"
        REFUSED = "refused", "Not allowed"
        CERTIFIED = "certified", "Certified; its month is locked"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="lines", db_index=False)
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=5)
    units = models.PositiveSmallIntegerField()
    date_of_service = models.DateField()
    modifiers = models.JSONField(default=list)
    status = models.CharField(max_length=9, choices=Status.choices)
    reasons = models.JSONField(default=list)
    charge = models.ForeignKey(
        Charge, models.PROTECT, null=True, blank=True, related_name="lines", db_index=False
    )

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            SameTenant(name="billing_decidedline_episode_tenant", field="episode"),
            SameTenant(name="billing_decidedline_charge_tenant", field="charge"),
            models.UniqueConstraint(
                fields=["practice", "episode", "position"], name="billing_decidedline_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["practice", "status", "date_of_service"], name="billing_decidedline_board"),
            models.Index(fields=["practice", "date_of_service", "episode"], name="billing_decidedline_month"),
        ]

    def __str__(self) -> str:
        return f"Line {self.pk}"
