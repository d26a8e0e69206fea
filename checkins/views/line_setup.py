"""The practice's numbers at the carrier: what is missing before they may send, and stopping them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from checkins.forms.line import CampaignForm, SenderForm, TokenForm
from checkins.models import Sender
from checkins.presenters.line_setup import number_views
from checkins.services import line, line_setup
from networks import clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.permissions import Permission


@requires(Permission.MANAGE_PRACTICE)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: ScopedRequest) -> HttpResponse:
    """Show every number with its steps; take a new one."""
    if request.scope.practice_id is None:
        raise Http404
    if request.method != "POST":
        return _shown(request)
    form = SenderForm(request.POST)
    if form.is_valid():
        try:
            line_setup.enter_number(
                request.scope.practice_id,
                **form.cleaned_data,
                actor=request.scope.actor,
                now=clock.now(),
            )
        except DomainError as error:
            form.add_error("number", error.sentence)
        else:
            messages.success(request, "The number is entered. Its next steps stand beside it.")
            return redirect("checkins:line-setup")
    return _shown(request, form=form, status=422)


@requires(Permission.MANAGE_PRACTICE)
@require_POST
def change(request: ScopedRequest, sender_id: UUID) -> HttpResponse:
    """Note the campaign, take a new token, make ready, pause or resume, as the button says."""
    sender = request.scope.one(Sender, pk=sender_id)
    try:
        said = _change(request, sender)
    except DomainError as error:
        messages.error(request, error.sentence)
        return _shown(request, status=422)
    messages.success(request, said)
    return redirect("checkins:line-setup")


def _change(request: ScopedRequest, sender: Sender) -> str:
    now, actor = clock.now(), request.scope.actor
    match request.POST.get("do"):
        case "campaign":
            campaign = CampaignForm(request.POST)
            _check(campaign)
            approved_on, pace = campaign.approval()
            line_setup.record_campaign(
                sender, approved_on=approved_on, segments_per_second=pace, actor=actor, now=now
            )
            return "The campaign is noted."
        case "token":
            token = TokenForm(request.POST)
            _check(token)
            line.accept_token(sender, token=token.cleaned_data["token"], actor=actor, now=now)
            return "The new token is in use. Calls signed with the one before it are still accepted."
        case "ready":
            standings = line_setup.standings(sender.practice_id, today=now.date())
            standing = next(each for each in standings if each.sender.pk == sender.pk)
            line_setup.make_ready(standing, actor=actor, now=now)
            return "This number sends now."
        case "pause":
            reason = request.POST.get("reason", "")
            line_setup.pause_by_hand(sender, reason=reason, actor=actor, now=now)
            return "This number is paused. Texts wait inside their hours."
    raise DomainError("Choose one of the buttons on the page.")


def _check(form: CampaignForm | TokenForm) -> None:
    if not form.is_valid():
        raise DomainError(str(next(iter(form.errors.values()))[0]))


def _shown(request: ScopedRequest, *, form: SenderForm | None = None, status: int = 200) -> HttpResponse:
    practice_id = request.scope.practice_id
    if practice_id is None:
        raise Http404
    now = clock.now()
    numbers = number_views(line_setup.standings(practice_id, today=now.date()), zone=request.scope.time_zone)
    shown = {"numbers": numbers, "form": form or SenderForm()}
    return render(request, "checkins/line_setup.html", shown, status=status)
