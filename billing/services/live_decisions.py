"""What the rules say of episodes at this moment, with the facts they said it from; nothing is kept."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from billing.code_set import CodeSet, Family
from billing.decision import Decision, Line
from billing.services.deciding import Case, decide_case
from billing.services.decisions import refresh
from billing.services.document_json import digest_of
from billing.services.documents import EpisodeRow, assemble, load_episodes
from billing.services.rules_in_force import rules_in_force
from networks.local_days import local_date, zone_named


@dataclass(frozen=True)
class LiveEpisode:
    """One episode with its facts and what follows from them now."""

    row: EpisodeRow
    case: Case
    decision: Decision
    code_set: CodeSet

    @property
    def facts_digest(self) -> str:
        """SHA-256, in hex, of the facts."""
        return digest_of(self.case.documents())

    def lines_in(self, month: date) -> list[Line]:
        """The lines whose date of service lies in the month that begins on a date."""
        return [each for each in self.decision.lines if each.date_of_service.replace(day=1) == month]

    def covers(self, line: Line) -> tuple[date, date]:
        """First and last date of the window or month that a line is for; a set-up is for its own date."""
        day = line.date_of_service
        family = self.code_set.family_of(line.code)
        if family is Family.SETUP:
            return day, day
        if family is Family.MANAGEMENT:
            month = next(each.span for each in self.decision.months if each.span.first == day.replace(day=1))
            return month.first, month.last
        windows = [each.span for each in self.decision.windows if each.span.first <= day <= each.span.last]
        return windows[0].first, windows[0].last


def decide_live(episode_ids: Iterable[UUID], *, practice_id: UUID, now: datetime) -> dict[UUID, LiveEpisode]:
    """Decide episodes of one practice from their facts and lock them; derived rows are brought up to date too.

    Must run inside a transaction. A constant number of queries for episodes of different patients.
    """
    wanted = set(episode_ids)
    code_set = rules_in_force().code_set
    rows = load_episodes(wanted, practice_id=practice_id)
    refresh([each.id for each in rows], practice_id=practice_id, now=now)
    by_patient: defaultdict[UUID, list[EpisodeRow]] = defaultdict(list)
    earlier: dict[UUID, list[UUID]] = {}
    for row in rows:
        earlier[row.id] = [each.id for each in by_patient[row.patient_id]]
        by_patient[row.patient_id].append(row)
    chosen = [each for each in rows if each.id in wanted]
    cases = assemble(
        chosen,
        earlier={each.id: earlier[each.id] for each in chosen},
        as_of={each.id: local_date(now, zone_named(each.clinic_zone)) for each in chosen},
        practice_id=practice_id,
        code_set=code_set,
    )
    return {
        each.id: LiveEpisode(each, cases[each.id], decide_case(cases[each.id], code_set=code_set), code_set)
        for each in chosen
    }
