"""The first page after the sign-in: where somebody's role has its work."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from networks.permissions import Permission

_HOMES = (
    (Permission.SEE_TODAY, "today"),
    (Permission.SEE_BILLING, "billing:board"),
    (Permission.SEE_NETWORK, "reporting:home"),
    (Permission.SEE_AUDIT, "networks:audit"),
    (Permission.SEE_OPERATIONS, "checkins:operations"),
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the home of the active workspace's role; anonymous people to the sign-in."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    scope = getattr(request, "scope", None)
    for permission, route in _HOMES:
        if scope is not None and scope.may(permission):
            return redirect(route)
    return render(request, "networks/no_role.html", status=403)
