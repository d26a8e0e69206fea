"""What opens a gate: coverage, payer policy, device determination, set-up, exclusions; dated records."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from networks.encryption import EncryptedTextField
from networks.models import Clinician, Payer, PracticeFact, PracticeOwned
from networks.tenancy import SameTenant
from patients.models import Episode, Patient

_IN_ORDER = Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on"))


class PayerPolicy(PracticeOwned):
    """How one payer wants RTM billed, as the practice settled it, from a date on."""

    class LiveContactRule(models.TextChoices):
        STRICT = "strict", "One more live contact for each further 20 minutes"
        PLAIN = "plain", "One live contact in the month"

    payer = models.ForeignKey(Payer, models.PROTECT, related_name="+")
    live_contact_rule = models.CharField(
        max_length=6, choices=LiveContactRule.choices, default=LiveContactRule.STRICT
    )
    covered_codes = models.JSONField(null=True, blank=True, help_text="Null: every code of the rule set.")
    starts_on = models.DateField()
    source = models.CharField(max_length=200)
    approved_by = models.ForeignKey("networks.User", models.PROTECT, related_name="+", db_index=False)

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "payer", "starts_on"], name="billing_payerpolicy_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Payer policy {self.pk}"


class Coverage(PracticeOwned):
    """What a patient's payer was found to cover, with evidence, from when to when."""

    class Status(models.TextChoices):
        COVERED = "covered", "Covered"
        PRIOR_AUTH = "prior_auth", "With prior authorization"
        UNKNOWN = "unknown", "Not known yet"
        NOT_COVERED = "not_covered", "Not covered"

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="coverages", db_index=False)
    payer = models.ForeignKey(Payer, models.PROTECT, related_name="+")
    status = models.CharField(max_length=11, choices=Status.choices, default=Status.UNKNOWN)
    covered_from = models.DateField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    member_id = EncryptedTextField(
        null=True, blank=True, help_text="As it stands on the card; none until somebody wrote it down."
    )
    authorization_number = models.CharField(max_length=50, blank=True, default="")
    recorded_at = models.DateTimeField()

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            SameTenant(name="billing_coverage_patient_tenant", field="patient"),
            models.CheckConstraint(condition=_IN_ORDER, name="billing_coverage_dates_in_order"),
        ]
        indexes: ClassVar = [models.Index(fields=["practice", "patient"], name="billing_coverage_patient")]

    def __str__(self) -> str:
        return f"Coverage {self.pk}"


class DeviceDetermination(PracticeOwned):
    """Why the practice holds that the software is a device for RTM: basis, memo, who signed, from when."""

    basis = models.CharField(max_length=200)
    memo = models.CharField(max_length=300)
    software_version = models.CharField(max_length=40)
    signed_by = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            models.CheckConstraint(condition=_IN_ORDER, name="billing_devicedetermination_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"Device determination {self.pk}"


class SetUpQuerySet(models.QuerySet["SetUp"]):
    """Set-ups by whether they stand."""

    def standing(self) -> "SetUpQuerySet":
        """Keep the set-up of each episode that no later one corrects."""
        return self.filter(replaced_by=None)


class SetUp(PracticeFact):
    """The patient was taught and showed that they can do it; once an episode, `replaces` corrects one."""

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="set_ups", db_index=False)
    completed_on = models.DateField()
    pt_minutes = models.PositiveSmallIntegerField(default=0)
    pta_minutes = models.PositiveSmallIntegerField(default=0)
    taught_by = models.ForeignKey(Clinician, models.PROTECT, related_name="+", db_index=False)
    note = models.CharField(max_length=300, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", db_index=False
    )
    reason = models.CharField(max_length=200, blank=True, help_text="Why the earlier one was corrected.")

    objects = SetUpQuerySet.as_manager()

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="billing_setup_episode_tenant", field="episode"),
            SameTenant(name="billing_setup_clinician_tenant", field="taught_by"),
            SameTenant(name="billing_setup_replaces_tenant", field="replaces"),
            models.UniqueConstraint(
                fields=["practice", "episode"], condition=Q(replaces=None), name="billing_setup_once"
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(reason=""), name="billing_setup_corrected_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"Set-up {self.pk}"


class ExclusionQuerySet(models.QuerySet["Exclusion"]):
    """Exclusions by whether they stand."""

    def standing(self) -> "ExclusionQuerySet":
        """Keep those that were not taken back, without the rows that take others back."""
        return self.filter(voids=None, voided_by=None)


class Exclusion(PracticeOwned):
    """A span in which another service shuts RTM out, or its days do not count; `voids` takes one back."""

    class Kind(models.TextChoices):
        RPM = "rpm", "Remote physiologic monitoring elsewhere"
        OTHER_RTM = "other_rtm", "RTM by another practice"
        HOME_HEALTH = "home_health", "Under a home-health plan"
        INPATIENT = "inpatient", "In hospital"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="exclusions", db_index=False)
    kind = models.CharField(max_length=11, choices=Kind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    voids = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="voided_by", db_index=False
    )
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was taken back.")

    objects = ExclusionQuerySet.as_manager()

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            SameTenant(name="billing_exclusion_episode_tenant", field="episode"),
            SameTenant(name="billing_exclusion_voids_tenant", field="voids"),
            models.CheckConstraint(
                condition=Q(voids=None) | ~Q(reason=""), name="billing_exclusion_voided_says_why"
            ),
            models.CheckConstraint(condition=_IN_ORDER, name="billing_exclusion_dates_in_order"),
        ]
        indexes: ClassVar = [models.Index(fields=["practice", "episode"], name="billing_exclusion_episode")]

    def __str__(self) -> str:
        return f"Exclusion {self.pk}"


class Attestation(PracticeFact):
    """Somebody was asked, and said that nothing else shuts RTM out; a later one stands beside it."""

    class Source(models.TextChoices):
        PATIENT = "patient", "The patient"
        CAREGIVER = "caregiver", "A caregiver"
        ELIGIBILITY = "eligibility", "The payer's eligibility check"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="attestations", db_index=False)
    said_on = models.DateField()
    source = models.CharField(max_length=11, choices=Source.choices)
    no_other_monitoring = models.BooleanField(help_text="No RTM or RPM by another provider.")
    no_home_health = models.BooleanField(help_text="Not under a home-health plan.")
    by = models.ForeignKey("networks.User", models.PROTECT, related_name="+", db_index=False)

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="billing_attestation_episode_tenant", field="episode"),
        ]
        indexes: ClassVar = [
            *PracticeFact.Meta.indexes,
            models.Index(fields=["practice", "episode"], name="billing_attestation_episode"),
        ]

    def __str__(self) -> str:
        return f"Attestation {self.pk}"


class FeeLocality(PracticeOwned):
    """The fee schedule's locality of the practice with its three cost indices (GPCI), from a date on."""

    name = models.CharField(max_length=80)
    work = models.DecimalField(max_digits=5, decimal_places=3)
    practice_expense = models.DecimalField(max_digits=5, decimal_places=3)
    malpractice = models.DecimalField(max_digits=5, decimal_places=3)
    source = models.CharField(max_length=200, help_text="The file and its year, as CMS names it.")
    starts_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            models.UniqueConstraint(fields=["practice", "starts_on"], name="billing_feelocality_once"),
        ]

    def __str__(self) -> str:
        return f"Fee locality {self.pk}"
