"""Who may open a page: one decorator on every view; the walk of all addresses checks that none lacks it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from networks.permissions import Permission
from networks.scoping import RequestScope

_P = ParamSpec("_P")


class ScopedRequest(HttpRequest):
    """A request behind `requires`: somebody is signed in and has a workspace."""

    scope: RequestScope
    htmx: HtmxDetails


_View = Callable[Concatenate[ScopedRequest, _P], HttpResponseBase]


def requires(permission: Permission) -> Callable[[_View[_P]], _View[_P]]:
    """Let a view be opened only with this permission in the active workspace.

    Anonymous people are led to the sign-in; others get a plain page that says what is missing, 403.
    """

    def decorate(view: _View[_P]) -> _View[_P]:
        @wraps(view)
        def guarded(request: ScopedRequest, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _ask_to_sign_in(request)
            if request.scope is None or not request.scope.may(permission):
                return render(request, "networks/not_allowed.html", {"permission": permission}, status=403)
            return view(request, *args, **kwargs)

        guarded.required_permission = permission  # type: ignore[attr-defined] # the walk of all addresses reads it
        return cast("_View[_P]", guarded)

    return decorate


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        # htmx follows this header with a whole page; what was typed stays until then.
        response = HttpResponse(status=401)
        response["HX-Redirect"] = redirect_to_login(_page_of(request)).url
        return response
    return redirect_to_login(_page_of(request))


def _page_of(request: HttpRequest) -> str:
    """Return where to go after the sign-in: the page asked for, or the one from which a form was sent."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "/")
    is_ours = came_from.netloc in {"", request.get_host()}
    return came_from.path if is_ours and came_from.path.startswith("/") else "/"
