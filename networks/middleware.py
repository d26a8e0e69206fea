"""What stands between a request and a page: limits of a session, and the scope of the active workspace."""

from collections.abc import Callable
from typing import cast

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from networks import clock
from networks.api_clients import scope_of_token, speaks_by_token
from networks.models import User
from networks.scoping import RequestScope, open_scope
from networks.workspaces import scope_of

_Handler = Callable[[HttpRequest], HttpResponseBase]


class SessionLimits:
    """End a session after an hour without a request, and in any case after twelve."""

    def __init__(self, get_response: _Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Sign out whoever is past a limit, then pass on."""
        if request.user.is_authenticated:
            now = clock.machine_now().timestamp()
            started = request.session.setdefault("started", now)
            seen = request.session.get("seen", now)
            if (
                now - started > settings.SESSION_ABSOLUTE_SECONDS
                or now - seen > settings.SESSION_IDLE_SECONDS
            ):
                logout(request)
            elif "seen" not in request.session or (now - seen > 60 and not _looks_by_itself(request)):
                # Once a minute is enough to know when somebody was last here, and saves a write a page.
                request.session["seen"] = now
        return self.get_response(request)


def _looks_by_itself(request: HttpRequest) -> bool:
    # An open page looks for news every few seconds; that is nobody's presence.
    return "Daybook-Live" in request.headers


class SecondFactor:
    """Lead people without a second factor to set one up before anything else, where that is required."""

    def __init__(self, get_response: _Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on, or redirect to the page where a second factor is set up."""
        user = request.user
        is_asked = settings.MFA_REQUIRED and isinstance(user, User) and not _is_on_the_way(request)
        if is_asked and not _has_second_factor(request, cast("User", user)):
            return redirect("mfa_activate_totp")
        return self.get_response(request)


def _has_second_factor(request: HttpRequest, user: User) -> bool:
    # Once seen it is remembered for the session, which saves a query a page.
    if not request.session.get("second_factor") and is_mfa_enabled(user):
        request.session["second_factor"] = True
    return bool(request.session.get("second_factor"))


def _is_on_the_way(request: HttpRequest) -> bool:
    return request.path_info.startswith(
        ("/accounts/2fa/", "/accounts/logout/", "/accounts/reauthenticate/", "/static/")
    )


class WorkspaceScope:
    """Give every request its scope, and run the page in one transaction that sees that scope only."""

    def __init__(self, get_response: _Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Open the scope, answer, and undo the transaction where the answer is an error of ours."""
        # A token and a session never mix: what shows a token is judged by it alone.
        found = scope_of_token if speaks_by_token(request) else scope_of
        scope: RequestScope | None = found(request, now=clock.now())
        request.scope = scope  # type: ignore[attr-defined] # read through networks.access.ScopedRequest
        if scope is None:
            return self.get_response(request)
        try:
            with open_scope(scope.settings):
                response = self.get_response(request)
                if response.status_code >= 500:
                    raise _Undo(response)
        except _Undo as undo:
            return undo.response
        # Pages show patients: no cache of a browser or a proxy may keep them.
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class _Undo(Exception):
    """Carries a failed answer out of the transaction, so that nothing half-written stays."""

    def __init__(self, response: HttpResponseBase) -> None:
        super().__init__("the page failed")
        self.response = response
