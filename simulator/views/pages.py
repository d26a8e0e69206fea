"""The page with the phones, and the two files it loads."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

STATIC = Path(__file__).resolve().parent.parent / "static"
TYPES = {"phones.js": "text/javascript", "phones.css": "text/css"}


def phones(request: HttpRequest) -> HttpResponse:
    """Show the phones."""
    return render(request, "simulator/phones.html")


def static_file(request: HttpRequest, name: str) -> HttpResponse:
    """Give the page's script or style."""
    if name not in TYPES:
        raise Http404
    return HttpResponse((STATIC / name).read_bytes(), content_type=f"{TYPES[name]}; charset=utf-8")


def health(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")
