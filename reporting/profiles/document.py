"""The whole profile as one document: plain data from which page, PDF, workbook, CSV and JSON are all made."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from reporting.case_mix import DIMENSIONS
from reporting.cohorts import COHORT_RULE, CohortDefinition
from reporting.measures.definitions import LIMITS, MEASURE_SET, MEASURES, NOT_MEASURED, THRESHOLD_SET
from reporting.measures.patients import WEEKS, PatientResult
from reporting.profiles.disclosure import families, leaks_beside
from reporting.profiles.figures import Figure, figures_of, shares_of
from reporting.profiles.tables import Table, columns_for, members_of, tables_of
from reporting.statistics import Stratum, weighted_response
from reporting.suppression import SMALL_UNDER, rate_may_be_shown
from reporting.suppression_ledger import ShownCount

DOCUMENT_FORM = "daybook.outcome-profile/1"
_WEIGHTED_UNDER = 0.8  # weighting is shown where fewer were measured (house rule, 2026)
_FEWEST_FOR_WEEK = SMALL_UNDER


@dataclass(frozen=True)
class Frame:
    """What surrounds the figures: for whom, by whom, when made, and the definition of the cohort."""

    network: str
    payer: str
    made_on: date
    definition: CohortDefinition


@dataclass(frozen=True)
class BuiltProfile:
    """A document ready to look at, the counts that it shows, and why it may not be released if so."""

    document: Mapping[str, Any]
    shown: tuple[ShownCount, ...]
    refusals: tuple[str, ...]


def build(
    results: Sequence[PatientResult], *, frame: Frame, earlier: Sequence[ShownCount] = ()
) -> BuiltProfile:
    """Return the profile of a cohort of at least 11 patients, safe beside the counts released earlier.

    Figures and tables whose difference from an earlier release would tell of a few people are withheld; where
    the number of patients itself would, the profile must not be released. ValueError for fewer patients.
    """
    candidates = _shown_counts(results)
    leaking, refusals = _beside_earlier(candidates, earlier)
    hidden = frozenset(name for name in leaking if "." in name)
    withheld = frozenset(name for name in leaking if "." not in name)
    figures = figures_of(results, hidden=hidden)
    tables, _ = tables_of(results, withheld=withheld)
    shown = tuple(each for each in candidates if each.cell.split(":")[0] not in leaking)
    return BuiltProfile(_document(results, figures, tables, frame, withheld), shown, refusals)


def _beside_earlier(
    candidates: Sequence[ShownCount], earlier: Sequence[ShownCount]
) -> tuple[frozenset[str], tuple[str, ...]]:
    before = families(earlier)
    leaking: set[str] = set()
    refusals: list[str] = []
    for name, counts in families(candidates).items():
        found = leaks_beside(counts, before.get(name, ()))
        if found and name == "cohort.patients":
            refusals.append(
                "The number of patients differs from an earlier release by fewer than 11: choose a period that "
                "overlaps it less, or wait until more patients have entered."
            )
        elif found:
            leaking.add(name)
    return frozenset(leaking), tuple(refusals)


def _shown_counts(results: Sequence[PatientResult]) -> list[ShownCount]:
    """Return every count that the document would show, by family: the name before the colon."""
    everybody = frozenset(each.key for each in results)
    counts = [ShownCount("new", "cohort.patients:all", everybody)]
    shown = {each.id for each in figures_of(results) if each.numerator is not None}
    counts += [
        ShownCount("new", f"{each.id}:part", each.part) for each in shares_of(results) if each.id in shown
    ]
    columns = columns_for(results)
    for dimension, table in zip(DIMENSIONS, tables_of(results)[0], strict=True):
        counts.append(ShownCount("new", f"{dimension.id}:all", everybody))
        members = members_of(results, dimension, columns)
        for row in table.rows:
            cells = members[row.label]
            if row.total is not None:
                inside = frozenset(each.key for cell in cells for each in cell)
                counts.append(ShownCount("new", f"{dimension.id}:{row.label}", inside))
            for column, cell, value in zip(columns, cells, row.cells, strict=True):
                if value is not None and column.outcomes:
                    keys = frozenset(each.key for each in cell)
                    counts.append(ShownCount("new", f"{dimension.id}:{row.label}:{column.title}", keys))
    return [each for each in counts if each.members]


def _document(
    results: Sequence[PatientResult],
    figures: Sequence[Figure],
    tables: Sequence[Table],
    frame: Frame,
    withheld: frozenset[str],
) -> dict[str, Any]:
    definition = frame.definition
    by_id = {each.id: each for each in figures}
    return {
        "form": DOCUMENT_FORM,
        "title": "Outcome profile",
        "network": frame.network,
        "payer": frame.payer,
        "period": {"from": definition.first_day.isoformat(), "to": definition.cut_off.isoformat()},
        "made_on": frame.made_on.isoformat(),
        "measure_set": MEASURE_SET,
        "threshold_set": THRESHOLD_SET,
        "cohort": {
            "rule": COHORT_RULE,
            "definition": list(definition.sentences()),
            "patients": len(results),
            "practices": len({each.practice for each in results}),
            "clinicians": len({each.clinician for each in results}),
        },
        "figures": [asdict(each) | {"state": each.state.value} for each in figures],
        "weeks": weeks_of(results),
        "weighted": _weighted(results, tables),
        "tables": [_as_data(each) for each in tables],
        "suppression": _suppression(figures, tables, withheld),
        "completeness": _completeness(by_id["pain.completeness"]),
        "not_measured": [asdict(each) for each in NOT_MEASURED],
        "limits": list(LIMITS),
        "measures": [
            {
                "definition": each.definition,
                "title": each.title,
                "numerator": each.numerator,
                "denominator": each.denominator,
                "source": each.source,
            }
            for each in MEASURES
        ],
    }


def _as_data(table: Table) -> dict[str, Any]:
    return {
        "id": table.id,
        "title": table.title,
        "columns": list(table.columns),
        "rows": [{"label": row.label, "cells": list(row.cells), "total": row.total} for row in table.rows],
        "totals": list(table.totals),
        "total": table.total,
    }


def weeks_of(results: Sequence[PatientResult]) -> list[dict[str, Any]]:
    """Return pain week by week: the mean of patients' means, and how many had a reading that week.

    A week with fewer than 11 of them is a gap; where the rest are few, the number is one that they reach.
    """
    found: list[dict[str, Any]] = []
    for week in range(WEEKS):
        values = [each.weeks[week] for each in results]
        known = [float(value) for value in values if value is not None]
        if len(known) < _FEWEST_FOR_WEEK:
            found.append({"week": week + 1, "pain": None, "patients": None, "at_least": None})
            continue
        exact = rate_may_be_shown(len(known), len(results))
        floor = max(SMALL_UNDER, len(results) - SMALL_UNDER + 1)
        found.append(
            {
                "week": week + 1,
                "pain": round(sum(known) / len(known), 1),
                "patients": len(known) if exact else None,
                "at_least": None if exact else floor,
            }
        )
    return found


def _weighted(results: Sequence[PatientResult], tables: Sequence[Table]) -> float | None:
    """Return the share improved by 2 points with the missing weighted for by condition, in percent.

    None where enough were measured, and where the cells it rests on are not all shown: it must not tell more
    than they do.
    """
    measured = [each for each in results if each.change is not None]
    table = next((each for each in tables if each.id == "condition"), None)
    if len(measured) >= _WEIGHTED_UNDER * len(results) or table is None:
        return None
    if not table.is_whole or len(table.columns) != 3:
        return None
    rows = [[value or 0 for value in row.cells] for row in table.rows]
    weighted = weighted_response([Stratum(sum(row), row[0] + row[1], row[0]) for row in rows])
    return None if weighted is None else round(100 * weighted[0], 1)


def _suppression(
    figures: Sequence[Figure], tables: Sequence[Table], withheld: frozenset[str]
) -> dict[str, Any]:
    cells = [cell for table in tables for row in table.rows for cell in (*row.cells, row.total)]
    return {
        "min_cell": SMALL_UNDER,
        "cells": len(cells),
        "cells_hidden": sum(cell is None for cell in cells),
        "figures_withheld": sum(each.state.value == "withheld" for each in figures),
        "tables_withheld": sorted(withheld),
    }


def _completeness(figure: Figure) -> dict[str, Any]:
    return {
        "eligible": figure.eligible,
        "measured": figure.measured,
        "at_least": figure.at_least,
        "percent": figure.value,
    }
