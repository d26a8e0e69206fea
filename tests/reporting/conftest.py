"""A clinically integrated network with a payer's cohort at two practices, looked at on 2 March 2026."""

import copy
from dataclasses import dataclass

import pytest
import time_machine

from networks.actors import Actor
from networks.models import Network, Payer
from networks.permissions import Role
from networks.scoping import Scope, open_scope
from reporting.models import ProfileDraft, Release
from reporting.services import drafting, releasing
from tests.module_rows import Unblocked
from tests.reporting.monitored import CUT_OFF, FIRST, clinically_integrated, courses, monitor, payer_named
from tests.world import NOW, World


@dataclass
class Integrated:
    """The CIN with 72 patients of one payer at Oak and Elm, 8 of another."""

    world: World
    network: Network
    payer: Payer
    small_payer: Payer

    def actor(self, role: Role) -> Actor:
        return Actor.person(self.world.network_people[("cin", role)].pk)

    def scope(self):
        return open_scope(
            Scope.of_network(
                self.network.pk,
                members=frozenset({self.world.oak.practice.pk, self.world.elm.practice.pk}),
            )
        )

    def request(self, **changes) -> drafting.ProfileRequest:
        chosen = {"payer": self.payer, "first_day": FIRST, "cut_off": CUT_OFF} | changes
        return drafting.ProfileRequest(**chosen)

    def draft(self, *, role: Role = Role.CONTRACTING, **changes) -> ProfileDraft:
        return drafting.draft(
            self.network, request=self.request(**changes), actor=self.actor(role), today=NOW.date(), now=NOW
        )

    def approve(self, draft: ProfileDraft, *, role: Role = Role.QUALITY) -> None:
        releasing.approve(draft, document_sha256=draft.document_sha256, actor=self.actor(role), now=NOW)

    def release(self, draft: ProfileDraft, *, role: Role = Role.QUALITY, now=NOW) -> Release:
        return releasing.release(draft, actor=self.actor(role), now=now)


@pytest.fixture(scope="module")
def filled_integrated(built_world: World, module_rows: Unblocked) -> Integrated:
    """The integrated network, told once for the tests of a module."""
    with module_rows():
        world = copy.deepcopy(built_world)
        payer, small = payer_named("Blue Harbor Health"), payer_named("Summit Advantage")
        told = courses(72)
        monitor(world.oak, told[:40], payer=payer)
        monitor(world.elm, told[40:], payer=payer)
        monitor(world.oak, courses(4, seed=5), payer=small, tag="s")
        monitor(world.elm, courses(4, seed=6), payer=small, tag="s")
        return Integrated(world, clinically_integrated(world.cin), payer, small)


@pytest.fixture
def integrated(filled_integrated: Integrated, db: None) -> Integrated:
    """Return the integrated network; no scope is open."""
    return copy.deepcopy(filled_integrated)


@pytest.fixture
def monday():
    """Let the clock of the pages stand at Monday 2 March 2026."""
    with time_machine.travel(NOW):
        yield
