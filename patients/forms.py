"""What people type about milestones."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from django import forms

from patients.models import Milestone

_TEXT = {"class": "form-control", "autocomplete": "off"}


class MilestoneForm(forms.Form):
    """What was reached, when, and where it is known from."""

    title = forms.CharField(
        label="What they can do now",
        max_length=80,
        error_messages={"required": "Say what they can do now.", "max_length": "Shorten this to 80 letters."},
        widget=forms.TextInput(attrs=_TEXT | {"list": "steps", "autofocus": True}),
    )
    reached_on = forms.DateField(
        label="Since",
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}),
        error_messages={
            "required": "Choose the date.",
            "invalid": "Write the date as month, day and year.",
        },
    )
    evidence = forms.ChoiceField(
        label="Known from", choices=Milestone.Evidence.choices, widget=forms.RadioSelect
    )

    def __init__(self, data: Mapping[str, object] | None, *, today: date) -> None:
        super().__init__(
            data, initial={"reached_on": today.isoformat(), "evidence": Milestone.Evidence.CLINICIAN}
        )


class VoidForm(forms.Form):
    """Why something is taken back."""

    REASON: ClassVar = "Say in a few words why this is taken back."

    reason = forms.CharField(
        label="Why it is taken back",
        max_length=200,
        error_messages={"required": REASON, "max_length": "Shorten the reason to 200 letters."},
        widget=forms.TextInput(attrs=_TEXT | {"autofocus": True}),
    )
