"""What people type about the practice's claims: as whom it bills, its fees, payers' numbers, diagnoses."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from billing.code_set import CODES, System
from billing.services.claims import PLACES_OF_SERVICE

_TEXT = {"class": "form-control", "autocomplete": "off"}
# The codes that a musculoskeletal practice can charge.
_CHARGED = tuple(each for each in CODES if each.system in {System.ANY, System.MUSCULOSKELETAL})


def _text(
    label: str, *, longest: int, required: bool = True, hint: str = "", digits: bool = False
) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=longest,
        help_text=hint,
        widget=forms.TextInput(attrs=_TEXT | ({"inputmode": "numeric"} if digits else {})),
        error_messages={"required": "Fill this in.", "max_length": f"Shorten this to {longest} letters."},
    )


def _date(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}),
        error_messages={"required": "Choose the first day.", "invalid": "Write the date as 2026-01-01."},
    )


class ProviderForm(forms.Form):
    """As whom the practice bills."""

    npi = _text("The practice's NPI", longest=20, hint="Ten digits; the practice's own.", digits=True)
    place_of_service = forms.ChoiceField(
        label="Place of service",
        choices=PLACES_OF_SERVICE,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )
    practice_number = _text(
        "The practice's number in the system that takes the charges",
        longest=40,
        required=False,
        hint="Leave empty where it has none.",
    )
    starts_on = _date("From")


class FeesForm(forms.Form):
    """What the practice charges for one unit of each code; an empty code stays as it is."""

    starts_on = _date("From")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        for code in _CHARGED:
            self.fields[f"fee_{code.code}"] = forms.DecimalField(
                label=f"{code.code} in dollars",
                help_text=code.meaning,
                required=False,
                max_digits=6,
                decimal_places=2,
                widget=forms.TextInput(attrs=_TEXT | {"inputmode": "decimal"}),
                error_messages={"invalid": "Write dollars and cents, such as 60.00."},
            )

    @property
    def dollars(self) -> dict[str, Decimal]:
        """The fees typed, by code."""
        return {
            each.code: typed
            for each in _CHARGED
            if (typed := self.cleaned_data.get(f"fee_{each.code}")) is not None
        }


class PayerNumberForm(forms.Form):
    """Under which number the clearing house knows a payer."""

    payer = forms.TypedChoiceField(
        label="Payer",
        coerce=UUID,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"required": "Choose the payer.", "invalid_choice": "Choose the payer."},
    )
    number = _text("Its number", longest=20, hint="As the clearing house lists it.")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, payers: Sequence[tuple[UUID, str]] = ()
    ) -> None:
        super().__init__(data)
        self.fields["payer"].choices = [("", "Choose"), *((str(key), name) for key, name in payers)]  # type: ignore[attr-defined] # a ChoiceField


class ClaimDetailsForm(forms.Form):
    """An episode's diagnoses and who referred the patient."""

    name = "claim"

    diagnoses = _text(
        "Diagnosis codes", longest=200, hint="The principal one first, such as: M17.11, M25.561."
    )
    referring_npi = _text(
        "Referring clinician's NPI", longest=20, required=False, hint="Medicare wants it.", digits=True
    )
    referring_name = _text("Referring clinician's name", longest=120, required=False)
    case_number = _text("The case's number in the EHR", longest=40, required=False)
    starts_on = _date("From")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, prefix=self.name, initial=initial)

    @property
    def codes(self) -> list[str]:
        """The diagnosis codes typed, however they were set apart."""
        return [each for each in re.split(r"[\s,;|]+", self.cleaned_data["diagnoses"]) if each]
