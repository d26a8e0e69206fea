"""Messages: what on the line needs a person."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from checkins.presenters.inbox import inbox_view, line_rows
from checkins.selectors import inbox, lines_of
from networks import clock
from networks.access import ScopedRequest, requires
from networks.permissions import Permission


@requires(Permission.SEE_MESSAGES)
@require_safe
def messages(request: ScopedRequest) -> HttpResponse:
    """Show unclear replies, texts of strangers, texts that failed, who is not reached, has not agreed, or stopped."""
    practice_id = request.scope.practice_id
    if practice_id is None:
        raise Http404
    found = inbox(practice_id, now=clock.now())
    shown = inbox_view(found, zone=request.scope.time_zone)
    context = {
        "inbox": shown,
        "lines": line_rows(lines_of(practice_id)),
        "may_close": request.scope.may(Permission.ACKNOWLEDGE_ALERTS),
        "may_correct": request.scope.may(Permission.CORRECT_READINGS),
        "may_enroll": request.scope.may(Permission.ENROLL_PATIENTS),
        "may_put_aside": request.scope.may(Permission.TEXT_PATIENTS),
        "may_reach": request.scope.may(Permission.RECORD_CONSENT),
    }
    return render(request, "checkins/messages.html", context)
