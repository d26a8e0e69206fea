"""Who works together: organisations, people, records of what they did."""

from networks.models.api_clients import ApiClient
from networks.models.organizations import Clinician, Membership, Network, Payer, Practice, Site
from networks.models.owned import (
    Fact,
    NetworkOwned,
    PracticeFact,
    PracticeLeaf,
    PracticeLeafFact,
    PracticeOwned,
    practice_of_parent,
)
from networks.models.people import RoleAssignment, User
from networks.models.records import AuditEntry, Heartbeat, Seal, WorkDue
from networks.models.rota import OnCallShift, PagingContact, SafetyCover

__all__ = [
    "ApiClient",
    "AuditEntry",
    "Clinician",
    "Fact",
    "Heartbeat",
    "Membership",
    "Network",
    "NetworkOwned",
    "OnCallShift",
    "PagingContact",
    "Payer",
    "Practice",
    "PracticeFact",
    "PracticeLeaf",
    "PracticeLeafFact",
    "PracticeOwned",
    "RoleAssignment",
    "SafetyCover",
    "Seal",
    "Site",
    "User",
    "WorkDue",
    "practice_of_parent",
]
