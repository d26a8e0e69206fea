"""Reaching a patient: what was agreed to, what was stopped, and at which number."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from checkins.forms import ConsentForm, NumberForm
from checkins.presenters.reach import link_view, reach_view
from checkins.selectors import latest_consent_link, numbers_of, start_number, stranger
from checkins.services import consent_links
from checkins.services.reaching import NewNumber, Said, change_consent, change_number
from networks import audit, clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.permissions import Permission
from patients import phones
from patients.models import ConsentEvent, Patient, Phone
from patients.selectors import consent_history


@requires(Permission.RECORD_CONSENT)
@require_safe
def page(request: ScopedRequest, patient_id: UUID) -> HttpResponse:
    """Show consents and numbers with their history; noted as a look at the patient."""
    patient = request.scope.one(Patient, pk=patient_id)
    audit.record(
        "patient.viewed",
        actor=request.scope.actor,
        subject_type="patient",
        subject_id=patient.pk,
        now=clock.now(),
        practice_id=patient.practice_id,
        patient_id=patient.pk,
        details={"page": "reach"},
    )
    return _shown(request, patient, mobile=_mobile_of_text(request))


def _mobile_of_text(request: ScopedRequest) -> str:
    """Return the number of the stranger's text that the address names, or nothing; ids only in addresses."""
    try:
        text_id = UUID(request.GET.get("text", ""))
    except ValueError:
        return ""
    practice_id = request.scope.practice_id
    row = stranger(text_id, practice_id=practice_id) if practice_id else None
    return phones.shown(row.message.from_number) if row else ""


@requires(Permission.RECORD_CONSENT)
@require_POST
def say(request: ScopedRequest, patient_id: UUID) -> HttpResponse:
    """Record a consent that was given or withdrawn, and do what follows from it."""
    patient = request.scope.one(Patient, pk=patient_id)
    now = clock.now()
    form = ConsentForm(request.POST, now=now, zone=ZoneInfo(patient.time_zone))
    if form.is_valid():
        said = Said(form.cleaned_data["method"], form.occurred_at, request.scope.actor)
        kind, act = form.cleaned_data["kind"], form.cleaned_data["act"]
        try:
            sentence = change_consent(patient, kind=kind, act=act, said=said, now=now)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
        else:
            messages.success(request, sentence)
            return redirect("checkins:reach", patient_id=patient.pk)
    return _shown(request, patient, consent=form, status=422)


@requires(Permission.RECORD_CONSENT)
@require_POST
def number(request: ScopedRequest, patient_id: UUID) -> HttpResponse:
    """Text another number from now on, with its holder's own consent."""
    patient = request.scope.one(Patient, pk=patient_id)
    now = clock.now()
    form = NumberForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        new = NewNumber(data["mobile"], data["holder"], data["relationship"], data["shares_phone"])
        try:
            change_number(patient, number=new, said=Said(data["method"], now, request.scope.actor), now=now)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
        else:
            messages.success(request, "The new number is in use. It gets the welcome text.")
            return redirect("checkins:reach", patient_id=patient.pk)
    return _shown(request, patient, number=form, status=422)


@requires(Permission.RECORD_CONSENT)
@require_POST
def make_link(request: ScopedRequest, patient_id: UUID) -> HttpResponse:
    """Make a web link by which the patient or a caregiver agrees; it is shown, never texted."""
    patient = request.scope.one(Patient, pk=patient_id)
    try:
        consent_links.make_link(patient, actor=request.scope.actor, now=clock.now())
    except DomainError as error:
        messages.warning(request, error.sentence)
    else:
        messages.success(request, "The link is ready: show it or copy it.")
    return redirect(f"{reverse('checkins:reach', args=[patient.pk])}#web-link")


def _shown(
    request: ScopedRequest,
    patient: Patient,
    *,
    consent: ConsentForm | None = None,
    number: NumberForm | None = None,
    mobile: str = "",
    status: int = 200,
) -> HttpResponse:
    zone = ZoneInfo(patient.time_zone)
    holding = {"mobile": mobile, "holder": Phone.Holder.PATIENT, "method": ConsentEvent.Method.PHONE}
    first = {"kind": ConsentEvent.Kind.TEXTS, "method": ConsentEvent.Method.PHONE}
    now = clock.now()
    numbers = numbers_of(patient.practice_id, patient.pk)
    link = latest_consent_link(patient.practice_id, patient.pk)
    address = consent_links.address_of(link) if link else ""
    shown = {
        "patient": patient,
        "view": reach_view(consent_history(patient.practice_id, patient.pk), numbers, zone=patient.time_zone),
        "link": link_view(link, address=address, zone=patient.time_zone, now=now),
        "start_number": start_number(numbers[0]) if numbers else "",
        "consent": consent or ConsentForm(now=now, zone=zone, initial=first),
        "number": number or NumberForm(initial=holding),
    }
    return render(request, "checkins/reach.html", shown, status=status)
