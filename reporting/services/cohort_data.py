"""The facts of a cohort, read inside a reporting scope: as many queries for ten patients as for thousands."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from billing.models import Coverage
from checkins.models import CheckIn, MonitoringDay, OutboundMessage, Reading
from networks.encryption import blind_index
from networks.models import Membership
from patients.models import Enrollment
from reporting.case_mix import case_mix
from reporting.cohorts import Candidate, Chosen, CohortDefinition, MemberSpell, PayerSpell, choose
from reporting.instruments.pain_change import PainReading
from reporting.measures.patients import AskedDay, Monitored

# The carrier's last word for a text that arrived.
_DELIVERED = "delivered"
_SAID = ("yes", "no", "partial")


def member_spells(network_id: UUID, *, first_day: date, last_day: date) -> list[MemberSpell]:
    """Return the members' spells that touch a period; one query; needs the network's scope."""
    rows = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=first_day), network_id=network_id, starts_on__lte=last_day
    ).order_by("starts_on", "id")
    return [MemberSpell(str(each.practice_id), each.starts_on, each.ends_on) for each in rows]


def cohort_of(
    network_id: UUID, *, definition: CohortDefinition, members: Sequence[MemberSpell]
) -> list[Monitored]:
    """Return the cohort with its facts; six queries; needs a reporting scope over the members."""
    practices = {UUID(each.practice) for each in members}
    spells = {str(each.episode_id): each for each in _enrollments(practices, definition)}
    payers = _payers(practices, {each.episode.patient_id for each in spells.values()})
    candidates = [_candidate(each) for each in spells.values()]
    chosen = choose(candidates, definition=definition, members=members, payers=payers)
    facts = _Facts(practices, {UUID(each.candidate.episode) for each in chosen}, definition)
    return [_monitored(network_id, each, spells[each.candidate.episode], facts) for each in chosen]


def _enrollments(practices: Iterable[UUID], definition: CohortDefinition) -> list[Enrollment]:
    """Return the spells of monitoring that began in the entry period; of one episode the first."""
    rows = Enrollment.objects.filter(
        practice_id__in=practices,
        starts_on__gte=definition.first_day,
        starts_on__lte=definition.entered_until,
    )
    return list(rows.select_related("episode__patient").order_by("-starts_on"))


def _candidate(each: Enrollment) -> Candidate:
    return Candidate(
        patient=str(each.episode.patient_id),
        episode=str(each.episode_id),
        practice=str(each.practice_id),
        condition=each.episode.condition,
        began_on=each.starts_on,
    )


def _payers(practices: Iterable[UUID], patients: set[UUID]) -> Mapping[str, list[PayerSpell]]:
    found: defaultdict[str, list[PayerSpell]] = defaultdict(list)
    rows = Coverage.objects.filter(practice_id__in=practices, patient_id__in=patients)
    for each in rows.only("patient_id", "payer_id", "starts_on", "ends_on", "recorded_at"):
        spell = PayerSpell(str(each.payer_id), each.starts_on, each.ends_on, each.recorded_at)
        found[str(each.patient_id)].append(spell)
    return found


class _Facts:
    """What was asked, answered and counted for some episodes up to the cut-off, by episode; four queries."""

    def __init__(self, practices: set[UUID], episodes: set[UUID], definition: CohortDefinition) -> None:
        self._mine = {"practice_id__in": practices, "episode_id__in": episodes}
        self._cut_off = definition.cut_off
        self.pain: defaultdict[UUID, list[PainReading]] = defaultdict(list)
        self.days: defaultdict[UUID, set[date]] = defaultdict(set)
        self.asked: defaultdict[UUID, list[AskedDay]] = defaultdict(list)
        self._said: dict[UUID, str] = {}
        self._answered: set[UUID] = set()
        self._read_values()
        self._read_days()
        self._read_check_ins()

    def _read_values(self) -> None:
        rows = Reading.objects.filter(**self._mine, local_date__lte=self._cut_off).order_by(
            "received_at", "id"
        )
        for episode, check_in, item, low, high, word, day in rows.values_list(
            "episode_id", "check_in_id", "item", "low", "high", "word", "local_date"
        ):
            if item == "pain" and low is not None and high is not None:
                self.pain[episode].append(PainReading(day, (low + high) / 2))
            if check_in is not None:
                self._answered.add(check_in)
                # The last plain word of a day holds; "later" never undoes one.
                if item == "exercises" and (word in _SAID or check_in not in self._said):
                    self._said[check_in] = word

    def _read_days(self) -> None:
        rows = MonitoringDay.objects.filter(**self._mine, local_date__lte=self._cut_off)
        for episode, day in rows.values_list("episode_id", "local_date"):
            self.days[episode].add(day)

    def _read_check_ins(self) -> None:
        arrived = OutboundMessage.objects.filter(
            practice_id=OuterRef("practice_id"),
            check_in_id=OuterRef("pk"),
            kind=OutboundMessage.Kind.CHECK_IN,
            outbox__status=_DELIVERED,
        )
        rows = CheckIn.objects.filter(**self._mine, local_date__lte=self._cut_off)
        for pk, episode, day, items, delivered in rows.annotate(arrived=Exists(arrived)).values_list(
            "pk", "episode_id", "local_date", "items", "arrived"
        ):
            self.asked[episode].append(
                AskedDay(
                    on=day,
                    delivered=delivered,
                    answered=pk in self._answered,
                    asks_exercises="exercises" in items,
                    exercises=self._said.get(pk, ""),
                )
            )


def _monitored(network_id: UUID, chosen: Chosen, spell: Enrollment, facts: _Facts) -> Monitored:
    episode = spell.episode
    return Monitored(
        key=blind_index(f"release ledger {network_id} {episode.patient_id}").hex()[:24],
        practice=str(spell.practice_id),
        clinician=str(episode.clinician_id),
        mix=case_mix(
            enrolled_on=spell.starts_on,
            born_on=episode.patient.birth_date,
            condition=episode.condition,
            surgery_on=episode.surgery_on,
            language=episode.patient.language,
        ),
        evaluated_on=episode.starts_on,
        began_on=spell.starts_on,
        ended_on=spell.ends_on,
        data_until=chosen.data_until,
        pain=tuple(facts.pain[episode.pk]),
        data_days=frozenset(facts.days[episode.pk]),
        asked=tuple(facts.asked[episode.pk]),
    )
