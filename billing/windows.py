"""The 30-day windows of device supply: a fixed grid from the first data day after all prior windows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from billing.code_set import WINDOW_DATES
from billing.data_days import ReadingDate
from billing.document import Document
from billing.reasons import evidence_of
from billing.spans import Span, clip_span


@dataclass(frozen=True, slots=True)
class Window:
    """One 30-date block of the grid with the dates on which readings came, ascending."""

    span: Span
    reading_dates: tuple[ReadingDate, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """The data days, ascending."""
        return tuple(each.day for each in self.reading_dates if each.is_data_day)

    @property
    def evidence(self) -> tuple[str, ...]:
        """The ids of the readings that make its data days."""
        counted = (each.readings for each in self.reading_dates if each.is_data_day)
        return evidence_of(reading.id for readings in counted for reading in readings)


def lay_windows(document: Document, *, reading_dates: Sequence[ReadingDate]) -> tuple[Window, ...]:
    """The windows that hold a data day, or hold `as_of` while open; the first listed is window 1."""
    anchor = _find_anchor(reading_dates, document=document)
    if anchor is None:
        return ()
    blocks: dict[int, list[ReadingDate]] = defaultdict(list)
    for each in reading_dates:
        blocks[_block(each.day, anchor=anchor)].append(each)
    listed = {
        block for block, dates in blocks.items() if block >= 0 and any(each.is_data_day for each in dates)
    }
    current = _block(document.as_of, anchor=anchor)
    # A window that holds `as_of` and is open begins no later than the clip, so it exists.
    if not _span(current, anchor=anchor, document=document).is_closed:
        listed.add(current)
    return tuple(
        Window(_span(block, anchor=anchor, document=document), tuple(blocks[block]))
        for block in sorted(listed)
    )


def _find_anchor(reading_dates: Sequence[ReadingDate], *, document: Document) -> date | None:
    """The first data day later than every prior window's end: no two device units inside 30 dates."""
    latest = max((prior.last for prior in document.prior_windows), default=date.min)
    return next((each.day for each in reading_dates if each.is_data_day and each.day > latest), None)


def _block(day: date, *, anchor: date) -> int:
    """0 for the block that the anchor begins, 1 for the next, negative before the anchor."""
    return (day - anchor).days // WINDOW_DATES


def _span(block: int, *, anchor: date, document: Document) -> Span:
    first = anchor + timedelta(days=WINDOW_DATES * block)
    # The calendar ends on 9999-12-31; a last window there is cut short rather than failing.
    last = date.fromordinal(min(first.toordinal() + WINDOW_DATES - 1, date.max.toordinal()))
    return clip_span(first, last, document=document)
