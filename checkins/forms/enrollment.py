"""What people type: enrolling, writing to a patient, closing an alert."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet

from checkins.cadence import LONGEST_WORDS
from checkins.services.enrollment import EnrollmentRequest
from networks.errors import DomainError
from networks.local_days import local_date
from networks.models import Clinician, Practice
from patients import phones
from patients.models import ConsentEvent, Episode, Language

_ZONES = (
    ("", "As the area code suggests, else the practice's"),
    ("America/New_York", "Eastern"),
    ("America/Chicago", "Central"),
    ("America/Denver", "Mountain"),
    ("America/Phoenix", "Arizona"),
    ("America/Los_Angeles", "Pacific"),
    ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"),
    ("America/Puerto_Rico", "Puerto Rico"),
)
_METHODS = (
    ConsentEvent.Method.IN_PERSON,
    ConsentEvent.Method.PAPER,
    ConsentEvent.Method.PHONE,
    ConsentEvent.Method.WEB,
)
_METHOD_WORDS = {ConsentEvent.Method.WEB: "By web link: they read it and agree themselves"}
# Names of the services' fields and of the form's where they differ.
_FIELDS = {"starts_on": "evaluated_on", "ends_on": "plan_until", "clinician_id": "clinician"}


class _DateInput(forms.DateInput):
    input_type = "date"


class _ClinicianField(forms.ModelChoiceField):  # type: ignore[type-arg] # not subscriptable at run time
    """A choice among clinicians; whatever is no id at all is as wrong as another practice's id."""

    def to_python(self, value: object) -> Clinician | None:
        """Return the clinician chosen."""
        try:
            found: Clinician | None = super().to_python(value)
        except forms.ValidationError as error:
            raise forms.ValidationError(self.error_messages["invalid_choice"]) from error
        return found


class EnrollmentForm(forms.Form):
    """Six answers; everything past the clinician has a default."""

    SHORT: ClassVar = (
        "given_name",
        "family_name",
        "mobile",
        "shares_phone",
        "language",
        "condition",
        "side",
        "clinician",
    )

    given_name = forms.CharField(label="First name", required=False)
    family_name = forms.CharField(label="Last name", required=False)
    mobile = forms.CharField(
        label="Mobile number",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "placeholder": "312 555 0142"}),
    )
    shares_phone = forms.BooleanField(
        label="Another patient here has this phone too: text this one from another number of the practice.",
        required=False,
    )
    language = forms.ChoiceField(
        label="Language of the texts", choices=Language.choices, widget=forms.RadioSelect
    )
    condition = forms.ChoiceField(label="Condition", choices=[("", "Choose"), *Episode.Condition.choices])
    side = forms.ChoiceField(label="Side", choices=Episode.Side.choices, widget=forms.RadioSelect)
    clinician = _ClinicianField(label="Clinician", queryset=None, empty_label="Choose")

    record_number = forms.CharField(label="Record number", required=False)
    birth_date = forms.DateField(label="Birth date", required=False, widget=_DateInput)
    activity = forms.CharField(
        label="What they most want to do again",
        required=False,
        max_length=LONGEST_WORDS,
        error_messages={"max_length": f"Shorten this to {LONGEST_WORDS} letters."},
    )
    evaluated_on = forms.DateField(label="Date of the evaluation", required=False, widget=_DateInput)
    surgery_on = forms.DateField(label="Date of the surgery", required=False, widget=_DateInput)
    plan_from = forms.DateField(label="Plan of care from", required=False, widget=_DateInput)
    plan_until = forms.DateField(label="Plan of care until", required=False, widget=_DateInput)
    names_rtm = forms.BooleanField(label="The plan of care names remote monitoring", required=False)
    send_at = forms.TimeField(
        label="Check-in at", required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    time_zone = forms.ChoiceField(label="Time zone", choices=_ZONES, required=False)
    consent_method = forms.ChoiceField(
        label="How consent was given",
        choices=[(each.value, _METHOD_WORDS.get(each, each.label)) for each in _METHODS],
        required=False,
    )
    agreed = forms.BooleanField(
        label="The patient agrees to monitoring and to these texts, and knows that texts are not for emergencies.",
        error_messages={"required": "Ask the patient first: without their consent nobody is texted."},
    )

    def __init__(
        self,
        data: Mapping[str, object] | None,
        *,
        clinicians: QuerySet[Clinician],
        practice: Practice,
        now: datetime,
        initial: dict[str, object],
    ) -> None:
        super().__init__(data, initial=initial)
        self.practice = practice
        self.now = now
        self.fields["clinician"].queryset = clinicians  # type: ignore[attr-defined] # a ModelChoiceField
        for name, message in _MISSING.items():
            self.fields[name].error_messages |= {"required": message, "invalid_choice": message}
        for name in ("birth_date", "evaluated_on", "surgery_on", "plan_from", "plan_until"):
            self.fields[name].error_messages["invalid"] = "Write the date as month, day and year."
        # Whoever agrees by web link says so on its page, and to nobody here.
        self.fields["agreed"].required = not self.is_by_link
        for name, field in self.fields.items():
            _style(field, autofocus=name == "given_name")

    def clean_given_name(self) -> str:
        """Refuse an empty or endless first name."""
        return _name(self.cleaned_data["given_name"], label="first name")

    def clean_family_name(self) -> str:
        """Refuse an empty or endless last name."""
        return _name(self.cleaned_data["family_name"], label="last name")

    def clean_mobile(self) -> str:
        """Refuse what is no mobile number."""
        try:
            return phones.normalize(self.cleaned_data["mobile"])
        except DomainError as error:
            raise forms.ValidationError(error.sentence) from error

    def clean_birth_date(self) -> date | None:
        """Refuse a birth date in the future."""
        born: date | None = self.cleaned_data["birth_date"]
        if born and born > local_date(self.now, ZoneInfo(self.practice.time_zone)):
            raise forms.ValidationError("The birth date lies in the future: check the year.")
        return born

    def enrollment_request(self) -> EnrollmentRequest:
        """Return what the service wants, from a valid form."""
        data = self.cleaned_data
        clinician: Clinician = data["clinician"]
        clinician_id: UUID = clinician.pk
        return EnrollmentRequest(
            given_name=data["given_name"],
            family_name=data["family_name"],
            mobile=data["mobile"],
            shares_phone=data["shares_phone"],
            language=data["language"],
            condition=data["condition"],
            side=data["side"],
            clinician_id=clinician_id,
            time_zone=data["time_zone"],
            record_number=data["record_number"].strip(),
            birth_date=data["birth_date"],
            activity=data["activity"],
            evaluated_on=data["evaluated_on"],
            surgery_on=data["surgery_on"],
            plan_from=data["plan_from"],
            plan_until=data["plan_until"],
            names_rtm=data["names_rtm"],
            send_at=data["send_at"],
            consent_method=data["consent_method"] or ConsentEvent.Method.IN_PERSON,
        )

    def refuse(self, error: DomainError) -> None:
        """Put a service's sentence at the field it is about."""
        field = _FIELDS.get(error.field or "", error.field)
        self.add_error(field if field in self.fields else None, error.sentence)

    @property
    def is_by_link(self) -> bool:
        """Whether the patient is to agree by web link."""
        return bool(self["consent_method"].value() == ConsentEvent.Method.WEB)

    @property
    def opens_rest(self) -> bool:
        """Whether a fault lies in the part that is folded away."""
        return any(name not in (*self.SHORT, "agreed", "consent_method") for name in self.errors)


_MISSING = {
    "language": "Choose English or Spanish for the texts.",
    "condition": "Choose the condition from the list.",
    "side": "Choose the side from the list.",
    "clinician": "Choose a clinician of this practice.",
}


def _name(value: str, *, label: str) -> str:
    if not value.strip():
        raise forms.ValidationError(f"Write the {label}.")
    if len(value) > 80:
        raise forms.ValidationError(f"The {label} is longer than 80 letters: shorten it.")
    return value


def _style(field: forms.Field, *, autofocus: bool) -> None:
    widget = field.widget
    if type(widget) is forms.Select:
        widget.attrs["class"] = "form-select"
    elif isinstance(widget, (forms.TextInput, forms.DateInput, forms.TimeInput, forms.Textarea)):
        widget.attrs["class"] = "form-control"
        widget.attrs["autocomplete"] = "off"
    if autofocus:
        widget.attrs["autofocus"] = True
