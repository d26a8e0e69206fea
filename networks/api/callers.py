"""Who calls the API: a machine by its token, or a signed-in person by their session."""

from dataclasses import dataclass

from django.http import HttpRequest
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from networks.actors import Actor
from networks.api_clients import speaks_by_token
from networks.scoping import RequestScope

NOBODY = RequestScope(actor=Actor.part("nobody"))


@dataclass(frozen=True)
class Machine:
    """A caller that is no person; `pk` is what the logs call it."""

    pk: str
    is_authenticated: bool = True
    is_anonymous: bool = False
    is_active: bool = True


def scope_of_call(request: Request | None) -> RequestScope:
    """Return the scope that the middleware opened for a call; one that may do nothing where there is none."""
    plain: HttpRequest | None = getattr(request, "_request", None)
    found = getattr(plain, "scope", None)
    return found if isinstance(found, RequestScope) else NOBODY


class BearerToken(BaseAuthentication):
    """Accept the caller whose token opened the scope; the middleware has judged the token already."""

    def authenticate(self, request: Request) -> tuple[Machine, None] | None:
        """Return the machine; None without a token, and 401 for one that opened no scope."""
        if not speaks_by_token(request._request):
            return None
        scope = scope_of_call(request)
        if scope is NOBODY:
            raise AuthenticationFailed("This token is unknown, past or taken back: ask for a new one.")
        return Machine(scope.actor.system), None

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 asks for."""
        return 'Bearer realm="Daybook"'
