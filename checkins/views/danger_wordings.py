"""What Daybook takes for danger and what it answers: to read, and to sign for."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from checkins.danger_version import look_alikes, replies, signs, version_of
from checkins.presenters.danger_wordings import look_alike_rows, reply_rows, sign_classes
from checkins.services import sign_offs
from checkins.views.alert_queue import practice_of
from networks import clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.permissions import Permission
from networks.selectors import own_practice


@requires(Permission.SEE_TODAY)
@require_safe
def page(request: ScopedRequest) -> HttpResponse:
    """Show danger signs, fixed replies and ladder, and who has signed for them."""
    return _page(request)


@requires(Permission.CERTIFY)
@require_POST
def sign(request: ScopedRequest) -> HttpResponse:
    """Sign for the version that was read."""
    practice = own_practice(practice_of(request))
    try:
        if practice is None:
            raise DomainError("Choose a practice first.")
        sign_offs.sign_danger_wordings(
            practice,
            digest=request.POST.get("digest", ""),
            note=request.POST.get("note", ""),
            actor=request.scope.actor,
            now=clock.now(),
        )
    except DomainError as error:
        return _page(request, error=error.sentence, note=request.POST.get("note", ""), status=422)
    messages.success(request, "Signed. Pages of this practice say so from now on.")
    return redirect("checkins:danger-wordings")


@requires(Permission.SEE_PATIENTS)
@require_safe
def notice(request: ScopedRequest) -> HttpResponse:
    """Say in a fragment for other pages whether a clinical lead has signed; nothing once they have."""
    return render(
        request, "checkins/_sign_off_note.html", {"signed": sign_offs.sign_off_in_force(practice_of(request))}
    )


def _page(request: ScopedRequest, *, error: str = "", note: str = "", status: int = 200) -> HttpResponse:
    practice_id = practice_of(request)
    version = version_of(settings.ESCALATION_LADDER)
    shown = {
        "version": version,
        "classes": sign_classes(signs()),
        "look_alikes": look_alike_rows(look_alikes()),
        "replies": reply_rows(replies()),
        "signed": sign_offs.sign_off_in_force(practice_id),
        "history": sign_offs.sign_offs_of(practice_id),
        "may_sign": request.scope.may(Permission.CERTIFY),
        "error": error,
        "note": note,
    }
    return render(request, "checkins/danger_wordings.html", shown, status=status)
