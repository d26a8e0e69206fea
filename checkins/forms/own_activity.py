"""What people type about a patient's own activity."""

from django import forms

from checkins.cadence import LONGEST_WORDS


class OwnActivityForm(forms.Form):
    """The activity in the words that follow "how well can you"."""

    activity = forms.CharField(
        label="What they most want to do again",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.TextInput(
            attrs={"class": "form-control", "autocomplete": "off", "autofocus": True, "dir": "auto"}
        ),
        error_messages={"max_length": f"Shorten this to {LONGEST_WORDS} letters."},
    )
