"""What somebody answers on the consent page: yes or no to each, who they are, their name."""

from collections.abc import Mapping
from typing import Any

from django import forms

from checkins.services.consent_links import Answer
from patients.models import ConsentSignature

YES, NO = "yes", "no"
_EITHER = ((YES, YES), (NO, NO))
_LONGEST_NAME = 80
_LONGEST_RELATIONSHIP = 40


class ConsentPageForm(forms.Form):
    """The answers; its sentences come in the page's language, nothing is chosen beforehand."""

    monitoring = forms.ChoiceField(choices=_EITHER)
    texts = forms.ChoiceField(choices=_EITHER)
    signer = forms.ChoiceField(choices=ConsentSignature.Signer.choices)
    relationship = forms.CharField(required=False, max_length=_LONGEST_RELATIONSHIP)
    typed_name = forms.CharField(max_length=_LONGEST_NAME)

    def __init__(
        self, data: Mapping[str, Any] | None, *, language: str, asks_texts: bool, sentences: Mapping[str, str]
    ) -> None:
        super().__init__(data)
        self.language, self.sentences = language, sentences
        if not asks_texts:
            del self.fields["texts"]
        for name, field in self.fields.items():
            codes = ("required", "invalid_choice", "max_length", "null_characters_not_allowed")
            field.error_messages = dict.fromkeys(codes, sentences.get(name, ""))
            for validator in field.validators:
                # Django's own sentence is English alone.
                if hasattr(validator, "message"):
                    validator.message = sentences.get(name, "")

    def clean(self) -> dict[str, Any]:
        """A caregiver says who they are to the patient; a patient needs not."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        by_caregiver = data.get("signer") == ConsentSignature.Signer.CAREGIVER
        if by_caregiver and "relationship" not in self.errors and not data.get("relationship"):
            self.add_error("relationship", self.sentences["relationship"])
        return data

    def answer(self) -> Answer:
        """Return what the service wants, from a valid form."""
        data = self.cleaned_data
        by_caregiver = data["signer"] == ConsentSignature.Signer.CAREGIVER
        return Answer(
            monitoring=data["monitoring"] == YES,
            texts=data["texts"] == YES if "texts" in data else None,
            signer=data["signer"],
            typed_name=data["typed_name"],
            relationship=data["relationship"] if by_caregiver else "",
            language=self.language,
        )
