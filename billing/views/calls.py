"""Logging a call with a patient, from the row or from the patient's page: timed while it runs, or afterwards."""

from datetime import datetime
from uuid import UUID

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from billing.forms import CallForm
from billing.models import TimeEntry
from billing.presenters.here import exact_length
from billing.services.minutes import log_call
from billing.services.worked_time import LONGEST
from checkins.selectors import phone_in_use
from networks import clock, said
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.permissions import Permission
from networks.selectors import clinician_of, person
from networks.templatetags.wording import clock_in
from patients.models import Episode
from patients.phones import shown as number_shown

_SALT = "billing.call"
_SPOKE_WITH = {"yes": TimeEntry.SpokeWith.PATIENT, "caregiver": TimeEntry.SpokeWith.CAREGIVER}


@requires(Permission.LOG_TIME)
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Ask how long and with whom in the side panel, and log it; with `start` the call's clock runs."""
    episode = request.scope.one(Episode, pk=episode_id)
    now = clock.now()
    is_sent = request.method == "POST"
    token = request.POST.get("started", "") if is_sent else ""
    if not is_sent and request.GET.get("start"):
        token = signing.dumps([str(episode.pk), now.isoformat()], salt=_SALT)
    started_at = _started_at(token, episode)
    form = CallForm(
        request.POST if is_sent else None, now=now, zone=request.scope.time_zone, started_at=started_at
    )
    if is_sent and form.is_valid():
        entry = _log(request, episode, form, now=now)
        if entry is not None and said.is_htmx(request):
            return said.with_refresh(_words(entry), closes_drawer=True)
        if entry is not None:
            return redirect("billing:patient", patient_id=episode.patient_id)
    phone = phone_in_use(episode.practice_id, episode.patient_id)
    shown = {
        "form": form,
        "episode": episode,
        "patient": episode.patient,
        "number": phone.number if phone else "",
        "number_words": number_shown(phone.number) if phone else "",
        "started": token if started_at else "",
        "started_words": clock_in(started_at, request.scope.time_zone),
    }
    return render(request, "billing/call.html", shown, status=422 if form.errors else 200)


def _started_at(token: str, episode: Episode) -> datetime | None:
    """When the server saw a call of this episode begin; None without a start, or one too long ago."""
    try:
        of_episode, began = signing.loads(token, salt=_SALT, max_age=LONGEST)
    except signing.BadSignature:
        return None
    return datetime.fromisoformat(began) if of_episode == str(episode.pk) else None


def _log(request: ScopedRequest, episode: Episode, form: CallForm, *, now: datetime) -> TimeEntry | None:
    data = form.cleaned_data
    user_id = request.scope.actor.user_id
    if user_id is None:
        return None
    try:
        return log_call(
            episode,
            clinician=clinician_of(episode.practice_id, user_id),
            by=person(user_id),
            started_at=data["started_at"],
            ended_at=data["ended_at"],
            mode=data["mode"],
            topic=data["topic"],
            reached=data["reached"] in _SPOKE_WITH,
            spoke_with=_SPOKE_WITH.get(data["reached"], TimeEntry.SpokeWith.NOBODY),
            left_message=data["reached"] == "message",
            is_timed=data["is_timed"],
            actor=request.scope.actor,
            now=now,
        )
    except DomainError as error:
        form.add_error("minutes" if error.field in ("started_at", "ended_at") else None, error.sentence)
        return None


def _words(entry: TimeEntry) -> str:
    if entry.live_contact:
        seconds = int((entry.ended_at - entry.started_at).total_seconds())
        return f"The call is logged. A live contact of {exact_length(seconds)}."
    return f"The call is logged. {entry.reason}"
