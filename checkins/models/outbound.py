"""Texts out: the text itself, each attempt and each status are facts; the outbox row says what is to be done."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from checkins.models.checkins import CheckIn
from checkins.models.line import Sender
from networks.encryption import EncryptedTextField
from networks.models import PracticeFact, PracticeLeaf, PracticeLeafFact, practice_of_parent
from networks.tenancy import SameTenant
from patients.models import Episode, Language, Patient, Phone


class OutboundMessage(PracticeFact):
    """A text that Daybook decided to send, word for word."""

    class Kind(models.TextChoices):
        CHECK_IN = "check_in", "Check-in"
        REMINDER = "reminder", "Reminder"
        LINK = "link", "Link to the check-in"
        CLARIFY = "clarify", "Asked once more"
        THANKS = "thanks", "Thanks"
        WELCOME = "welcome", "Welcome"
        STOP_CONFIRMATION = "stop", "Confirmed that texts stop"
        START_CONFIRMATION = "start", "Confirmed that texts start again"
        STOP_QUESTION = "stop_question", "Asked whether texts should stop"
        HELP = "help", "Help"
        SAFETY = "safety", "Safety reply"
        STAFF = "staff", "Written by staff"

    practice = practice_of_parent()
    patient = models.ForeignKey(
        Patient, models.PROTECT, related_name="texts_out", db_index=False, db_constraint=False
    )
    episode = models.ForeignKey(
        Episode,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="texts_out",
        db_index=False,
        db_constraint=False,
    )
    phone = models.ForeignKey(
        Phone, models.PROTECT, related_name="texts_out", db_index=False, db_constraint=False
    )
    sender = models.ForeignKey(
        Sender, models.PROTECT, related_name="texts_out", db_index=False, db_constraint=False
    )
    check_in = models.ForeignKey(
        CheckIn,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="texts",
        db_index=False,
        db_constraint=False,
    )
    answers_message = models.UUIDField(null=True, blank=True, help_text="The text in that this one answers.")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    body = EncryptedTextField()
    template = models.CharField(
        max_length=40, blank=True, help_text="Wording id and version, such as check_in.1"
    )
    language = models.CharField(max_length=2, choices=Language.choices)
    segments = models.PositiveSmallIntegerField(default=1)
    written_by = models.ForeignKey(
        "networks.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="checkins_outbound_episode_tenant", field="episode"),
            SameTenant(name="checkins_outbound_phone_tenant", field="phone", along=("patient",)),
            SameTenant(name="checkins_outbound_sender_tenant", field="sender"),
            SameTenant(name="checkins_outbound_check_in_tenant", field="check_in"),
            models.UniqueConstraint(
                fields=["practice", "check_in", "kind"],
                condition=Q(check_in__isnull=False) & ~Q(kind__in=["staff", "thanks", "safety", "help"]),
                name="checkins_outbound_once_a_check_in",
            ),
            models.UniqueConstraint(
                fields=["practice", "answers_message", "kind"],
                condition=Q(answers_message__isnull=False),
                name="checkins_outbound_once_an_answer",
            ),
            # By it an outbox row names its text, and the sender and phone that the text names, in one key.
            models.UniqueConstraint(
                fields=["practice", "id", "sender", "phone"], name="checkins_outbound_as_sent"
            ),
        ]
        indexes: ClassVar = [
            *PracticeFact.Meta.indexes,
            models.Index(fields=["practice", "patient", "occurred_at"], name="checkins_outbound_patient"),
        ]

    def __str__(self) -> str:
        return f"Text out {self.pk}"


class OutboxRow(PracticeLeaf):
    """What is to be done about one text out; ends in exactly one final state, with a reason."""

    class State(models.TextChoices):
        PENDING = "pending", "Waiting for its time"
        CLAIMED = "claimed", "About to be sent"
        SENDING = "sending", "Being sent"
        UNKNOWN = "unknown", "Outcome unknown, being looked up"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"
        SKIPPED = "skipped", "Not sent"

    # A text has one row, so that a key of the row's own would only be one more index to write.
    id = None  # type: ignore[assignment] # Django's way to leave out an inherited field
    message = models.OneToOneField(
        OutboundMessage, models.PROTECT, related_name="outbox", primary_key=True, db_constraint=False
    )
    sender = models.ForeignKey(Sender, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    phone = models.ForeignKey(Phone, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    reason = models.CharField(max_length=40, blank=True)
    priority = models.SmallIntegerField(default=5, help_text="1 safety and replies to a text, 5 check-ins.")
    not_before = models.DateTimeField()
    not_after = models.DateTimeField(help_text="Later than this it is not sent any more.")
    needs_consent = models.BooleanField(
        default=True, help_text="False only for the one confirmation of a stop, help and safety replies."
    )
    keeps_hours = models.BooleanField(default=True, help_text="False for replies to a text just received.")
    is_capped = models.BooleanField(
        default=True,
        help_text="Counts towards, and waits for, the most a phone gets; not staff, safety, confirmations.",
    )
    failure_followed = models.BooleanField(
        default=True,
        help_text="False from the carrier's later word that it failed until what follows from that was done.",
    )
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    attempt_id = models.UUIDField(null=True, blank=True)
    attempted_at = models.DateTimeField(null=True, blank=True)
    carrier_sid = models.CharField(max_length=34, blank=True)
    status = models.CharField(max_length=20, blank=True, help_text="The carrier's latest word.")
    status_rank = models.SmallIntegerField(default=0)
    error_code = models.CharField(max_length=10, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta(PracticeLeaf.Meta):
        constraints: ClassVar = [
            *PracticeLeaf.Meta.constraints,
            SameTenant(name="checkins_outbox_message_tenant", field="message", along=("sender", "phone")),
            # What has ended says when, so that the index of the others needs no state.
            models.CheckConstraint(
                condition=Q(state__in=["sent", "failed", "skipped"], finished_at__isnull=False)
                | Q(state__in=["pending", "claimed", "sending", "unknown"], finished_at__isnull=True),
                name="checkins_outbox_ended",
            ),
        ]
        indexes: ClassVar = [
            # All that has not ended. A claim changes no column of it: half of each page is kept free (0005), so that
            # PostgreSQL writes the row's next version beside it and no index.
            models.Index(
                fields=["practice", "priority", "not_before"],
                condition=Q(finished_at__isnull=True),
                name="checkins_outbox_unfinished",
            ),
            # None of the rest takes in a row that is only planned, nor names a column that each status changes.
            models.Index(
                fields=["practice", "phone", "attempted_at"],
                condition=Q(attempted_at__isnull=False),
                name="checkins_outbox_phone",
            ),
            models.Index(
                fields=["practice"], condition=Q(failure_followed=False), name="checkins_outbox_failures"
            ),
            models.Index(
                fields=["practice", "carrier_sid"], condition=~Q(carrier_sid=""), name="checkins_outbox_sid"
            ),
        ]

    def __str__(self) -> str:
        return f"Outbox row {self.pk}"


class SendAttempt(PracticeLeafFact):
    """One try at handing a text to the carrier, written before the call; its id rides in the callback."""

    message = models.ForeignKey(
        OutboundMessage, models.PROTECT, related_name="send_attempts", db_index=False, db_constraint=False
    )

    class Meta(PracticeLeafFact.Meta):
        constraints: ClassVar = [
            *PracticeLeafFact.Meta.constraints,
            SameTenant(name="checkins_sendattempt_message_tenant", field="message"),
        ]
        indexes: ClassVar = [
            *PracticeLeafFact.Meta.indexes,
            models.Index(fields=["practice", "message"], name="checkins_sendattempt_message"),
        ]

    def __str__(self) -> str:
        return f"Send attempt {self.pk}"


class StatusEvent(PracticeLeafFact):
    """One word of the carrier about one text: its answer, a callback, or its list."""

    class Source(models.TextChoices):
        ANSWER = "answer", "Answer to our call"
        CALLBACK = "callback", "Status callback"
        LIST = "list", "The carrier's list"

    # It names no parent whose key could stand for the practice's: a word may belong to no text of ours.
    practice = models.ForeignKey("networks.Practice", models.PROTECT, related_name="+", db_index=False)
    attempt_id = models.UUIDField(null=True, blank=True)
    carrier_sid = models.CharField(max_length=34, blank=True)
    status = models.CharField(max_length=24)
    error_code = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices)

    class Meta(PracticeLeafFact.Meta):
        constraints: ClassVar = [
            *PracticeLeafFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "attempt_id", "carrier_sid", "status", "error_code"],
                nulls_distinct=False,
                name="checkins_statusevent_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Status {self.pk}"
