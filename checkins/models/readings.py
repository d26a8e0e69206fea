"""What was read out of texts: derived rows, which `manage.py rebuild` makes again from the facts."""

from typing import ClassVar

from django.db import models

from checkins.models.checkins import CheckIn
from checkins.models.inbound import InboundMessage
from networks.models import PracticeLeaf, PracticeOwned
from networks.tenancy import SameTenant
from patients.models import Episode


class ReplyReading(PracticeOwned):
    """How the reader understood one text, with the rules and spans that decided."""

    message = models.OneToOneField(
        InboundMessage, models.PROTECT, related_name="reading", db_index=False, db_constraint=False
    )
    check_in = models.ForeignKey(
        CheckIn,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="readings",
        db_index=False,
        db_constraint=False,
    )
    kind = models.CharField(max_length=16)
    answers = models.JSONField(default=dict)
    consent = models.CharField(max_length=16, blank=True)
    red_flag_class = models.CharField(max_length=16, blank=True)
    red_flag_level = models.CharField(max_length=8, blank=True)
    follow_up = models.CharField(max_length=8)
    reasons = models.JSONField(default=list)
    spans = models.JSONField(default=list, help_text="Which characters decided, by rule; no text of its own.")
    reader = models.CharField(max_length=16)

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            SameTenant(name="checkins_replyreading_message_tenant", field="message"),
            SameTenant(name="checkins_replyreading_check_in_tenant", field="check_in"),
        ]

    def __str__(self) -> str:
        return f"Reply reading {self.pk}"


class Reading(PracticeLeaf):
    """One value that a patient reported: the therapeutic datum on which monitoring days rest."""

    class Source(models.TextChoices):
        PATIENT = "patient", "The patient"
        CAREGIVER = "caregiver", "A caregiver"
        STAFF = "staff", "Entered by staff"

    episode = models.ForeignKey(
        Episode, models.PROTECT, related_name="readings", db_index=False, db_constraint=False
    )
    check_in = models.ForeignKey(
        CheckIn,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="values",
        db_index=False,
        db_constraint=False,
    )
    message = models.ForeignKey(
        InboundMessage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="values",
        db_index=False,
        db_constraint=False,
    )
    item = models.CharField(max_length=12)
    low = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    high = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    word = models.CharField(max_length=12, blank=True, help_text="yes, no, partial, later")
    source = models.CharField(max_length=10, choices=Source.choices)
    received_at = models.DateTimeField()
    local_date = models.DateField(help_text="Date of receipt in the patient's zone.")

    class Meta(PracticeLeaf.Meta):
        constraints: ClassVar = [
            *PracticeLeaf.Meta.constraints,
            SameTenant(name="checkins_reading_episode_tenant", field="episode"),
            SameTenant(name="checkins_reading_check_in_tenant", field="check_in"),
            SameTenant(name="checkins_reading_message_tenant", field="message"),
            models.UniqueConstraint(fields=["practice", "message", "item"], name="checkins_reading_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["practice", "episode", "received_at"], name="checkins_reading_episode"),
        ]

    def __str__(self) -> str:
        return f"Reading {self.pk}"


class MonitoringDay(PracticeLeaf):
    """A patient-local date on which data was received; one row a date, never counted twice."""

    episode = models.ForeignKey(
        Episode, models.PROTECT, related_name="monitoring_days", db_index=False, db_constraint=False
    )
    local_date = models.DateField()

    class Meta(PracticeLeaf.Meta):
        constraints: ClassVar = [
            *PracticeLeaf.Meta.constraints,
            SameTenant(name="checkins_monitoringday_episode_tenant", field="episode"),
            models.UniqueConstraint(
                fields=["practice", "episode", "local_date"], name="checkins_monitoringday_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Monitoring day {self.pk}"


class TouchedEpisode(PracticeLeaf):
    """An episode about which something new is known; billing drains these."""

    episode = models.ForeignKey(
        Episode, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    touched_at = models.DateTimeField()

    class Meta(PracticeLeaf.Meta):
        constraints: ClassVar = [
            *PracticeLeaf.Meta.constraints,
            SameTenant(name="checkins_touchedepisode_episode_tenant", field="episode"),
            models.UniqueConstraint(fields=["practice", "episode"], name="checkins_touchedepisode_once"),
        ]

    def __str__(self) -> str:
        return f"Touched episode {self.pk}"
