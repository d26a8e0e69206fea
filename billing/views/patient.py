"""The patient's page: what was said, what was read, what it amounts to."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from billing.presenters.patient import patient_view
from billing.selectors.digests import patient_digest
from billing.selectors.patient import patient_file
from billing.services.decisions import refresh_touched
from checkins.services.conversation import NO_TEXTS
from networks import audit, clock
from networks.access import ScopedRequest, requires
from networks.permissions import Permission
from patients.models import Patient


@requires(Permission.SEE_PATIENTS)
@require_safe
def page(request: ScopedRequest, patient_id: UUID) -> HttpResponse:
    """Show the whole page; noted as a look at the patient."""
    patient = request.scope.one(Patient, pk=patient_id)
    audit.record(
        "patient.viewed",
        actor=request.scope.actor,
        subject_type="patient",
        subject_id=patient.pk,
        now=clock.now(),
        practice_id=patient.practice_id,
        patient_id=patient.pk,
        details={"page": "patient"},
    )
    return render(request, "billing/patient.html", _shown(request, patient))


@requires(Permission.SEE_PATIENTS)
@require_safe
def changes(request: ScopedRequest, patient_id: UUID) -> HttpResponse:
    """Show the live parts of an open page anew; 204 when nothing changed."""
    patient = request.scope.one(Patient, pk=patient_id)
    if _digest(request, patient) == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "billing/_patient_changes.html", _shown(request, patient) | {"is_swap": True})


def _digest(request: ScopedRequest, patient: Patient) -> str:
    return patient_digest(patient.practice_id, patient.pk, zone=patient.time_zone, now=clock.now())


def _shown(request: ScopedRequest, patient: Patient) -> dict[str, object]:
    now = clock.now()
    refresh_touched(patient.practice_id, now=now)
    scope = request.scope
    file = patient_file(patient, now=now, days=request.GET.get("days"))
    view = patient_view(file, practice_zone=scope.time_zone)
    plan = file.current.plan if file.current else None
    return {
        "patient": patient,
        "view": view,
        "plan": plan if plan and plan.ends_on is None else None,
        "seen": _digest(request, patient),
        "no_texts": "" if view.gets_texts else NO_TEXTS,
        "may_read": scope.may(Permission.SEE_MESSAGES),
        "may_write": scope.may(Permission.TEXT_PATIENTS),
        "may_see_billing": scope.may(Permission.SEE_BILLING),
        "may_log": scope.may(Permission.LOG_TIME),
        "may_milestone": scope.may(Permission.RECORD_MILESTONES),
        "may_correct": scope.may(Permission.CORRECT_READINGS),
        "may_acknowledge": scope.may(Permission.ACKNOWLEDGE_ALERTS),
        "zone_differs": patient.time_zone != scope.time_zone,
    }
