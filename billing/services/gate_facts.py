"""Consents, coverages, payer policies and device determinations of many patients, asked by date."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from billing.document import Coverage as CoverageStatus
from billing.document import DateRange, LiveContactRule
from billing.models import Coverage, DeviceDetermination, PayerPolicy
from billing.services.payer_in_force import (
    CoverageSpell,
    SettledPolicy,
    coverage_on,
    days_of_change,
    payer_on,
)
from billing.services.standing import DAY, Period, Standing, lay_periods
from patients.consent_spells import ConsentAct, fold, spell_for
from patients.models import ConsentEvent

UNKNOWN_PAYER = payer_on(date.min, coverages=(), policies={})


@dataclass(frozen=True)
class GateFacts:
    """What was recorded of some patients of one practice, by patient."""

    acts: Mapping[UUID, Sequence[ConsentAct]]
    coverages: Mapping[UUID, Sequence[CoverageSpell]]
    policies: Mapping[UUID, Sequence[SettledPolicy]]
    determinations: Sequence[DateRange]

    def periods(self, patient_id: UUID, *, zone: ZoneInfo, first: date, last: date) -> tuple[Period, ...]:
        """The periods between two dates in which consent, payer and device determination stood unchanged."""
        spells = fold(self.acts.get(patient_id, ()), zone=zone)
        coverages = self.coverages.get(patient_id, ())

        def standing_on(day: date) -> Standing:
            spell = spell_for(spells, day=day)
            return Standing(
                consent=None if spell is None else DateRange(spell.first, spell.last),
                payer=payer_on(day, coverages=coverages, policies=self.policies),
                device_determination=any(each.holds(day) for each in self.determinations),
            )

        changes = days_of_change(coverages=coverages, policies=self.policies)
        changes |= {spell.first for spell in spells}
        changes |= {each.first for each in self.determinations}
        changes |= {each.last + DAY for each in self.determinations if each.last is not None}
        return lay_periods(standing_on, first=first, last=last, changes=changes)

    def payer_of(self, patient_id: UUID, *, day: date) -> UUID | None:
        """The payer whose coverage holds on a date; None where none is recorded."""
        coverage = coverage_on(day, coverages=self.coverages.get(patient_id, ()))
        return None if coverage is None else coverage.payer


def load(patient_ids: Iterable[UUID], *, practice_id: UUID) -> GateFacts:
    """What was recorded of these patients; four queries."""
    ids = list(set(patient_ids))
    determinations = DeviceDetermination.objects.filter(practice_id=practice_id).values_list(
        "starts_on", "ends_on"
    )
    return GateFacts(
        acts=_acts(ids, practice_id=practice_id),
        coverages=_coverages(ids, practice_id=practice_id),
        policies=_policies(practice_id),
        determinations=[DateRange(first, last) for first, last in determinations],
    )


def _acts(patient_ids: Sequence[UUID], *, practice_id: UUID) -> Mapping[UUID, list[ConsentAct]]:
    found: defaultdict[UUID, list[ConsentAct]] = defaultdict(list)
    rows = ConsentEvent.objects.filter(
        practice_id=practice_id, patient_id__in=patient_ids, kind=ConsentEvent.Kind.MONITORING
    )
    for event, patient, act, at in rows.values_list("pk", "patient_id", "act", "occurred_at"):
        found[patient].append(ConsentAct(at, act == ConsentEvent.Act.GIVEN, str(event)))
    return found


def _coverages(patient_ids: Sequence[UUID], *, practice_id: UUID) -> Mapping[UUID, list[CoverageSpell]]:
    found: defaultdict[UUID, list[CoverageSpell]] = defaultdict(list)
    for row in Coverage.objects.filter(practice_id=practice_id, patient_id__in=patient_ids):
        spell = CoverageSpell(
            payer=row.payer_id,
            status=CoverageStatus(row.status),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            covered_from=row.covered_from,
            recorded_at=row.recorded_at,
            id=str(row.pk),
        )
        found[row.patient_id].append(spell)
    return found


def _policies(practice_id: UUID) -> Mapping[UUID, list[SettledPolicy]]:
    found: defaultdict[UUID, list[SettledPolicy]] = defaultdict(list)
    for row in PayerPolicy.objects.filter(practice_id=practice_id):
        codes = None if row.covered_codes is None else frozenset(row.covered_codes)
        found[row.payer_id].append(
            SettledPolicy(row.starts_on, LiveContactRule(row.live_contact_rule), codes)
        )
    return found
