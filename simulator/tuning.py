"""What can be tuned while the simulator runs: delays, rates, countries; kept in its database."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from simulator.store import Store


@dataclass(frozen=True)
class Tuning:
    """Values of POST /control/settings; times in seconds."""

    delay_min: float = 0.2
    delay_max: float = 1.5
    # Segments per second of each sender, 0 for no limit; a 10DLC campaign has about 4 to 75 per carrier.
    segments_per_second: float = 0.0
    # A sender holds ten hours of texts at its rate, then 21611 (number) or 30001 (service).
    queue_seconds: float = 36_000.0
    # Calling codes that may be texted; others are refused with 21408.
    country_codes: tuple[str, ...] = ("1",)
    schedule_min: float = 300.0


class TuningBoard:
    """The values in force."""

    def __init__(self, store: Store, *, defaults: Tuning) -> None:
        self._store = store
        self._defaults = defaults
        rows = store.reader.execute("SELECT name, value FROM settings")
        self.current = change(defaults, {row["name"]: json.loads(row["value"]) for row in rows})

    def update(self, document: dict[str, Any]) -> Tuning:
        """Change the values named in `document`; ValueError says what does not fit."""
        self.current = change(self.current, document)
        with self._store.write() as db:
            for name in document:
                db.execute(
                    "INSERT INTO settings VALUES (?, ?)"
                    " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                    (name, json.dumps(document[name])),
                )
        return self.current

    def clear(self) -> None:
        """Go back to the values the process was started with."""
        self.current = self._defaults
        with self._store.write() as db:
            db.execute("DELETE FROM settings")


def change(tuning: Tuning, document: dict[str, Any]) -> Tuning:
    """Return `tuning` with some values replaced."""
    values = asdict(tuning)
    for name, value in document.items():
        if name not in {item.name for item in fields(Tuning)}:
            raise ValueError(f"Unknown setting {name}; known are {', '.join(values)}.")
        if name == "country_codes":
            values[name] = tuple(str(code) for code in value)
        elif isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0:
            values[name] = float(value)
        else:
            raise ValueError(f"{name} must be a number of 0 or more.")
    if values["delay_min"] > values["delay_max"]:
        raise ValueError("delay_min must not be more than delay_max.")
    return Tuning(**values)
