"""Consent by the web page: the link that was given to somebody, and what they answered there; both are facts."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from networks.models import PracticeFact
from networks.tenancy import SameTenant
from patients.models.consents import ConsentEvent
from patients.models.people import Language, Patient, Phone


class ConsentLink(PracticeFact):
    """One link for one patient, until an instant; the latest of a patient opens, once. No phone: no word on texts."""

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="consent_links", db_index=False)
    phone = models.ForeignKey(
        Phone, models.PROTECT, null=True, blank=True, related_name="consent_links", db_index=False
    )
    made_by = models.ForeignKey(
        "networks.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    expires_at = models.DateTimeField()

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="patients_consentlink_patient_tenant", field="patient"),
            SameTenant(name="patients_consentlink_phone_tenant", field="phone"),
        ]
        indexes: ClassVar = [
            *PracticeFact.Meta.indexes,
            models.Index(
                fields=["practice", "patient", "occurred_at", "id"], name="patients_consentlink_latest"
            ),
        ]

    def __str__(self) -> str:
        return f"Consent link {self.pk}"


class ConsentSignature(PracticeFact):
    """Who answered on the page that a link opens, as they typed it, and the consent events that came of it."""

    class Signer(models.TextChoices):
        PATIENT = "patient", "The patient"
        CAREGIVER = "caregiver", "A caregiver"

    link = models.OneToOneField(ConsentLink, models.PROTECT, related_name="signature", db_index=False)
    signer = models.CharField(max_length=10, choices=Signer.choices)
    typed_name = models.CharField(max_length=80)
    relationship = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    monitoring = models.OneToOneField(
        ConsentEvent, models.PROTECT, related_name="signature_of_monitoring", db_index=False
    )
    texts = models.OneToOneField(
        ConsentEvent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signature_of_texts",
        db_index=False,
    )

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="patients_consentsignature_link_tenant", field="link"),
            SameTenant(name="patients_consentsignature_monitoring_tenant", field="monitoring"),
            SameTenant(name="patients_consentsignature_texts_tenant", field="texts"),
            models.CheckConstraint(
                condition=Q(signer="patient", relationship="")
                | (Q(signer="caregiver") & ~Q(relationship="")),
                name="patients_consentsignature_says_who",
            ),
        ]

    def __str__(self) -> str:
        return f"Consent signature {self.pk}"
