"""Closing a month: review the patients, exceptions first, certify, amend; and take audit packets."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.certification_statements import CURRENT_STATEMENT, STATEMENTS
from billing.closing_choices import chosen, month_named, month_of_form
from billing.closing_groups import Group
from billing.models import Certification, Packet
from billing.presenters import closing
from billing.selectors.closing import (
    acts_since,
    is_newest,
    month_list,
    months_of_episodes,
    months_with_lines,
)
from billing.services import certification as certifying
from billing.services import packets
from billing.services.decisions import refresh_touched
from billing.services.packet_pdf import as_pdf
from networks import clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.local_days import local_date, zone_named
from networks.permissions import Permission
from networks.presenters import audit_rows
from networks.selectors import clinician_of, names_in

_PAGE = 50


@requires(Permission.SEE_BILLING)
@require_safe
def review(request: ScopedRequest) -> HttpResponse:
    """Show a month's patients, exceptions first; the last full month unless another is named."""
    return _page(request, month=month_named(request.GET.get("month", ""), last=_last_month(request)))


@requires(Permission.CERTIFY)
@require_POST
def sign(request: ScopedRequest) -> HttpResponse:
    """Certify the chosen patients; what could not be certified is shown with its reason."""
    month = month_of_form(request.POST.get("month", ""))
    reviewed = [certifying.Reviewed(*each) for each in chosen(request.POST.getlist("episode"))]
    if month is None or not reviewed or request.POST.get("reviewed") != "yes":
        error = DomainError("Choose patients whose lines you reviewed, and confirm the statement.")
        return _page(request, month=month or _last_month(request), error=error)
    try:
        outcome = certifying.certify(
            reviewed,
            practice_id=_practice(request),
            month=month,
            statement_version=request.POST.get("statement", ""),
            actor=request.scope.actor,
            now=clock.now(),
        )
    except DomainError as error:
        return _page(request, month=month, error=error)
    if outcome.refused:
        return _page(request, month=month, refusals=dict(outcome.refused))
    done = len(outcome.certified) + len(outcome.standing)
    messages.success(request, f"Certified and locked: {done} {'patient' if done == 1 else 'patients'}.")
    return redirect(f"{reverse('billing:certify')}?month={month:%Y-%m}")


@requires(Permission.CERTIFY)
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: ScopedRequest, certification_id: UUID) -> HttpResponse:
    """Show what differs from a certified month, and certify it anew with a reason."""
    found = request.scope.one(Certification, pk=certification_id)
    refresh_touched(found.practice_id, now=clock.now(), patient_id=found.episode.patient_id)
    error = None
    if request.method == "POST":
        try:
            certifying.amend(
                found,
                seen=request.POST.get("seen", ""),
                reason=request.POST.get("reason", ""),
                statement_version=request.POST.get("statement", ""),
                actor=request.scope.actor,
                now=clock.now(),
            )
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, "Amended: the newer version is locked.")
            return redirect(f"{reverse('billing:certify')}?month={found.month:%Y-%m}")
    return render(
        request,
        "billing/amend.html",
        _amendment(found) | {"error": error, "reason": request.POST.get("reason", "")},
        status=422 if error else 200,
    )


@requires(Permission.TAKE_PACKETS)
@require_safe
def packet(request: ScopedRequest, packet_id: UUID, form: str) -> HttpResponse:
    """Send a charge's audit packet, as JSON or PDF; noted as taken."""
    found = request.scope.one(Packet, pk=packet_id)
    content = packets.take(found, kind=form, actor=request.scope.actor, now=clock.now())
    body = content if form == "json" else as_pdf(content)
    response = HttpResponse(body, content_type=f"application/{form}")
    response["Content-Disposition"] = f'attachment; filename="packet-{found.charge.reference}.{form}"'
    return response


def _amendment(found: Certification) -> dict[str, object]:
    (shown,) = months_of_episodes(found.practice_id, [(found.episode_id, Group.LATE)], month=found.month)
    acts = acts_since(found)
    return {
        "found": found,
        "row": closing.row_view(shown),
        "differs": bool(shown.late) and is_newest(found),
        "late_lines": shown.late,
        "seen": certifying.seen_digest(shown.late),
        "acts": audit_rows(acts, names=names_in(acts)),
        "month": closing.month_words(found.month),
        "statement": STATEMENTS[CURRENT_STATEMENT],
        "statement_version": CURRENT_STATEMENT,
    }


def _page(
    request: ScopedRequest,
    *,
    month: date,
    error: DomainError | None = None,
    refusals: Mapping[UUID, str] | None = None,
) -> HttpResponse:
    practice_id, now = _practice(request), clock.now()
    refresh_touched(practice_id, now=now)
    own = clinician_of(practice_id, request.scope.actor.user_id)
    is_own = own is not None and request.GET.get("whose") != "all" and request.method == "GET"
    listed = month_list(practice_id, month=month, clinician_id=own.pk if own and is_own else None)
    page = Paginator(listed.ordered, _PAGE).get_page(request.GET.get("page"))
    found = months_of_episodes(practice_id, list(page.object_list), month=month)
    shown = {
        "page": page,
        "may_choose": any(each.group in {Group.LOOK, Group.READY} for each in found),
        "groups": closing.groups(found, counts=listed.counts, refusals=refusals or {}),
        "month": closing.month_words(month),
        "month_key": f"{month:%Y-%m}",
        "months": [(f"{each:%Y-%m}", closing.month_words(each)) for each in months_with_lines(practice_id)],
        "is_over": month <= _last_month(request),
        "is_own": is_own,
        "has_own": own is not None,
        "may_certify": request.scope.may(Permission.CERTIFY),
        "may_export": request.scope.may(Permission.EXPORT_CHARGES),
        "may_take": request.scope.may(Permission.TAKE_PACKETS),
        "statement": STATEMENTS[CURRENT_STATEMENT],
        "statement_version": CURRENT_STATEMENT,
        "query": f"month={month:%Y-%m}&" + ("" if is_own else "whose=all&"),
        "error": error,
        "refused": len(refusals or {}),
    }
    return render(request, "billing/certify.html", shown, status=422 if error or refusals else 200)


def _practice(request: ScopedRequest) -> UUID:
    if request.scope.practice_id is None:
        raise Http404
    return request.scope.practice_id


def _last_month(request: ScopedRequest) -> date:
    first = local_date(clock.now(), zone_named(request.scope.time_zone)).replace(day=1)
    return date(first.year - 1, 12, 1) if first.month == 1 else first.replace(month=first.month - 1)
