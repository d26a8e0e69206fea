"""Keeping derived tables equal to what was decided: only rows that differ are written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import models

from billing.decision import Decision
from billing.models import DecidedLine, EpisodeDecision, EpisodeMonth, EpisodeWindow, LateFinding


@dataclass(frozen=True)
class DerivedTable:
    """A derived table of episodes: `key` tells the rows of one episode apart, `values` are what may differ."""

    model: type[models.Model]
    key: tuple[str, ...]
    values: tuple[str, ...]


DECISIONS = DerivedTable(EpisodeDecision, (), ("as_of", "engine", "inputs_digest"))
WINDOWS = DerivedTable(EpisodeWindow, ("starts_on",), ("ends_on", "clipped_to", "days", "dates", "is_closed"))
MONTHS = DerivedTable(
    EpisodeMonth, ("month",), ("seconds", "minutes", "pta_minutes", "live_contacts", "is_closed")
)
LINES = DerivedTable(
    DecidedLine,
    ("position",),
    ("code", "units", "date_of_service", "modifiers", "status", "reasons", "charge_id"),
)
LATE = DerivedTable(LateFinding, ("month",), ("lines",))

Row = tuple[object, ...]


@dataclass
class Changes:
    """How many rows were written or removed, by table, and which episodes they belong to."""

    rows: dict[str, int] = field(default_factory=dict)
    episodes: set[UUID] = field(default_factory=set)

    @property
    def total(self) -> int:
        """The number of rows in all tables."""
        return sum(self.rows.values())

    def add(self, table: str, episodes: Sequence[UUID]) -> None:
        """Count one changed row of a table for each of the episodes."""
        self.rows[table] = self.rows.get(table, 0) + len(episodes)
        self.episodes.update(episodes)

    def include(self, other: "Changes") -> None:
        """Add what others counted."""
        for table, number in other.rows.items():
            self.rows[table] = self.rows.get(table, 0) + number
        self.episodes.update(other.episodes)


def window_rows(decision: Decision) -> Iterator[Row]:
    """Key and values of the decision's windows."""
    for window in decision.windows:
        span, days = window.span, [day.isoformat() for day in window.days]
        yield span.first, span.last, span.clipped_to, len(days), days, span.is_closed


def month_rows(decision: Decision) -> Iterator[Row]:
    """Key and values of the decision's months."""
    for month in decision.months:
        contacts = len(month.contacts)
        yield (
            month.span.first,
            month.seconds,
            month.minutes,
            month.pta_minutes,
            contacts,
            month.span.is_closed,
        )


def synchronize(
    table: DerivedTable, *, practice_id: UUID, wanted: dict[UUID, list[Row]], changes: Changes
) -> None:
    """Make the table's rows of these episodes equal to the wanted ones; one to three queries."""
    manager, width = table.model._default_manager, len(table.key)
    rows = manager.filter(practice_id=practice_id, episode_id__in=list(wanted)).values_list(
        "pk", "episode_id", *table.key, *table.values
    )
    standing = {(episode, *row[:width]): (pk, row[width:]) for pk, episode, *row in rows}
    differing, unneeded = [], set(standing)
    for episode, episode_rows in wanted.items():
        for row in episode_rows:
            key = (episode, *row[:width])
            unneeded.discard(key)
            if key not in standing or tuple(standing[key][1]) != row[width:]:
                differing.append((episode, row))
    name = table.model._meta.db_table
    if unneeded:
        manager.filter(practice_id=practice_id, pk__in=[standing[key][0] for key in unneeded]).delete()
        changes.add(name, [key[0] for key in unneeded])
    if differing:
        _write(table, practice_id=practice_id, rows=differing)
        changes.add(name, [episode for episode, _ in differing])
    changes.rows.setdefault(name, 0)


def _write(table: DerivedTable, *, practice_id: UUID, rows: list[tuple[UUID, Row]]) -> None:
    fields = (*table.key, *table.values)
    table.model._default_manager.bulk_create(
        [
            table.model(practice_id=practice_id, episode_id=episode, **dict(zip(fields, row, strict=True)))
            for episode, row in rows
        ],
        update_conflicts=True,
        unique_fields=["practice", "episode", *table.key] if table.key else ["episode"],
        update_fields=list(table.values),
    )
