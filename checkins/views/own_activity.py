"""What a patient is asked to rate, in the side panel, with the text as their phone shows it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from checkins.forms.own_activity import OwnActivityForm
from checkins.presenters.own_activity import preview_of
from checkins.selectors import own_activity_of, plan_of
from checkins.services import own_activities
from networks import clock, said
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.permissions import Permission
from patients.models import Episode


@requires(Permission.TEXT_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Ask for the activity in the patient's language, and keep it."""
    episode = request.scope.one(Episode, pk=episode_id)
    standing = own_activity_of(episode.practice_id, episode.pk)
    kept = standing.words if standing else ""
    form = OwnActivityForm(request.POST if request.method == "POST" else None, initial={"activity": kept})
    if form.is_valid() and _keep(request, episode, form):
        if not said.is_htmx(request):
            return redirect("billing:patient", patient_id=episode.patient_id)
        return said.with_refresh("Asked about from the next check-in on.", closes_drawer=True)
    words = str(form["activity"].value() or "")
    shown = {
        "form": form,
        "episode": episode,
        "patient": episode.patient,
        "preview": _preview(episode, words),
    }
    return render(request, "checkins/own_activity.html", shown, status=422 if form.errors else 200)


@requires(Permission.TEXT_PATIENTS)
@require_POST
def preview(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Show the text with what is being typed; nothing is kept."""
    episode = request.scope.one(Episode, pk=episode_id)
    shown = {"preview": _preview(episode, request.POST.get("activity", ""))}
    return render(request, "checkins/_own_activity_preview.html", shown)


def _keep(request: ScopedRequest, episode: Episode, form: OwnActivityForm) -> bool:
    words = form.cleaned_data["activity"]
    try:
        own_activities.set_activity(episode, words=words, actor=request.scope.actor, now=clock.now())
    except DomainError as error:
        form.add_error("activity", error.sentence)
        return False
    return True


def _preview(episode: Episode, words: str) -> object:
    finding = ""
    try:
        words = own_activities.checked(words, episode)
    except DomainError as error:
        finding, words = error.sentence, ""
    return preview_of(
        plan_of(episode.practice_id, episode.pk), episode.patient.language, words=words, finding=finding
    )
