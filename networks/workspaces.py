"""Workspaces: the practices and networks where somebody holds a role; one is active at a time."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.http import HttpRequest

from networks.actors import Actor
from networks.models import RoleAssignment, User
from networks.permissions import Role, permissions_of
from networks.scoping import RequestScope, Scope, open_scope

SESSION_KEY = "workspace"


@dataclass(frozen=True)
class Workspace:
    """One practice, one network, or the operator's room, with the roles somebody holds there."""

    key: str
    title: str
    roles: frozenset[Role]
    practice_id: UUID | None = None
    network_id: UUID | None = None
    time_zone: str = "UTC"


def workspaces_of(user: User, *, now: datetime) -> list[Workspace]:
    """Return where a person may work now, practices first; one query."""
    found: dict[tuple[UUID | None, UUID | None], list[RoleAssignment]] = defaultdict(list)
    for assignment in RoleAssignment.objects.in_force(now).filter(user=user):
        found[(assignment.practice_id, assignment.network_id)].append(assignment)
    listed = [
        Workspace(
            key=f"practice:{practice}" if practice else f"network:{network}" if network else "operator",
            title=held[0].workspace_name,
            roles=frozenset(Role(each.role) for each in held),
            practice_id=practice,
            network_id=network,
            time_zone=held[0].time_zone,
        )
        for (practice, network), held in found.items()
    ]
    return sorted(listed, key=lambda each: (each.practice_id is None, each.network_id is None, each.title))


def scope_of(request: HttpRequest, *, now: datetime) -> RequestScope | None:
    """Return the scope of the active workspace; None for anonymous people and those without any role.

    Two queries: the person's assignments and, for a network, its members of today.
    """
    user = request.user
    if not isinstance(user, User):
        return None
    listed = workspaces_of(user, now=now)
    if not listed:
        return None
    wanted = request.session.get(SESSION_KEY)
    active = next((each for each in listed if each.key == wanted), listed[0])
    request.workspaces = listed  # type: ignore[attr-defined] # for the switcher in the top bar
    request.workspace = active  # type: ignore[attr-defined] # likewise
    return RequestScope(
        actor=Actor.person(user.pk),
        permissions=permissions_of(active.roles),
        practice_id=active.practice_id,
        network_id=active.network_id,
        title=active.title,
        time_zone=active.time_zone,
        settings=settings_of(active, now=now),
    )


def settings_of(workspace: Workspace, *, now: datetime) -> Scope:
    """Return what the row-level policies are told of a workspace; one query for a network, none otherwise."""
    if workspace.practice_id:
        return Scope.of_practice(workspace.practice_id)
    if workspace.network_id:
        return Scope.of_network(workspace.network_id, members=_members(workspace.network_id, now=now))
    return Scope()


_MEMBERS = """
    SELECT practice_id FROM networks_membership
    WHERE network_id = %(network)s AND starts_on <= %(day)s AND (ends_on IS NULL OR ends_on >= %(day)s)
"""


def _members(network_id: UUID, *, now: datetime) -> frozenset[UUID]:
    with open_scope(Scope.of_network(network_id)), connection.cursor() as cursor:
        cursor.execute(_MEMBERS, {"network": network_id, "day": now.date()})
        return frozenset(row[0] for row in cursor.fetchall())
