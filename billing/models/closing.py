"""A month that closed: who certified which lines, the charges that came of it, their packets and exports."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from networks.encryption import EncryptedTextField
from networks.models import Clinician, Payer, PracticeFact, PracticeOwned
from networks.tenancy import SameTenant
from patients.models import Episode


class Certification(PracticeFact):
    """A clinician's word on one month of one episode; a later version amends it and says why."""

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="certifications", db_index=False)
    month = models.DateField(help_text="Its first day.")
    version = models.PositiveSmallIntegerField(help_text="1, and one more with each amendment of the month.")
    number = models.PositiveSmallIntegerField(help_text="Place in the episode's chain, from 1.")
    claim = models.CharField(max_length=20, help_text="The claim's id, the same in every version.")
    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey("networks.User", models.PROTECT, related_name="+", db_index=False)
    statement_version = models.CharField(max_length=8)
    reason = models.CharField(max_length=300, blank=True, help_text="Why the month was amended.")
    engine = models.CharField(max_length=16)
    lines = models.JSONField(help_text="The month's lines as they were, those certified with their charge.")
    facts_digest = models.CharField(max_length=64)
    lines_digest = models.CharField(max_length=64)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="billing_certification_episode_tenant", field="episode"),
            SameTenant(name="billing_certification_clinician_tenant", field="clinician"),
            models.UniqueConstraint(
                fields=["practice", "episode", "month", "version"], name="billing_certification_once"
            ),
            models.UniqueConstraint(
                fields=["practice", "episode", "number"], name="billing_certification_in_chain"
            ),
            models.CheckConstraint(
                condition=(Q(version=1) & Q(reason="")) | (Q(version__gt=1) & ~Q(reason="")),
                name="billing_certification_amended_with_reason",
            ),
        ]
        indexes: ClassVar = [
            *PracticeFact.Meta.indexes,
            models.Index(fields=["practice", "month"], name="billing_certification_month"),
        ]

    def __str__(self) -> str:
        return f"Certification {self.pk}"


class Charge(PracticeFact):
    """One certified line, frozen; a later row that voids it takes it back, nothing else does."""

    class Kind(models.TextChoices):
        NEW = "new", "Charged"
        VOID = "void", "Taken back"

    certification = models.ForeignKey(Certification, models.PROTECT, related_name="charges", db_index=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="charges", db_index=False)
    number = models.PositiveIntegerField(help_text="Counted per practice, from 1.")
    kind = models.CharField(max_length=4, choices=Kind.choices, default=Kind.NEW)
    voids = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="voided_by", db_index=False
    )
    code = models.CharField(max_length=5)
    units = models.PositiveSmallIntegerField()
    date_of_service = models.DateField()
    covers_from = models.DateField(help_text="First date of its window or month; the set-up's own date.")
    covers_to = models.DateField()
    modifiers = models.JSONField(default=list)
    payer = models.ForeignKey(Payer, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    digest = models.CharField(max_length=64, help_text="Of its certification.")

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="billing_charge_certification_tenant", field="certification"),
            SameTenant(name="billing_charge_episode_tenant", field="episode"),
            SameTenant(name="billing_charge_voids_tenant", field="voids"),
            models.UniqueConstraint(fields=["practice", "number"], name="billing_charge_number"),
            models.CheckConstraint(
                condition=Q(kind="new", voids=None) | Q(kind="void", voids__isnull=False),
                name="billing_charge_void_names_its_charge",
            ),
        ]
        indexes: ClassVar = [
            *PracticeFact.Meta.indexes,
            models.Index(fields=["practice", "episode", "date_of_service"], name="billing_charge_episode"),
            models.Index(fields=["practice", "certification"], name="billing_charge_certification"),
        ]

    def __str__(self) -> str:
        return f"Charge {self.pk}"

    @property
    def reference(self) -> str:
        """The id under which every outside system knows the charge."""
        return f"RTM{self.number:06d}"


class Packet(PracticeFact):
    """What an auditor needs to check one charge, word for word as it was signed when it was certified."""

    charge = models.OneToOneField(Charge, models.PROTECT, related_name="packet", db_index=False)
    content = EncryptedTextField(help_text="The packet's file; patients' own words may stand in it.")
    sha256 = models.CharField(max_length=64)

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="billing_packet_charge_tenant", field="charge"),
        ]

    def __str__(self) -> str:
        return f"Packet {self.pk}"


class ChargeBatch(PracticeFact):
    """One file of charges that left, byte for byte."""

    number = models.PositiveIntegerField(help_text="Counted per practice, from 1.")
    mapping = models.CharField(max_length=20, help_text="Which columns, by the EHR's name.")
    rows = models.PositiveIntegerField()
    content = EncryptedTextField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey("networks.User", models.PROTECT, related_name="+", db_index=False)

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            models.UniqueConstraint(fields=["practice", "number"], name="billing_chargebatch_number"),
        ]

    def __str__(self) -> str:
        return f"Charge batch {self.pk}"


class ExportedCharge(PracticeFact):
    """That one charge left in one batch: at most once, whoever exports at the same time."""

    batch = models.ForeignKey(ChargeBatch, models.PROTECT, related_name="exported", db_index=False)
    charge = models.OneToOneField(Charge, models.PROTECT, related_name="exported", db_index=False)

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="billing_exportedcharge_batch_tenant", field="batch"),
            SameTenant(name="billing_exportedcharge_charge_tenant", field="charge"),
        ]

    def __str__(self) -> str:
        return f"Exported charge {self.pk}"


class LateFinding(PracticeOwned):
    """What the rules say today about a certified month where that differs from what was certified; derived."""

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="late_findings", db_index=False)
    month = models.DateField(help_text="Its first day.")
    lines = models.JSONField()

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            SameTenant(name="billing_latefinding_episode_tenant", field="episode"),
            models.UniqueConstraint(fields=["practice", "episode", "month"], name="billing_latefinding_once"),
        ]

    def __str__(self) -> str:
        return f"Late finding {self.pk}"
