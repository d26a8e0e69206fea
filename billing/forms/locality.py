"""What people type about the practice's locality in the fee schedule."""

from django import forms

_MISSING = {"required": "Fill this in as CMS's file has it.", "invalid": "Write a number, such as 1.013."}


def _index(label: str) -> forms.DecimalField:
    widget = forms.TextInput(attrs={"class": "form-control", "inputmode": "decimal", "autocomplete": "off"})
    return forms.DecimalField(
        label=label, max_digits=5, decimal_places=3, widget=widget, error_messages=_MISSING
    )


class LocalityForm(forms.Form):
    """A locality with its three indices, their source and the date from which they hold."""

    name = forms.CharField(
        label="Locality",
        max_length=80,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        error_messages=_MISSING,
    )
    work = _index("Work GPCI")
    practice_expense = _index("Practice expense GPCI")
    malpractice = _index("Malpractice GPCI")
    source = forms.CharField(
        label="Source",
        help_text="The file and its year, such as GPCI file CY2026.",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        error_messages=_MISSING,
    )
    starts_on = forms.DateField(
        label="From",
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}),
        error_messages={"required": "Choose the first day.", "invalid": "Write the date as 2026-01-01."},
    )
