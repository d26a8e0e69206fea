"""The practice's locality in the fee schedule, for estimates."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from billing.forms.locality import LocalityForm
from billing.selectors.localities import gpci_of
from billing.services.localities import Indices, record_locality
from networks import clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.local_days import local_date
from networks.permissions import Permission


@requires(Permission.KEEP_COVERAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def locality(request: ScopedRequest) -> HttpResponse:
    """Show the locality that estimates use, and record another."""
    practice_id = request.scope.practice_id
    if practice_id is None:
        raise Http404
    today = local_date(clock.now(), ZoneInfo(request.scope.time_zone))
    form = LocalityForm(request.POST or None, initial={"starts_on": today.replace(month=1, day=1)})
    if request.method == "POST" and form.is_valid() and _record(request, practice_id, form):
        return redirect("billing:board")
    shown = {"form": form, "current": gpci_of(practice_id, on=today)}
    return render(request, "billing/locality.html", shown, status=422 if form.errors else 200)


def _record(request: ScopedRequest, practice_id: UUID, form: LocalityForm) -> bool:
    data = form.cleaned_data
    try:
        record_locality(
            practice_id,
            name=data["name"],
            indices=Indices(data["work"], data["practice_expense"], data["malpractice"]),
            source=data["source"],
            starts_on=data["starts_on"],
            actor=request.scope.actor,
            now=clock.now(),
        )
    except DomainError as error:
        form.add_error(error.field, error.sentence)
        return False
    return True
