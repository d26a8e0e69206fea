"""Network home: the member practices and their membership."""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from networks import clock
from networks.access import ScopedRequest, requires
from networks.local_days import local_date
from networks.permissions import Permission
from networks.selectors import members_of


@requires(Permission.SEE_NETWORK)
@require_safe
def home(request: ScopedRequest) -> HttpResponse:
    """Show the members of the active network, from directory rows only: no patient's data."""
    if request.scope.network_id is None:
        raise Http404
    today = local_date(clock.now(), ZoneInfo(request.scope.time_zone))
    members = members_of(request.scope.network_id, on=today)
    return render(request, "networks/home.html", {"members": members, "today": today})
