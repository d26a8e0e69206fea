"""What it is worth: gates, minutes, decisions."""

from billing.models.decisions import DecidedLine, EpisodeDecision, EpisodeMonth, EpisodeWindow
from billing.models.gates import Coverage, DeviceDetermination, Exclusion, PayerPolicy, SetUp
from billing.models.time import TimeEntry

__all__ = [
    "Coverage",
    "DecidedLine",
    "DeviceDetermination",
    "EpisodeDecision",
    "EpisodeMonth",
    "EpisodeWindow",
    "Exclusion",
    "PayerPolicy",
    "SetUp",
    "TimeEntry",
]
