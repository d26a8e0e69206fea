"""What network staff may see of their practices' monitoring, as the information wall decides, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from networks.actors import Actor
from networks.information_wall import Mode, Viewer
from networks.models import Network
from patients.models import Enrollment, Episode
from reporting.cohorts import CohortDefinition, MemberSpell
from reporting.measures.patients import PatientResult, result_of
from reporting.profiles.practices import PracticeFigures, beside, figures_of_practice
from reporting.services import wall
from reporting.services.cohort_data import cohort_of, member_spells
from reporting.services.reporting_scope import open_reporting_scope
from reporting.suppression import SMALL_UNDER

# Response, exercises and completeness are of patients whose monitoring began in these days before today.
LOOKED_BACK_DAYS = 120


@dataclass(frozen=True)
class Overview:
    """Figures by practice and pooled, as far as the wall allows; where it does not, why, in its own words."""

    practices: Mapping[UUID, PracticeFigures]
    pooled: PracticeFigures | None
    withheld: Mapping[UUID, str]
    pooled_withheld: str


@dataclass(frozen=True)
class _Facts:
    results: Sequence[PatientResult]
    open_episodes: Mapping[str, int]
    monitored: Mapping[str, int]

    def figures(self, practices: set[str]) -> PracticeFigures:
        return figures_of_practice(
            [each for each in self.results if each.practice in practices],
            open_episodes=sum(self.open_episodes.get(each, 0) for each in practices),
            monitored=sum(self.monitored.get(each, 0) for each in practices),
        )

    def patients(self, practice: str) -> int:
        here = sum(each.practice == practice for each in self.results)
        return max(here, self.open_episodes.get(practice, 0))


def overview(network: Network, *, actor: Actor, today: date, now: datetime) -> Overview:
    """Return what this person may see today; about 15 queries, however many practices; needs the network's scope.

    Nothing of a member is read where the wall would refuse any of it. What it answered goes into the audit log.
    """
    mode = wall.mode_of(network)
    viewers = wall.viewers_of(actor.user_id, network_id=network.pk, now=now) if actor.user_id else []
    first_day = today - timedelta(days=LOOKED_BACK_DAYS)
    spells = member_spells(network.pk, first_day=first_day, last_day=today)
    present = sorted({each.practice for each in spells if each.ends_on is None or each.ends_on >= today})
    if_large = [_ask_all(viewers, mode, dict.fromkeys(present, SMALL_UNDER))]
    if_large += [_ask_one(viewers, mode, each, SMALL_UNDER) for each in present]
    allowed = next((each for each in if_large if each.decision.allowed), None)
    if allowed is None:
        wall.record(if_large, page="network", mode=mode, network_id=network.pk, actor=actor, now=now)
        return Overview({}, None, _refusals(if_large[1:]), if_large[0].decision.reason)
    with open_reporting_scope(network.pk, practices=map(UUID, present), allowed_by=allowed):
        facts = _read(network.pk, [each for each in spells if each.practice in present], first_day, today)
    every = _ask_all(viewers, mode, {each: facts.patients(each) for each in present})
    asked = [_ask_one(viewers, mode, each, facts.patients(each)) for each in present]
    wall.record([every, *asked], page="network", mode=mode, network_id=network.pk, actor=actor, now=now)
    named = {
        UUID(each.subject.practice): facts.figures({each.subject.practice})
        for each in asked
        if each.decision.allowed
    }
    return Overview(
        practices=named,
        pooled=beside(facts.figures(set(present)), list(named.values())) if every.decision.allowed else None,
        withheld=_refusals(asked),
        pooled_withheld="" if every.decision.allowed else every.decision.reason,
    )


def _ask_all(viewers: Sequence[Viewer], mode: Mode, patients: Mapping[str, int]) -> wall.Asked:
    return wall.ask(viewers, subject=wall.Subject(), mode=mode, aggregation=wall.pooled(patients))


def _ask_one(viewers: Sequence[Viewer], mode: Mode, practice: str, patients: int) -> wall.Asked:
    subject = wall.Subject(practice=practice)
    return wall.ask(viewers, subject=subject, mode=mode, aggregation=wall.pooled({practice: patients}))


def _refusals(asked: Sequence[wall.Asked]) -> dict[UUID, str]:
    return {UUID(each.subject.practice): each.decision.reason for each in asked if not each.decision.allowed}


def _read(network_id: UUID, members: list[MemberSpell], first_day: date, today: date) -> _Facts:
    definition = CohortDefinition(payer="", first_day=first_day, cut_off=today)
    results = [result_of(each) for each in cohort_of(network_id, definition=definition, members=members)]
    practices = {UUID(each.practice) for each in members}
    open_now = Episode.objects.open_on(today).filter(practice_id__in=practices)
    enrolled = Enrollment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today),
        practice_id__in=practices,
        starts_on__lte=today,
        episode__in=open_now,
    )
    return _Facts(
        results,
        _count(open_now.values("practice_id").annotate(n=Count("patient_id", distinct=True))),
        _count(enrolled.values("practice_id").annotate(n=Count("episode__patient_id", distinct=True))),
    )


def _count(rows: object) -> dict[str, int]:
    return {str(row["practice_id"]): row["n"] for row in rows}  # type: ignore[attr-defined] # a values queryset
