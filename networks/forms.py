"""What people type about who works where."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from networks.models import Clinician
from networks.permissions import Role
from networks.role_endings import REASON_WORDS
from networks.role_words import role_choices
from networks.services.people import Post

_TEXT = {"class": "form-control", "autocomplete": "off"}


class RoleForm(forms.Form):
    """A role; for a clinician also who they are to payers."""

    role = forms.ChoiceField(
        label="Role",
        error_messages={"required": "Choose a role.", "invalid_choice": "Choose one of these roles."},
    )
    npi = forms.CharField(
        label="NPI",
        required=False,
        max_length=20,
        help_text="Ten digits. Look it up in the NPPES registry.",
        error_messages={"max_length": "An NPI has 10 digits and begins with 1 or 2."},
        widget=forms.TextInput(attrs=_TEXT | {"inputmode": "numeric"}),
    )
    credential = forms.ChoiceField(
        label="Credential",
        required=False,
        choices=(("", "Choose"), *Clinician.Credential.choices),
        error_messages={"invalid_choice": "Choose the clinician's credential."},
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, roles: frozenset[Role]) -> None:
        super().__init__(data)
        self.duties = role_choices(roles)
        self.asks_clinician = Role.CLINICIAN in roles
        role = self.fields["role"]
        if isinstance(role, forms.ChoiceField):
            role.choices = [(value, words) for value, words, _ in self.duties]

    def post(self) -> Post:
        """Return what was chosen."""
        kept = self.cleaned_data
        return Post(Role(kept["role"]), npi=kept["npi"], credential=kept["credential"])


class InviteForm(RoleForm):
    """Who is invited, and as what."""

    name = forms.CharField(
        label="Name",
        max_length=120,
        error_messages={"required": "Write the person's name.", "max_length": "Shorten this to 120 letters."},
        widget=forms.TextInput(attrs=_TEXT | {"autofocus": True}),
    )
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="The invitation goes there, and they sign in with it.",
        error_messages={
            "required": "Write the person's e-mail address.",
            "invalid": "Write an e-mail address, such as ana@example.org.",
            "max_length": "Write an e-mail address, such as ana@example.org.",
        },
        widget=forms.EmailInput(attrs=_TEXT | {"inputmode": "email"}),
    )


class EndForm(forms.Form):
    """When a role ends, and why."""

    last_day = forms.DateField(
        error_messages={"required": "Choose the last day.", "invalid": "Write the last day as 2026-03-31."}
    )
    reason = forms.ChoiceField(
        choices=REASON_WORDS,
        error_messages={"required": "Choose why it ends.", "invalid_choice": "Choose why it ends."},
    )

    def said(self) -> str:
        """Return what is wrong in one line."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)

    def chosen(self) -> tuple[date, str]:
        """Return last day and reason."""
        return self.cleaned_data["last_day"], self.cleaned_data["reason"]
