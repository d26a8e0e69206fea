"""From when until when the practice texts, beside its state's hours and what holds in the end."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from checkins.forms.texting_hours import TextingHoursForm
from checkins.hours import TextingHours
from checkins.hours_choice import fitted
from checkins.presenters.texting_hours import hours_view
from checkins.services import texting_hours
from checkins.services.practice_hours import hours_of
from networks import clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.local_days import local_date, zone_named
from networks.models import Practice
from networks.permissions import Permission
from networks.presenters import audit_rows
from networks.selectors import last_act, names_in, own_practice


@requires(Permission.MANAGE_PRACTICE)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: ScopedRequest) -> HttpResponse:
    """Show the hours in words and take others, or say at the field what does not fit."""
    practice = own_practice(request.scope.practice_id)
    if practice is None:
        raise Http404
    now = clock.now()
    today = local_date(now, zone_named(practice.time_zone))
    form = TextingHoursForm(request.POST or None, initial=_initial(hours_of(practice), today=today))
    if request.method == "POST" and form.is_valid():
        try:
            texting_hours.choose(
                practice,
                opens=form.cleaned_data["texts_from"],
                closes=form.cleaned_data["texts_until"],
                on_sunday=form.cleaned_data["texts_on_sunday"] == "yes",
                today=today,
                actor=request.scope.actor,
                now=now,
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
        else:
            messages.success(request, "The hours are kept. They hold from the next text on.")
            return redirect("checkins:texting-hours")
    return _shown(request, practice, form, today=today)


def _initial(hours: TextingHours, *, today: date) -> dict[str, object]:
    offered = fitted(hours, today=today)
    return {
        "texts_from": offered.opens,
        "texts_until": offered.closes,
        "texts_on_sunday": "yes" if offered.on_sunday else "no",
    }


def _shown(
    request: ScopedRequest, practice: Practice, form: TextingHoursForm, *, today: date
) -> HttpResponse:
    entry = last_act("practice.texting_hours_set", practice_id=practice.pk)
    changed = audit_rows([entry], names=names_in([entry]))[0] if entry else None
    view = hours_view(hours_of(practice), today=today, changed=changed)
    shown = {"form": form, "view": view, "zone": request.scope.time_zone}
    return render(request, "checkins/texting_hours.html", shown, status=422 if form.errors else 200)
