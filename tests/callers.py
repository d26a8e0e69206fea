"""Who calls the API in tests: people by session, machines by token."""

from base64 import b64encode

from django.test import Client

from networks.models import Network, Practice
from networks.permissions import Role
from networks.scoping import Scope, open_scope
from networks.services.api_clients import Registered, register_client
from tests.world import NOW, SYSTEM

PROBLEM = "application/problem+json"
EVERY_SCOPE = ("patients:read", "patients:enroll", "messages:read", "time:log", "billing:read")


def machine_of(
    home: Practice | Network, *, role: Role = Role.PRACTICE_ADMIN, scopes=EVERY_SCOPE
) -> Registered:
    """Register a machine of a practice or network."""
    settings = Scope.of_practice(home.pk) if isinstance(home, Practice) else Scope.of_network(home.pk)
    with open_scope(settings):
        return register_client("Bridge", home=home, role=role, scopes=scopes, actor=SYSTEM, now=NOW)


def token_of(machine: Registered, *, scope: str = "") -> str:
    """Fetch an access token as the machine would: over the address, with its credentials."""
    basic = b64encode(f"{machine.client_id}:{machine.secret}".encode()).decode()
    asked = {"grant_type": "client_credentials"} | ({"scope": scope} if scope else {})
    answer = Client().post("/api/token/", asked, headers={"Authorization": f"Basic {basic}"})
    assert answer.status_code == 200, answer.content
    return str(answer.json()["access_token"])


def by_token(token: str) -> Client:
    """Return a caller that shows a token and has no session."""
    return Client(headers={"Authorization": f"Bearer {token}"})


def as_machine(home: Practice | Network, **more: object) -> Client:
    """Register a machine, fetch a token and return the caller."""
    return by_token(token_of(machine_of(home, **more)))


def problem(answer) -> dict:
    """Return an answer's problem document; fails where it is none."""
    assert answer.headers["Content-Type"] == PROBLEM, (answer.status_code, answer.content[:300])
    found = answer.json()
    assert found["status"] == answer.status_code
    return found
