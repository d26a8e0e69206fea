"""What the profile page asks: payer, period, conditions."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from networks.errors import DomainError
from networks.models import Payer
from reporting.case_mix import CONDITIONS
from reporting.services.drafting import ProfileRequest

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_REQUIRED_DAY = {"required": "Give a date.", "invalid": "Give a date such as 2026-03-01."}


class ProfileForm(forms.Form):
    """Payer, first day, cut-off, conditions."""

    payer: "forms.ModelChoiceField[Payer]" = forms.ModelChoiceField(
        queryset=None,
        empty_label="Choose a payer",
        error_messages={"required": "Choose a payer.", "invalid_choice": "Choose a payer from the list."},
    )
    first_day = forms.DateField(label="From", widget=_DAY, error_messages=_REQUIRED_DAY)
    cut_off = forms.DateField(
        label="To",
        widget=_DAY,
        error_messages=_REQUIRED_DAY,
    )
    conditions = forms.MultipleChoiceField(
        required=False,
        choices=tuple(CONDITIONS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen means all.",
        error_messages={"invalid_choice": "Choose conditions from the list."},
    )

    def __init__(self, *args: Any, payers: QuerySet[Payer], **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        field = self.fields["payer"]
        field.queryset = payers  # type: ignore[attr-defined] # a model choice has one
        field.widget.attrs["class"] = "form-select"
        for name in ("first_day", "cut_off"):
            self.fields[name].widget.attrs["class"] = "form-control"

    def clean(self) -> dict[str, Any]:
        """Refuse a period that runs backwards."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("cut_off")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("cut_off", "The period must end after it begins.")
        return cleaned

    def profile_request(self) -> ProfileRequest:
        """Return what was chosen; the form must be valid."""
        chosen = self.cleaned_data
        return ProfileRequest(
            payer=chosen["payer"],
            first_day=chosen["first_day"],
            cut_off=chosen["cut_off"],
            conditions=tuple(chosen["conditions"]),
        )

    def refuse(self, error: DomainError) -> None:
        """Put a refusal of the service where it belongs: at its field, or above the form."""
        self.add_error(error.field if error.field in self.fields else None, error.sentence)
