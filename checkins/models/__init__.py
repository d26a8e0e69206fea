"""What we ask and hear: protocols, check-ins, texts, what was read, alerts."""

from checkins.models.alarms import OperatorAlarm
from checkins.models.alerts import Alert, AlertClosing, AlertEvent
from checkins.models.aside import PutAside
from checkins.models.asked import AskedWords, OwnActivity
from checkins.models.checkins import CheckIn
from checkins.models.corrections import Correction
from checkins.models.escalations import (
    Drill,
    DrillEvent,
    Escalation,
    EscalationStep,
    SafetyNotice,
    SafetyNoticeRow,
    WeeklyDrill,
)
from checkins.models.inbound import InboundMessage, InboundRow
from checkins.models.joining import JoinRequest
from checkins.models.line import LineNotice, Sender, SenderRoute
from checkins.models.outbound import OutboundMessage, OutboxRow, SendAttempt, StatusEvent
from checkins.models.protocols import AdoptedProtocol, Plan, Protocol
from checkins.models.readings import MonitoringDay, Reading, ReplyReading, TouchedEpisode
from checkins.models.sign_offs import DangerSignOff
from checkins.models.snoozes import Snooze

__all__ = [
    "AdoptedProtocol",
    "Alert",
    "AlertClosing",
    "AlertEvent",
    "AskedWords",
    "CheckIn",
    "Correction",
    "DangerSignOff",
    "Drill",
    "DrillEvent",
    "Escalation",
    "EscalationStep",
    "InboundMessage",
    "InboundRow",
    "JoinRequest",
    "LineNotice",
    "MonitoringDay",
    "OperatorAlarm",
    "OutboundMessage",
    "OutboxRow",
    "OwnActivity",
    "Plan",
    "Protocol",
    "PutAside",
    "Reading",
    "ReplyReading",
    "SafetyNotice",
    "SafetyNoticeRow",
    "SendAttempt",
    "Sender",
    "SenderRoute",
    "Snooze",
    "StatusEvent",
    "TouchedEpisode",
    "WeeklyDrill",
]
