"""Logging a call with a patient, from the row or from the patient's page."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django_htmx.http import trigger_client_event

from billing.forms import CallForm
from billing.services.minutes import log_call
from networks import clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.permissions import Permission
from networks.selectors import clinician_of, person
from patients.models import Episode


@requires(Permission.LOG_TIME)
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Ask how long and with whom in the side panel, and log it."""
    episode = request.scope.one(Episode, pk=episode_id)
    now = clock.now()
    is_sent = request.method == "POST"
    form = CallForm(request.POST if is_sent else None, now=now, zone=request.scope.time_zone)
    if is_sent and form.is_valid() and _log(request, episode, form):
        if not request.htmx:  # type: ignore[attr-defined] # set by django_htmx
            return redirect("billing:patient", patient_id=episode.patient_id)
        response = trigger_client_event(HttpResponse(), "daybook:say", {"value": "The call is logged."})
        # The panel goes last: an event of a form that has left the page reaches nobody.
        trigger_client_event(response, "daybook:refresh", {})
        return trigger_client_event(response, "daybook:close-drawer", {})
    shown = {"form": form, "episode": episode, "patient": episode.patient}
    return render(request, "billing/call.html", shown, status=422 if form.errors else 200)


def _log(request: ScopedRequest, episode: Episode, form: CallForm) -> bool:
    data = form.cleaned_data
    user_id = request.scope.actor.user_id
    if user_id is None:
        return False
    try:
        log_call(
            episode,
            clinician=clinician_of(episode.practice_id, user_id),
            by=person(user_id),
            started_at=data["started_at"],
            ended_at=data["ended_at"],
            mode=data["mode"],
            topic=data["topic"],
            reached=data["reached"] == "yes",
            actor=request.scope.actor,
            now=clock.now(),
        )
    except DomainError as error:
        form.add_error("minutes" if error.field in ("started_at", "ended_at") else None, error.sentence)
        return False
    return True
