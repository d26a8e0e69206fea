"""The check-in: one ask sent to one patient for one local day."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from checkins.models.protocols import Plan
from networks.models import PracticeOwned, practice_of_parent
from networks.tenancy import SameTenant
from patients.models import Episode


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    """Check-ins by where they stand."""

    def waiting(self) -> "CheckInQuerySet":
        """Keep those that still wait for an answer."""
        return self.filter(state=CheckIn.State.OPEN)

    def asked(self) -> "CheckInQuerySet":
        """Leave out those whose text could not be sent: silence says nothing about the patient then."""
        return self.exclude(state=CheckIn.State.CLOSED, closed_reason=CheckIn.Closed.NOT_SENT)

    def unanswered(self) -> "CheckInQuerySet":
        """Keep those that were asked and brought no whole answer."""
        return self.asked().exclude(state=CheckIn.State.ANSWERED)


class CheckIn(PracticeOwned):
    """One ask of one kind for one local date; the database allows no second."""

    class Kind(models.TextChoices):
        DAILY = "daily", "Daily check-in"

    class State(models.TextChoices):
        OPEN = "open", "Waiting for an answer"
        ANSWERED = "answered", "Answered"
        CLOSED = "closed", "Closed"

    class Closed(models.TextChoices):
        NONE = "", ""
        OPTED_OUT = "opted_out", "The patient stopped the texts"
        EXPIRED = "expired", "No answer in time"
        NOT_SENT = "not_sent", "The text could not be sent"
        ENDED = "ended", "Monitoring ended"

    practice = practice_of_parent()
    episode = models.ForeignKey(
        Episode, models.PROTECT, related_name="check_ins", db_index=False, db_constraint=False
    )
    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="check_ins", db_index=False, db_constraint=False
    )
    local_date = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.DAILY)
    items = models.JSONField(help_text="The questions asked, in order, such as ['pain', 'exercises'].")
    open_items = models.JSONField(help_text="Those of them without an answer yet.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    closed_reason = models.CharField(max_length=10, choices=Closed.choices, blank=True, default=Closed.NONE)
    clarified = models.BooleanField(default=False, help_text="Asked once more already; not again.")
    expires_at = models.DateTimeField(help_text="After this an answer no longer belongs to this check-in.")
    planned_at = models.DateTimeField()
    write_by = models.DateTimeField(
        null=True, blank=True, help_text="Until then its text is to be written; empty when it is."
    )

    objects = CheckInQuerySet.as_manager()

    class Meta(PracticeOwned.Meta):
        indexes: ClassVar = [
            # Those whose text is to be written first, and of all open ones until when they wait.
            models.Index(
                fields=["practice", "write_by", "expires_at"],
                condition=Q(state="open"),
                name="checkins_checkin_waiting",
            ),
        ]
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            SameTenant(name="checkins_checkin_plan_tenant", field="plan", along=("episode",)),
            models.UniqueConstraint(
                fields=["practice", "episode", "local_date", "kind"], name="checkins_checkin_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Check-in {self.pk}"
