"""A page that is older than the sign-in: nothing is done, and the page is loaded anew."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose protection is out of date; a script on the page loads the page again."""
    response = render(request, "403_csrf.html", status=403)
    # htmx follows this header; what was typed is kept in the tab and put back.
    response["HX-Refresh"] = "true"
    return response
