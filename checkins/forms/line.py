"""What people type about a number at the carrier."""

from datetime import date
from decimal import Decimal

from django import forms

from networks.errors import DomainError
from patients import phones


def _text(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", **attrs})


class SenderForm(forms.Form):
    """A number of the practice, its account and the token that proves the carrier's calls."""

    number = forms.CharField(label="Number", required=False, widget=_text(placeholder="312 555 0100"))
    account_sid = forms.RegexField(
        r"^AC[0-9a-fA-F]{32}$",
        label="Account SID",
        widget=_text(placeholder="AC and 32 letters and digits"),
        error_messages={
            "invalid": "It begins with AC and has 34 characters: copy it from the carrier's console.",
            "required": "Copy it from the carrier's console.",
        },
    )
    token = forms.RegexField(
        r"^[0-9a-zA-Z]{32}$",
        label="Auth token",
        widget=forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "off"}),
        help_text="Kept encrypted and never shown again.",
        error_messages={
            "invalid": "It has 32 letters and digits: copy it from the carrier's console.",
            "required": "Copy it from the carrier's console.",
        },
    )

    def clean_number(self) -> str:
        """Refuse what is no number."""
        try:
            return phones.normalize(self.cleaned_data["number"])
        except DomainError as error:
            raise forms.ValidationError(error.sentence) from error


class CampaignForm(forms.Form):
    """When the campaign was approved and how many segments a second it may send."""

    approved_on = forms.DateField(
        label="Campaign approved on",
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}),
        error_messages={"required": "Enter the date.", "invalid": "Write the date as month, day and year."},
    )
    segments_per_second = forms.DecimalField(
        label="Segments a second",
        min_value=Decimal("0.1"),
        max_value=Decimal(225),
        decimal_places=2,
        help_text="Stands beside the campaign: 3.75 for low volume, up to 225 for the best trust score.",
        widget=forms.NumberInput(attrs={"class": "form-control", "step": "0.05"}),
        error_messages={"required": "Enter a number such as 3.75."},
    )

    def approval(self) -> tuple[date, Decimal]:
        """Return both answers of a valid form."""
        return self.cleaned_data["approved_on"], self.cleaned_data["segments_per_second"]


class TokenForm(forms.Form):
    """A new auth token; the one before it goes on being accepted."""

    token = SenderForm.base_fields["token"]
