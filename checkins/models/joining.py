"""Somebody who texted the keyword and waits for the front desk to finish the sign-up."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from checkins.models.inbound import InboundMessage
from networks.encryption import EncryptedTextField
from networks.models import PracticeOwned
from networks.tenancy import SameTenant
from patients.models import Language, Patient


class JoinRequest(PracticeOwned):
    """One number that no patient had when it texted the keyword; at most one of a number is open."""

    class State(models.TextChoices):
        OPEN = "open", "Waits for the front desk"
        ENROLLED = "enrolled", "Enrolled"
        SET_ASIDE = "set_aside", "Set aside"

    class Reason(models.TextChoices):
        NOT_OURS = "not_ours", "Not a patient of ours"
        DECLINED = "declined", "Does not want it after all"
        NO_PLAN = "no_plan", "No plan of care for monitoring"
        NOT_REACHED = "not_reached", "Could not be reached"
        DOUBLE = "double", "Is enrolled with another number"
        STOPPED = "stopped", "Texted STOP"

    number = EncryptedTextField()
    number_index = models.BinaryField(max_length=32)
    last_four = models.CharField(max_length=4)
    language = models.CharField(max_length=2, choices=Language.choices, help_text="That of the keyword.")
    message = models.ForeignKey(
        InboundMessage, models.PROTECT, related_name="+", db_index=False, help_text="The text that asked."
    )
    asked_at = models.DateTimeField()
    last_asked_at = models.DateTimeField()
    texts = models.PositiveSmallIntegerField(default=1, help_text="How often the keyword came, up to 99.")
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    reason = models.CharField(max_length=11, choices=Reason.choices, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "networks.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    patient = models.ForeignKey(
        Patient, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            SameTenant(name="checkins_joinrequest_message_tenant", field="message"),
            SameTenant(name="checkins_joinrequest_patient_tenant", field="patient"),
            models.UniqueConstraint(
                fields=["practice", "number_index"],
                condition=Q(state="open"),
                name="checkins_joinrequest_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None, patient=None, reason="")
                | Q(state="enrolled", closed_at__isnull=False, patient__isnull=False, reason="")
                | (Q(state="set_aside", closed_at__isnull=False, patient=None) & ~Q(reason="")),
                name="checkins_joinrequest_closing",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["practice", "state", "asked_at"], name="checkins_joinrequest_state"),
            models.Index(fields=["practice", "number_index", "asked_at"], name="checkins_joinrequest_number"),
        ]

    def __str__(self) -> str:
        return f"Join request {self.pk}"
