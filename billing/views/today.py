"""Today: who needs somebody, and why; the page, its live part, and what is done from a row."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from billing.presenters import today
from billing.selectors.digests import practice_digest
from billing.selectors.worklist import worklist_of
from billing.services.decisions import refresh_touched
from checkins.models import Alert
from checkins.services import alerts
from networks import clock, said
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.permissions import Permission


@requires(Permission.SEE_TODAY)
@require_safe
def page(request: ScopedRequest) -> HttpResponse:
    """Show the whole page."""
    return render(request, "billing/today.html", _shown(request))


@requires(Permission.SEE_TODAY)
@require_safe
def rows(request: ScopedRequest) -> HttpResponse:
    """Show the worklist anew; 204 when nothing changed since the page was drawn."""
    if _digest(request) == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "billing/_worklist.html", _shown(request))


@requires(Permission.ACKNOWLEDGE_ALERTS)
@require_POST
def acknowledge(request: ScopedRequest, alert_id: UUID) -> HttpResponse:
    """Take an alert on; the row is drawn anew in its place."""
    alert = request.scope.one(Alert, pk=alert_id)
    patient_id = _patient_of(alert)
    alerts.acknowledge(alert, actor=request.scope.actor, now=clock.now())
    if not said.is_htmx(request):
        return redirect("billing:patient", patient_id=patient_id)
    undo = reverse("billing:hand-back", args=[alert.pk])
    if request.POST.get("from") != "row" or alert.episode_id is None:
        return said.with_refresh("Acknowledged.", undo=undo)
    response = row_again(request, alert.episode_id, done="Acknowledged by you.")
    return said.aloud(response, "Acknowledged.", undo=undo)


@requires(Permission.ACKNOWLEDGE_ALERTS)
@require_POST
def hand_back(request: ScopedRequest, alert_id: UUID) -> HttpResponse:
    """Undo an acknowledgement: the alert waits for somebody again."""
    alert = request.scope.one(Alert, pk=alert_id)
    patient_id = _patient_of(alert)
    try:
        alerts.hand_back(alert, actor=request.scope.actor, now=clock.now())
    except DomainError as error:
        return said.refused(request, error, patient_id=patient_id)
    if not said.is_htmx(request):
        return redirect("billing:patient", patient_id=patient_id)
    return said.with_refresh("Undone: the alert waits for somebody again.")


def _patient_of(alert: Alert) -> UUID:
    # A stranger's danger belongs to no patient: it is acknowledged on the page of alerts.
    if alert.patient_id is None:
        raise Http404
    return alert.patient_id


def row_again(request: ScopedRequest, episode_id: UUID, *, done: str) -> HttpResponse:
    """Return one row drawn anew with a line of what was done; 204 when it is no longer on the list."""
    practice_id = request.scope.practice_id
    if practice_id is None:
        raise Http404
    zone, now = request.scope.time_zone, clock.now()
    found = worklist_of(practice_id, zone=zone, now=now, episode_id=episode_id).rows
    if not found:
        return HttpResponse(status=204)
    shown = {"row": today.row_view(found[0]), "done": done} | _may(request)
    return render(request, "billing/_row.html", shown)


def _shown(request: ScopedRequest) -> dict[str, object]:
    practice_id = request.scope.practice_id
    if practice_id is None:
        raise Http404
    now = clock.now()
    refresh_touched(practice_id, now=now)
    zone = request.scope.time_zone
    found = worklist_of(practice_id, zone=zone, now=now)
    page_view = today.page(found, zone=zone, opened=request.GET.getlist("open"))
    return {"page": page_view, "seen": _digest(request)} | _may(request)


def _digest(request: ScopedRequest) -> str:
    if request.scope.practice_id is None:
        raise Http404
    return practice_digest(request.scope.practice_id, zone=request.scope.time_zone, now=clock.now())


def _may(request: ScopedRequest) -> dict[str, object]:
    return {
        "may_acknowledge": request.scope.may(Permission.ACKNOWLEDGE_ALERTS),
        "may_log": request.scope.may(Permission.LOG_TIME),
        "may_text": request.scope.may(Permission.TEXT_PATIENTS),
        "may_enroll": request.scope.may(Permission.ENROLL_PATIENTS),
    }
