"""Who asked by the keyword to be enrolled: the list, its count, the sign to print, what the desk does."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from checkins.join_sign import WORDING_VERSION
from checkins.models import JoinRequest
from checkins.presenters.joining import REASONS, join_rows, sign_halves
from checkins.selectors import closed_join_requests, count_join_requests, inviting_sender, join_requests
from checkins.services import joining
from networks import clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.permissions import Permission
from networks.selectors import own_practice


@requires(Permission.ENROLL_PATIENTS)
@require_safe
def page(request: ScopedRequest) -> HttpResponse:
    """Show who waits to be enrolled, and what became of the others of late."""
    practice_id, zone = _practice_id(request), request.scope.time_zone
    shown = {
        "joining": join_rows(join_requests(practice_id), zone=zone),
        "waiting": count_join_requests(practice_id),
        "closed": join_rows(closed_join_requests(practice_id, now=clock.now()), zone=zone),
        "reasons": REASONS,
    }
    return render(request, "checkins/joining.html", shown)


@requires(Permission.ENROLL_PATIENTS)
@require_safe
def count(request: ScopedRequest) -> HttpResponse:
    """Show how many wait, for the pages where the front desk works; nothing where nobody does."""
    waiting = count_join_requests(_practice_id(request))
    return render(request, "checkins/_join_count.html", {"waiting": waiting})


@requires(Permission.ENROLL_PATIENTS)
@require_safe
def sign(request: ScopedRequest) -> HttpResponse:
    """Show the sign to print: a code for the phone's camera and the keyword in words, in two languages."""
    practice = own_practice(request.scope.practice_id)
    if practice is None:
        raise Http404
    sender = inviting_sender(practice.pk)
    shown = {
        "practice": practice,
        "halves": sign_halves(practice, sender) if sender else [],
        "version": WORDING_VERSION,
    }
    return render(request, "checkins/join_sign.html", shown)


@requires(Permission.ENROLL_PATIENTS)
@require_POST
def set_aside(request: ScopedRequest, join_request_id: UUID) -> HttpResponse:
    """Set a request aside with its reason."""
    asked = request.scope.one(JoinRequest, pk=join_request_id)
    reason = request.POST.get("reason", "")
    try:
        joining.set_aside(asked, reason=reason, actor=request.scope.actor, now=clock.now())
    except DomainError as error:
        messages.warning(request, error.sentence)
    else:
        messages.success(request, "Set aside. It stands below and can come back.")
    return redirect("checkins:joining")


@requires(Permission.ENROLL_PATIENTS)
@require_POST
def bring_back(request: ScopedRequest, join_request_id: UUID) -> HttpResponse:
    """Put a request that was set aside back on the list."""
    asked = request.scope.one(JoinRequest, pk=join_request_id)
    try:
        joining.bring_back(asked, actor=request.scope.actor, now=clock.now())
    except DomainError as error:
        messages.warning(request, error.sentence)
    else:
        messages.success(request, "Back on the list.")
    return redirect("checkins:joining")


def _practice_id(request: ScopedRequest) -> UUID:
    if request.scope.practice_id is None:
        raise Http404
    return request.scope.practice_id
