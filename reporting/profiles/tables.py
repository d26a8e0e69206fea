"""The tables of a profile: each breaks the same patients down by who they are and by how their pain changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reporting.case_mix import DIMENSIONS, Dimension
from reporting.measures.patients import PatientResult
from reporting.suppression import SMALL_UNDER, Suppression
from reporting.suppression_release import suppress_release

REACHED, NOT_REACHED, NOT_MEASURED = "Improved 2 points", "Did not", "Not measured"
_EVERYBODY = "Patients"
_MOST_HIDDEN = 0.7
# How finely the outcome may be split, the finest first.
_SPLITS: tuple[tuple[tuple[str, ...], ...], ...] = (
    ((REACHED,), (NOT_REACHED,), (NOT_MEASURED,)),
    ((REACHED,), (NOT_REACHED, NOT_MEASURED)),
    ((REACHED, NOT_REACHED), (NOT_MEASURED,)),
)
_MERGED_TITLES: Mapping[tuple[str, ...], str] = {
    (REACHED, NOT_REACHED): "Measured",
    (NOT_REACHED, NOT_MEASURED): "Did not, or not measured",
}


@dataclass(frozen=True)
class Column:
    """One column: its title, and the outcomes that it counts; none stands for everybody."""

    title: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One group: its cells and total as they may be shown, None where hidden."""

    label: str
    cells: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True)
class Table:
    """One breakdown as a reader sees it."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: tuple[int | None, ...]
    total: int | None

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing of it is hidden."""
        shown = [*self.totals, self.total, *(cell for row in self.rows for cell in (*row.cells, row.total))]
        return all(each is not None for each in shown)


def outcome_of(result: PatientResult) -> str:
    """Return in which of three groups a patient's change of pain lies."""
    if result.change is None:
        return NOT_MEASURED
    return REACHED if result.change.reached_points else NOT_REACHED


def columns_for(results: Sequence[PatientResult]) -> tuple[Column, ...]:
    """Return the split of the outcome that leaves most cells to be seen; everybody in one column if none does."""
    outcomes = [outcome_of(each) for each in results]
    found: list[tuple[float, tuple[Column, ...]]] = []
    for split in _SPLITS:
        sizes = [sum(outcomes.count(outcome) for outcome in merged) for merged in split]
        # A column whose total is small cannot stand by itself.
        if not any(0 < size < SMALL_UNDER for size in sizes):
            columns = tuple(Column(_MERGED_TITLES.get(merged, merged[0]), merged) for merged in split)
            found.append((_hidden_part(results, columns), columns))
    hidden, best = min(found, key=lambda each: each[0], default=(1.0, ()))
    return best if hidden <= _MOST_HIDDEN else (Column(_EVERYBODY, ()),)


def _hidden_part(results: Sequence[PatientResult], columns: Sequence[Column]) -> float:
    patterns = suppress_release(raw_counts(results, columns)).values()
    cells = [cell for pattern in patterns for row in pattern["cells"] for cell in row]
    return sum(cells) / len(cells)


def members_of(
    results: Sequence[PatientResult], dimension: Dimension, columns: Sequence[Column]
) -> dict[str, list[list[PatientResult]]]:
    """Return the patients of each cell by group, groups without anybody left out."""
    found: dict[str, list[list[PatientResult]]] = {}
    for group in dimension.groups:
        inside = [each for each in results if dimension.group_of(each.mix) == group]
        if inside:
            found[group] = [[each for each in inside if _belongs(each, column)] for column in columns]
    return found


def _belongs(result: PatientResult, column: Column) -> bool:
    return not column.outcomes or outcome_of(result) in column.outcomes


def raw_counts(results: Sequence[PatientResult], columns: Sequence[Column]) -> dict[str, list[list[int]]]:
    """Return the counts of every breakdown by its id, as they are: for suppression, never to be shown."""
    return {
        each.id: [[len(cell) for cell in row] for row in members_of(results, each, columns).values()]
        for each in DIMENSIONS
    }


def tables_of(
    results: Sequence[PatientResult], *, withheld: frozenset[str] = frozenset()
) -> tuple[tuple[Table, ...], Mapping[str, Suppression]]:
    """Return the tables as they may be shown and the patterns that hide; tables in `withheld` are left out."""
    columns = columns_for(results)
    patterns = suppress_release(raw_counts(results, columns))
    shown = tuple(
        _table(each, members_of(results, each, columns), columns, patterns[each.id])
        for each in DIMENSIONS
        if each.id not in withheld
    )
    return shown, {name: pattern for name, pattern in patterns.items() if name not in withheld}


def _table(
    dimension: Dimension,
    members: Mapping[str, Sequence[Sequence[PatientResult]]],
    columns: Sequence[Column],
    pattern: Suppression,
) -> Table:
    counts = [[len(cell) for cell in row] for row in members.values()]
    rows = tuple(
        Row(
            label,
            tuple(
                _unless(hidden, value)
                for hidden, value in zip(pattern["cells"][place], counts[place], strict=True)
            ),
            _unless(pattern["row_totals"][place], sum(counts[place])),
        )
        for place, label in enumerate(members)
    )
    totals = [sum(column) for column in zip(*counts, strict=True)]
    return Table(
        dimension.id,
        dimension.title,
        tuple(each.title for each in columns),
        rows,
        tuple(_unless(hidden, value) for hidden, value in zip(pattern["column_totals"], totals, strict=True)),
        _unless(pattern["total"], sum(totals)),
    )


def _unless(hidden: bool, value: int) -> int | None:
    return None if hidden else value
