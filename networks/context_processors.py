"""What every page's frame needs: the workspace, its switcher, what the rail may show."""

from typing import Any

from django.http import HttpRequest

from networks.permissions import Permission

_RAIL = (
    ("Today", "today", "sun", Permission.SEE_TODAY),
    ("Patients", "patients:list", "people", Permission.SEE_PATIENTS),
    ("Messages", "checkins:messages", "chat-left-text", Permission.SEE_MESSAGES),
    ("Billing", "billing:board", "receipt", Permission.SEE_BILLING),
    ("Network", "networks:home", "diagram-3", Permission.SEE_NETWORK),
    ("Audit", "networks:audit", "journal-check", Permission.SEE_AUDIT),
    ("Operations", "networks:operations", "activity", Permission.SEE_OPERATIONS),
)


def workspace(request: HttpRequest) -> dict[str, Any]:
    """Return the scope, the workspaces to switch between and the rail's entries; no query."""
    scope = getattr(request, "scope", None)
    if scope is None:
        return {"scope": None, "rail": [], "workspaces": []}
    rail = [
        {"label": label, "route": route, "icon": icon}
        for label, route, icon, permission in _RAIL
        if scope.may(permission)
    ]
    return {
        "scope": scope,
        "rail": rail,
        "workspaces": getattr(request, "workspaces", []),
        "workspace": getattr(request, "workspace", None),
    }
