"""A patient's care records: what opens what, each record with its history, and the forms that add to them."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from billing.forms import care as forms
from billing.forms.claims import ClaimDetailsForm
from billing.models import Coverage, Exclusion
from billing.presenters.care import care_view
from billing.selectors import care as selectors
from billing.services import care_records, claims, coverages, gates
from networks import audit, clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.models import Clinician
from networks.permissions import Permission
from networks.selectors import clinicians_of, person
from patients.models import Episode, Patient, PlanOfCare

_SAID = {
    "plan": "The span is on file.",
    "setup": "The set-up is on file.",
    "exclusion": "The exclusion is on file. Its dates do not count.",
    "attestation": "Written down.",
    "discharge": "Care has ended, and so have the check-ins.",
}


@requires(Permission.SEE_PATIENTS)
@require_safe
def page(request: ScopedRequest, patient_id: UUID) -> HttpResponse:
    """Show the records and the gates they open; noted as a look at the patient."""
    patient = request.scope.one(Patient, pk=patient_id)
    audit.record(
        "patient.viewed",
        actor=request.scope.actor,
        subject_type="patient",
        subject_id=patient.pk,
        now=clock.now(),
        practice_id=patient.practice_id,
        patient_id=patient.pk,
        details={"page": "care"},
    )
    return _shown(request, patient, chosen=request.GET.get("episode"))


@requires(Permission.KEEP_CARE_RECORDS)
@require_POST
def add(request: ScopedRequest, episode_id: UUID, record: str) -> HttpResponse:
    """Record a plan of care, set-up, exclusion, attestation or discharge."""
    episode = request.scope.one(Episode, pk=episode_id)
    form = _form(record, episode, data=request.POST)
    if form.is_valid() and _written(form, lambda: _write(request, episode, record, form.cleaned_data)):
        messages.success(request, _SAID[record])
        return redirect("billing:care", patient_id=episode.patient_id)
    return _shown(request, episode.patient, chosen=str(episode.pk), bound={record: form}, status=422)


@requires(Permission.KEEP_COVERAGE)
@require_POST
def cover(request: ScopedRequest, patient_id: UUID) -> HttpResponse:
    """Record what the patient's payer was found to cover."""
    patient = request.scope.one(Patient, pk=patient_id)
    form = forms.CoverageForm(request.POST, payers=selectors.payers())
    if form.is_valid() and _written(form, lambda: _record_coverage(request, patient, form.cleaned_data)):
        messages.success(request, "The coverage is on file.")
        return redirect("billing:care", patient_id=patient.pk)
    return _shown(request, patient, bound={"coverage": form}, status=422)


@requires(Permission.RECORD_DIAGNOSES)
@require_POST
def claim(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Record an episode's diagnoses and referral for its claims."""
    episode = request.scope.one(Episode, pk=episode_id)
    form = ClaimDetailsForm(request.POST)
    if form.is_valid() and _written(form, lambda: _record_details(request, episode, form)):
        messages.success(request, "The diagnoses are on file. They stand in the next file of charges.")
        return redirect("billing:care", patient_id=episode.patient_id)
    return _shown(request, episode.patient, chosen=str(episode.pk), bound={"claim": form}, status=422)


@requires(Permission.KEEP_COVERAGE)
@require_POST
def end_coverage(request: ScopedRequest, coverage_id: UUID) -> HttpResponse:
    """Set the last date of a coverage."""
    coverage = request.scope.one(Coverage, pk=coverage_id)
    return _row_act(
        request,
        coverage.patient_id,
        forms.EndForm(request.POST),
        lambda values: coverages.end_coverage(coverage, **values),
    )


@requires(Permission.KEEP_CARE_RECORDS)
@require_POST
def end_exclusion(request: ScopedRequest, exclusion_id: UUID) -> HttpResponse:
    """Set the last date of an exclusion."""
    exclusion = request.scope.one(Exclusion, pk=exclusion_id)
    return _row_act(
        request,
        exclusion.episode.patient_id,
        forms.EndForm(request.POST),
        lambda values: gates.end_exclusion(exclusion, **values),
    )


@requires(Permission.KEEP_CARE_RECORDS)
@require_POST
def take_exclusion_back(request: ScopedRequest, exclusion_id: UUID) -> HttpResponse:
    """Take an exclusion back with a reason; the first entry stays in sight."""
    exclusion = request.scope.one(Exclusion, pk=exclusion_id)
    return _row_act(
        request,
        exclusion.episode.patient_id,
        forms.TakeBackForm(request.POST),
        lambda values: care_records.take_exclusion_back(exclusion, **values),
    )


@requires(Permission.KEEP_CARE_RECORDS)
@require_POST
def certify_plan(request: ScopedRequest, plan_of_care_id: UUID) -> HttpResponse:
    """Note when a span of the plan of care was certified."""
    plan = request.scope.one(PlanOfCare, pk=plan_of_care_id)
    return _row_act(
        request,
        plan.episode.patient_id,
        forms.CertifiedForm(request.POST),
        lambda values: care_records.certify_plan(plan, **values),
    )


@requires(Permission.KEEP_CARE_RECORDS)
@require_POST
def take_plan_back(request: ScopedRequest, plan_of_care_id: UUID) -> HttpResponse:
    """Take a span of the plan of care back with a reason; the first entry stays in sight."""
    plan = request.scope.one(PlanOfCare, pk=plan_of_care_id)
    return _row_act(
        request,
        plan.episode.patient_id,
        forms.TakeBackForm(request.POST),
        lambda values: care_records.take_plan_back(plan, **values),
    )


def _row_act(
    request: ScopedRequest, patient_id: UUID, form: Form, write: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Do what the one answer in a row asks for, and say what came of it; its field is the service's argument."""
    sentence = next((error for errors in form.errors.values() for error in errors), "")
    if not sentence:
        try:
            write(form.cleaned_data | {"actor": request.scope.actor, "now": clock.now()})
        except DomainError as error:
            sentence = error.sentence
    if sentence:
        messages.warning(request, f"Nothing was changed. {sentence}")
    else:
        messages.success(request, "Written down.")
    return redirect("billing:care", patient_id=patient_id)


def _written(form: Form, write: Callable[[], object]) -> bool:
    try:
        write()
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.sentence)
        return False
    return True


def _write(request: ScopedRequest, episode: Episode, record: str, data: dict[str, Any]) -> None:
    who: dict[str, Any] = {"actor": request.scope.actor, "now": clock.now()}
    if record == "plan":
        care_records.add_plan(episode, **data, **who)
    elif record == "setup":
        taught_by = request.scope.one(Clinician, pk=data["taught_by"])
        gates.record_set_up(episode, **(data | {"taught_by": taught_by}), **who)
    elif record == "exclusion":
        gates.record_exclusion(episode, **data, **who)
    elif record == "attestation" and request.scope.actor.user_id is not None:
        care_records.attest(episode, **data, by=person(request.scope.actor.user_id), **who)
    elif record == "discharge":
        care_records.discharge(episode, **data, **who)


def _record_coverage(request: ScopedRequest, patient: Patient, data: dict[str, Any]) -> None:
    payer = selectors.payer_with(data["payer"])
    if payer is None:
        raise DomainError("Choose the payer.", field="payer")
    coverages.record_coverage(
        patient, **(data | {"payer": payer}), actor=request.scope.actor, now=clock.now()
    )


def _record_details(request: ScopedRequest, episode: Episode, form: ClaimDetailsForm) -> None:
    typed = form.cleaned_data
    claims.record_details(
        episode,
        details=claims.Details(
            form.codes, typed["referring_npi"], typed["referring_name"], typed["case_number"]
        ),
        starts_on=typed["starts_on"],
        actor=request.scope.actor,
        now=clock.now(),
    )


def _form(record: str, episode: Episode, *, data: Mapping[str, Any]) -> Form:
    if record == "setup":
        return forms.SetUpForm(data, clinicians=_clinicians(episode), corrects=selectors.has_set_up(episode))
    made: dict[str, type[Form]] = {
        "plan": forms.PlanForm,
        "exclusion": forms.ExclusionForm,
        "attestation": forms.AttestationForm,
        "discharge": forms.DischargeForm,
    }
    if record not in made:
        raise Http404
    return made[record](data)


def _clinicians(episode: Episode) -> list[tuple[UUID, str]]:
    return list(clinicians_of(episode.practice_id).values_list("pk", "name"))


def _shown(
    request: ScopedRequest,
    patient: Patient,
    *,
    chosen: str | None = None,
    bound: Mapping[str, Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    file = selectors.care_file(selectors.episodes_of(patient), chosen=chosen, now=clock.now())
    shown: dict[str, object] = {
        "patient": patient,
        "may_keep": request.scope.may(Permission.KEEP_CARE_RECORDS),
        "may_cover": request.scope.may(Permission.KEEP_COVERAGE),
        "may_diagnose": request.scope.may(Permission.RECORD_DIAGNOSES),
        "may_consent": request.scope.may(Permission.RECORD_CONSENT),
    }
    if file is not None:
        shown |= {"episode": file.episode, "forms": _empty_forms(file) | (dict(bound or {}))}
        shown["view"] = care_view(file, taken_back=selectors.reasons_taken_back(file))
    return render(request, "billing/care.html", shown, status=status)


def _empty_forms(file: selectors.CareFile) -> dict[str, Form]:
    today = file.today
    taught = next((each for each in file.set_ups), None)
    latest = max((each.ends_on for each in file.plans if each.ends_on), default=None)
    minutes = {"completed_on": today.isoformat(), "pt_minutes": 0, "pta_minutes": 0}
    if taught is not None:
        minutes = {
            "completed_on": taught.completed_on.isoformat(),
            "pt_minutes": taught.pt_minutes,
            "pta_minutes": taught.pta_minutes,
        }
    return {
        "plan": forms.PlanForm(initial=forms.next_span(latest, today=today)),
        "setup": forms.SetUpForm(
            initial=minutes | {"taught_by": str(file.episode.clinician_id)},
            clinicians=_clinicians(file.episode),
            corrects=taught is not None,
        ),
        "coverage": forms.CoverageForm(initial=forms.coverage_dates(today=today), payers=selectors.payers()),
        "exclusion": forms.ExclusionForm(initial={"starts_on": today.isoformat()}),
        "attestation": forms.AttestationForm(initial={"said_on": today.isoformat()}),
        "discharge": forms.DischargeForm(initial={"ends_on": today.isoformat()}),
        "claim": _empty_claim(file),
    }


def _empty_claim(file: selectors.CareFile) -> ClaimDetailsForm:
    """What holds now to begin with, so that a change of one part does not lose the others."""
    held = next(iter(file.claim_details), None)
    first = {"starts_on": file.episode.starts_on.isoformat()}
    if held is not None:
        first |= {
            "diagnoses": ", ".join(held.diagnoses),
            "referring_npi": held.referring_npi,
            "referring_name": held.referring_name,
            "case_number": held.case_number,
        }
    return ClaimDetailsForm(initial=first)
