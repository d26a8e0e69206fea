"""What the practice itself has to have on file: why its software is a device."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from billing.forms.care import DeterminationForm, EndForm
from billing.models import DeviceDetermination
from billing.presenters.care import determination_row
from billing.selectors.care import determinations_of
from billing.services import gates
from networks import clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.local_days import local_date
from networks.permissions import Permission
from networks.selectors import own_practice


@requires(Permission.MANAGE_PRACTICE)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: ScopedRequest) -> HttpResponse:
    """Show the practice's device determinations with their history, and record another."""
    practice = own_practice(request.scope.practice_id)
    if practice is None:
        raise Http404
    today = local_date(clock.now(), ZoneInfo(request.scope.time_zone))
    form = DeterminationForm(request.POST or None, initial={"starts_on": today.isoformat()})
    if request.method == "POST" and form.is_valid():
        try:
            gates.record_device_determination(
                practice, **form.cleaned_data, actor=request.scope.actor, now=clock.now()
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
        else:
            messages.success(request, "The determination is on file.")
            return redirect("billing:practice-settings")
    rows = [determination_row(each, today=today) for each in determinations_of(practice.pk)]
    shown = {"form": form, "rows": rows, "is_missing": not any(each.tone for each in rows)}
    return render(request, "billing/practice_settings.html", shown, status=422 if form.errors else 200)


@requires(Permission.MANAGE_PRACTICE)
@require_POST
def end_determination(request: ScopedRequest, device_determination_id: UUID) -> HttpResponse:
    """Set the last date of a determination."""
    determination = request.scope.one(DeviceDetermination, pk=device_determination_id)
    form = EndForm(request.POST)
    sentence = next((error for errors in form.errors.values() for error in errors), "")
    if not sentence:
        try:
            gates.end_device_determination(
                determination,
                ends_on=form.cleaned_data["ends_on"],
                actor=request.scope.actor,
                now=clock.now(),
            )
        except DomainError as error:
            sentence = error.sentence
    if sentence:
        messages.warning(request, f"Nothing was changed. {sentence}")
    else:
        messages.success(request, "The last day is set.")
    return redirect("billing:practice-settings")
