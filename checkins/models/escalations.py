"""The way of an alert or a drill up the ladder: steps and pages are facts, the rows beside them say what is next."""

from datetime import time
from typing import ClassVar

from django.db import models
from django.db.models import Q

from checkins.models.alerts import Alert
from checkins.models.inbound import InboundMessage
from checkins.models.line import Sender
from networks.encryption import EncryptedTextField
from networks.models import PracticeFact, PracticeOwned
from networks.tenancy import SameTenant


class Drill(PracticeFact):
    """A made-up danger sign that walks the ladder; it is no alert and belongs to no patient."""

    started_by = models.ForeignKey("networks.User", models.PROTECT, related_name="+", db_index=False)
    level = models.CharField(max_length=8, choices=Alert.Level.choices)
    ladder = models.CharField(max_length=16)

    def __str__(self) -> str:
        return f"Drill {self.pk}"


class WeeklyDrill(PracticeOwned):
    """When a practice has a drill started by itself, and who turned that on; no weekday means off."""

    weekday = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Monday is 0; none: off.")
    at = models.TimeField(default=time(10), help_text="From this hour on, in the practice's zone.")
    set_by = models.ForeignKey("networks.User", models.PROTECT, related_name="+", db_index=False)

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            models.UniqueConstraint(fields=["practice"], name="checkins_weeklydrill_once"),
        ]

    def __str__(self) -> str:
        return f"Weekly drill {self.pk}"


class DrillEvent(PracticeFact):
    """One thing done about a drill, by whom."""

    class Act(models.TextChoices):
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        ENDED = "ended", "Ended"

    drill = models.ForeignKey(Drill, models.PROTECT, related_name="events", db_index=False)
    act = models.CharField(max_length=12, choices=Act.choices)
    by = models.ForeignKey("networks.User", models.PROTECT, related_name="+", db_index=False)

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="checkins_drillevent_drill_tenant", field="drill"),
            models.UniqueConstraint(fields=["practice", "drill", "act"], name="checkins_drillevent_once"),
        ]

    def __str__(self) -> str:
        return f"Drill event {self.pk}"


class Escalation(PracticeOwned):
    """What is to be done next about one alert or one drill; the queue of record behind the safety worker."""

    class State(models.TextChoices):
        CLIMBING = "climbing", "Being paged"
        ACKNOWLEDGED = "acknowledged", "Somebody has it"
        CLOSED = "closed", "Closed"
        EXHAUSTED = "exhausted", "Every step made, nobody answered"

    alert = models.OneToOneField(
        Alert, models.PROTECT, null=True, blank=True, related_name="escalation", db_index=False
    )
    drill = models.OneToOneField(
        Drill, models.PROTECT, null=True, blank=True, related_name="escalation", db_index=False
    )
    level = models.CharField(max_length=8, choices=Alert.Level.choices)
    ladder = models.CharField(max_length=16)
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.CLIMBING)
    next_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            SameTenant(name="checkins_escalation_alert_tenant", field="alert"),
            SameTenant(name="checkins_escalation_drill_tenant", field="drill"),
            models.CheckConstraint(
                condition=Q(alert__isnull=False, drill=None) | Q(alert=None, drill__isnull=False),
                name="checkins_escalation_one_cause",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["practice", "next_at"],
                condition=Q(state="climbing"),
                name="checkins_escalation_next",
            ),
        ]

    def __str__(self) -> str:
        return f"Escalation {self.pk}"


class EscalationStep(PracticeFact):
    """One step made on the ladder: which one, when it was due, how many people it called."""

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="steps", db_index=False)
    number = models.PositiveSmallIntegerField()
    rung = models.CharField(max_length=12)
    ladder = models.CharField(max_length=16)
    due_at = models.DateTimeField()
    people = models.PositiveSmallIntegerField()

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="checkins_escalationstep_escalation_tenant", field="escalation"),
            models.UniqueConstraint(
                fields=["practice", "escalation", "number"], name="checkins_escalationstep_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Step {self.number} of {self.escalation_id}"


class SafetyNotice(PracticeFact):
    """A page to one of the practice's people, or the one fixed reply to a number that no patient has.

    Such a number is answered in danger, and when it asks to be enrolled.
    """

    class Kind(models.TextChoices):
        PAGE = "page", "Page"
        REPLY = "reply", "Safety reply"
        JOIN = "join", "Answer to the keyword"

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"
        TEXT = "text", "Text"

    kind = models.CharField(max_length=5, choices=Kind.choices)
    channel = models.CharField(max_length=5, choices=Channel.choices)
    step = models.ForeignKey(
        EscalationStep, models.PROTECT, null=True, blank=True, related_name="notices", db_index=False
    )
    user = models.ForeignKey(
        "networks.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    message = models.ForeignKey(
        InboundMessage, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    sender = models.ForeignKey(
        Sender, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    to = EncryptedTextField(help_text="Where it goes: an e-mail address or an E.164 number.")
    to_index = models.BinaryField(max_length=32)
    subject = models.CharField(max_length=120, blank=True)
    body = EncryptedTextField()

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="checkins_safetynotice_step_tenant", field="step"),
            SameTenant(name="checkins_safetynotice_message_tenant", field="message"),
            SameTenant(name="checkins_safetynotice_sender_tenant", field="sender"),
            models.UniqueConstraint(
                fields=["practice", "step", "user", "channel"],
                condition=Q(step__isnull=False),
                name="checkins_safetynotice_once_a_step",
            ),
            models.UniqueConstraint(
                fields=["practice", "message"],
                condition=Q(message__isnull=False),
                name="checkins_safetynotice_once_a_text",
            ),
            models.CheckConstraint(
                condition=Q(kind="page", step__isnull=False, user__isnull=False)
                | Q(kind__in=["reply", "join"], message__isnull=False, user=None),
                name="checkins_safetynotice_cause",
            ),
        ]

    def __str__(self) -> str:
        return f"Safety notice {self.pk}"


class SafetyNoticeRow(PracticeOwned):
    """What is to be done about one notice.

    Unlike a text to a patient, a page whose outcome is unknown is tried again: twice is better than never.
    """

    class State(models.TextChoices):
        PENDING = "pending", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"

    notice = models.OneToOneField(SafetyNotice, models.PROTECT, related_name="row", db_index=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    reason = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(help_text="When it is tried next; while being sent, when its lease ends.")
    not_after = models.DateTimeField()
    carrier_sid = models.CharField(max_length=34, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            SameTenant(name="checkins_safetynoticerow_notice_tenant", field="notice"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["practice", "due_at"],
                condition=Q(state__in=["pending", "sending"]),
                name="checkins_safetynotice_due",
            ),
        ]

    def __str__(self) -> str:
        return f"Safety notice row {self.pk}"
