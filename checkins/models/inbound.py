"""Texts in: stored as they came before anybody understands them; what became of them stands apart."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from checkins.models.checkins import CheckIn
from checkins.models.line import Sender
from networks.encryption import EncryptedTextField
from networks.models import PracticeFact, PracticeLeaf, practice_of_parent
from networks.tenancy import SameTenant
from patients.models import Episode, Patient, Phone


class InboundMessage(PracticeFact):
    """A text as it reached us, whoever wrote it."""

    class Source(models.TextChoices):
        WEBHOOK = "webhook", "The carrier called"
        POLL = "poll", "Found in the carrier's list"
        LINK = "link", "Written on the one-tap page"

    practice = practice_of_parent()
    sender = models.ForeignKey(
        Sender, models.PROTECT, related_name="texts_in", db_index=False, db_constraint=False
    )
    carrier_sid = models.CharField(max_length=64)
    from_number = EncryptedTextField()
    from_index = models.BinaryField(max_length=32)
    body = EncryptedTextField()
    raw = EncryptedTextField(help_text="Every field of the call, as JSON.")
    media = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.WEBHOOK)

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="checkins_inbound_sender_tenant", field="sender"),
            models.UniqueConstraint(fields=["practice", "carrier_sid"], name="checkins_inbound_once"),
        ]
        indexes: ClassVar = [
            *PracticeFact.Meta.indexes,
            models.Index(fields=["practice", "from_index", "occurred_at"], name="checkins_inbound_from"),
        ]

    def __str__(self) -> str:
        return f"Text in {self.pk}"

    @property
    def is_note(self) -> bool:
        """Whether it was written freely on the one-tap page, and so answers no question."""
        return self.source == InboundMessage.Source.LINK and "-note-" in self.carrier_sid

    @property
    def answers_only(self) -> str:
        """The one question that it answers, where the one-tap page asked it alone in words or by yes and no."""
        item = self.carrier_sid.rpartition("-")[2]
        is_named = self.source == InboundMessage.Source.LINK and item in ("milestone", "free")
        return item if is_named else ""


class InboundRow(PracticeLeaf):
    """What is to be done about one text in, and whom it turned out to come from."""

    class State(models.TextChoices):
        PENDING = "pending", "Waiting to be read"
        READ = "read", "Read"
        UNKNOWN_SENDER = "unknown_sender", "From a number that no patient has"
        JOIN_REQUEST = "join_request", "Asked to be enrolled"
        QUARANTINED = "quarantined", "Set aside after repeated errors"

    message = models.OneToOneField(
        InboundMessage, models.PROTECT, related_name="row", db_index=False, db_constraint=False
    )
    from_index = models.BinaryField(max_length=32)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=14, choices=State.choices, default=State.PENDING)
    tries = models.PositiveSmallIntegerField(default=0)
    phone = models.ForeignKey(
        Phone,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="texts_in",
        db_index=False,
        db_constraint=False,
    )
    patient = models.ForeignKey(
        Patient,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="texts_in",
        db_index=False,
        db_constraint=False,
    )
    episode = models.ForeignKey(
        Episode,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="texts_in",
        db_index=False,
        db_constraint=False,
    )
    check_in = models.ForeignKey(
        CheckIn,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="texts_in",
        db_index=False,
        db_constraint=False,
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta(PracticeLeaf.Meta):
        constraints: ClassVar = [
            *PracticeLeaf.Meta.constraints,
            SameTenant(name="checkins_inboundrow_message_tenant", field="message"),
            SameTenant(name="checkins_inboundrow_phone_tenant", field="phone"),
            SameTenant(name="checkins_inboundrow_patient_tenant", field="patient"),
            SameTenant(name="checkins_inboundrow_episode_tenant", field="episode"),
            SameTenant(name="checkins_inboundrow_check_in_tenant", field="check_in"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["practice", "received_at"],
                condition=Q(state="pending"),
                name="checkins_inboundrow_pending",
            ),
            models.Index(
                fields=["practice", "patient", "received_at"],
                condition=Q(patient__isnull=False),
                name="checkins_inboundrow_patient",
            ),
            models.Index(
                fields=["practice", "state", "received_at"],
                condition=Q(state__in=["unknown_sender", "join_request", "quarantined"]),
                name="checkins_inboundrow_state",
            ),
        ]

    def __str__(self) -> str:
        return f"Inbound row {self.pk}"
