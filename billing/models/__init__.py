"""What it is worth: gates, minutes, decisions, closed months."""

from billing.models.claims import BillingProvider, ClaimDetails, PayerNumber, PracticeFee
from billing.models.closing import (
    Certification,
    Charge,
    ChargeBatch,
    ExportedCharge,
    LateFinding,
    Packet,
)
from billing.models.decisions import DecidedLine, EpisodeDecision, EpisodeMonth, EpisodeWindow
from billing.models.gates import (
    Attestation,
    Coverage,
    DeviceDetermination,
    Exclusion,
    FeeLocality,
    PayerPolicy,
    SetUp,
)
from billing.models.readings import ReadingChoice
from billing.models.rule_sets import RuleSetApproval, RuleSetEdition
from billing.models.time import ActivityBeat, TimeEntry

__all__ = [
    "ActivityBeat",
    "Attestation",
    "BillingProvider",
    "Certification",
    "Charge",
    "ChargeBatch",
    "ClaimDetails",
    "Coverage",
    "DecidedLine",
    "DeviceDetermination",
    "EpisodeDecision",
    "EpisodeMonth",
    "EpisodeWindow",
    "Exclusion",
    "ExportedCharge",
    "FeeLocality",
    "LateFinding",
    "Packet",
    "PayerNumber",
    "PayerPolicy",
    "PracticeFee",
    "ReadingChoice",
    "RuleSetApproval",
    "RuleSetEdition",
    "SetUp",
    "TimeEntry",
]
