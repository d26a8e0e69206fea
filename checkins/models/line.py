"""The practice's own numbers, how a carrier's call finds them, and what went wrong on the line."""

from typing import ClassVar

from django.db import models

from networks.encryption import EncryptedTextField
from networks.models import PracticeOwned


class Sender(PracticeOwned):
    """A number of the practice at the carrier; it belongs to one practice only."""

    class State(models.TextChoices):
        NOT_READY = "not_ready", "Not ready"
        READY = "ready", "Ready"
        PAUSED = "paused", "Paused"

    number = models.CharField(max_length=20, help_text="E.164; the practice's own number, not a patient's.")
    account_sid = models.CharField(max_length=34)
    messaging_service_sid = models.CharField(max_length=34, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NOT_READY)
    pause_reason = models.CharField(max_length=60, blank=True)
    campaign_approved_on = models.DateField(
        null=True,
        blank=True,
        help_text="When the carriers approved the campaign; before it texts are blocked.",
    )
    segments_per_second = models.DecimalField(max_digits=6, decimal_places=2, default=1)

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            models.UniqueConstraint(fields=["practice", "number"], name="checkins_sender_number"),
        ]

    def __str__(self) -> str:
        return f"Sender {self.pk}"


class SenderRoute(models.Model):
    """From the unguessable key in a webhook's path to the practice and its tokens; no patient data."""

    key = models.CharField(max_length=43, primary_key=True)
    practice_id = models.UUIDField()
    sender_id = models.UUIDField(unique=True)
    account_sid = models.CharField(max_length=34)
    number = models.CharField(max_length=20)
    tokens = EncryptedTextField(help_text="JSON list of auth tokens accepted now, the primary first.")

    def __str__(self) -> str:
        return f"Route of sender {self.sender_id}"


class LineNotice(models.Model):
    """Something an operator should see about a line: counts and times only, never whose."""

    class Kind(models.TextChoices):
        UNKNOWN_SENDER = "unknown_sender", "Texts from a number that no patient has"
        BAD_SIGNATURE = "bad_signature", "Webhooks with a wrong signature"
        MALFORMED = "malformed", "Webhooks that could not be read"
        STRAY_STATUS = "stray_status", "Statuses for texts that Daybook does not know"
        QUARANTINED = "quarantined", "Replies set aside after repeated errors"
        PAUSED = "paused", "Sender paused after a set-up error"
        UNKNOWN_OUTCOME = "unknown_outcome", "Texts whose outcome stays unknown"
        FILTERED = "filtered", "Texts that the carrier filtered for what they say"
        DAILY_LIMIT = "daily_limit", "Texts over the carrier's daily limit"
        REFUSED_BY_BUG = "refused_by_bug", "Texts refused for a fault of Daybook's"

    practice_id = models.UUIDField()
    sender_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "sender_id", "kind"], name="checkins_linenotice_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.sender_id}"
