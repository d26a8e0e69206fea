"""Minutes of management: entries are never edited, only voided by a new one."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from networks.models import Clinician, PracticeFact
from networks.tenancy import SameTenant
from patients.models import Episode


class TimeEntry(PracticeFact):
    """A span of one person's work on one episode; `voids` names the entry it takes back."""

    class Activity(models.TextChoices):
        REVIEW = "review", "Looked through the data and decided"
        CONVERSATION = "conversation", "Talked with the patient or caregiver"
        SET_UP = "set_up", "Set up and taught"
        ADMINISTRATIVE = "administrative", "Office work"

    class Mode(models.TextChoices):
        NONE = "", ""
        PHONE = "phone", "Phone"
        VIDEO = "video", "Video"
        IN_PERSON = "in_person", "In the clinic"

    class SpokeWith(models.TextChoices):
        NOBODY = "", ""
        PATIENT = "patient", "The patient"
        CAREGIVER = "caregiver", "A caregiver"

    class Origin(models.TextChoices):
        TIMED = "timed", "Timed by Daybook"
        MANUAL = "manual", "Entered by hand"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="time_entries", db_index=False)
    clinician = models.ForeignKey(
        Clinician, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    by = models.ForeignKey("networks.User", models.PROTECT, related_name="+", db_index=False)
    credential = models.CharField(max_length=5, help_text="PT, PTA or OTHER, as it was at the time.")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    activity = models.CharField(max_length=14, choices=Activity.choices)
    live_contact = models.BooleanField(default=False)
    in_billed_visit = models.BooleanField(default=False)
    mode = models.CharField(max_length=10, choices=Mode.choices, blank=True, default=Mode.NONE)
    spoke_with = models.CharField(
        max_length=9, choices=SpokeWith.choices, blank=True, default=SpokeWith.NOBODY
    )
    topic = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=6, choices=Origin.choices)
    reason = models.CharField(max_length=200, blank=True)
    voids = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="voided_by", db_index=False
    )

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="billing_timeentry_episode_tenant", field="episode"),
            SameTenant(name="billing_timeentry_clinician_tenant", field="clinician"),
            SameTenant(name="billing_timeentry_voids_tenant", field="voids"),
            models.CheckConstraint(
                condition=Q(ended_at__gt=models.F("started_at")), name="billing_timeentry_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(origin="timed") | ~Q(reason=""), name="billing_timeentry_manual_says_why"
            ),
        ]
        indexes: ClassVar = [
            *PracticeFact.Meta.indexes,
            models.Index(fields=["practice", "episode", "started_at"], name="billing_timeentry_episode"),
        ]

    def __str__(self) -> str:
        return f"Time entry {self.pk}"


class ActivityBeat(PracticeFact):
    """A sign, timed by the server, that somebody has a patient's record open; a fact, so nobody lengthens it."""

    class Kind(models.TextChoices):
        OPENED = "opened", "Opened the record"
        SEEN = "seen", "Had it in sight"
        ACTED = "acted", "Did something in it"
        LEFT = "left", "Left it"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="activity_beats", db_index=False)
    by = models.ForeignKey("networks.User", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=6, choices=Kind.choices)

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="billing_activitybeat_episode_tenant", field="episode"),
        ]
        indexes: ClassVar = [
            *PracticeFact.Meta.indexes,
            models.Index(fields=["practice", "by", "occurred_at"], name="billing_activitybeat_by"),
        ]

    def __str__(self) -> str:
        return f"Activity beat {self.pk}"
