"""What a claim needs besides its codes: who bills, the practice's fees, payers' numbers, diagnoses."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from networks.models import Payer, PracticeOwned
from networks.tenancy import SameTenant
from patients.models import Episode


class BillingProvider(PracticeOwned):
    """As whom the practice bills, from a date on."""

    npi = models.CharField(max_length=10, help_text="The practice's own, not a clinician's.")
    place_of_service = models.CharField(max_length=2)
    practice_number = models.CharField(
        max_length=40, blank=True, help_text="What the system that takes the charges calls the practice."
    )
    starts_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            models.UniqueConstraint(fields=["practice", "starts_on"], name="billing_billingprovider_once"),
        ]

    def __str__(self) -> str:
        return f"Billing provider {self.pk}"


class PracticeFee(PracticeOwned):
    """What the practice charges for one unit of a code, the same to everybody, from a date on."""

    code = models.CharField(max_length=5)
    dollars = models.DecimalField(max_digits=8, decimal_places=2)
    starts_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "code", "starts_on"], name="billing_practicefee_once"
            ),
            models.CheckConstraint(condition=Q(dollars__gt=0), name="billing_practicefee_is_money"),
        ]

    def __str__(self) -> str:
        return f"Practice fee {self.pk}"


class PayerNumber(PracticeOwned):
    """Under which number the practice's clearing house knows a payer."""

    payer = models.ForeignKey(Payer, models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=20)
    recorded_at = models.DateTimeField()

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            models.UniqueConstraint(fields=["practice", "payer"], name="billing_payernumber_once"),
        ]

    def __str__(self) -> str:
        return f"Payer number {self.pk}"


class ClaimDetails(PracticeOwned):
    """An episode's diagnoses and referral as a claim states them, from a date on; the latest entry holds."""

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="claim_details", db_index=False)
    diagnoses = models.JSONField(help_text="ICD-10-CM codes with their point, the principal one first.")
    referring_npi = models.CharField(max_length=10, blank=True)
    referring_name = models.CharField(max_length=120, blank=True)
    case_number = models.CharField(max_length=40, blank=True, help_text="The episode's number in the EHR.")
    starts_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            SameTenant(name="billing_claimdetails_episode_tenant", field="episode"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["practice", "episode"], name="billing_claimdetails_episode")
        ]

    def __str__(self) -> str:
        return f"Claim details {self.pk}"
