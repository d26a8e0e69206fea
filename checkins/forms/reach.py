"""What people type about reaching a patient: a consent that was said, a new number."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from networks.errors import DomainError
from networks.local_days import instant_of, local_date
from patients import phones
from patients.models import ConsentEvent, Phone

METHODS = (
    (ConsentEvent.Method.PHONE, "On the phone"),
    (ConsentEvent.Method.IN_PERSON, "In person"),
    (ConsentEvent.Method.PAPER, "Signed on paper"),
)


class ConsentForm(forms.Form):
    """A consent given or withdrawn, as the patient said it."""

    kind = forms.ChoiceField(label="About", choices=ConsentEvent.Kind.choices, widget=forms.RadioSelect)
    act = forms.ChoiceField(
        label="The patient",
        choices=((ConsentEvent.Act.WITHDRAWN, "wants no more"), (ConsentEvent.Act.GIVEN, "agrees")),
        widget=forms.RadioSelect,
    )
    method = forms.ChoiceField(label="Said", choices=METHODS, widget=forms.RadioSelect)
    said_on = forms.DateField(
        label="On",
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}),
        help_text="Empty is today.",
        error_messages={"invalid": "Write the date as month, day and year."},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        now: datetime,
        zone: ZoneInfo,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, prefix="consent", initial=initial)
        self.now, self.zone = now, zone
        for field in self.fields.values():
            field.error_messages["required"] = "Choose one."

    def clean_said_on(self) -> date | None:
        """Refuse a date in the future."""
        day: date | None = self.cleaned_data["said_on"]
        if day and day > local_date(self.now, self.zone):
            raise forms.ValidationError("The date lies in the future: check it.")
        return day

    @property
    def occurred_at(self) -> datetime:
        """When it was said: now, or noon of an earlier day in the patient's zone."""
        day: date | None = self.cleaned_data["said_on"]
        if day is None or day == local_date(self.now, self.zone):
            return self.now
        return instant_of(day, time(12), self.zone)


class NumberForm(forms.Form):
    """A new number for a patient, and who holds it."""

    mobile = forms.CharField(
        label="New mobile number",
        required=False,
        widget=forms.TextInput(
            attrs={
                "class": "form-control",
                "inputmode": "tel",
                "placeholder": "312 555 0142",
                "autocomplete": "off",
            }
        ),
    )
    shares_phone = forms.BooleanField(
        label="Another patient here has this phone too: text this one from another number of the practice.",
        required=False,
    )
    holder = forms.ChoiceField(label="Who holds it", choices=Phone.Holder.choices, widget=forms.RadioSelect)
    relationship = forms.CharField(
        label="Who the caregiver is",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "form-control", "placeholder": "Daughter"}),
    )
    method = forms.ChoiceField(label="How they agreed to texts", choices=METHODS, widget=forms.RadioSelect)
    agreed = forms.BooleanField(
        label="Whoever holds this number agrees to these texts.",
        error_messages={"required": "Ask first: without their consent nobody is texted."},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, prefix="number", initial=initial)

    def clean_mobile(self) -> str:
        """Refuse what is no mobile number."""
        try:
            return phones.normalize(self.cleaned_data["mobile"])
        except DomainError as error:
            raise forms.ValidationError(error.sentence) from error

    def clean(self) -> dict[str, Any]:
        """A caregiver is named by who they are to the patient."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("holder") == Phone.Holder.CAREGIVER and not (data.get("relationship") or "").strip():
            self.add_error("relationship", "Write who the caregiver is, such as daughter.")
        return data
