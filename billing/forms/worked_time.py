"""What people type about time other than a call: what a stay was, time by hand, why an entry is taken back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from billing.models import TimeEntry
from networks.local_days import instant_of, local_date

_TEXT = {"class": "form-control", "autocomplete": "off"}
_ONE = {"required": "Choose one.", "invalid_choice": "Choose one of these."}
_MINUTES = {
    "invalid": "Write whole minutes, such as 4.",
    "min_value": "Write whole minutes, such as 4.",
    "max_value": "Write whole minutes, from 1 to 240.",
    "required": "Write whole minutes, such as 4.",
}
_LONG = {"required": "Say in a few words why.", "max_length": "Shorten this to 200 letters."}


class StayForm(forms.Form):
    """What a stay in the record was, and how much of it."""

    activity = forms.ChoiceField(
        label="What it was",
        choices=(
            (TimeEntry.Activity.REVIEW, "Looked through the data and decided"),
            (TimeEntry.Activity.CONVERSATION, "Talked with the patient or caregiver"),
            (TimeEntry.Activity.ADMINISTRATIVE, "Office work"),
        ),
        widget=forms.RadioSelect,
        error_messages=_ONE,
    )
    mode = forms.ChoiceField(
        label="If you talked: by",
        choices=((TimeEntry.Mode.PHONE, "Phone"), (TimeEntry.Mode.VIDEO, "Video")),
        widget=forms.RadioSelect,
        initial=TimeEntry.Mode.PHONE,
        required=False,
    )
    minutes = forms.IntegerField(
        label="Minutes",
        required=False,
        min_value=1,
        max_value=240,
        help_text="Leave empty for all of it; less if part of it was something else.",
        widget=forms.TextInput(attrs=_TEXT | {"inputmode": "numeric"}),
        error_messages=_MINUTES,
    )
    topic = forms.CharField(
        label="What was looked at and decided",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=_TEXT),
        error_messages=_LONG,
    )


class ByHandForm(forms.Form):
    """Time that was not timed: when, how long, what, and why it comes by hand."""

    activity = forms.ChoiceField(
        label="What it was",
        choices=(
            (TimeEntry.Activity.REVIEW, "Looked through the data and decided"),
            (TimeEntry.Activity.ADMINISTRATIVE, "Office work"),
        ),
        widget=forms.RadioSelect,
        error_messages=_ONE,
    )
    worked_on = forms.DateField(
        label="On",
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}),
        error_messages={"required": "Choose the date.", "invalid": "Write the date as 2026-03-31."},
    )
    began = forms.TimeField(
        label="Began at",
        widget=forms.TimeInput(attrs={"type": "time", "class": "form-control"}),
        error_messages={
            "required": "Write when it began.",
            "invalid": "Write the time as hours and minutes, such as 14:30.",
        },
    )
    minutes = forms.IntegerField(
        label="Minutes",
        min_value=1,
        max_value=240,
        widget=forms.TextInput(attrs=_TEXT | {"inputmode": "numeric"}),
        error_messages=_MINUTES,
    )
    reason = forms.CharField(
        label="Why it is entered by hand",
        max_length=200,
        help_text="Such as: looked at the chart on paper. The entry is marked as made by hand.",
        widget=forms.TextInput(attrs=_TEXT),
        error_messages=_LONG,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, now: datetime, zone: str) -> None:
        self.zone = ZoneInfo(zone)
        super().__init__(data, initial={"worked_on": local_date(now, self.zone).isoformat()})

    @property
    def times(self) -> tuple[datetime, datetime]:
        """When it began and ended, in the practice's zone."""
        began = instant_of(self.cleaned_data["worked_on"], self.cleaned_data["began"], self.zone)
        return began, began + timedelta(minutes=self.cleaned_data["minutes"])


class VoidTimeForm(forms.Form):
    """Why an entry is taken back."""

    reason = forms.CharField(
        label="Why it is taken back",
        max_length=200,
        widget=forms.TextInput(attrs=_TEXT | {"autofocus": True}),
        error_messages=_LONG,
    )
