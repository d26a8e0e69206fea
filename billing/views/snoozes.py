"""Setting a row of Today aside until a date, and bringing it back."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from billing.forms import SnoozeForm
from checkins.models import Snooze
from checkins.services import snoozes
from networks import clock, said
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.permissions import Permission
from networks.templatetags.wording import day
from patients.models import Episode


@requires(Permission.ACKNOWLEDGE_ALERTS)
@require_http_methods(["GET", "HEAD", "POST"])
def snooze(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Ask in the side panel until when and why, and set the row aside."""
    episode = request.scope.one(Episode, pk=episode_id)
    form = SnoozeForm(
        request.POST if request.method == "POST" else None, now=clock.now(), zone=episode.patient.time_zone
    )
    made = _snooze(request, episode, form) if form.is_valid() else None
    if made is None:
        shown = {"form": form, "episode": episode, "patient": episode.patient}
        return render(request, "billing/snooze.html", shown, status=422 if form.errors else 200)
    if not said.is_htmx(request):
        return redirect("billing:patient", patient_id=episode.patient_id)
    undo = reverse("billing:end-snooze", args=[made.pk])
    return said.with_refresh(f"Snoozed until {day(made.until)}.", undo=undo, closes_drawer=True)


@requires(Permission.ACKNOWLEDGE_ALERTS)
@require_POST
def end(request: ScopedRequest, snooze_id: UUID) -> HttpResponse:
    """Bring a row back before its date."""
    snoozed = request.scope.one(Snooze, pk=snooze_id)
    snoozes.end(snoozed, actor=request.scope.actor, now=clock.now())
    if not said.is_htmx(request):
        return redirect("billing:patient", patient_id=snoozed.episode.patient_id)
    return said.with_refresh("Undone: the patient is back on Today.")


def _snooze(request: ScopedRequest, episode: Episode, form: SnoozeForm) -> Snooze | None:
    data = form.cleaned_data
    try:
        return snoozes.snooze(
            episode, until=data["until"], reason=data["reason"], actor=request.scope.actor, now=clock.now()
        )
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.sentence)
        return None
