"""Where the rules can be read in more than one way: each reading with its sources, and which is ours.

Only one of them is a choice that changes lines: how many live contacts a payer wants. The contract's document
has no key for the others, so lines follow our default there; another reading is kept as a record, dated and
signed, and shown. Sources are ids of the register in data/rtm_codes_2026.json.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WayToRead:
    """One reading, and who reads it so."""

    key: str
    words: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DisputedReading:
    """One question; the first way is our default, `why` says for what reason."""

    key: str
    question: str
    ways: tuple[WayToRead, ...]
    why: str
    confidence: str
    decides_lines: bool = False

    @property
    def default(self) -> WayToRead:
        """The reading that holds where nobody chose."""
        return self.ways[0]

    def way(self, key: str) -> WayToRead | None:
        """The reading with that key, or None."""
        return next((each for each in self.ways if each.key == key), None)


LIVE_CONTACTS = "live_contacts"

DISPUTED: tuple[DisputedReading, ...] = (
    DisputedReading(
        "set_up_trigger",
        "When is 98975 due?",
        (
            WayToRead("two_data_days", "With 2 data days in the first window (16 to 2025).", ("S5", "S55")),
            WayToRead("one_data_day", "With the first data day.", ("S6",)),
            WayToRead("set_up_done", "When set-up and teaching are done.", ("S24",)),
        ),
        "The strictest of what was found; the line waits until the days are there.",
        "high",
    ),
    DisputedReading(
        "set_up_date",
        "Which date of service does 98975 bear?",
        (
            WayToRead("set_up", "The date on which set-up and teaching were completed.", ("S33",)),
            WayToRead("threshold_day", "The date on which the data days were reached.", ("S6",)),
            WayToRead("window_end", "The last date of the first window.", ("S12",)),
        ),
        "The note of the service lies on that date.",
        "low",
    ),
    DisputedReading(
        "device_date",
        "Which date of service does the device code bear?",
        (
            WayToRead(
                "last_day", "The last date of the window, or the date on which care ended.", ("S12", "S33")
            ),
            WayToRead("sixteenth_day", "For 98977, the date on which day 16 was reached.", ("S6",)),
            WayToRead("first_day", "The first date of the window.", ("MEM",)),
        ),
        "The lower code cannot be told from the upper one before the window is over.",
        "medium",
    ),
    DisputedReading(
        "management_date",
        "Which date of service do management codes bear?",
        (
            WayToRead(
                "last_day", "The last date of the month, or the date on which care ended.", ("S15", "S33")
            ),
            WayToRead("last_entry", "The date of the month's last counted time.", ("MEM",)),
            WayToRead("live_contact", "The date of the live contact.", ("MEM",)),
        ),
        "A service spread over days takes the day on which it ended.",
        "medium",
    ),
    DisputedReading(
        LIVE_CONTACTS,
        "How many live contacts does 98981 need?",
        (
            WayToRead("strict", "One more for each further 20 minutes: two for one unit.", ("S7", "S2")),
            WayToRead("plain", "One in the month covers all management codes.", ("S16", "S8")),
        ),
        "The stricter one until a payer says otherwise; what is above it is held for a person.",
        "low",
        decides_lines=True,
    ),
    DisputedReading(
        "window_anchor",
        "On which date does the first 30-day window begin?",
        (
            WayToRead(
                "first_data_day", "On the first data day after consent, plan of care and set-up.", ("S15",)
            ),
            WayToRead("set_up_day", "On the date of set-up.", ("S13",)),
            WayToRead("rolling", "On whichever date gives 30 days with enough data.", ("S31",)),
        ),
        "Monitoring begins with data; a window that moves misstates what is billed (S31).",
        "medium",
    ),
    DisputedReading(
        "same_day_minutes",
        "Do minutes on the day of a visit count?",
        (
            WayToRead("outside_the_visit", "Those outside the visit count, each second once.", ("S66",)),
            WayToRead("none", "None on that date, as for the sister codes with office visits.", ("MEM",)),
            WayToRead("attested", "Those that the clinician states were separate.", ("MEM",)),
        ),
        "A minute is counted for one service only; the overlap is dropped.",
        "low",
    ),
)


def dispute_named(key: str) -> DisputedReading | None:
    """The question with that key, or None.

    >>> dispute_named("live_contacts").default.key
    'strict'
    """
    return next((each for each in DISPUTED if each.key == key), None)
