"""What people choose about the weekly drill."""

from typing import Any, ClassVar

from django import forms


class WeeklyDrillForm(forms.Form):
    """A weekday and an hour, or off."""

    DAYS: ClassVar = (
        ("", "Off: only by hand"),
        ("0", "Mondays"),
        ("1", "Tuesdays"),
        ("2", "Wednesdays"),
        ("3", "Thursdays"),
        ("4", "Fridays"),
        ("5", "Saturdays"),
        ("6", "Sundays"),
    )

    weekday = forms.ChoiceField(choices=DAYS, required=False)
    at = forms.TimeField()

    def chosen(self) -> dict[str, Any]:
        """Return what the service wants, from a valid form."""
        weekday = self.cleaned_data["weekday"]
        return {"weekday": int(weekday) if weekday else None, "at": self.cleaned_data["at"]}
