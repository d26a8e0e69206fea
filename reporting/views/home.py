"""Network home: the member practices, and what the information wall lets this person see of them."""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from networks import clock
from networks.access import ScopedRequest, requires
from networks.local_days import local_date
from networks.models import Network
from networks.permissions import Permission
from networks.selectors import members_of
from reporting.presenters.network import HEADS, MODE_WORDS, home_rows, pooled_row, withheld_reasons
from reporting.selectors import network_of
from reporting.services.network_figures import overview


@requires(Permission.SEE_NETWORK)
@require_safe
def home(request: ScopedRequest) -> HttpResponse:
    """Show the members of the active network with their figures, as far as the wall allows."""
    network = network_of(request.scope.network_id) if request.scope.network_id else None
    if network is None:
        raise Http404
    now = clock.now()
    today = local_date(now, ZoneInfo(request.scope.time_zone))
    members = members_of(network.pk, on=today)
    seen = overview(network, actor=request.scope.actor, today=today, now=now)
    shown = {
        "network": network,
        "mode": MODE_WORDS[Network.Mode(network.mode)],
        "members": members,
        "rows": home_rows(members, seen, today=today),
        "pooled": pooled_row(members, seen),
        "heads": HEADS,
        "reasons": withheld_reasons(seen),
        "may_profile": request.scope.may(Permission.SEE_PROFILES),
    }
    return render(request, "reporting/home.html", shown)
