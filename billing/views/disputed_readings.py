"""The register of disputed readings: what can be read how, what was chosen, by whom and when."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from billing.disputed_readings import dispute_named
from billing.presenters.disputed_readings import dispute_views
from billing.selectors.reading_choices import payer_named, payers_to_choose, reading_choices, settled_policies
from billing.services.reading_choices import choose_reading
from networks import clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.models import Payer, User
from networks.permissions import Permission


@requires(Permission.SEE_BILLING)
@require_safe
def page(request: ScopedRequest) -> HttpResponse:
    """Show every question with its readings and choices."""
    return _page(request)


@requires(Permission.KEEP_COVERAGE)
@require_POST
def choose(request: ScopedRequest) -> HttpResponse:
    """Record a choice; what cannot be taken is said on the page, 422."""
    practice_id = request.scope.practice_id
    if practice_id is None or not isinstance(request.user, User):
        raise Http404
    given = request.POST
    try:
        choose_reading(
            practice_id,
            dispute=given.get("dispute", ""),
            way=given.get("way", ""),
            starts_on=_date_of(given.get("starts_on", "")),
            source=given.get("source", ""),
            payer=_payer_of(given.get("payer", "")),
            approved_by=request.user,
            actor=request.scope.actor,
            now=clock.now(),
        )
    except DomainError as error:
        return _page(request, error=error.sentence, failed=given.get("dispute", ""), status=422)
    messages.success(request, "The choice is recorded with your name and today's date.")
    return redirect("billing:disputed-readings")


def _page(request: ScopedRequest, *, error: str = "", failed: str = "", status: int = 200) -> HttpResponse:
    practice_id = request.scope.practice_id
    if practice_id is None:
        raise Http404
    shown = {
        "disputes": dispute_views(reading_choices(practice_id), settled_policies(practice_id)),
        "payers": payers_to_choose(),
        "may_choose": request.scope.may(Permission.KEEP_COVERAGE),
        "error": error,
        "failed": failed if dispute_named(failed) else "",
    }
    return render(request, "billing/disputed_readings.html", shown, status=status)


def _date_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DomainError("Enter the date from which it holds.", field="starts_on") from error


def _payer_of(text: str) -> Payer | None:
    if not text:
        return None
    payer = payer_named(text)
    if payer is None:
        raise DomainError("Choose a payer from the list.", field="payer")
    return payer
