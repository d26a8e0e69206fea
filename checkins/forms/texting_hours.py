"""What people choose as the practice's texting hours."""

from django import forms

_CHOICES = (("yes", "Yes"), ("no", "No"))


def _time(label: str, *, hint: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text=hint,
        input_formats=["%H:%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "form-control"}),
        error_messages={
            "required": "Choose a time.",
            "invalid": "Write the time as hours and minutes, such as 09:00.",
        },
    )


class TextingHoursForm(forms.Form):
    """The earliest and the latest time of a text, and whether Sundays count."""

    texts_from = _time("Earliest text", hint="Before it, texts wait.")
    texts_until = _time("Latest text", hint="From then on, nothing leaves until the next day.")
    texts_on_sunday = forms.ChoiceField(
        label="Texts on Sundays",
        choices=_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no.", "invalid_choice": "Choose yes or no."},
    )
