"""The scope of a machine that calls the API: its token stands for it, as a session's cookie does for a person."""

from datetime import datetime

from allauth.idp.oidc.models import Client, Token
from django.db.models import Q
from django.http import HttpRequest

from networks.actors import Actor
from networks.api_scopes import let_through
from networks.models import ApiClient
from networks.permissions import Role, permissions_of
from networks.scoping import RequestScope
from networks.workspaces import Workspace, settings_of

_API = "/api/"
_LONGEST = 512  # characters; the tokens given out have 86


def speaks_by_token(request: HttpRequest) -> bool:
    """Tell whether a request to the API shows a bearer token; its session, if any, then counts for nothing."""
    scheme, _, _ = request.headers.get("Authorization", "").partition(" ")
    return request.path_info.startswith(_API) and scheme.lower() == "bearer"


def scope_of_token(request: HttpRequest, *, now: datetime) -> RequestScope | None:
    """Return the scope of the token in the header; None for one that is unknown, past, taken back or not ours.

    Two queries and, for a network, one for its members of today. Only tokens of the client-credentials
    grant count: a token that stands for a person, or was bound to another resource, opens nothing.
    """
    _, _, value = request.headers.get("Authorization", "").partition(" ")
    value = value.strip()
    if not value or len(value) > _LONGEST or not value.isascii():
        return None
    token = (
        Token.objects.by_value(value)
        .filter(type=Token.Type.ACCESS_TOKEN, user=None, expires_at__gt=now)
        .select_related("client")
        .first()
    )
    if token is None or token.get_resources() or not _is_machine(token.client):
        return None
    known = _in_force(token.client, now=now)
    return None if known is None else _scope(known, token, now=now)


def _is_machine(client: Client | None) -> bool:
    return client is not None and Client.GrantType.CLIENT_CREDENTIALS in client.get_grant_types()


def _in_force(client: Client, *, now: datetime) -> ApiClient | None:
    rows = ApiClient.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)
    return rows.filter(client_id=client.pk).first()


def _scope(known: ApiClient, token: Token, *, now: datetime) -> RequestScope:
    home = Workspace(
        key=f"api:{known.client_id}",
        title=known.workspace_name,
        roles=frozenset({Role(known.role)}),
        practice_id=known.practice_id,
        network_id=known.network_id,
        time_zone=known.time_zone,
    )
    return RequestScope(
        actor=Actor.part(home.key),
        permissions=permissions_of(home.roles) & let_through(token.get_scopes()),
        practice_id=home.practice_id,
        network_id=home.network_id,
        title=home.title,
        time_zone=home.time_zone,
        settings=settings_of(home, now=now),
    )
