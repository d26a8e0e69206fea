"""What a page says after an act: a short line, with Undo where the act can be taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_htmx.http import trigger_client_event

from networks.errors import DomainError


def is_htmx(request: HttpRequest) -> bool:
    """Tell whether a script on the page asked, which swaps a piece, and not the browser for a whole page."""
    return bool(getattr(request, "htmx", False))


def aloud(response: HttpResponse, text: str, *, undo: str = "") -> HttpResponse:
    """Let the page show a short line; `undo` is the address that takes the act back."""
    return trigger_client_event(response, "daybook:say", {"value": text, "undo": undo})


def with_refresh(text: str, *, undo: str = "", closes_drawer: bool = False) -> HttpResponse:
    """Return an empty answer that says a line and lets the live parts of the page look anew."""
    # 200 where the panel is emptied by the answer itself; nothing is swapped for a 204.
    response = aloud(HttpResponse(status=200 if closes_drawer else 204), text, undo=undo)
    trigger_client_event(response, "daybook:refresh", {})
    if closes_drawer:
        # The panel goes last: an event of a form that has left the page reaches nobody.
        trigger_client_event(response, "daybook:close-drawer", {})
    return response


def refused(request: HttpRequest, error: DomainError, *, patient_id: UUID) -> HttpResponse:
    """Say why an act without a form of its own could not be done; nothing was changed."""
    if is_htmx(request):
        return with_refresh(error.sentence)
    messages.warning(request, error.sentence)
    return redirect("billing:patient", patient_id=patient_id)
