"""The patient and the ways to reach them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from networks.encryption import EncryptedTextField
from networks.models import PracticeOwned
from networks.tenancy import SameTenant


class Language(models.TextChoices):
    """Languages in which Daybook writes to patients."""

    ENGLISH = "en", "English"
    SPANISH = "es", "Spanish"


class Patient(PracticeOwned):
    """Somebody whom the practice cares for."""

    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    record_number = models.CharField(max_length=40, blank=True, help_text="The number in the practice's EHR.")
    birth_date = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    time_zone = models.CharField(max_length=64, help_text="Fixed for the episode; travel does not change it.")
    created_at = models.DateTimeField()

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "record_number"],
                condition=~Q(record_number=""),
                name="patients_patient_record_number",
            ),
        ]

    def __str__(self) -> str:
        return f"Patient {self.pk}"

    @property
    def full_name(self) -> str:
        """Return the name as people say it."""
        return f"{self.given_name} {self.family_name}".strip()


class Phone(PracticeOwned):
    """A mobile number at which a patient, or a caregiver who answers for them, is texted."""

    class Holder(models.TextChoices):
        PATIENT = "patient", "The patient"
        CAREGIVER = "caregiver", "A caregiver"

    class State(models.TextChoices):
        ACTIVE = "active", "In use"
        SUSPENDED = "suspended", "Suspended: somebody must check the number"
        REPLACED = "replaced", "Replaced by another number"

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="phones", db_index=False)
    number = EncryptedTextField()
    number_index = models.BinaryField(max_length=32)
    last_four = models.CharField(max_length=4)
    holder = models.CharField(max_length=10, choices=Holder.choices, default=Holder.PATIENT)
    relationship = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    line = models.UUIDField(
        null=True,
        blank=True,
        help_text="Which of the practice's numbers texts it, where two patients share the mobile; else none.",
    )
    added_at = models.DateTimeField()

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            SameTenant(name="patients_phone_patient_tenant", field="patient"),
            models.UniqueConstraint(
                fields=["practice", "number_index", "line"],
                condition=~Q(state="replaced"),
                nulls_distinct=False,
                name="patients_phone_one_patient",
            ),
            # By it a text names its phone and its patient in one key; it also finds a patient's phones.
            models.UniqueConstraint(fields=["practice", "patient", "id"], name="patients_phone_of_patient"),
        ]

    def __str__(self) -> str:
        return f"Phone {self.pk}"
