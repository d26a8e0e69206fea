"""What a patient can do again: reached on a date, known from somebody; taking one back is a new row."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from networks.models import PracticeFact
from networks.tenancy import SameTenant
from patients.models.care import Episode


class Milestone(PracticeFact):
    """A step of an episode that was reached; `voids` names the entry that this row takes back."""

    class Evidence(models.TextChoices):
        PATIENT = "patient", "The patient said so"
        CLINICIAN = "clinician", "Seen by the clinician"
        MEASURED = "measured", "Measured"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="milestones", db_index=False)
    title = models.CharField(max_length=80)
    reached_on = models.DateField()
    evidence = models.CharField(max_length=9, choices=Evidence.choices)
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was taken back.")
    by = models.ForeignKey("networks.User", models.PROTECT, related_name="+", db_index=False)
    voids = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="voided_by", db_index=False
    )

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="patients_milestone_episode_tenant", field="episode"),
            SameTenant(name="patients_milestone_voids_tenant", field="voids"),
            models.CheckConstraint(
                condition=Q(voids=None) | ~Q(reason=""), name="patients_milestone_voided_says_why"
            ),
        ]
        indexes: ClassVar = [
            *PracticeFact.Meta.indexes,
            models.Index(fields=["practice", "episode", "reached_on"], name="patients_milestone_episode"),
        ]

    def __str__(self) -> str:
        return f"Milestone {self.pk}"
