"""The page on which somebody agrees, or not: opened by a signed link, no sign-in, no script needed."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from checkins.forms.consent_page import ConsentPageForm
from checkins.presenters.consent_page import (
    ConsentScreen,
    closed_screen,
    language_of,
    question_screen,
    sentences_of,
    thanks_screen,
)
from checkins.selectors import start_number
from checkins.services import consent_links
from checkins.services.consent_links import ConsentPage
from networks import clock
from networks.errors import Conflict, DomainError
from networks.scoping import practice_scope


# The unguessable token in the address is the proof, and the only thing that a forged form would lack.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, consent_token: str) -> HttpResponse:
    """Show what is agreed to and take the answers once; a link that opens nothing shows nobody's data.

    Whoever is signed in is staff, and would sign as the patient: refused in words.
    """
    wanted = request.GET.get("lang", "")
    own = language_of(wanted, otherwise=get_language() or "en")
    signed = consent_links.opened(consent_token)
    if signed is None:
        return _shown(request, closed_screen("unknown", own), status=404)
    if request.user.is_authenticated:
        return _shown(request, closed_screen("staff", own), status=403)
    now = clock.now()
    with practice_scope(signed.practice_id):
        page = consent_links.page_of(signed, now=now)
        if page is None:
            return _shown(request, closed_screen("over", own), status=410)
        language = language_of(wanted, otherwise=page.link.patient.language)
        if page.answered is not None:
            number = start_number(page.phone) if page.phone is not None else ""
            screen = thanks_screen(page, page.answered, language=language, start_number=number)
            return _shown(request, screen)
        if request.method == "POST":
            return _taken(request, page, language=language, now=now)
        return _shown(request, question_screen(page, _form(None, page, language=language)))


def _taken(request: HttpRequest, page: ConsentPage, *, language: str, now: datetime) -> HttpResponse:
    form = _form(request, page, language=language)
    error = ""
    if form.is_valid():
        try:
            consent_links.answer(page, given=form.answer(), now=now)
        except Conflict:
            # Answered a moment ago from elsewhere: the page itself says how things stand.
            return redirect(request.get_full_path())
        except DomainError:
            error = closed_screen("over", language).words["trouble"]
        else:
            return redirect(f"{request.path}?lang={language}")
    return _shown(request, question_screen(page, form, error=error), status=422)


def _form(request: HttpRequest | None, page: ConsentPage, *, language: str) -> ConsentPageForm:
    return ConsentPageForm(
        request.POST if request else None,
        language=language,
        asks_texts=page.phone is not None,
        sentences=sentences_of(language),
    )


def _shown(request: HttpRequest, screen: ConsentScreen, *, status: int = 200) -> HttpResponse:
    response = render(request, "checkins/consent_page.html", {"screen": screen}, status=status)
    # The address is the key: it must not travel with a click, nor stay in an index.
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
