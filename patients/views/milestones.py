"""Recording what a patient can do again, and taking it back, in the side panel."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from networks import clock, said
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.local_days import local_date, zone_named
from networks.permissions import Permission
from networks.selectors import person
from networks.templatetags.wording import day
from patients.forms import MilestoneForm, VoidForm
from patients.models import Episode, Milestone
from patients.presenters import steps_of
from patients.services import milestones


@requires(Permission.RECORD_MILESTONES)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Ask what was reached and when, and record it."""
    episode = request.scope.one(Episode, pk=episode_id)
    patient = episode.patient
    today = local_date(clock.now(), zone_named(patient.time_zone))
    form = MilestoneForm(request.POST if request.method == "POST" else None, today=today)
    if form.is_valid() and _record(request, episode, form):
        return _done(request, patient.pk, "The milestone is on the page.")
    shown = {"form": form, "episode": episode, "patient": patient, "steps": steps_of(episode.condition)}
    return render(request, "patients/milestone.html", shown, status=422 if form.errors else 200)


@requires(Permission.RECORD_MILESTONES)
@require_http_methods(["GET", "HEAD", "POST"])
def void(request: ScopedRequest, milestone_id: UUID) -> HttpResponse:
    """Ask why a milestone is taken back, and note it; the first entry stays in sight."""
    milestone = request.scope.one(Milestone, pk=milestone_id)
    patient = milestone.episode.patient
    form = VoidForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _void(request, milestone, form):
        return _done(request, patient.pk, "Taken back. The first entry is kept.")
    shown = {
        "form": form,
        "milestone": milestone,
        "patient": patient,
        "words": f"{milestone.title}, {day(milestone.reached_on)}",
    }
    return render(request, "patients/void_milestone.html", shown, status=422 if form.errors else 200)


def _record(request: ScopedRequest, episode: Episode, form: MilestoneForm) -> bool:
    actor = request.scope.actor
    if actor.user_id is None:
        return False
    try:
        milestones.record(
            episode, **form.cleaned_data, by=person(actor.user_id), actor=actor, now=clock.now()
        )
    except DomainError as error:
        form.add_error(error.field, error.sentence)
        return False
    return True


def _void(request: ScopedRequest, milestone: Milestone, form: VoidForm) -> bool:
    actor = request.scope.actor
    if actor.user_id is None:
        return False
    reason = form.cleaned_data["reason"]
    try:
        milestones.void(milestone, reason=reason, by=person(actor.user_id), actor=actor, now=clock.now())
    except DomainError as error:
        form.add_error(error.field, error.sentence)
        return False
    return True


def _done(request: ScopedRequest, patient_id: UUID, words: str) -> HttpResponse:
    if not said.is_htmx(request):
        return redirect("billing:patient", patient_id=patient_id)
    return said.with_refresh(words, closes_drawer=True)
