"""What the explanation of one patient's month rests on; two queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from billing.board_filter import BoardFilter
from billing.models import DecidedLine, EpisodeWindow
from billing.selectors.board import BoardRow, board_rows
from billing.selectors.spans import last_of_month


@dataclass(frozen=True)
class MonthFile:
    """One row of the board with all its reasons and the windows that touch the month."""

    row: BoardRow
    lines: Sequence[DecidedLine]
    windows: Sequence[EpisodeWindow]


def month_file(practice_id: UUID, episode_id: UUID, *, month: date, today: date) -> MonthFile | None:
    """Return the file of an episode's month; None where the board has no such row; three queries."""
    found = board_rows(practice_id, BoardFilter(month, episode_id=episode_id), today=today, limit=1)
    if not found:
        return None
    bounds = (month, last_of_month(month))
    lines = DecidedLine.objects.filter(
        practice_id=practice_id, episode_id=episode_id, date_of_service__range=bounds
    )
    windows = EpisodeWindow.objects.filter(
        practice_id=practice_id, episode_id=episode_id, starts_on__lte=bounds[1], clipped_to__gte=month
    )
    return MonthFile(
        found[0], list(lines.order_by("date_of_service", "position")), list(windows.order_by("starts_on"))
    )
