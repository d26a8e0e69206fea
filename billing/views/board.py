"""The billing board: a page of patients and months with both clocks, and the letter behind each row."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from billing.board_filter import BoardFilter, filter_from
from billing.presenters import board_rows, letter
from billing.selectors import board
from billing.selectors.letter import month_file
from billing.selectors.localities import gpci_of
from billing.selectors.spans import last_of_month
from billing.selectors.triage import closing_windows
from billing.services.decisions import refresh_touched
from networks import audit, clock
from networks.access import ScopedRequest, requires
from networks.local_days import local_date
from networks.permissions import Permission
from patients.models import Episode

PAGE = 50
CLOSING = 8


@requires(Permission.SEE_BILLING)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: ScopedRequest) -> HttpResponse:
    """Show the practice's rows; a search comes as POST, because an address never holds a name."""
    practice_id = request.scope.practice_id
    if practice_id is None:
        raise Http404
    now = clock.now()
    today = local_date(now, ZoneInfo(request.scope.time_zone))
    refresh_touched(practice_id, now=now)
    wanted = filter_from(request.POST if request.method == "POST" else request.GET, today=today)
    return render(request, "billing/board.html", _shown(request, practice_id, wanted, today=today))


def _shown(
    request: ScopedRequest, practice_id: UUID, wanted: BoardFilter, *, today: date
) -> dict[str, object]:
    found = board.summary(practice_id, wanted, today=today)
    paging = Paginator(range(found.counts[wanted.state]), PAGE).get_page(
        1 if wanted.words else request.GET.get("page")
    )
    offset = (paging.number - 1) * PAGE
    rows = board.board_rows(practice_id, wanted, today=today, limit=PAGE, offset=offset)
    gpci = gpci_of(practice_id, on=last_of_month(wanted.month))
    return {
        "page": paging,
        "rows": [board_rows.row_view(each) for each in rows],
        "states": board_rows.state_choices(found.counts, wanted),
        "closing": board_rows.closing_view(closing_windows(practice_id, today=today, most=CLOSING)),
        "totals": board_rows.totals(found.priced, gpci=gpci),
        "basis": board_rows.basis_words(gpci, wanted.month),
        "wanted": wanted,
        "search_words": " ".join(wanted.words),
        "is_cut": bool(wanted.words) and paging.has_next(),
        "query": f"{board_rows.query_of(wanted)}&",
        "may_export": request.scope.may(Permission.EXPORT_CHARGES),
        "may_set_locality": request.scope.may(Permission.KEEP_COVERAGE),
    } | board_rows.filters(wanted, board.choices(practice_id), today=today)


@requires(Permission.SEE_BILLING)
@require_safe
def why(request: ScopedRequest, episode_id: UUID) -> HttpResponse:
    """Explain one patient's month as one would to a payer; noted as a look at the patient."""
    episode = request.scope.one(Episode, pk=episode_id)
    now = clock.now()
    today = local_date(now, ZoneInfo(request.scope.time_zone))
    wanted = filter_from(request.GET, today=today)
    audit.record(
        "patient.viewed",
        actor=request.scope.actor,
        subject_type="patient",
        subject_id=episode.patient_id,
        now=now,
        practice_id=episode.practice_id,
        patient_id=episode.patient_id,
        details={"page": "billing"},
    )
    file = month_file(episode.practice_id, episode.pk, month=wanted.month, today=today)
    if file is None:
        raise Http404
    gpci = gpci_of(episode.practice_id, on=last_of_month(wanted.month))
    written = letter.letter(file, practice=request.scope.title, gpci=gpci)
    return render(request, "billing/why.html", {"letter": written, "patient_id": episode.patient_id})
