"""Registering machines that call the API, and ending them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from allauth.idp.oidc.models import Client
from django.db import transaction

from networks import audit
from networks.actors import Actor
from networks.api_scopes import SCOPES
from networks.errors import DomainError
from networks.models import ApiClient, Network, Practice
from networks.permissions import NETWORK_ROLES, PRACTICE_ROLES, Role

_SECRET_BYTES = 36  # 48 letters that mean the same in an address, a header and a shell


@dataclass(frozen=True)
class Registered:
    """A machine's record and its secret, which is shown once and kept nowhere."""

    known: ApiClient
    client_id: str
    secret: str


def register_client(
    title: str,
    *,
    home: Practice | Network,
    role: Role,
    scopes: Sequence[str],
    actor: Actor,
    now: datetime,
) -> Registered:
    """Register a machine for one practice or network and return its credentials; needs the home's scope.

    Raises DomainError for a role that does not belong there, or a scope that does not exist.
    """
    _check(home, role=role, scopes=scopes)
    practice = home if isinstance(home, Practice) else None
    network = home if isinstance(home, Network) else None
    secret = token_urlsafe(_SECRET_BYTES)
    with transaction.atomic():
        client = _client(title, scopes=scopes, secret=secret, now=now)
        known = ApiClient.objects.create(
            client_id=client.pk,
            role=role.value,
            practice=practice,
            network=network,
            workspace_name=home.name,
            time_zone=practice.time_zone if practice else "UTC",
            starts_at=now,
        )
        _record("api_client.registered", known, actor=actor, now=now)
    return Registered(known=known, client_id=client.pk, secret=secret)


def end_client(known: ApiClient, *, actor: Actor, now: datetime) -> None:
    """End a machine at once: tokens it still holds no longer open anything. Needs the home's scope."""
    with transaction.atomic():
        known.ends_at = now
        known.save(update_fields=["ends_at"])
        _record("api_client.ended", known, actor=actor, now=now)


def _check(home: Practice | Network, *, role: Role, scopes: Sequence[str]) -> None:
    if role not in (PRACTICE_ROLES if isinstance(home, Practice) else NETWORK_ROLES):
        raise DomainError(
            "That role does not belong there: practice roles go to practices, network roles to networks.",
            field="role",
        )
    unknown = sorted(set(scopes) - SCOPES.keys())
    if unknown or not scopes:
        raise DomainError(f"Choose scopes from this list: {', '.join(SCOPES)}.", field="scopes")


def _client(title: str, *, scopes: Sequence[str], secret: str, now: datetime) -> Client:
    client = Client(
        name=title,
        type=Client.Type.CONFIDENTIAL,
        grant_types=Client.GrantType.CLIENT_CREDENTIALS.value,
        response_types="",
        created_at=now,
    )
    client.set_scopes(list(scopes))
    client.set_default_scopes(list(scopes))
    client.set_secret(secret)
    client.save(force_insert=True)
    return client


def _record(action: str, known: ApiClient, *, actor: Actor, now: datetime) -> None:
    audit.record(
        action,
        actor=actor,
        subject_type="api_client",
        subject_id=known.pk,
        now=now,
        practice_id=known.practice_id,
        network_id=known.network_id,
        details={"client": known.client_id, "role": known.role},
    )
