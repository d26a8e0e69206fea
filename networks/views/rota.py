"""Who is on call: the rota, how people are paged, office hours, backup and owner."""

from datetime import time
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from networks import clock
from networks.access import ScopedRequest, requires
from networks.cover import cover_of
from networks.errors import DomainError
from networks.models import OnCallShift, Practice
from networks.permissions import Permission
from networks.selectors import names_at, own_practice, paging_mobiles, shifts_of
from networks.services import rota


@requires(Permission.SEE_TODAY)
@require_safe
def page(request: ScopedRequest) -> HttpResponse:
    """Show who is on call when, and who stands behind them."""
    return _page(request)


@requires(Permission.MANAGE_PRACTICE)
@require_POST
def add_shift(request: ScopedRequest) -> HttpResponse:
    """Put somebody on call for weekly hours, on each of the days chosen."""
    sent = request.POST
    try:
        for weekday in _weekdays(sent, field="weekday", least=1):
            rota.add_shift(
                _practice(request),
                user_id=_person(sent, "user") or UUID(int=0),
                weekday=weekday,
                starts_at=_time(sent, "starts_at"),
                ends_at=_time(sent, "ends_at"),
                is_backup=sent.get("is_backup") == "1",
                actor=request.scope.actor,
                now=clock.now(),
            )
    except DomainError as error:
        return _page(request, error=error.sentence, status=422)
    return _done(request, "On the rota.")


@requires(Permission.MANAGE_PRACTICE)
@require_POST
def remove_shift(request: ScopedRequest, on_call_shift_id: UUID) -> HttpResponse:
    """Take weekly hours off the rota."""
    shift = request.scope.one(OnCallShift, pk=on_call_shift_id)
    rota.remove_shift(shift, actor=request.scope.actor, now=clock.now())
    return _done(request, "Taken off the rota.")


@requires(Permission.MANAGE_PRACTICE)
@require_POST
def set_cover(request: ScopedRequest) -> HttpResponse:
    """Set office hours, backup and owner."""
    sent = request.POST
    try:
        cover = rota.Cover(
            opens=_time(sent, "opens"),
            closes=_time(sent, "closes"),
            weekdays=frozenset(_weekdays(sent, field="weekdays", least=0)),
            backup_id=_person(sent, "backup"),
            owner_id=_person(sent, "owner"),
        )
        rota.set_cover(_practice(request), cover=cover, actor=request.scope.actor, now=clock.now())
    except DomainError as error:
        return _page(request, error=error.sentence, status=422)
    return _done(request, "Saved.")


@requires(Permission.MANAGE_PRACTICE)
@require_POST
def set_mobile(request: ScopedRequest) -> HttpResponse:
    """Set or take away the number at which somebody is paged by text."""
    try:
        rota.set_mobile(
            _practice(request),
            user_id=_person(request.POST, "user") or UUID(int=0),
            mobile=request.POST.get("mobile", ""),
            actor=request.scope.actor,
            now=clock.now(),
        )
    except DomainError as error:
        return _page(request, error=error.sentence, status=422)
    return _done(request, "Saved.")


def _done(request: ScopedRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("networks:rota")


def _practice(request: ScopedRequest) -> Practice:
    found = own_practice(request.scope.practice_id)
    if found is None:
        raise Http404
    return found


def _page(request: ScopedRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    practice, now = _practice(request), clock.now()
    cover = cover_of(practice.pk, now=now)
    names = names_at(sorted(cover.care), practice_id=practice.pk, network_id=None)
    mobiles = paging_mobiles(practice.pk)
    shifts = shifts_of(practice.pk)
    shown = {
        "cover": cover,
        "people": sorted(names.items(), key=lambda each: each[1]),
        "mobiles": [
            (names[user], f"ends in {number[-4:]}") for user, number in mobiles.items() if user in names
        ],
        "shifts": [(each, names.get(each.user_id, "Somebody who left")) for each in shifts],
        "weekdays": OnCallShift.Weekday.choices,
        "now_on_call": [names[each] for each in cover.on_call(at=now)],
        "may_edit": request.scope.may(Permission.MANAGE_PRACTICE),
        "typed": request.POST,
        "error": error,
    }
    return render(request, "networks/rota.html", shown, status=status)


def _time(sent: QueryDict, field: str) -> time:
    try:
        return time.fromisoformat(sent.get(field, ""))
    except ValueError:
        raise DomainError("Write the hours as 08:00 and 18:00.", field=field) from None


def _person(sent: QueryDict, field: str) -> UUID | None:
    typed = sent.get(field, "")
    if not typed:
        return None
    try:
        return UUID(typed)
    except ValueError:
        raise DomainError("Choose a person from the list.", field=field) from None


def _weekdays(sent: QueryDict, *, field: str, least: int) -> list[int]:
    try:
        found = sorted({int(each) for each in sent.getlist(field)})
    except ValueError:
        found = [-1]
    if len(found) < least or any(each not in range(7) for each in found):
        raise DomainError("Choose the days from the list.", field=field)
    return found
