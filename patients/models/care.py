"""The episode of care, its plan, its spell inside monitoring, its milestones."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from networks.models import Clinician, PracticeOwned
from networks.tenancy import SameTenant
from patients.models.people import Patient

_IN_ORDER = Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on"))


class EpisodeQuerySet(models.QuerySet["Episode"]):
    """Episodes by where they stand."""

    def open_on(self, day: date) -> "EpisodeQuerySet":
        """Keep episodes that run on a date."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Episode(PracticeOwned):
    """One problem treated from evaluation to discharge."""

    class Discipline(models.TextChoices):
        PT = "PT", "Physical therapy"
        OT = "OT", "Occupational therapy"
        SLP = "SLP", "Speech-language pathology"

    class Condition(models.TextChoices):
        KNEE = "knee", "Knee"
        HIP = "hip", "Hip"
        SHOULDER = "shoulder", "Shoulder"
        BACK = "back", "Back"
        NECK = "neck", "Neck"
        OTHER = "other", "Other"

    class Side(models.TextChoices):
        LEFT = "left", "Left"
        RIGHT = "right", "Right"
        BOTH = "both", "Both"
        NONE = "none", "No side"

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="episodes", db_index=False)
    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="+", db_index=False)
    discipline = models.CharField(max_length=3, choices=Discipline.choices, default=Discipline.PT)
    condition = models.CharField(max_length=10, choices=Condition.choices)
    side = models.CharField(max_length=5, choices=Side.choices, default=Side.NONE)
    starts_on = models.DateField(help_text="Date of the evaluation.")
    ends_on = models.DateField(null=True, blank=True)
    surgery_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=40, blank=True)

    objects = EpisodeQuerySet.as_manager()

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            SameTenant(name="patients_episode_patient_tenant", field="patient"),
            SameTenant(name="patients_episode_clinician_tenant", field="clinician"),
            models.CheckConstraint(condition=_IN_ORDER, name="patients_episode_dates_in_order"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["practice", "patient"], name="patients_episode_patient"),
            models.Index(fields=["practice", "clinician"], name="patients_episode_clinician"),
        ]

    def __str__(self) -> str:
        return f"Episode {self.pk}"


class PlanOfCareQuerySet(models.QuerySet["PlanOfCare"]):
    """Plans by whether they stand."""

    def standing(self) -> "PlanOfCareQuerySet":
        """Keep spans that were not taken back, without the rows that take others back."""
        return self.filter(voids=None, voided_by=None)


class PlanOfCare(PracticeOwned):
    """A certified span of an episode's plan, and whether it names remote monitoring; `voids` takes one back."""

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="plans_of_care", db_index=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    names_rtm = models.BooleanField(default=False)
    goal = models.CharField(max_length=200, blank=True)
    certified_on = models.DateField(null=True, blank=True)
    voids = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="voided_by", db_index=False
    )
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was taken back.")

    objects = PlanOfCareQuerySet.as_manager()

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            SameTenant(name="patients_planofcare_episode_tenant", field="episode"),
            SameTenant(name="patients_planofcare_voids_tenant", field="voids"),
            models.CheckConstraint(
                condition=Q(voids=None) | ~Q(reason=""), name="patients_planofcare_voided_says_why"
            ),
            models.CheckConstraint(condition=_IN_ORDER, name="patients_planofcare_dates_in_order"),
        ]
        indexes: ClassVar = [models.Index(fields=["practice", "episode"], name="patients_planofcare_episode")]

    def __str__(self) -> str:
        return f"Plan of care {self.pk}"


class Enrollment(PracticeOwned):
    """An episode's spell inside monitoring; one open at a time."""

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="enrollments", db_index=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=40, blank=True)

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            SameTenant(name="patients_enrollment_episode_tenant", field="episode"),
            models.CheckConstraint(condition=_IN_ORDER, name="patients_enrollment_dates_in_order"),
            models.UniqueConstraint(
                fields=["practice", "episode"], condition=Q(ends_on=None), name="patients_enrollment_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"Enrollment {self.pk}"
