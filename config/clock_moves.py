"""Moving the clock of a demonstration forward, from the bar in the frame."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from config.demo import passing
from config.tasks import let_time_pass
from networks import clock

STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}


@login_required
@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """Move the clock by an hour, a day or a week, ring for what happens meanwhile, and go back."""
    if not clock.may_move():
        raise Http404
    step = STEPS.get(request.POST.get("by", ""))
    if step is None:
        return HttpResponseBadRequest("Choose the next hour, day or week.")
    since = clock.now()
    until = clock.move(step)
    for practice_id in passing.practices():
        let_time_pass.delay(str(practice_id), since.isoformat(), until.isoformat())
    back = request.POST.get("next", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "home")
