"""Rule sets: what each year's rules say, what changed, and the approvals that a loaded year needs."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from billing.presenters.rule_sets import rule_sets_view
from billing.selectors.rule_sets import edition_named, loaded_rule_sets, shipped_rule_sets
from billing.services import rule_sets
from networks import clock
from networks.access import ScopedRequest, requires
from networks.errors import Conflict
from networks.models import User
from networks.permissions import Permission


@requires(Permission.SEE_RULE_SETS)
@require_safe
def page(request: ScopedRequest) -> HttpResponse:
    """Show every rule set, and one of them opened beside the year before."""
    view = rule_sets_view(
        shipped_rule_sets(),
        loaded_rule_sets(),
        chosen=request.GET.get("set", ""),
        me=request.scope.actor.user_id,
    )
    may_approve = request.scope.may(Permission.APPROVE_RULE_SETS)
    return render(request, "billing/rule_sets.html", {"view": view, "may_approve": may_approve})


@requires(Permission.APPROVE_RULE_SETS)
@require_POST
def approve(request: ScopedRequest) -> HttpResponse:
    """Note the signed-in person's approval of a loaded rule set."""
    edition = edition_named(request.POST.get("edition", ""))
    if edition is None or not isinstance(request.user, User):
        raise Http404
    try:
        missing = rule_sets.approve(
            edition,
            by=request.user,
            actor=request.scope.actor,
            now=clock.now(),
            network_id=request.scope.network_id,
        )
    except Conflict as error:
        messages.warning(request, error.sentence)
    else:
        then = "One more person has to approve it." if missing else "It decides from now on."
        messages.success(request, f"You approved {edition.rule_set}. {then}")
    return redirect(f"{reverse('billing:rule-sets')}?set={edition.pk}")
