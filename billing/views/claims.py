"""What the practice's claims need besides codes: as whom it bills, its fees, payers' numbers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from billing.forms.claims import FeesForm, PayerNumberForm, ProviderForm
from billing.selectors.care import payer_with, payers
from billing.selectors.claims import claim_records
from billing.services import claims
from networks import clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.local_days import local_date
from networks.permissions import Permission

_PAGE = 25


@requires(Permission.KEEP_COVERAGE)
@require_safe
def page(request: ScopedRequest) -> HttpResponse:
    """Show what is recorded for claims, with a form for each kind."""
    return _shown(request)


@requires(Permission.KEEP_COVERAGE)
@require_POST
def provider(request: ScopedRequest) -> HttpResponse:
    """Record as whom the practice bills from a date on."""
    form = ProviderForm(request.POST)
    return _record(
        request, "provider", form, lambda who: claims.record_billing_provider(**form.cleaned_data, **who)
    )


@requires(Permission.KEEP_COVERAGE)
@require_POST
def fees(request: ScopedRequest) -> HttpResponse:
    """Record the practice's fees from a date on."""
    form = FeesForm(request.POST)
    return _record(
        request,
        "fees",
        form,
        lambda who: claims.record_fees(dollars=form.dollars, starts_on=form.cleaned_data["starts_on"], **who),
    )


@requires(Permission.KEEP_COVERAGE)
@require_POST
def payer_number(request: ScopedRequest) -> HttpResponse:
    """Record a payer's number at the clearing house."""
    form = PayerNumberForm(request.POST, payers=payers())
    return _record(request, "number", form, lambda who: _record_number(form.cleaned_data, who))


def _record_number(data: dict[str, Any], who: dict[str, Any]) -> None:
    payer = payer_with(data["payer"])
    if payer is None:
        raise DomainError("Choose the payer.", field="payer")
    claims.record_payer_number(payer=payer, number=data["number"], **who)


def _record(
    request: ScopedRequest, name: str, form: Form, write: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    if form.is_valid():
        try:
            write(
                {
                    "practice_id": _practice_id(request),
                    "actor": request.scope.actor,
                    "now": clock.now(),
                }
            )
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, error.sentence)
        else:
            messages.success(request, "Recorded. It stands in the next file of charges.")
            return redirect("billing:claims")
    return _shown(request, bound={name: form}, status=422)


def _practice_id(request: ScopedRequest) -> UUID:
    if request.scope.practice_id is None:
        raise Http404
    return request.scope.practice_id


def _shown(
    request: ScopedRequest, *, bound: dict[str, Form] | None = None, status: int = 200
) -> HttpResponse:
    practice_id = _practice_id(request)
    today = local_date(clock.now(), ZoneInfo(request.scope.time_zone))
    first = {"starts_on": today.replace(month=1, day=1).isoformat()}
    forms: dict[str, Form] = {
        "provider": ProviderForm(initial=first),
        "fees": FeesForm(initial=first),
        "number": PayerNumberForm(payers=payers()),
    }
    records = claim_records(practice_id)
    # Whoever lacks a number comes first: their charges wait for it.
    page = Paginator([*records.unnumbered, *records.numbers], _PAGE).get_page(request.GET.get("page"))
    shown = {"records": records, "numbers": page, "forms": forms | (bound or {})}
    return render(request, "billing/claims.html", shown, status=status)
