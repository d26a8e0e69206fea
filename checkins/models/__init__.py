"""What we ask and hear: protocols, check-ins, texts, what was read, alerts."""

from checkins.models.alerts import Alert, AlertEvent
from checkins.models.checkins import CheckIn
from checkins.models.corrections import Correction
from checkins.models.inbound import InboundMessage, InboundRow
from checkins.models.line import LineNotice, Sender, SenderRoute
from checkins.models.outbound import OutboundMessage, OutboxRow, SendAttempt, StatusEvent
from checkins.models.protocols import AdoptedProtocol, Plan, Protocol
from checkins.models.readings import MonitoringDay, Reading, ReplyReading, TouchedEpisode
from checkins.models.snoozes import Snooze

__all__ = [
    "AdoptedProtocol",
    "Alert",
    "AlertEvent",
    "CheckIn",
    "Correction",
    "InboundMessage",
    "InboundRow",
    "LineNotice",
    "MonitoringDay",
    "OutboundMessage",
    "OutboxRow",
    "Plan",
    "Protocol",
    "Reading",
    "ReplyReading",
    "SendAttempt",
    "Sender",
    "SenderRoute",
    "Snooze",
    "StatusEvent",
    "TouchedEpisode",
]
