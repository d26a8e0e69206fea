"""The self-audit: what an auditor would look at first, shown to the practice."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from billing.presenters.self_audit import self_audit_view
from billing.selectors.self_audit import audit_facts, last_twelve_months
from networks import clock
from networks.access import ScopedRequest, requires
from networks.permissions import Permission


@requires(Permission.SEE_BILLING)
@require_safe
def page(request: ScopedRequest) -> HttpResponse:
    """Show the measures of the last twelve months; counts only, nobody's name."""
    practice_id = request.scope.practice_id
    if practice_id is None:
        raise Http404
    zone = request.scope.time_zone
    first, last = last_twelve_months(clock.now(), zone=zone)
    facts = audit_facts(practice_id, first=first, last=last, zone=zone)
    return render(
        request, "billing/self_audit.html", {"view": self_audit_view(facts, first=first, last=last)}
    )
