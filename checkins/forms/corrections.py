"""What people type to correct a reading."""

from collections.abc import Mapping

from django import forms

from checkins import corrected_answers


class CorrectionForm(forms.Form):
    """What a person read in a text, and why it differs from what the reader read."""

    pain = forms.CharField(
        label="Pain", required=False, help_text="0 to 10; 4 to 5 for a range; empty: not reported"
    )
    exercises = forms.ChoiceField(
        label="Exercises",
        required=False,
        widget=forms.RadioSelect,
        choices=(
            ("", "Not reported"),
            ("yes", "Done"),
            ("partial", "In part"),
            ("no", "Not done"),
            ("later", "Later"),
        ),
    )
    function = forms.CharField(label="Function", required=False, help_text="0 to 10; empty: not reported")
    milestone = forms.ChoiceField(
        label="Milestone",
        required=False,
        widget=forms.RadioSelect,
        choices=(("", "Not reported"), ("yes", "Reached"), ("no", "Not yet")),
    )
    reason = forms.CharField(
        label="Why it reads differently",
        max_length=200,
        error_messages={
            "required": "Say in a few words why this reads differently.",
            "max_length": "Shorten the reason to 200 letters.",
        },
    )

    def __init__(self, data: Mapping[str, object] | None, *, counted: Mapping[str, object]) -> None:
        super().__init__(
            data,
            initial={
                "pain": corrected_answers.typed(counted.get("pain")),
                "function": corrected_answers.typed(counted.get("function")),
                "exercises": counted.get("exercises", ""),
                "milestone": counted.get("milestone", ""),
            },
        )
        self.is_free = bool(counted.get("free"))
        for name in ("pain", "function", "reason"):
            self.fields[name].widget.attrs |= {"class": "form-control", "autocomplete": "off"}
        self.fields["pain"].widget.attrs["autofocus"] = True

    def clean_pain(self) -> str:
        """Refuse what is no score."""
        return self._score("pain")

    def clean_function(self) -> str:
        """Refuse what is no score."""
        return self._score("function")

    def answers(self) -> dict[str, object]:
        """Return the answers of a valid form."""
        data = self.cleaned_data
        return corrected_answers.answers(
            pain=data["pain"],
            function=data["function"],
            exercises=data["exercises"],
            milestone=data["milestone"],
            free=self.is_free,
        )

    def _score(self, name: str) -> str:
        typed: str = self.cleaned_data[name]
        try:
            corrected_answers.score(typed)
        except corrected_answers.UnreadableScoreError as error:
            raise forms.ValidationError(str(error)) from error
        return typed
