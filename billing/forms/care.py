"""What people type about the records that open a gate; dates as the calendar gives them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms

from billing.models import Attestation, Coverage, Exclusion

_TEXT = {"class": "form-control", "autocomplete": "off"}
_LONGEST_SPAN_DAYS = 90  # 42 CFR 424.24(c), 2024: a plan of care is certified for at most 90 days
_CHECK_HOLDS_DAYS = 90  # How long a look at a payer's policy is trusted (our choice)


def _date(label: str, *, required: bool = True, hint: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}),
        error_messages={"required": "Choose the date.", "invalid": "Write the date as 2026-03-31."},
    )


def _text(label: str, *, longest: int, required: bool = True, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=longest,
        help_text=hint,
        widget=forms.TextInput(attrs=_TEXT),
        error_messages={"required": "Fill this in.", "max_length": f"Shorten this to {longest} letters."},
    )


def _choice(label: str, choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )


def _minutes(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=480,
        widget=forms.TextInput(attrs=_TEXT | {"inputmode": "numeric"}),
        error_messages={
            "required": "Write 0 where nobody did.",
            "invalid": "Write whole minutes, from 0 to 480.",
            "min_value": "Write whole minutes, from 0 to 480.",
            "max_value": "Write whole minutes, from 0 to 480.",
        },
    )


class _RecordForm(forms.Form):
    """A form among others on one page: its name stands before its fields."""

    name = ""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, prefix=self.name, initial=initial)


class PlanForm(_RecordForm):
    """A further span of the plan of care."""

    name = "plan"

    starts_on = _date("From")
    ends_on = _date("Until", hint="At most 90 days.")
    names_rtm = forms.TypedChoiceField(
        label="Does it name remote monitoring?",
        choices=(("yes", "Yes"), ("no", "No")),
        coerce=lambda typed: typed == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )
    goal = _text(
        "Goal", longest=200, required=False, hint="As the plan has it, such as: stairs without rail."
    )
    certified_on = _date("Certified on", required=False, hint="Leave empty until the signed plan is back.")


class SetUpForm(_RecordForm):
    """That the patient was set up and taught, or a correction of that."""

    name = "setup"

    completed_on = _date("Completed on")
    pt_minutes = _minutes("Therapist's minutes")
    pta_minutes = _minutes("Assistant's minutes")
    taught_by = forms.TypedChoiceField(
        label="Taught by",
        coerce=UUID,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"required": "Choose who taught.", "invalid_choice": "Choose who taught."},
    )
    note = _text(
        "What they showed", longest=300, required=False, hint="Such as: answered the first text herself."
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: dict[str, Any] | None = None,
        clinicians: Sequence[tuple[UUID, str]] = (),
        corrects: bool = False,
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["taught_by"].choices = [(str(key), name) for key, name in clinicians]  # type: ignore[attr-defined] # a ChoiceField
        if corrects:
            self.fields["reason"] = _text("Why it is corrected", longest=200)


class CoverageForm(_RecordForm):
    """What a payer was found to cover, where that was read, and until when the look is trusted."""

    name = "coverage"

    payer = forms.TypedChoiceField(
        label="Payer",
        coerce=UUID,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"required": "Choose the payer.", "invalid_choice": "Choose the payer."},
    )
    status = _choice("What was found", Coverage.Status.choices)
    starts_on = _date("From")
    ends_on = _date("Trusted until", required=False, hint="Look again after that; 90 days is usual.")
    covered_from = _date("Authorized from", required=False, hint="Needed with prior authorization.")
    evidence = _text(
        "Where it was found",
        longest=300,
        required=False,
        hint="The policy's number and page, or the authorization's number.",
    )
    checked_on = _date("Looked up on")
    member_id = _text(
        "Member number", longest=40, required=False, hint="As on the card; empty keeps the one on file."
    )
    authorization_number = _text(
        "Authorization number", longest=50, required=False, hint="Needed on claims with prior authorization."
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: dict[str, Any] | None = None,
        payers: Sequence[tuple[UUID, str]] = (),
    ) -> None:
        super().__init__(data, initial=initial)
        choices = [("", "Choose"), *((str(key), name) for key, name in payers)]
        self.fields["payer"].choices = choices  # type: ignore[attr-defined] # a ChoiceField


class ExclusionForm(_RecordForm):
    """Another service that shuts remote monitoring out, from when to when."""

    name = "exclusion"

    kind = _choice("What", Exclusion.Kind.choices)
    starts_on = _date("From")
    ends_on = _date("Until", required=False, hint="Leave empty while it goes on.")
    source = _text("Known from", longest=200, required=False, hint="Such as: the daughter, on the phone.")


class AttestationForm(_RecordForm):
    """What somebody said about other services."""

    name = "attestation"

    said_on = _date("Asked on")
    source = _choice("Who said so", Attestation.Source.choices)
    no_other_monitoring = forms.BooleanField(
        label="Nobody else monitors the patient from afar (RTM or RPM)", required=False
    )
    no_home_health = forms.BooleanField(label="Not under a home-health plan", required=False)


class DischargeForm(_RecordForm):
    """When care ended, and why."""

    name = "discharge"

    ends_on = _date("Last day of care")
    reason = _text("Why care ends", longest=40, hint="Such as: goals met, moved away.")


class EndForm(forms.Form):
    """The last date of something that goes on."""

    ends_on = _date("Last day")


class CertifiedForm(forms.Form):
    """When a plan of care was certified."""

    certified_on = _date("Certified on")


class TakeBackForm(forms.Form):
    """Why a record is taken back."""

    reason = _text("Why it is taken back", longest=200)


class DeterminationForm(forms.Form):
    """Why the practice holds the software to be a device, who signed, from when."""

    basis = _text("Basis", longest=200, hint="The class or the discretion category counsel names.")
    memo = _text("Memo", longest=300, hint="Its title and where it is kept.")
    software_version = _text("Software and labeling version", longest=40)
    signed_by = _text("Signed by", longest=120)
    starts_on = _date("From")
    ends_on = _date("Until", required=False)


def next_span(ends_on: date | None, *, today: date) -> dict[str, Any]:
    """Return the dates to begin with for a further span: the day after the last one, 90 days long."""
    first = today if ends_on is None or ends_on < today - timedelta(days=1) else ends_on + timedelta(days=1)
    return {
        "starts_on": first.isoformat(),
        "ends_on": (first + timedelta(days=_LONGEST_SPAN_DAYS - 1)).isoformat(),
        "names_rtm": "yes",
    }


def coverage_dates(*, today: date) -> dict[str, Any]:
    """Return the dates to begin with for a look at a payer's policy."""
    return {
        "starts_on": today.isoformat(),
        "checked_on": today.isoformat(),
        "ends_on": (today + timedelta(days=_CHECK_HOLDS_DAYS)).isoformat(),
    }
