"""Asking by a link, from the conversation panel."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from checkins.selectors import plan_in_force
from checkins.services.link_sending import ask_by_link, send_link
from networks import clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.permissions import Permission
from patients.models import Patient


@requires(Permission.TEXT_PATIENTS)
@require_POST
def send(request: ScopedRequest, patient_id: UUID) -> HttpResponse:
    """Text the link to today's check-in; says why where there is none to answer."""
    patient = request.scope.one(Patient, pk=patient_id)
    try:
        send_link(patient, actor=request.scope.actor, now=clock.now())
    except DomainError as error:
        return _answer(request, patient, error=error.sentence)
    return _answer(request, patient, said="The link is on its way.")


@requires(Permission.TEXT_PATIENTS)
@require_POST
def choose(request: ScopedRequest, patient_id: UUID) -> HttpResponse:
    """Ask by link from the next check-in on, or by text again."""
    patient = request.scope.one(Patient, pk=patient_id)
    by_link = request.POST.get("by_link") == "yes"
    try:
        ask_by_link(patient, by_link=by_link, actor=request.scope.actor, now=clock.now())
    except DomainError as error:
        return _answer(request, patient, error=error.sentence)
    said = "The next check-in comes as a link." if by_link else "The next check-in comes as a text."
    return _answer(request, patient, said=said)


def _answer(request: ScopedRequest, patient: Patient, *, said: str = "", error: str = "") -> HttpResponse:
    if not request.htmx:
        messages.add_message(request, messages.ERROR if error else messages.SUCCESS, error or said)
        return redirect("billing:patient", patient_id=patient.pk)
    shown = {"patient": patient, "plan": plan_in_force(patient.practice_id, patient.pk), "error": error}
    response = render(request, "checkins/_ways.html", shown, status=422 if error else 200)
    if said:
        trigger_client_event(response, "daybook:say", {"value": said})
        trigger_client_event(response, "daybook:refresh", {})
    return response
