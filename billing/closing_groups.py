"""Which patients of a month a clinician looks at first: exceptions before what is plain, locked ones last."""

from collections.abc import Collection
from enum import StrEnum


class Group(StrEnum):
    """Where one patient's month stands, in the order in which the page shows them."""

    LATE = "late"
    LOOK = "look"
    READY = "ready"
    NOTHING = "nothing"
    CERTIFIED = "certified"


ORDER = tuple(Group)


def group_of(statuses: Collection[str], *, is_certified: bool, is_late: bool) -> Group:
    """The group of a month by its lines' states.

    >>> group_of(["billable", "held"], is_certified=False, is_late=False).value
    'look'
    >>> group_of(["certified"], is_certified=True, is_late=True).value
    'late'
    """
    if is_late:
        return Group.LATE
    if is_certified:
        return Group.CERTIFIED
    if "billable" not in statuses:
        return Group.NOTHING
    return Group.READY if set(statuses) == {"billable"} else Group.LOOK
