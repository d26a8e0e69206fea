"""The conversation with a patient: the panel beside a list, and writing into it."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from checkins.presenters.timeline import timeline
from checkins.selectors import plan_in_force, talk_digest, talk_with
from checkins.services.conversation import why_no_texts, write_to_patient
from checkins.staff_words import weigh
from networks import audit, clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.local_days import local_date
from networks.permissions import Permission
from patients.models import Patient


@requires(Permission.SEE_MESSAGES)
@require_safe
def panel(request: ScopedRequest, patient_id: UUID) -> HttpResponse:
    """Show the conversation in the side panel; noted as a look at the patient."""
    patient = request.scope.one(Patient, pk=patient_id)
    now = clock.now()
    audit.record(
        "patient.viewed",
        actor=request.scope.actor,
        subject_type="patient",
        subject_id=patient.pk,
        now=now,
        practice_id=patient.practice_id,
        patient_id=patient.pk,
        details={"page": "conversation"},
    )
    shown = _shown(request, patient) | {
        "plan": plan_in_force(patient.practice_id, patient.pk),
        "no_texts": why_no_texts(patient, now=now),
    }
    return render(request, "checkins/conversation.html", shown)


@requires(Permission.SEE_MESSAGES)
@require_safe
def thread(request: ScopedRequest, patient_id: UUID) -> HttpResponse:
    """Show the texts of an open panel anew; 204 when nothing changed."""
    patient = request.scope.one(Patient, pk=patient_id)
    if talk_digest(patient.practice_id, patient.pk) == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "checkins/_thread.html", _shown(request, patient))


@requires(Permission.TEXT_PATIENTS)
@require_POST
def write(request: ScopedRequest, patient_id: UUID) -> HttpResponse:
    """Queue a text to the patient; what was typed stays when it cannot go."""
    patient = request.scope.one(Patient, pk=patient_id)
    body = request.POST.get("body", "")
    shown = {"patient": patient, "scope": request.scope}
    try:
        write_to_patient(patient, body=body, actor=request.scope.actor, now=clock.now())
    except DomainError as error:
        shown |= {"error": error.sentence, "body": body, "weighed": weigh(body)}
        return render(request, "checkins/_composer.html", shown, status=422)
    if not request.htmx:
        messages.success(request, "The text is on its way.")
        return redirect("billing:patient", patient_id=patient.pk)
    response = render(request, "checkins/_composer.html", shown)
    trigger_client_event(response, "daybook:say", {"value": "The text is on its way."})
    return trigger_client_event(response, "daybook:refresh", {})


@requires(Permission.TEXT_PATIENTS)
@require_POST
def weigh_text(request: ScopedRequest, patient_id: UUID) -> HttpResponse:
    """Show what the text being typed costs and what to heed in it; nothing is kept."""
    patient = request.scope.one(Patient, pk=patient_id)
    shown = {"patient": patient, "weighed": weigh(request.POST.get("body", ""))}
    return render(request, "checkins/_weighed.html", shown)


def _shown(request: ScopedRequest, patient: Patient) -> dict[str, object]:
    talk = talk_with(patient.practice_id, patient.pk)
    today = local_date(clock.now(), ZoneInfo(patient.time_zone))
    return {
        "patient": patient,
        "days": timeline(talk, zone=patient.time_zone, today=today),
        "seen": talk_digest(patient.practice_id, patient.pk),
        "may_write": request.scope.may(Permission.TEXT_PATIENTS),
        "zone_differs": patient.time_zone != request.scope.time_zone,
    }
