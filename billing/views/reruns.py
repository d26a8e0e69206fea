"""Run a month again under another year's rules, to see what would differ; nothing is kept."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from billing.months_named import month_named
from billing.presenters.reruns import rerun_view
from billing.selectors.reruns import rerun_month, rule_sets_to_choose
from networks import clock
from networks.access import ScopedRequest, requires
from networks.local_days import local_date, zone_named
from networks.permissions import Permission


@requires(Permission.SEE_BILLING)
@require_safe
def page(request: ScopedRequest) -> HttpResponse:
    """Ask for month and rule set; with both, show what differs."""
    practice_id = request.scope.practice_id
    if practice_id is None:
        raise Http404
    now = clock.now()
    choices = rule_sets_to_choose()
    asked = request.GET.get("month", "")
    month = month_named(asked)
    rule_set = next((each for each in choices if each.id == request.GET.get("rules")), None)
    view = None
    if month is not None and rule_set is not None:
        view = rerun_view(rerun_month(practice_id, month=month, rule_set=rule_set, now=now))
    today: date = local_date(now, zone_named(request.scope.time_zone))
    shown = {
        "view": view,
        "choices": [each.id for each in reversed(choices)],
        "rules": rule_set.id if rule_set else "",
        "month": month or today.replace(day=1),
        "error": "Write the month as year and month, such as 2026-03." if asked and month is None else "",
    }
    return render(request, "billing/rerun.html", shown)
