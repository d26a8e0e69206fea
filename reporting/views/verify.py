"""The public check: a page that compares files in the browser, and the keys; no sign-in, nothing is sent."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.services.keys import verification_keys


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Show the page; the keys stand in it, so that it also works once the line is cut."""
    keys = verification_keys()
    shown = {"keys": keys, "keys_data": [each.as_data() for each in keys]}
    return render(request, "reporting/verify.html", shown)


@require_safe
def keys_json(request: HttpRequest) -> JsonResponse:
    """Return the keys with fingerprints and dates."""
    return JsonResponse({"keys": [each.as_data() for each in verification_keys()]})
