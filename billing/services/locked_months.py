"""Certified months: their lines stay as certified, and what the rules would say now stands beside them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from billing.decision import Decision, decision_as_json
from billing.models import Certification, DecidedLine
from billing.services.derived_rows import Row

Shape = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LockedMonth:
    """A month as last certified: its certification, version and lines."""

    certification: UUID
    month: date
    version: int
    lines: Sequence[Shape]


def load(episode_ids: Iterable[UUID], *, practice_id: UUID) -> Mapping[UUID, dict[date, LockedMonth]]:
    """The certified months of these episodes by their first day, each in its latest version; one query."""
    found: defaultdict[UUID, dict[date, LockedMonth]] = defaultdict(dict)
    rows = Certification.objects.filter(practice_id=practice_id, episode_id__in=list(episode_ids))
    for pk, episode, month, version, lines in rows.order_by("version").values_list(
        "pk", "episode_id", "month", "version", "lines"
    ):
        found[episode][month] = LockedMonth(pk, month, version, lines)
    return found


def shapes_by_month(decision: Decision) -> Mapping[date, list[Shape]]:
    """The decision's lines in the contract's shape by the month of their date of service."""
    found: defaultdict[date, list[Shape]] = defaultdict(list)
    shapes: Any = decision_as_json(decision)["lines"]
    for line, shape in zip(decision.lines, shapes, strict=True):
        found[month_of(line.date_of_service)].append(shape)
    return found


def month_of(day: date) -> date:
    """The first day of a date's month."""
    return day.replace(day=1)


def claimed(line: Shape) -> tuple[object, ...]:
    """What a claim shows of a line; a certified line counts as one that may be certified."""
    status = DecidedLine.Status.BILLABLE.value if line["status"] == "certified" else line["status"]
    return (line["code"], line["units"], line["date_of_service"], *line["modifiers"], status)


def line_rows(decision: Decision, *, locked: Mapping[date, LockedMonth]) -> Iterator[Row]:
    """Key and values of an episode's kept lines: as decided, and in certified months as certified."""
    live = shapes_by_month(decision)
    shapes = [each for month, lines in live.items() if month not in locked for each in lines]
    shapes += [each for month in locked.values() for each in month.lines]
    shapes.sort(key=lambda each: (each["date_of_service"], each["code"], each["status"]))
    for position, each in enumerate(shapes):
        charge = each.get("charge")
        yield (
            position,
            each["code"],
            each["units"],
            date.fromisoformat(each["date_of_service"]),
            each["modifiers"],
            each["status"],
            each["reasons"],
            UUID(charge) if charge else None,
        )


def late_rows(decision: Decision, *, locked: Mapping[date, LockedMonth]) -> Iterator[Row]:
    """Key and values of the certified months of which the rules would now decide otherwise."""
    live = shapes_by_month(decision)
    for month in sorted(locked):
        now = live.get(month, [])
        if sorted(map(claimed, now), key=repr) != sorted(map(claimed, locked[month].lines), key=repr):
            yield month, now
