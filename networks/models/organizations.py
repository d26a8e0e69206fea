"""Networks, practices, their sites, and the membership that joins them."""

from datetime import time
from typing import ClassVar

from django.db import models
from django.db.models import Q

from networks.keys import uuid7
from networks.models.owned import PracticeOwned
from networks.tenancy import SameTenant, TenantPolicy


class Network(models.Model):
    """Practices joined in an IPA, a CIN or an ACO that contracts with payers together."""

    class Kind(models.TextChoices):
        IPA = "ipa", "IPA"
        CIN = "cin", "CIN"
        ACO = "aco", "ACO"

    class Mode(models.TextChoices):
        PRE_INTEGRATION = "pre_integration", "Before integration"
        MESSENGER = "messenger", "Messenger"
        FINANCIAL_RISK = "financial_risk", "Financial risk"
        CLINICAL_INTEGRATION = "clinical_integration", "Clinical integration"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    mode = models.CharField(max_length=24, choices=Mode.choices, default=Mode.PRE_INTEGRATION)

    class Meta:
        constraints: ClassVar = [TenantPolicy(name="networks_network_tenancy", network="id")]

    def __str__(self) -> str:
        return self.name


class Practice(models.Model):
    """An independent physical-therapy business: the tenant, and the owner of its patients' data."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    text_name = models.CharField(max_length=40, help_text="The name patients see in texts; plain letters.")
    phone = models.CharField(max_length=20, help_text="The number patients call, as they would dial it.")
    time_zone = models.CharField(max_length=64)
    state = models.CharField(max_length=2)
    texts_from = models.TimeField(default=time(9, 0))
    texts_until = models.TimeField(default=time(20, 0))
    texts_on_sunday = models.BooleanField(default=True)
    opened_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            TenantPolicy(name="networks_practice_tenancy", practice="id", members_read=True),
            models.CheckConstraint(
                condition=Q(texts_from__lt=models.F("texts_until")), name="networks_practice_hours_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Site(PracticeOwned):
    """A place where a practice treats patients."""

    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            TenantPolicy(name="networks_site_tenancy", practice="practice_id", members_read=True),
            models.UniqueConstraint(fields=["practice", "id"], name="networks_site_key"),
            models.UniqueConstraint(fields=["practice", "name"], name="networks_site_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A practice's spell in a network under one agreement; either side may read it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="memberships", db_index=False)
    network = models.ForeignKey(Network, models.PROTECT, related_name="memberships", db_index=False)
    agreement = models.CharField(max_length=120, help_text="Which participation agreement, with its date.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            TenantPolicy(name="networks_membership_tenancy", practice="practice_id", network="network_id"),
            models.UniqueConstraint(
                fields=["practice", "network", "starts_on"], name="networks_membership_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="networks_membership_dates_in_order",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["network", "practice"], name="networks_membership_network")]

    def __str__(self) -> str:
        return f"Membership {self.pk}"


class Clinician(PracticeOwned):
    """A PT, PTA, OT … with an NPI who treats for a practice."""

    class Credential(models.TextChoices):
        PT = "PT", "Physical therapist"
        PTA = "PTA", "Physical therapist assistant"
        OT = "OT", "Occupational therapist"
        OTA = "OTA", "Occupational therapy assistant"
        SLP = "SLP", "Speech-language pathologist"

    user = models.ForeignKey(
        "networks.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    name = models.CharField(max_length=120)
    npi = models.CharField(max_length=10)
    credential = models.CharField(max_length=4, choices=Credential.choices)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            TenantPolicy(name="networks_clinician_tenancy", practice="practice_id", members_read=True),
            models.UniqueConstraint(fields=["practice", "id"], name="networks_clinician_key"),
            models.UniqueConstraint(fields=["practice", "npi"], name="networks_clinician_npi"),
            SameTenant(name="networks_clinician_site_tenant", field="site"),
        ]
        indexes: ClassVar = [models.Index(fields=["practice", "user"], name="networks_clinician_user")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_therapist(self) -> bool:
        """Tell a therapist from an assistant: only therapists certify and carry a plan of care."""
        return self.credential in {self.Credential.PT, self.Credential.OT, self.Credential.SLP}


class Payer(models.Model):
    """An insurer or programme in the global directory; holds no patient data."""

    class Kind(models.TextChoices):
        MEDICARE = "medicare", "Medicare"
        MEDICARE_ADVANTAGE = "medicare_advantage", "Medicare Advantage"
        COMMERCIAL = "commercial", "Commercial"
        MEDICAID = "medicaid", "Medicaid"
        OTHER = "other", "Other"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)

    def __str__(self) -> str:
        return self.name
