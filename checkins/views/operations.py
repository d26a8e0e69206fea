"""Operations: how the machine runs, without a word about whom."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from checkins.alert_queue import operator_alarms
from checkins.presenters.operations import alarm_rows, health_view
from checkins.selectors import line_health
from networks import clock
from networks.access import ScopedRequest, requires
from networks.permissions import Permission


@requires(Permission.SEE_OPERATIONS)
@require_safe
def operations(request: ScopedRequest) -> HttpResponse:
    """Show notices of the lines, pulses of the processes and waiting work; ids and counts only."""
    return render(
        request,
        "checkins/operations.html",
        {"health": health_view(line_health(), now=clock.now()), "alarms": alarm_rows(operator_alarms())},
    )
