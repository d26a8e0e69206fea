"""Guided tours, one for each role: what a newcomer is shown on the pages themselves."""

from networks.permissions import Permission
from networks.tours.assistant import ASSISTANT
from networks.tours.biller import BILLER
from networks.tours.clinician import CLINICIAN
from networks.tours.front_desk import FRONT_DESK
from networks.tours.network_staff import NETWORK_STAFF
from networks.tours.tour import Step, Tour

__all__ = ["TOURS", "Step", "Tour", "tour_for"]

# What tells the roles apart, the first that fits; whoever manages a practice begins where its patients do.
TOURS: tuple[tuple[Permission, Tour], ...] = (
    (Permission.CERTIFY, CLINICIAN),
    (Permission.MANAGE_PRACTICE, FRONT_DESK),
    (Permission.LOG_TIME, ASSISTANT),
    (Permission.ENROLL_PATIENTS, FRONT_DESK),
    (Permission.EXPORT_CHARGES, BILLER),
    (Permission.SEE_NETWORK, NETWORK_STAFF),
)


def tour_for(permissions: frozenset[Permission]) -> Tour | None:
    """Return the tour of whoever holds these permissions, without the pages they cannot open; None for others."""
    for permission, tour in TOURS:
        if permission in permissions:
            return tour.for_whom(permissions)
    return None
