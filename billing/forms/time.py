"""What people type about time: logging a call."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from django import forms

from billing.models import TimeEntry
from networks.local_days import local_date
from networks.templatetags.wording import day

TIMED = "timed"
_MINUTES = (("3", "3"), ("5", "5"), ("10", "10"), ("15", "15"), ("20", "20"), ("other", "Other"))
_MODES = (
    (TimeEntry.Mode.PHONE, "Phone"),
    (TimeEntry.Mode.VIDEO, "Video"),
    (TimeEntry.Mode.IN_PERSON, "In the clinic"),
)
_LONGEST_MINUTES = 240


class CallForm(forms.Form):
    """A call: how long, by which way, whether somebody was reached, what about."""

    QUICK: ClassVar = _MINUTES

    length = forms.ChoiceField(label="Minutes", choices=_MINUTES, widget=forms.RadioSelect, initial="5")
    minutes = forms.CharField(label="Other number of minutes", required=False)
    reached = forms.ChoiceField(
        label="Who was reached",
        choices=(
            ("yes", "The patient"),
            ("caregiver", "A caregiver"),
            ("message", "Left a message"),
            ("no", "Nobody"),
        ),
        widget=forms.RadioSelect,
        initial="yes",
    )
    mode = forms.ChoiceField(
        label="By", choices=_MODES, widget=forms.RadioSelect, initial=TimeEntry.Mode.PHONE
    )
    ended = forms.TimeField(
        label="Ended at",
        required=False,
        help_text="Leave empty for just now.",
        widget=forms.TimeInput(attrs={"type": "time", "class": "form-control"}),
        error_messages={"invalid": "Write the time as hours and minutes, such as 14:30."},
    )
    topic = forms.CharField(
        label="What about",
        required=False,
        max_length=200,
        error_messages={"max_length": "Shorten this to 200 letters."},
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        now: datetime,
        zone: str,
        started_at: datetime | None = None,
    ) -> None:
        super().__init__(data)
        self.instant, self.started_at = now, started_at
        if started_at is not None:
            # The server saw it begin: it ends with the click.
            length = self.fields["length"]
            length.choices = [(TIMED, "As timed"), *_MINUTES]  # type: ignore[attr-defined] # a ChoiceField
            self.initial["length"] = TIMED
        # A second click within the minute names the same seconds, so that the service knows it again.
        self.now = now.replace(second=0, microsecond=0)
        self.zone = ZoneInfo(zone)
        self.fields["minutes"].widget.attrs |= {"class": "form-control", "inputmode": "numeric"}

    def clean(self) -> dict[str, object]:
        """Work out the minutes and both instants."""
        data = super().clean() or self.cleaned_data
        if data.get("length") == TIMED and self.started_at is not None:
            return data | {"started_at": self.started_at, "ended_at": self.instant, "is_timed": True}
        minutes = data.get("minutes") if data.get("length") == "other" else data.get("length")
        if not _is_whole(str(minutes or "")) or not 1 <= int(minutes or 0) <= _LONGEST_MINUTES:
            self.add_error("minutes", "Write the minutes as a whole number from 1 to 240.")
            return data
        ended_at = self._ended_at(data.get("ended"))
        if ended_at > self.now:
            self.add_error("ended", "The call cannot end in the future: check the time.")
        started_at = ended_at - timedelta(minutes=int(minutes or 0))
        return data | {"started_at": started_at, "ended_at": ended_at, "is_timed": False}

    def _ended_at(self, ended: time | None) -> datetime:
        if ended is None:
            return self.now
        return datetime.combine(local_date(self.now, self.zone), ended, tzinfo=self.zone)


def _is_whole(typed: str) -> bool:
    # "²" is a digit to Python and no number to int().
    return typed.isascii() and typed.isdigit() and len(typed) <= 4


class SnoozeForm(forms.Form):
    """Until when a row is set aside, and why it can wait."""

    days = forms.ChoiceField(label="Back on Today", widget=forms.RadioSelect)
    date = forms.DateField(
        label="Another day",
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}),
        error_messages={"invalid": "Write the date as month, day and year."},
    )
    reason = forms.CharField(
        label="Why this can wait",
        max_length=200,
        help_text="Such as: seen in the clinic today, waits for the surgeon.",
        error_messages={
            "required": "Say in a few words why this can wait.",
            "max_length": "Shorten the reason to 200 letters.",
        },
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", "autofocus": True}),
    )

    def __init__(self, data: Mapping[str, object] | None = None, *, now: datetime, zone: str) -> None:
        super().__init__(data, initial={"days": "1"})
        self.today = local_date(now, ZoneInfo(zone))
        monday = 7 - self.today.weekday()
        steps = dict.fromkeys(sorted({1, 3, monday, 14}))
        self.fields["days"].choices = [  # type: ignore[attr-defined] # a ChoiceField
            *((str(step), self._named(step)) for step in steps),
            ("other", "Another day"),
        ]

    def clean(self) -> dict[str, object]:
        """Work out the date on which the row is back."""
        data = super().clean() or self.cleaned_data
        days = str(data.get("days") or "")
        until = data.get("date") if days == "other" else None
        if days.isascii() and days.isdigit():
            until = self.today + timedelta(days=int(days))
        if until is None and not self.errors:
            self.add_error("date", "Choose the day on which this patient is back on the list.")
        return data | {"until": until}

    def _named(self, step: int) -> str:
        if step == 1:
            return "Tomorrow"
        return day(self.today + timedelta(days=step))
