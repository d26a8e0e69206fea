"""One JSON value with the path that names it, read strictly: what does not fit is refused, never guessed."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from networks.local_days import UnknownZoneError, zone_named

Choice = TypeVar("Choice", bound=StrEnum)

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|\+00:00)")
# A local date may lie a day before or after the date in UTC, and the calendar ends with the years 1 and 9999.
FIRST_YEAR, LAST_YEAR = 2, 9998
# Far above any real set-up; Python reads a number of 4,300 digits and fails on writing out the sum of two.
MOST_MINUTES = 1_000_000_000


class DocumentError(ValueError):
    """The document does not fit its schema: `field` is the path, `reason` says what it must be."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class JsonField:
    """A JSON value and its path, as in `readings[3].at`; methods return it typed or raise DocumentError."""

    __slots__ = ("_place", "_within", "value")

    def __init__(self, value: object, *, within: "JsonField | None" = None, place: str | int = "") -> None:
        self.value = value
        self._within = within
        self._place = place

    @property
    def path(self) -> str:
        """The keys and positions that lead here, put together only when something is refused."""
        above = self._within.path if self._within else ""
        if isinstance(self._place, int):
            return f"{above}[{self._place}]"
        key = self._place
        name = key if not key or (key.isidentifier() and key.isascii()) else json.dumps(key)
        return f"{above}.{name}" if above and name else above + name

    def refuse(self, reason: str) -> DocumentError:
        """The error to raise for this field."""
        return DocumentError(self.path or "document", reason)

    def refuse_key(self, key: str, reason: str) -> DocumentError:
        """The error to raise for a key of this object."""
        return JsonField(None, within=self, place=key).refuse(reason)

    @property
    def is_null(self) -> bool:
        """Whether the value is null."""
        return self.value is None

    def members(self, *keys: str, optional: tuple[str, ...] = ()) -> dict[str, "JsonField"]:
        """The members of an object that has all the keys, perhaps the optional ones, and no other."""
        value = self.value
        if not isinstance(value, dict):
            raise self.refuse("must be an object.")
        for key in keys:
            if key not in value:
                raise self.refuse_key(key, "this key is missing.")
        for key in value:
            if key not in keys and key not in optional:
                raise self.refuse_key(key, "this key is unknown.")
        return {key: JsonField(each, within=self, place=key) for key, each in value.items()}

    def items(self) -> Iterator["JsonField"]:
        """The items of a list."""
        if not isinstance(self.value, list):
            raise self.refuse("must be a list.")
        for position, item in enumerate(self.value):
            yield JsonField(item, within=self, place=position)

    def text(self) -> str:
        """A string."""
        if not isinstance(self.value, str):
            raise self.refuse("must be a string.")
        return self.value

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.refuse("must be true or false.")
        return self.value

    def minutes(self) -> int:
        """A whole number of minutes, 0 or more; no more than can be meant."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < 0:
            raise self.refuse("must be a whole number, 0 or more.")
        if self.value > MOST_MINUTES:
            raise self.refuse(f"must not be more than {MOST_MINUTES}.")
        return self.value

    def choice(self, choices: type[Choice]) -> Choice:
        """One of an enumeration's values."""
        if isinstance(self.value, str):
            with suppress(ValueError):
                return choices(self.value)
        raise self.refuse(f"must be one of: {', '.join(each.value for each in choices)}.")

    def calendar_date(self) -> date:
        """A calendar date written YYYY-MM-DD."""
        if isinstance(self.value, str) and DATE.fullmatch(self.value):
            try:
                return date.fromisoformat(self.value)
            except ValueError as error:
                raise self.refuse("no such date is in the calendar.") from error
        raise self.refuse("must be a date written YYYY-MM-DD.")

    def calendar_date_or_none(self) -> date | None:
        """A calendar date, or None for null."""
        return None if self.is_null else self.calendar_date()

    def instant(self) -> datetime:
        """A whole second in UTC written YYYY-MM-DDTHH:MM:SSZ."""
        if not isinstance(self.value, str) or not INSTANT.fullmatch(self.value):
            raise self.refuse("must be an instant in UTC with whole seconds, written YYYY-MM-DDTHH:MM:SSZ.")
        try:
            instant = datetime.fromisoformat(self.value)
        except ValueError as error:
            raise self.refuse("no such date and time is in the calendar.") from error
        if not FIRST_YEAR <= instant.year <= LAST_YEAR:
            raise self.refuse(f"the year must be from {FIRST_YEAR} to {LAST_YEAR}.")
        return instant

    def zone(self) -> ZoneInfo:
        """An IANA time zone."""
        try:
            return zone_named(self.text())
        except UnknownZoneError as error:
            raise self.refuse("must be the name of an IANA time zone, such as America/Chicago.") from error
