"""A month of a practice run again under another year's rules; reads only, keeps nothing."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from billing.code_set import RuleSet
from billing.reruns import Difference, compare, count_by_face, lines_of_month
from billing.services.deciding import decide_case
from billing.services.decisions import in_batches
from billing.services.documents import EpisodeRow, assemble, load_episodes
from billing.services.rules_in_force import Rules, rules_in_force
from networks.local_days import local_date, zone_named
from patients.models import Episode, Patient


@dataclass(frozen=True)
class RerunPatient:
    """A patient of whom something would differ."""

    patient_id: UUID
    name: str
    differences: Sequence[Difference]


@dataclass
class Rerun:
    """What a month holds under the rules in force and under another rule set."""

    month: date
    rule_set: RuleSet
    episodes: int = 0
    now: Counter[tuple[str, str]] = field(default_factory=Counter)
    other: Counter[tuple[str, str]] = field(default_factory=Counter)
    patients: list[RerunPatient] = field(default_factory=list)


def rule_sets_to_choose() -> tuple[RuleSet, ...]:
    """Return every rule set in force, ascending; one query."""
    return rules_in_force().code_set.rule_sets


def rerun_month(practice_id: UUID, *, month: date, rule_set: RuleSet, now: datetime) -> Rerun:
    """Judge a practice's month twice: as it is, and as if one rule set held for every date.

    A dozen queries for each 200 episodes that overlap the month; windows of earlier episodes stay as they were.
    """
    rules = rules_in_force()
    last = _last_of(month)
    rows = Episode.objects.filter(Q(ends_on=None) | Q(ends_on__gte=month), practice_id=practice_id)
    ids = list(
        rows.filter(starts_on__lte=last)
        .order_by("patient_id", "starts_on", "pk")
        .values_list("pk", flat=True)
    )
    found = Rerun(month, rule_set, episodes=len(ids))
    differing: defaultdict[UUID, list[Difference]] = defaultdict(list)
    for batch in in_batches(ids):
        _run_batch(batch, found, differing, practice_id=practice_id, rules=rules, now=now)
    names = Patient.objects.filter(practice_id=practice_id, pk__in=list(differing)).order_by(
        "family_name", "given_name", "pk"
    )
    found.patients = [RerunPatient(each.pk, each.full_name, differing[each.pk]) for each in names]
    return found


def _run_batch(
    ids: Sequence[UUID],
    found: Rerun,
    differing: defaultdict[UUID, list[Difference]],
    *,
    practice_id: UUID,
    rules: Rules,
    now: datetime,
) -> None:
    rows = load_episodes(ids, practice_id=practice_id, locked=False)
    earlier = _earlier(rows)
    wanted = set(ids)
    chosen = [each for each in rows if each.id in wanted]
    cases = assemble(
        chosen,
        earlier={each.id: earlier[each.id] for each in chosen},
        as_of={each.id: local_date(now, zone_named(each.clinic_zone)) for each in chosen},
        practice_id=practice_id,
        code_set=rules.code_set,
    )
    as_if = rules.code_set.as_if(found.rule_set)
    for each in chosen:
        mine = lines_of_month(decide_case(cases[each.id], code_set=rules.code_set).lines, month=found.month)
        theirs = lines_of_month(decide_case(cases[each.id], code_set=as_if).lines, month=found.month)
        found.now += count_by_face(mine)
        found.other += count_by_face(theirs)
        differences = compare(mine, theirs, code_set=rules.code_set)
        if differences:
            differing[each.patient_id].extend(differences)


def _earlier(rows: Sequence[EpisodeRow]) -> dict[UUID, list[UUID]]:
    by_patient: defaultdict[UUID, list[UUID]] = defaultdict(list)
    found = {}
    for row in rows:
        found[row.id] = list(by_patient[row.patient_id])
        by_patient[row.patient_id].append(row.id)
    return found


def _last_of(month: date) -> date:
    following = (
        month.replace(year=month.year + 1, month=1)
        if month.month == 12
        else month.replace(month=month.month + 1)
    )
    return date.fromordinal(following.toordinal() - 1)
