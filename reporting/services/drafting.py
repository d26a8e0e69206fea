"""Drafting a profile: cohort, wall, figures, suppression; what is stored is what the payer would see."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from networks import audit
from networks.actors import Actor
from networks.errors import DomainError, NotAllowed
from networks.models import Network, Payer
from reporting.cohorts import CohortDefinition, CohortError, checked
from reporting.manifests import digest_of
from reporting.measures.patients import PatientResult, result_of
from reporting.models import ProfileDraft, ReleasedCount
from reporting.profiles.document import BuiltProfile, Frame, build
from reporting.services import wall
from reporting.services.cohort_data import cohort_of, member_spells
from reporting.services.reporting_scope import open_reporting_scope
from reporting.suppression import SMALL_UNDER
from reporting.suppression_ledger import ShownCount


@dataclass(frozen=True)
class ProfileRequest:
    """What somebody chose: the payer, the period with its cut-off, and the conditions; none means all."""

    payer: Payer
    first_day: date
    cut_off: date
    conditions: tuple[str, ...] = ()


class Withheld(NotAllowed):
    """The information wall does not let this profile be made; the sentence says why."""


def draft(
    network: Network, *, request: ProfileRequest, actor: Actor, today: date, now: datetime
) -> ProfileDraft:
    """Draft a profile and return it; needs the network's scope.

    Raises DomainError for a period that makes no cohort, Withheld where the wall refuses: the person, before
    any row of a member is read, or the payer, once it is known how many patients and practices there are.
    """
    definition = _definition(request, today=today)
    results = _results(network, definition, payer=request.payer, actor=actor, now=now)
    frame = Frame(network.name, request.payer.name, today, definition)
    built = build(results, frame=frame, earlier=_released_before(network.pk))
    return _store(network, request, built, results, actor=actor, now=now)


def _definition(request: ProfileRequest, *, today: date) -> CohortDefinition:
    definition = CohortDefinition(
        payer=str(request.payer.pk),
        first_day=request.first_day,
        cut_off=request.cut_off,
        conditions=request.conditions,
    )
    try:
        return checked(definition, today=today)
    except CohortError as error:
        raise DomainError(error.sentence, field=error.field) from None


def _results(
    network: Network, definition: CohortDefinition, *, payer: Payer, actor: Actor, now: datetime
) -> list[PatientResult]:
    """Return the cohort's results once the wall has let both the person and the payer have them pooled."""
    mode = wall.mode_of(network)
    viewers = wall.viewers_of(_person(actor), network_id=network.pk, now=now)
    members = member_spells(network.pk, first_day=definition.first_day, last_day=definition.entered_until)
    # Whether this person could see a profile at all, were the group large: if not, nothing is read.
    large = {each.practice: SMALL_UNDER for each in members}
    first = wall.ask(viewers, subject=wall.Subject(), mode=mode, aggregation=wall.pooled(large))
    asked = [first]
    try:
        _refuse_unless(first)
        with open_reporting_scope(
            network.pk, practices={UUID(each.practice) for each in members}, allowed_by=first
        ):
            results = [
                result_of(each) for each in cohort_of(network.pk, definition=definition, members=members)
            ]
        pooled = wall.pooled(Counter(each.practice for each in results))
        asked += [
            wall.ask(viewers, subject=wall.Subject(), mode=mode, aggregation=pooled),
            wall.ask_for_payer(payer.pk, mode=mode, aggregation=pooled),
        ]
        for each in asked[1:]:
            _refuse_unless(each)
    finally:
        wall.record(asked, page="profile", mode=mode, network_id=network.pk, actor=actor, now=now)
    return results


def _person(actor: Actor) -> UUID:
    if actor.user_id is None:
        raise NotAllowed("A profile is drafted by a person.")
    return actor.user_id


def _refuse_unless(asked: wall.Asked) -> None:
    if not asked.decision.allowed:
        raise Withheld(f"The information wall withholds this profile. {asked.decision.reason}")


def _released_before(network_id: UUID) -> list[ShownCount]:
    rows = ReleasedCount.objects.filter(network_id=network_id).values_list("release_id", "cell", "members")
    return [ShownCount(str(release), cell, frozenset(members)) for release, cell, members in rows]


def _store(
    network: Network,
    request: ProfileRequest,
    built: BuiltProfile,
    results: list[PatientResult],
    *,
    actor: Actor,
    now: datetime,
) -> ProfileDraft:
    pooled = wall.pooled(Counter(each.practice for each in results))
    facts: dict[str, Any] = {"patients": pooled.patients, "owners": pooled.owners}
    with transaction.atomic():
        made = ProfileDraft.objects.create(
            network=network,
            payer=request.payer,
            first_day=request.first_day,
            cut_off=request.cut_off,
            conditions=list(request.conditions),
            document=dict(built.document),
            document_sha256=digest_of(built.document),
            shown_counts=[[each.cell, sorted(each.members)] for each in built.shown],
            refusals=list(built.refusals),
            wall=facts | {"share": str(pooled.largest_share), "mode": wall.mode_of(network).value},
            drafted_by_id=_person(actor),
            drafted_at=now,
        )
        audit.record(
            "profile.drafted",
            actor=actor,
            subject_type="profile_draft",
            subject_id=made.pk,
            now=now,
            network_id=network.pk,
            details={"payer": str(request.payer.pk), "document": made.document_sha256},
        )
    return made
