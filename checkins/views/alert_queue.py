"""The page of alerts: open, taken, closed, with every step that was made about them."""

from hashlib import sha256
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from checkins.alert_queue import OPEN, STATES, Wanted, alerts_wanted, count_of
from checkins.models import Alert
from checkins.presenters.alert_queue import alert_row
from checkins.services import alerts
from checkins.services.sign_offs import sign_off_in_force
from networks import clock, said
from networks.access import ScopedRequest, requires
from networks.permissions import Permission

_A_PAGE = 50


@requires(Permission.SEE_TODAY)
@require_safe
def queue(request: ScopedRequest) -> HttpResponse:
    """Show the practice's alerts of a state, kind and level; unknown words of the filter mean any.

    204 to the page itself when what it has seen is what there is.
    """
    practice_id = practice_of(request)
    wanted = Wanted(
        state=_one_of(request.GET.get("state", ""), STATES) or OPEN,
        kind=_one_of(request.GET.get("kind", ""), Alert.Kind.values),
        level=_one_of(request.GET.get("level", ""), Alert.Level.values),
    )
    page = Paginator(alerts_wanted(practice_id, wanted), _A_PAGE).get_page(request.GET.get("page"))
    rows = [alert_row(each, zone=request.scope.time_zone) for each in page]
    counts = count_of(practice_id)
    seen = digest_of(rows, counts)
    if said.is_htmx(request) and request.GET.get("seen") == seen:
        return HttpResponse(status=204)
    shown = {
        "rows": rows,
        "seen": seen,
        "page": page,
        "wanted": wanted,
        "query": f"state={wanted.state}&kind={wanted.kind}&level={wanted.level}&",
        "counts": counts,
        "kinds": Alert.Kind.choices,
        "levels": Alert.Level.choices,
        "may_acknowledge": request.scope.may(Permission.ACKNOWLEDGE_ALERTS),
        "signed": sign_off_in_force(practice_id),
    }
    return render(request, "checkins/alerts.html", shown)


@requires(Permission.ACKNOWLEDGE_ALERTS)
@require_POST
def acknowledge(request: ScopedRequest, alert_id: UUID) -> HttpResponse:
    """Take an alert on from its page; paging stops at once."""
    alert = request.scope.one(Alert, pk=alert_id)
    alerts.acknowledge(alert, actor=request.scope.actor, now=clock.now())
    done = "Acknowledged: nobody is paged any more. Close it when it is done."
    if said.is_htmx(request):
        return said.with_refresh(done)
    messages.success(request, done)
    return redirect("checkins:alerts")


def practice_of(request: ScopedRequest) -> UUID:
    """Return the active workspace's practice; Http404 in a network's workspace."""
    if request.scope.practice_id is None:
        raise Http404
    return request.scope.practice_id


def digest_of(*shown: object) -> str:
    """Return a short mark of what a page shows, to tell whether it changed."""
    return sha256(repr(shown).encode()).hexdigest()[:16]


def _one_of(word: str, known: "list[str] | tuple[str, ...]") -> str:
    return word if word in known else ""
