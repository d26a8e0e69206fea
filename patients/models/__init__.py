"""Whom we care for: patients, their phones and consents, episodes of care."""

from patients.models.care import Enrollment, Episode, PlanOfCare
from patients.models.consent_links import ConsentLink, ConsentSignature
from patients.models.consents import ConsentEvent
from patients.models.milestones import Milestone
from patients.models.people import Language, Patient, Phone

__all__ = [
    "ConsentEvent",
    "ConsentLink",
    "ConsentSignature",
    "Enrollment",
    "Episode",
    "Language",
    "Milestone",
    "Patient",
    "Phone",
    "PlanOfCare",
]
