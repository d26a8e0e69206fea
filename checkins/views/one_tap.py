"""The patient's own page: opened by a signed link, one question a screen, no sign-in, no script needed."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from checkins.presenters.one_tap import Screen, screen_of, unknown_screen
from checkins.services.links import opened
from checkins.services.page_answers import PageState, state_of, take_answer, take_note
from checkins.services.page_safety import safety_words
from networks import clock
from networks.errors import DomainError
from networks.scoping import practice_scope


# The unguessable token in the address is the proof, and the only thing that a forged form would lack.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, token: str) -> HttpResponse:
    """Show the next question of a check-in and take what is tapped; a wrong link shows nobody's data, 404."""
    link = opened(token)
    if link is None:
        return _shown(request, unknown_screen(get_language() or "en"), status=404)
    now = clock.now()
    with practice_scope(link.practice_id):
        state = state_of(link, now=now)
        if state is None:
            return _shown(request, unknown_screen(get_language() or "en"), status=404)
        if request.method != "POST":
            safety = safety_words(state, now=now)
            return _shown(request, screen_of(state, is_done="done" in request.GET, safety=safety))
        note = request.POST.get("note", "") or request.POST.get("value", "")
        try:
            # Stored even when the check-in is over: a person reads what comes late.
            _take(request, state, now=now)
        except DomainError as error:
            safety = safety_words(state, now=now)
            return _shown(
                request, screen_of(state, error=error.sentence, note=note, safety=safety), status=422
            )
    is_done = "note" in request.POST
    return redirect(request.path + ("?done" if is_done else ""))


def _take(request: HttpRequest, state: PageState, *, now: datetime) -> None:
    if "note" in request.POST:
        take_note(state, note=request.POST["note"], now=now)
    elif "item" in request.POST:
        take_answer(state, item=request.POST["item"], value=request.POST.get("value", ""), now=now)
    else:
        raise DomainError("Tap one of the answers on the page.")


def _shown(request: HttpRequest, screen: Screen, *, status: int = 200) -> HttpResponse:
    response = render(request, "checkins/one_tap.html", {"screen": screen}, status=status)
    # The address is the key: it must not travel with a click, nor stay in an index.
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
