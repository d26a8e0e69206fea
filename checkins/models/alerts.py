"""What a person must look at: an alert never changes and never closes itself; its events are added."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from checkins.models.inbound import InboundMessage
from networks.models import PracticeFact
from networks.tenancy import SameTenant
from patients.models import Episode, Patient


class AlertQuerySet(models.QuerySet["Alert"]):
    """Alerts by what has been done about them."""

    def open(self) -> "AlertQuerySet":
        """Keep those that nobody has closed."""
        closing = AlertEvent.objects.filter(
            practice_id=OuterRef("practice_id"), alert_id=OuterRef("pk"), act=AlertEvent.Act.CLOSED
        )
        return self.filter(~Exists(closing))

    def with_acknowledged(self) -> "AlertQuerySet":
        """Add `was_acknowledged`: whether somebody took an alert on and has not handed it back since."""
        latest = AlertEvent.objects.filter(
            practice_id=OuterRef("practice_id"), alert_id=OuterRef("pk"), act__in=AlertEvent.TAKING
        ).order_by("-occurred_at", "-id")
        taken = models.Q(latest_taking=AlertEvent.Act.ACKNOWLEDGED)
        return self.annotate(latest_taking=Subquery(latest.values("act")[:1])).annotate(
            was_acknowledged=Coalesce(
                models.ExpressionWrapper(taken, models.BooleanField()), models.Value(value=False)
            )
        )


class Alert(PracticeFact):
    """A reason for a person to look at a patient, with its level."""

    class Kind(models.TextChoices):
        RED_FLAG = "red_flag", "A danger sign"
        UNCLEAR = "unclear", "A reply that needs a person"
        OPTED_OUT = "opted_out", "Texts stopped"
        DECLINED = "declined", "Monitoring declined"
        WRONG_NUMBER = "wrong_number", "Wrong number"
        UNREACHABLE = "unreachable", "Texts do not arrive"

    class Level(models.TextChoices):
        L1 = "L1", "At once"
        L2 = "L2", "Same or next business day"
        REVIEW = "review", "A person looks"

    patient = models.ForeignKey(
        Patient,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="alerts",
        db_index=False,
        help_text="Nobody where the danger came from a number that no patient has.",
    )
    episode = models.ForeignKey(
        Episode, models.PROTECT, null=True, blank=True, related_name="alerts", db_index=False
    )
    message = models.ForeignKey(
        InboundMessage, models.PROTECT, null=True, blank=True, related_name="alerts", db_index=False
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    level = models.CharField(max_length=8, choices=Level.choices)
    sign = models.CharField(max_length=16, blank=True, help_text="The class of danger sign.")

    objects = AlertQuerySet.as_manager()

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="checkins_alert_patient_tenant", field="patient"),
            SameTenant(name="checkins_alert_episode_tenant", field="episode"),
            SameTenant(name="checkins_alert_message_tenant", field="message"),
            models.UniqueConstraint(
                fields=["practice", "message", "kind"], name="checkins_alert_once_a_message"
            ),
            models.CheckConstraint(
                condition=Q(patient__isnull=False) | Q(kind="red_flag", message__isnull=False),
                name="checkins_alert_whose",
            ),
        ]
        indexes: ClassVar = [
            *PracticeFact.Meta.indexes,
            models.Index(fields=["practice", "patient", "occurred_at"], name="checkins_alert_patient"),
        ]

    def __str__(self) -> str:
        return f"Alert {self.pk}"


class AlertEvent(PracticeFact):
    """One thing done about an alert, by whom."""

    class Act(models.TextChoices):
        PAGED = "paged", "Somebody was paged"
        SEEN = "seen", "Seen"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        HANDED_BACK = "handed_back", "Handed back"
        NOTED = "noted", "Noted"
        CLOSED = "closed", "Closed"

    # Whether somebody has an alert in hand: the latest of these counts.
    TAKING: ClassVar = (Act.ACKNOWLEDGED, Act.HANDED_BACK)

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="events", db_index=False)
    act = models.CharField(max_length=12, choices=Act.choices)
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(
        "networks.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="checkins_alertevent_alert_tenant", field="alert"),
        ]
        indexes: ClassVar = [
            *PracticeFact.Meta.indexes,
            models.Index(fields=["practice", "alert", "act"], name="checkins_alertevent_alert"),
        ]

    def __str__(self) -> str:
        return f"Alert event {self.pk}"


class AlertClosing(PracticeFact):
    """What came of an alert, beside the event that closed it.

    A table of its own: a further column of a fact table would change what the seals over its rows cover.
    """

    class Outcome(models.TextChoices):
        REACHED = "reached", "Spoke with the patient"
        EMERGENCY = "emergency", "Patient is in emergency care, or 911 was called"
        SEEN = "seen", "Seen in person or booked to be seen"
        NOT_REACHED = "not_reached", "Two attempts, then the emergency contact"
        NO_DANGER = "no_danger", "Read again: no danger in it"
        OTHER = "other", "Something else"

    event = models.OneToOneField(AlertEvent, models.PROTECT, related_name="closing", db_index=False)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="checkins_alertclosing_event_tenant", field="event"),
        ]

    def __str__(self) -> str:
        return f"Alert closing {self.pk}"
