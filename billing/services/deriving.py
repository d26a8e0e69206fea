"""From facts to derived rows: decide episodes patient by patient, earlier episodes first."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from billing.decision import Decision
from billing.services import derived_rows, locked_months
from billing.services.deciding import decide_case
from billing.services.derived_rows import Changes, DerivedTable, Row
from billing.services.document_json import digest_of
from billing.services.documents import EpisodeRow, assemble, load_episodes
from billing.services.rules_in_force import Rules, rules_in_force, shipped_rules

AsOf = Callable[[EpisodeRow], date]


def derive(episode_ids: Iterable[UUID], *, practice_id: UUID, as_of: AsOf, changes: Changes) -> None:
    """Decide episodes of one practice and note in `changes` which derived rows had to be written.

    Later episodes of the same patient follow where an earlier one changed: its windows keep theirs away.
    At most 20 queries, one more where a month is certified and where a later year's rules are approved; as
    many again for every further episode of one patient.
    """
    with transaction.atomic():
        by_patient: defaultdict[UUID, list[EpisodeRow]] = defaultdict(list)
        rules = shipped_rules()
        for episode in load_episodes(episode_ids, practice_id=practice_id):
            by_patient[episode.patient_id].append(episode)
            if episode.has_later_rules and rules is shipped_rules():
                rules = rules_in_force()
        waiting = set(episode_ids)
        while turn := list(_next_of_each(by_patient.values(), waiting=waiting)):
            earlier = {
                each.id: [other.id for other in by_patient[each.patient_id][:place]] for each, place in turn
            }
            episodes = [each for each, _ in turn]
            changed = _derive_turn(
                episodes,
                earlier=earlier,
                practice_id=practice_id,
                as_of=as_of,
                changes=changes,
                rules=rules,
            )
            waiting -= earlier.keys()
            for each, place in turn:
                if each.id in changed:
                    waiting.update(other.id for other in by_patient[each.patient_id][place + 1 :])


def _next_of_each(
    patients: Iterable[Sequence[EpisodeRow]], *, waiting: set[UUID]
) -> Iterator[tuple[EpisodeRow, int]]:
    """Each patient's earliest waiting episode, with its place among all of theirs."""
    for episodes in patients:
        for place, each in enumerate(episodes):
            if each.id in waiting:
                yield each, place
                break


def _derive_turn(
    episodes: Sequence[EpisodeRow],
    *,
    earlier: Mapping[UUID, Sequence[UUID]],
    practice_id: UUID,
    as_of: AsOf,
    changes: Changes,
    rules: Rules,
) -> set[UUID]:
    """Decide episodes of different patients; return those of which a window, month or line changed."""
    days = {each.id: as_of(each) for each in episodes}
    cases = assemble(episodes, earlier=earlier, as_of=days, practice_id=practice_id, code_set=rules.code_set)
    decided: dict[UUID, Decision] = {
        each: decide_case(case, code_set=rules.code_set) for each, case in cases.items()
    }
    own = Changes()
    for table, wanted in _wanted(decided, practice_id=practice_id):
        derived_rows.synchronize(table, practice_id=practice_id, wanted=wanted, changes=own)
    changed = set(own.episodes)
    headers: dict[UUID, list[Row]] = {
        each: [(days[each], rules.engine, digest_of(case.documents()))] for each, case in cases.items()
    }
    derived_rows.synchronize(derived_rows.DECISIONS, practice_id=practice_id, wanted=headers, changes=own)
    changes.include(own)
    return changed


def _wanted(
    decided: Mapping[UUID, Decision], *, practice_id: UUID
) -> Iterator[tuple[DerivedTable, dict[UUID, list[Row]]]]:
    """The rows that each table should hold of these episodes; certified months keep their lines; one query."""
    locked = locked_months.load(decided, practice_id=practice_id)
    windows: dict[UUID, list[Row]] = {}
    months: dict[UUID, list[Row]] = {}
    lines: dict[UUID, list[Row]] = {}
    late: dict[UUID, list[Row]] = {}
    for each, decision in decided.items():
        own = locked.get(each, {})
        windows[each] = list(derived_rows.window_rows(decision))
        months[each] = list(derived_rows.month_rows(decision))
        lines[each] = list(locked_months.line_rows(decision, locked=own))
        late[each] = list(locked_months.late_rows(decision, locked=own))
    yield derived_rows.WINDOWS, windows
    yield derived_rows.MONTHS, months
    yield derived_rows.LINES, lines
    if locked:
        # Without a certified month there is no late finding to keep or to remove.
        yield derived_rows.LATE, late
