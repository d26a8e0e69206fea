"""Who works in the active workspace: the list, inviting, giving and ending roles."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from networks import clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.forms import EndForm, InviteForm, RoleForm
from networks.local_days import local_date, zone_named
from networks.models import Network, Practice, RoleAssignment
from networks.permissions import NETWORK_ROLES, PRACTICE_ROLES, Permission, Role
from networks.presenters import PersonRow, person_row
from networks.role_endings import REASON_WORDS
from networks.selectors import Colleague, colleagues, own_network, own_practice, person
from networks.services import invitations, people

_PAGE = 50
_LONGEST_SEARCH = 80


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: ScopedRequest) -> HttpResponse:
    """Show who works here, and who did; a search comes as POST, because an address never holds a name."""
    text = request.POST.get("q", "").strip()[:_LONGEST_SEARCH]
    rows = [_row(request, each) for each in _colleagues(request) if each.is_called(text)]
    present = Paginator([each for each in rows if each.present], _PAGE)
    shown = {
        "people": present.get_page(1 if text else request.GET.get("page")),
        "former": Paginator([each for each in rows if not each.present], _PAGE).get_page(1),
        "wanted": text,
    }
    return render(request, "networks/people.html", shown)


@requires(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: ScopedRequest) -> HttpResponse:
    """Ask who is to work here and as what, and invite them."""
    home = _home(request)
    form = InviteForm(request.POST if request.method == "POST" else None, roles=_roles(home))
    if form.is_valid() and _invite(request, home, form):
        messages.success(request, f"{form.cleaned_data['name']} is invited: a mail is on its way.")
        return redirect("networks:people")
    return render(request, "networks/invite.html", {"form": form}, status=422 if form.errors else 200)


@requires(Permission.MANAGE_PEOPLE)
@require_safe
def one(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    """Show somebody's roles here, with what may be done about them."""
    return _one(request, person_id)


@requires(Permission.MANAGE_PEOPLE)
@require_POST
def give_role(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    """Give somebody who works or worked here a role."""
    colleague, home = _colleague(request, person_id), _home(request)
    form = RoleForm(request.POST, roles=_roles(home))
    if form.is_valid():
        try:
            people.give_role(
                person(colleague.id), home=home, post=form.post(), actor=request.scope.actor, now=clock.now()
            )
        except DomainError as error:
            form.add_error(error.field or "role", error.sentence)
        else:
            return _done(request, person_id, "The role is given, and a mail says so.")
    return _one(request, person_id, form=form, status=422)


@requires(Permission.MANAGE_PEOPLE)
@require_POST
def send_again(request: ScopedRequest, person_id: UUID) -> HttpResponse:
    """Send somebody who has not signed in yet the invitation once more."""
    now = clock.now()
    held = _colleague(request, person_id).present(at=now)
    actor = request.scope.actor
    if not held or actor.user_id is None:
        return _one(request, person_id, error="This person has no role here now: give one first.", status=409)
    try:
        invitations.send_again(held[-1], inviter=person(actor.user_id).name, actor=actor, now=now)
    except DomainError as error:
        return _one(request, person_id, error=error.sentence, status=error.status)
    return _done(request, person_id, "The invitation is on its way again.")


@requires(Permission.MANAGE_PEOPLE)
@require_POST
def end_role(request: ScopedRequest, role_assignment_id: UUID) -> HttpResponse:
    """End one role of somebody, today or later."""
    assignment = request.scope.one(RoleAssignment, pk=role_assignment_id)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _one(request, assignment.user_id, error=form.said(), ending=assignment.pk, status=422)
    last_day, reason = form.chosen()
    try:
        people.end_role(
            assignment, last_day=last_day, reason=reason, actor=request.scope.actor, now=clock.now()
        )
    except DomainError as error:
        return _one(
            request, assignment.user_id, error=error.sentence, ending=assignment.pk, status=error.status
        )
    return _done(request, assignment.user_id, "The role ends with that day; if that is today, it has ended.")


def _invite(request: ScopedRequest, home: Practice | Network, form: InviteForm) -> bool:
    try:
        people.invite(
            home,
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
            post=form.post(),
            actor=request.scope.actor,
            now=clock.now(),
        )
    except DomainError as error:
        form.add_error(error.field or "role", error.sentence)
        return False
    return True


def _done(request: ScopedRequest, person_id: UUID, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("networks:person", person_id)


def _one(
    request: ScopedRequest,
    person_id: UUID,
    *,
    form: RoleForm | None = None,
    error: str = "",
    ending: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = {
        "row": _row(request, _colleague(request, person_id)),
        "form": form or RoleForm(roles=_roles(_home(request))),
        "reasons": REASON_WORDS,
        "today": local_date(clock.now(), zone_named(request.scope.time_zone)).isoformat(),
        "typed": request.POST,
        "error": error,
        "ending": ending,
    }
    return render(request, "networks/person.html", shown, status=status)


def _row(request: ScopedRequest, colleague: Colleague) -> PersonRow:
    return person_row(
        colleague,
        me=request.scope.actor.user_id,
        zone=request.scope.time_zone,
        link_days=invitations.link_days(),
        now=clock.now(),
    )


def _colleagues(request: ScopedRequest, user_id: UUID | None = None) -> list[Colleague]:
    scope = request.scope
    return colleagues(practice_id=scope.practice_id, network_id=scope.network_id, user_id=user_id)


def _colleague(request: ScopedRequest, person_id: UUID) -> Colleague:
    found = _colleagues(request, person_id)
    if not found:
        raise Http404
    return found[0]


def _home(request: ScopedRequest) -> Practice | Network:
    found = own_practice(request.scope.practice_id) or own_network(request.scope.network_id)
    if found is None:
        raise Http404
    return found


def _roles(home: Practice | Network) -> frozenset[Role]:
    return PRACTICE_ROLES if isinstance(home, Practice) else NETWORK_ROLES
