"""Consent given and withdrawn: to monitoring and to texts, two records, each a fact."""

from typing import ClassVar

from django.db import models

from networks.models import PracticeFact
from networks.tenancy import SameTenant
from patients.models.people import Language, Patient, Phone


class ConsentEvent(PracticeFact):
    """One giving or withdrawing of one kind of consent; the latest in time is in force."""

    class Kind(models.TextChoices):
        MONITORING = "monitoring", "Monitoring"
        TEXTS = "texts", "Text messages"

    class Act(models.TextChoices):
        GIVEN = "given", "Given"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Method(models.TextChoices):
        PAPER = "paper", "Signed on paper"
        IN_PERSON = "in_person", "Said in person, noted by staff"
        PHONE = "phone", "Said on the phone, noted by staff"
        TEXT = "text", "By text message"
        KEYWORD = "keyword", "By texting the keyword"
        WEB = "web", "By web link"
        CARRIER = "carrier", "Told by the carrier"

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="consent_events", db_index=False)
    phone = models.ForeignKey(
        Phone, models.PROTECT, null=True, blank=True, related_name="consent_events", db_index=False
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    act = models.CharField(max_length=10, choices=Act.choices)
    method = models.CharField(max_length=10, choices=Method.choices)
    wording_version = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    recorded_by = models.ForeignKey(
        "networks.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    message_id = models.UUIDField(null=True, blank=True, help_text="The text by which it was said.")

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="patients_consent_patient_tenant", field="patient"),
            SameTenant(name="patients_consent_phone_tenant", field="phone"),
        ]
        indexes: ClassVar = [
            *PracticeFact.Meta.indexes,
            models.Index(
                fields=["practice", "patient", "kind", "occurred_at", "id"], name="patients_consent_latest"
            ),
        ]

    def __str__(self) -> str:
        return f"Consent {self.pk}"
