"""Protocols of the practice: what patients are asked, when and in which words; a change is a new version."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from checkins.cadence import parse_content
from checkins.forms.protocol import ProtocolForm, initial_of
from checkins.models import AdoptedProtocol
from checkins.presenters.protocols import preview_of, protocol_rows
from checkins.selectors import episodes_by_protocol, protocols_of, shipped_but_not_adopted
from checkins.services.protocols import Revision, adopt_shipped, move_running, revise
from networks import clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.models import Practice
from networks.permissions import Permission
from networks.selectors import own_practice


@requires(Permission.MANAGE_PRACTICE)
@require_safe
def protocols(request: ScopedRequest) -> HttpResponse:
    """Show every protocol with who follows which version."""
    practice = _practice(request)
    rows = protocol_rows(protocols_of(practice.pk), episodes_by_protocol(practice.pk))
    shown = {"rows": rows, "is_complete": not shipped_but_not_adopted(practice.pk)}
    return render(request, "checkins/protocols.html", shown)


@requires(Permission.MANAGE_PRACTICE)
@require_POST
def adopt(request: ScopedRequest) -> HttpResponse:
    """Take over every shipped protocol that the practice has no version of."""
    adopt_shipped(_practice(request), actor=request.scope.actor, now=clock.now())
    messages.success(request, "Daybook's protocols are the practice's own now, and can be changed.")
    return redirect("checkins:protocols")


@requires(Permission.MANAGE_PRACTICE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ScopedRequest, adopted_protocol_id: UUID) -> HttpResponse:
    """Change a protocol: makes a new version, or says what does not fit and keeps what was typed."""
    protocol = request.scope.one(AdoptedProtocol, pk=adopted_protocol_id)
    practice = _practice(request)
    if request.method != "POST":
        form = ProtocolForm(initial=initial_of(parse_content(protocol.content), title=protocol.title))
        return _shown(request, protocol, form, raw=protocol.content, practice=practice)
    form = ProtocolForm(request.POST)
    if form.is_valid():
        revision = Revision(form.cleaned_data["title"], form.content(), form.cleaned_data["reason"])
        try:
            made = revise(protocol, revision=revision, actor=request.scope.actor, now=clock.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
        else:
            messages.success(request, f"Version {made.version} is made. New patients follow it from now on.")
            return redirect("checkins:protocols")
    return _shown(request, protocol, form, raw=form.content(), practice=practice, status=422)


@requires(Permission.MANAGE_PRACTICE)
@require_POST
def preview(request: ScopedRequest, adopted_protocol_id: UUID) -> HttpResponse:
    """Show what is being typed as a phone would show it; nothing is kept."""
    protocol = request.scope.one(AdoptedProtocol, pk=adopted_protocol_id)
    form = ProtocolForm(request.POST)
    form.is_valid()
    shown = preview_of(form.content(), practice=_practice(request).text_name, version=protocol.version + 1)
    return render(request, "checkins/_protocol_preview.html", {"preview": shown})


@requires(Permission.MANAGE_PRACTICE)
@require_POST
def move(request: ScopedRequest, adopted_protocol_id: UUID) -> HttpResponse:
    """Let every running episode follow this version from its next check-in on."""
    protocol = request.scope.one(AdoptedProtocol, pk=adopted_protocol_id)
    moved = move_running(protocol, actor=request.scope.actor, now=clock.now())
    plural = "" if moved == 1 else "s"
    messages.success(request, f"{moved} running episode{plural} moved to version {protocol.version}.")
    return redirect("checkins:protocols")


def _shown(
    request: ScopedRequest,
    protocol: AdoptedProtocol,
    form: ProtocolForm,
    *,
    raw: dict[str, object],
    practice: Practice,
    status: int = 200,
) -> HttpResponse:
    shown = {
        "protocol": protocol,
        "form": form,
        "next_version": protocol.version + 1,
        "preview": preview_of(raw, practice=practice.text_name, version=protocol.version + 1),
    }
    return render(request, "checkins/protocol.html", shown, status=status)


def _practice(request: ScopedRequest) -> Practice:
    found = own_practice(request.scope.practice_id)
    if found is None:
        raise Http404
    return found
