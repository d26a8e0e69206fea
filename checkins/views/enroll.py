"""Enrolling a patient: six answers, a preview of the first text, one button."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from checkins import wording
from checkins.cadence import parse_content
from checkins.forms import EnrollmentForm
from checkins.models import JoinRequest
from checkins.presenters.first_texts import FirstTextsView, first_texts_view
from checkins.presenters.joining import join_rows
from checkins.segments import count_segments
from checkins.selectors import join_requests, plan_of
from checkins.services.consent_links import make_link
from checkins.services.enrollment import USUAL_HOUR, enroll
from checkins.services.first_texts import first_texts
from checkins.services.practice_hours import fitting_hour
from networks import clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.local_days import local_date, zone_named
from networks.models import Practice
from networks.permissions import Permission
from networks.selectors import clinician_of, clinicians_of, own_practice
from patients import phones
from patients.models import ConsentEvent, Episode, Language, Patient
from patients.services.consents import KEYWORD_WORDING, WORDING

_MOST_BESIDE = 5


@requires(Permission.ENROLL_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def enroll_patient(request: ScopedRequest) -> HttpResponse:
    """Show the form, and enrol; a fault keeps what was typed and stands at its field."""
    practice = _practice(request)
    now = clock.now()
    asked = _asked(request)
    form = EnrollmentForm(
        request.POST if request.method == "POST" else None,
        clinicians=clinicians_of(practice.pk),
        practice=practice,
        now=now,
        initial=_initial(request, practice) | _of_request(asked),
    )
    if request.method == "POST" and form.is_valid():
        try:
            wanted = replace(form.enrollment_request(), join_request_id=asked.pk if asked else None)
            episode = enroll(practice, request=wanted, actor=request.scope.actor, now=now)
        except DomainError as error:
            form.refuse(error)
        else:
            if form.is_by_link:
                return _to_web_link(request, episode.patient, now=now)
            messages.success(request, _told(practice, episode, now=now))
            return redirect("billing:patient", patient_id=episode.patient_id)
    language = form["language"].value() or Language.ENGLISH
    shown = {"form": form, "practice": practice, "versions": _versions(asked)}
    shown["first"] = _first_texts(practice, now=now)
    shown |= _preview(practice, language) | _waiting(request, practice, asked)
    return render(request, "checkins/enroll.html", shown, status=422 if form.errors else 200)


def _to_web_link(request: ScopedRequest, patient: Patient, *, now: datetime) -> HttpResponse:
    """Lead to the link by which they agree, made already."""
    make_link(patient, actor=request.scope.actor, now=now)
    messages.success(request, "Enrolled. Nothing is sent until they have agreed: show or copy the link.")
    return redirect(f"{reverse('checkins:reach', args=[patient.pk])}#web-link")


def _first_texts(practice: Practice, *, now: datetime) -> FirstTextsView | None:
    """Return when somebody enrolled now is texted, in the practice's own zone; None where its hours allow no text."""
    today = local_date(now, zone_named(practice.time_zone))
    try:
        usual = fitting_hour(practice, USUAL_HOUR, today=today)
        found = first_texts(practice, zone=practice.time_zone, send_at=usual, now=now)
    except DomainError:
        return None
    return first_texts_view(found, usual=usual, zone=practice.time_zone, now=now)


def _told(practice: Practice, episode: Episode, *, now: datetime) -> str:
    """Say when the texts of whoever was enrolled go out, in their own zone and by their own protocol."""
    plan = plan_of(practice.pk, episode.pk)
    if plan is None:
        return "Enrolled."
    content = parse_content(plan.protocol.content)
    found = first_texts(practice, zone=plan.time_zone, send_at=plan.send_at, now=now, content=content)
    return f"Enrolled. {first_texts_view(found, usual=plan.send_at, zone=plan.time_zone, now=now).sentence}"


@requires(Permission.ENROLL_PATIENTS)
@require_safe
def preview(request: ScopedRequest) -> HttpResponse:
    """Show the welcome text in the chosen language as a phone shows it."""
    shown = _preview(_practice(request), request.GET.get("language", ""))
    return render(request, "checkins/_handset.html", shown)


def _initial(request: ScopedRequest, practice: Practice) -> dict[str, object]:
    """Nothing that could be wrong unseen is chosen beforehand: no side, no condition; the clinician is oneself."""
    clinician = clinician_of(practice.pk, request.scope.actor.user_id)
    today = local_date(clock.now(), zone_named(practice.time_zone))
    try:
        usual = fitting_hour(practice, USUAL_HOUR, today=today)
    except DomainError:
        usual = USUAL_HOUR
    return {
        "language": Language.ENGLISH,
        "names_rtm": True,
        "send_at": f"{usual:%H:%M}",
        "clinician": clinician,
    }


def _asked(request: ScopedRequest) -> JoinRequest | None:
    """Return the request that is being finished; 404 for one that this practice never had."""
    if not (asked := request.GET.get("join")):
        return None
    try:
        return request.scope.one(JoinRequest, pk=UUID(asked))
    except ValueError:
        raise Http404 from None


def _versions(asked: JoinRequest | None) -> list[str]:
    """Return the versions of the two wordings that are kept: that of the sign where the keyword was texted."""
    is_open = asked is not None and asked.state == JoinRequest.State.OPEN
    of_texts = KEYWORD_WORDING if is_open else WORDING[ConsentEvent.Kind.TEXTS]
    return [WORDING[ConsentEvent.Kind.MONITORING], of_texts]


def _of_request(asked: JoinRequest | None) -> dict[str, object]:
    if asked is None or asked.state != JoinRequest.State.OPEN:
        return {}
    return {"mobile": phones.shown(asked.number), "language": asked.language}


def _waiting(request: ScopedRequest, practice: Practice, asked: JoinRequest | None) -> dict[str, object]:
    """Who waits beside the form, and whose request it finishes."""
    is_open = asked is not None and asked.state == JoinRequest.State.OPEN
    rows = join_rows(join_requests(practice.pk), zone=request.scope.time_zone)
    return {
        "joining": [each for each in rows if asked is None or each.request_id != asked.pk][:_MOST_BESIDE],
        "asked": next((each for each in rows if asked is not None and each.request_id == asked.pk), None),
        "asked_is_finished": asked is not None and not is_open,
    }


def _practice(request: ScopedRequest) -> Practice:
    found = own_practice(request.scope.practice_id)
    if found is None:
        raise Http404
    return found


def _preview(practice: Practice, language: str) -> dict[str, object]:
    chosen = language if language in Language.values else Language.ENGLISH
    welcome = wording.render(wording.TemplateId.WELCOME, chosen, practice=practice.text_name)
    return {"practice": practice, "welcome": welcome.text, "segments": count_segments(welcome.text).count}
