"""The payer outcome profile: choose, look, release; all three steps on one page."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from networks import clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.local_days import local_date
from networks.models import Network
from networks.permissions import Permission
from reporting.forms import ProfileForm
from reporting.models import ProfileDraft
from reporting.presenters.profile import profile_page
from reporting.selectors import files_of, network_of, payers, release_of, releases_of, waiting_drafts
from reporting.services import releasing
from reporting.services.drafting import draft as make_draft

_FIRST_SHOWN = timedelta(days=89)


def _network(request: ScopedRequest) -> Network:
    network = network_of(request.scope.network_id) if request.scope.network_id else None
    if network is None:
        raise Http404
    return network


@requires(Permission.SEE_PROFILES)
@require_http_methods(["GET", "HEAD", "POST"])
def profiles(request: ScopedRequest) -> HttpResponse:
    """Show the first step with what is waiting and what was released; make a draft of what was chosen."""
    network = _network(request)
    now = clock.now()
    today = local_date(now, ZoneInfo(request.scope.time_zone))
    first = {"first_day": today - _FIRST_SHOWN, "cut_off": today}
    form = ProfileForm(request.POST if request.method == "POST" else None, payers=payers(), initial=first)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = make_draft(
                    network, request=form.profile_request(), actor=request.scope.actor, today=today, now=now
                )
            except DomainError as error:
                form.refuse(error)
                status = 422 if error.status == 400 else error.status
            else:
                return redirect("reporting:profile", draft_id=made.pk)
    shown = {"form": form, "drafts": waiting_drafts(network.pk), "releases": releases_of(network.pk)}
    return render(request, "reporting/profiles.html", shown, status=status)


@requires(Permission.SEE_PROFILES)
@require_safe
def profile(request: ScopedRequest, draft_id: UUID) -> HttpResponse:
    """Show one draft or release: what was chosen, the document as the payer sees it, and what is left to do."""
    return _page(request, request.scope.one(ProfileDraft, pk=draft_id))


@requires(Permission.SEE_PROFILES)
@require_POST
def approve(request: ScopedRequest, draft_id: UUID) -> HttpResponse:
    """Approve the document that was looked at."""

    def act(found: ProfileDraft) -> str:
        releasing.approve(
            found,
            document_sha256=request.POST.get("document", ""),
            actor=request.scope.actor,
            now=clock.now(),
        )
        return "Approved. It can be released now."

    return _act(request, draft_id, act)


@requires(Permission.RELEASE_PROFILES)
@require_POST
def release(request: ScopedRequest, draft_id: UUID) -> HttpResponse:
    """Release an approved document: files, manifest, signature."""

    def act(found: ProfileDraft) -> str:
        made = releasing.release(found, actor=request.scope.actor, now=clock.now())
        return f"Release {made.number} is signed; its files are below."

    return _act(request, draft_id, act)


@requires(Permission.SEE_PROFILES)
@require_POST
def discard(request: ScopedRequest, draft_id: UUID) -> HttpResponse:
    """Set a draft aside."""

    def act(found: ProfileDraft) -> str:
        releasing.discard(found, actor=request.scope.actor, now=clock.now())
        return "Set aside."

    return _act(request, draft_id, act)


def _act(request: ScopedRequest, draft_id: UUID, act: Callable[[ProfileDraft], str]) -> HttpResponse:
    found = request.scope.one(ProfileDraft, pk=draft_id)
    try:
        said = act(found)
    except DomainError as error:
        return _page(request, found, error=error)
    messages.success(request, said)
    return redirect("reporting:profile", draft_id=found.pk)


def _page(request: ScopedRequest, found: ProfileDraft, *, error: DomainError | None = None) -> HttpResponse:
    actor = request.scope.actor
    roles = (
        releasing.roles_in(found.network_id, user_id=actor.user_id, now=clock.now())
        if actor.user_id
        else frozenset()
    )
    made = release_of(found)
    shown = profile_page(
        found,
        release=made,
        files=files_of(made) if made else [],
        is_drafter=actor.user_id == found.drafted_by_id,
        has_approving_role=bool(roles & releasing.APPROVING_ROLES),
        may_release=request.scope.may(Permission.RELEASE_PROFILES),
        zone=request.scope.time_zone,
    )
    status = error.status if error else 200
    return render(request, "reporting/profile.html", {"page": shown, "error": error}, status=status)
