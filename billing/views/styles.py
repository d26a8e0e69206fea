"""The living style page: tokens, components and marks as they are, for everybody who works with Daybook."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from billing.presenters import style_samples


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show every part that pages are made of; nothing on it belongs to a practice."""
    wrong = {"name": "", "language": "en", "reached_on": "soon"}
    shown = {
        "colours": style_samples.COLOURS,
        "strips": style_samples.strip_samples(),
        "clocks": style_samples.clock_samples(),
        "trends": style_samples.trend_samples(),
        "form": style_samples.SampleForm(),
        "refused": style_samples.SampleForm(wrong, auto_id="refused_%s"),
    }
    return render(request, "billing/styles.html", shown)
