"""Time on one patient: the clock of the open page, what a stay was, time by hand, entries taken back."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from billing.activity_clock import Stay
from billing.forms.worked_time import ByHandForm, StayForm, VoidTimeForm
from billing.models import TimeEntry
from billing.presenters.here import exact_length, here_view
from billing.selectors.stays import patients_of
from billing.services import activity, minutes
from billing.services.activity import WhatItWas
from networks import clock, said
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.models import User
from networks.permissions import Permission
from networks.selectors import clinician_of, person
from networks.templatetags.wording import clock_in, day_in
from patients.models import Episode

_PAGE = ["GET", "HEAD", "POST"]
# What the services call the times, and where they are typed.
_FIELDS = {"started_at": "began", "ended_at": "minutes"}


@requires(Permission.LOG_TIME)
@require_POST
def beat(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Keep a sign of activity and answer with the line that says how long it has been."""
    episode = request.scope.one(Episode, pk=episode_id)
    by, now = _person(request), clock.now()
    try:
        activity.beat(episode, kind=request.POST.get("kind", ""), by=by, now=now)
    except DomainError as error:
        return HttpResponse(error.sentence, status=422, content_type="text/plain")
    stays = activity.unexplained(episode.practice_id, by=by, now=now)
    view = here_view(
        stays,
        episode_id=episode.pk,
        patients=patients_of([each.record for each in stays], practice_id=episode.practice_id),
        now=now,
        zone=request.scope.time_zone,
    )
    return render(request, "billing/_here.html", {"view": view})


@requires(Permission.LOG_TIME)
@require_http_methods(_PAGE)
def explain(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Ask in the side panel what a stay was, and write it down."""
    episode = request.scope.one(Episode, pk=episode_id)
    is_sent = request.method == "POST"
    began = (request.POST if is_sent else request.GET).get("began", "")
    form = StayForm(request.POST if is_sent else None)
    if is_sent and form.is_valid() and _explained(request, episode, form, began=began):
        return _done(request, episode, "The time is written down.")
    stay = _stay(request, episode, began=began)
    shown = {"form": form, "episode": episode, "patient": episode.patient, "began": began, "stay": stay}
    if stay is not None:
        zone = request.scope.time_zone
        first, last = clock_in(stay.span.first, zone), clock_in(stay.span.last, zone)
        shown["words"] = f"{exact_length(stay.seconds)}, between {first} and {last}"
    return render(request, "billing/explain_stay.html", shown, status=422 if form.errors else 200)


@requires(Permission.LOG_TIME)
@require_http_methods(_PAGE)
def by_hand(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Ask for time that was not timed, with a reason, and write it down marked as such."""
    episode = request.scope.one(Episode, pk=episode_id)
    now, by = clock.now(), _person(request)
    is_sent = request.method == "POST"
    form = ByHandForm(request.POST if is_sent else None, now=now, zone=request.scope.time_zone)
    if is_sent and form.is_valid():
        started_at, ended_at = form.times
        try:
            minutes.log_time(
                episode,
                clinician=clinician_of(episode.practice_id, by.pk),
                by=by,
                started_at=started_at,
                ended_at=ended_at,
                activity=form.cleaned_data["activity"],
                reason=form.cleaned_data["reason"],
                actor=request.scope.actor,
                now=now,
            )
        except DomainError as error:
            field = _FIELDS.get(error.field or "", error.field)
            form.add_error(field if field in form.fields else None, error.sentence)
        else:
            return _done(request, episode, "The time is written down, marked as made by hand.")
    shown = {"form": form, "episode": episode, "patient": episode.patient}
    return render(request, "billing/time_by_hand.html", shown, status=422 if form.errors else 200)


@requires(Permission.LOG_TIME)
@require_http_methods(_PAGE)
def void(request: ScopedRequest, time_entry_id: UUID) -> HttpResponse:
    """Ask why an entry is taken back, and take it back by a new one; the first stays in sight."""
    entry = request.scope.one(TimeEntry, pk=time_entry_id)
    form = VoidTimeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            minutes.void(
                entry, reason=form.cleaned_data["reason"], actor=request.scope.actor, now=clock.now()
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
        else:
            return _done(request, entry.episode, "Taken back. The first entry is kept.")
    zone = request.scope.time_zone
    shown = {
        "form": form,
        "entry": entry,
        "patient": entry.episode.patient,
        "words": f"{entry.get_activity_display()}, {day_in(entry.started_at, zone)}, "
        f"{clock_in(entry.started_at, zone)} to {clock_in(entry.ended_at, zone)}",
    }
    return render(request, "billing/void_time.html", shown, status=422 if form.errors else 200)


def _explained(request: ScopedRequest, episode: Episode, form: StayForm, *, began: str) -> bool:
    data, by = form.cleaned_data, _person(request)
    try:
        activity.explain(
            episode,
            began_at=_instant(began),
            was=WhatItWas(
                activity=data["activity"],
                seconds=data["minutes"] * 60 if data["minutes"] else None,
                mode=data["mode"],
                topic=data["topic"],
            ),
            by=by,
            clinician=clinician_of(episode.practice_id, by.pk),
            actor=request.scope.actor,
            now=clock.now(),
        )
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.sentence)
        return False
    return True


def _stay(request: ScopedRequest, episode: Episode, *, began: str) -> Stay | None:
    stays = activity.unexplained(episode.practice_id, by=_person(request), now=clock.now())
    return next(
        (each for each in stays if each.record == episode.pk and each.span.first.isoformat() == began),
        None,
    )


def _instant(began: str) -> datetime:
    try:
        found = datetime.fromisoformat(began)
    except ValueError:
        raise DomainError(activity.GONE) from None
    if found.tzinfo is None:
        raise DomainError(activity.GONE)
    return found


def _person(request: ScopedRequest) -> User:
    if request.scope.actor.user_id is None:
        raise Http404
    return person(request.scope.actor.user_id)


def _done(request: ScopedRequest, episode: Episode, words: str) -> HttpResponse:
    if not said.is_htmx(request):
        return redirect("billing:patient", patient_id=episode.patient_id)
    return said.with_refresh(words, closes_drawer=True)
