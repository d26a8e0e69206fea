"""What every page's frame needs: the workspace, its switcher, what the rail may show."""

from typing import Any

from django.http import HttpRequest

from networks import clock
from networks.permissions import Permission
from networks.tours import tour_for

# Label, address, icon, permission, and the addresses that lie under it.
_RAIL: tuple[tuple[str, str, str, Permission, tuple[str, ...]], ...] = (
    ("Today", "today", "sun", Permission.SEE_TODAY, ()),
    (
        "Patients",
        "patients:list",
        "people",
        Permission.SEE_PATIENTS,
        ("billing:patient", "billing:care", "checkins:enroll", "checkins:joining", "checkins:join-sign"),
    ),
    (
        "Alerts",
        "checkins:alerts",
        "exclamation-octagon",
        Permission.SEE_TODAY,
        ("checkins:drills", "checkins:drill", "checkins:danger-wordings", "networks:rota"),
    ),
    (
        "Messages",
        "checkins:messages",
        "chat-left-text",
        Permission.SEE_MESSAGES,
        ("checkins:line-figures", "checkins:whose-number", "checkins:reading-score"),
    ),
    (
        "Billing",
        "billing:board",
        "receipt",
        Permission.SEE_BILLING,
        (
            "billing:locality",
            "billing:rerun",
            "billing:self-audit",
            "billing:why",
            "billing:disputed-readings",
            "billing:certify",
            "billing:amend",
            "billing:charges",
            "billing:claims",
        ),
    ),
    ("Rule sets", "billing:rule-sets", "journal-check", Permission.SEE_RULE_SETS, ()),
    ("Network", "reporting:home", "diagram-3", Permission.SEE_NETWORK, ()),
    ("Profiles", "reporting:profiles", "book", Permission.SEE_PROFILES, ("reporting:profile",)),
    (
        "People",
        "networks:people",
        "person-circle",
        Permission.MANAGE_PEOPLE,
        ("networks:invite", "networks:person"),
    ),
    ("Audit", "networks:audit", "journal-check", Permission.SEE_AUDIT, ()),
    (
        "Settings",
        "checkins:line-setup",
        "telephone",
        Permission.MANAGE_PRACTICE,
        (
            "checkins:protocols",
            "checkins:protocol",
            "checkins:texting-hours",
            "billing:practice-settings",
        ),
    ),
    ("Operations", "checkins:operations", "activity", Permission.SEE_OPERATIONS, ()),
)


def _lies_under(here: str, routes: tuple[str, ...]) -> bool:
    """Tell whether an address is one of these or an act of one, as `billing:care-claim` is of `billing:care`."""
    return here in routes or here.rpartition("-")[0] in routes


def workspace(request: HttpRequest) -> dict[str, Any]:
    """Return the scope, the workspaces to switch between and the rail's entries; no query."""
    scope = getattr(request, "scope", None)
    if scope is None:
        return {"scope": None, "rail": [], "workspaces": []}
    here = request.resolver_match.view_name if request.resolver_match else ""
    rail = [
        {"label": label, "route": route, "icon": icon, "is_current": _lies_under(here, (route, *under))}
        for label, route, icon, permission, under in _RAIL
        if scope.may(permission)
    ]
    return {
        "scope": scope,
        "rail": rail,
        "workspaces": getattr(request, "workspaces", []),
        "workspace": getattr(request, "workspace", None),
        "may_search": scope.may(Permission.SEE_PATIENTS),
        "now": clock.now(),
        "tour": tour_for(scope.permissions),
        "clock_moves": clock.may_move(),
    }
