"""Whether a role may be ended: a practice or network never loses its last administrator."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from networks.permissions import ADMIN_ROLES, Role

LAST_ADMIN = (
    "This is the last administrator here, and nobody could invite people any more. "
    "Make somebody else an administrator first."
)
OWN_ADMIN = "You cannot end your own administrator role: ask another administrator to do it."
PAST = "The last day cannot be in the past: choose today or a later day."
ENDED = "This role has ended already."


class Reason(StrEnum):
    """Why a role ends, as the audit log keeps it."""

    LEFT = "left"
    OTHER_DUTIES = "other_duties"
    AWAY = "away"
    MISTAKE = "mistake"


REASON_WORDS = (
    (Reason.LEFT.value, "Works here no more"),
    (Reason.OTHER_DUTIES.value, "Has other duties now"),
    (Reason.AWAY.value, "Is away for longer"),
    (Reason.MISTAKE.value, "Given by mistake"),
)


@dataclass(frozen=True)
class Ending:
    """A role that somebody wants to end: whose, when, and who else is an administrator there without an end."""

    role: Role
    is_own: bool
    has_ended: bool
    other_admins: int
    today: date
    last_day: date


def refusal(ending: Ending) -> str:
    """Return the sentence for why a role may not be ended so; empty where it may.

    >>> refusal(Ending(Role.BILLER, True, False, 0, date(2026, 3, 2), date(2026, 3, 2)))
    ''
    """
    if ending.has_ended:
        return ENDED
    if ending.last_day < ending.today:
        return PAST
    if ending.role in ADMIN_ROLES and not ending.other_admins:
        return LAST_ADMIN
    if ending.role in ADMIN_ROLES and ending.is_own:
        return OWN_ADMIN
    return ""
