"""What a token may be asked for: each OAuth scope and the permissions that it lets through."""

from collections.abc import Iterable

from networks.permissions import Permission

# A token may do what its client's role may do and its scopes let through: both, never either.
SCOPES: dict[str, tuple[frozenset[Permission], str]] = {
    "patients:read": (
        frozenset({Permission.SEE_PATIENTS}),
        "Read patients, episodes, check-ins, monitoring days and time entries.",
    ),
    "patients:enroll": (frozenset({Permission.ENROLL_PATIENTS}), "Enrol patients."),
    "messages:read": (frozenset({Permission.SEE_MESSAGES}), "Read texts in and out."),
    "time:log": (frozenset({Permission.LOG_TIME}), "Log time for a clinician."),
    "billing:read": (frozenset({Permission.SEE_BILLING}), "Read decided lines."),
    "profiles:read": (frozenset({Permission.SEE_PROFILES}), "Read released profiles."),
}


def let_through(scopes: Iterable[str]) -> frozenset[Permission]:
    """Return the permissions that a token's scopes let through; unknown scopes let nothing through.

    >>> sorted(let_through(["time:log", "everything"]))
    [<Permission.LOG_TIME: 'log_time'>]
    """
    nothing: tuple[frozenset[Permission], str] = (frozenset(), "")
    return frozenset().union(*(SCOPES.get(each, nothing)[0] for each in scopes))


def scopes_for(permission: Permission) -> list[str]:
    """Return the scopes that let a permission through, for the API's own description.

    >>> scopes_for(Permission.SEE_BILLING)
    ['billing:read']
    """
    return [name for name, (permissions, _) in SCOPES.items() if permission in permissions]
