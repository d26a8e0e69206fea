"""Why a line stands or falls, down to the very texts, entries and plans."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from billing.models import DecidedLine
from billing.presenters.board import line_view
from billing.presenters.evidence import reason_views
from billing.selectors.evidence import evidence_of_line
from networks import audit, clock
from networks.access import ScopedRequest, requires
from networks.permissions import Permission
from patients.models import Patient


@requires(Permission.SEE_BILLING)
@require_safe
def page(request: ScopedRequest, line_id: UUID) -> HttpResponse:
    """Show a line's reasons with their facts; noted as a look at the patient."""
    scope = request.scope
    line = scope.one(DecidedLine, pk=line_id)
    patient = scope.one(Patient, pk=line.episode.patient_id)
    audit.record(
        "patient.viewed",
        actor=scope.actor,
        subject_type="patient",
        subject_id=patient.pk,
        now=clock.now(),
        practice_id=patient.practice_id,
        patient_id=patient.pk,
        details={"page": "reasons"},
    )
    reasons = reason_views(
        line,
        evidence_of_line(line),
        patient_zone=patient.time_zone,
        clinic_zone=scope.time_zone,
        may_read=scope.may(Permission.SEE_MESSAGES),
    )
    return render(
        request, "billing/reasons.html", {"line": line_view(line), "patient": patient, "reasons": reasons}
    )
