"""What people type about a protocol: questions, words, days."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from checkins.cadence import ANY_QUESTION, LONGEST_WORDS, SOMETIMES, Content

WEEKDAYS = (
    ("mon", "Mon"),
    ("tue", "Tue"),
    ("wed", "Wed"),
    ("thu", "Thu"),
    ("fri", "Fri"),
    ("sat", "Sat"),
    ("sun", "Sun"),
)
QUESTIONS = (
    ("pain", "Pain, 0 to 10"),
    ("exercises", "Exercises done"),
    ("function", "An activity, 0 to 10"),
    ("milestone", "A milestone, yes or no"),
    ("free", "A free question, for a person to read"),
)
_REMINDERS = (("", "No reminder"), ("4", "After 4 hours"), ("6", "After 6 hours"), ("8", "After 8 hours"))
PHASES = 3
_EXAMPLES = {"en": "climb the stairs without the rail", "es": "subir escaleras sin apoyarse"}


def _words(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"class": "form-control", "rows": rows, "maxlength": 300})


def _weekdays(label: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=WEEKDAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None: each time.",
    )


def _line(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", **attrs})


class ProtocolForm(forms.Form):
    """One version of a protocol; up to three phases of days, the last one open."""

    title = forms.CharField(label="Title", max_length=80, widget=_line())
    items = forms.MultipleChoiceField(
        label="What is asked",
        choices=QUESTIONS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one question."},
    )
    activity_en = forms.CharField(
        label="The activity, in English",
        required=False,
        max_length=60,
        widget=_line(placeholder="climb stairs"),
    )
    activity_es = forms.CharField(
        label="The activity, in Spanish",
        required=False,
        max_length=60,
        widget=_line(placeholder="subir escaleras"),
    )
    function_days = _weekdays("The activity is asked about on")
    milestone_days = _weekdays("The milestone is asked about on")
    question_en = forms.CharField(
        label="The free question, in English",
        required=False,
        max_length=80,
        widget=_line(placeholder=ANY_QUESTION["en"]),
    )
    question_es = forms.CharField(
        label="The free question, in Spanish",
        required=False,
        max_length=80,
        widget=_line(placeholder=ANY_QUESTION["es"]),
    )
    free_days = _weekdays("The free question is asked on")
    text_en = forms.CharField(label="Own words, in English", required=False, widget=_words())
    text_es = forms.CharField(label="Own words, in Spanish", required=False, widget=_words())
    remind_after = forms.ChoiceField(
        label="Reminder",
        choices=_REMINDERS,
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
        help_text="One at most, on the same day, only to those who wrote nothing.",
    )
    reason = forms.CharField(
        label="Why it changes",
        max_length=200,
        widget=_line(),
        error_messages={"required": "Write in a few words why it changes."},
    )
    SIDES: ClassVar = ("activity_en", "activity_es", "question_en", "question_es", "text_en", "text_es")

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        for place in range(1, PHASES + 1):
            self.fields[f"until_{place}"] = forms.IntegerField(
                label="Until day",
                required=False,
                min_value=1,
                max_value=730,
                widget=forms.NumberInput(attrs={"class": "form-control"}),
                help_text="Empty: as long as monitoring lasts.",
            )
            self.fields[f"weekdays_{place}"] = forms.MultipleChoiceField(
                label="On", choices=WEEKDAYS, required=False, widget=forms.CheckboxSelectMultiple
            )
            for language, name in (("en", "English"), ("es", "Spanish")):
                self.fields[f"milestone_{language}_{place}"] = forms.CharField(
                    label=f"Milestone of these days, in {name}",
                    required=False,
                    max_length=LONGEST_WORDS,
                    widget=_line(placeholder=_EXAMPLES[language]),
                )

    @property
    def phases(self) -> list[dict[str, forms.BoundField]]:
        """The fields of each phase, for the page."""
        return [
            {
                "until": self[f"until_{n}"],
                "weekdays": self[f"weekdays_{n}"],
                "milestone_en": self[f"milestone_en_{n}"],
                "milestone_es": self[f"milestone_es_{n}"],
            }
            for n in range(1, PHASES + 1)
        ]

    def content(self) -> dict[str, Any]:
        """Return the protocol's content as it is kept, from whatever could be read of the form."""
        data = getattr(self, "cleaned_data", {})
        chosen = [name for name, _ in QUESTIONS if name in data.get("items", [])]
        made: dict[str, Any] = {"items": chosen, "phases": self._phases(data)}
        if data.get("remind_after"):
            made["remind_after_hours"] = int(data["remind_after"])
        for name in ("activity", "question", "text"):
            words = {language: data.get(f"{name}_{language}", "").strip() for language in ("en", "es")}
            if any(words.values()):
                made["texts" if name == "text" else name] = {key: each for key, each in words.items() if each}
        days = {item: list(data.get(f"{item}_days", [])) for item in SOMETIMES if item in chosen}
        if any(days.values()):
            made["item_days"] = {item: each for item, each in days.items() if each}
        return made

    def _phases(self, data: Mapping[str, Any]) -> list[dict[str, Any]]:
        phases: list[dict[str, Any]] = []
        first = 1
        for place in range(1, PHASES + 1):
            weekdays, until = data.get(f"weekdays_{place}", []), data.get(f"until_{place}")
            if not weekdays:
                break
            phase: dict[str, Any] = {"first": first, "last": until, "weekdays": list(weekdays)}
            words = {key: data.get(f"milestone_{key}_{place}", "").strip() for key in ("en", "es")}
            if any(words.values()):
                phase["milestone"] = {key: each for key, each in words.items() if each}
            phases.append(phase)
            if until is None:
                break
            first = until + 1
        return phases


def initial_of(content: Content, *, title: str) -> dict[str, Any]:
    """Return what the form shows for a version that exists."""
    shown: dict[str, Any] = {"title": title, "items": list(content.items)}
    if content.remind_after:
        shown["remind_after"] = str(int(content.remind_after.total_seconds() // 3600))
    for language in ("en", "es"):
        shown[f"text_{language}"] = content.texts.get(language, "")
        shown[f"activity_{language}"] = (
            content.activity.get(language, "") if "function" in content.items else ""
        )
        shown[f"question_{language}"] = content.question.get(language, "") if "free" in content.items else ""
    names = [name for name, _ in WEEKDAYS]
    for item, days in content.item_days.items():
        shown[f"{item}_days"] = [names[number - 1] for number in sorted(days)]
    for place, phase in enumerate(content.phases[:PHASES], start=1):
        shown[f"until_{place}"] = phase.last
        for language in ("en", "es"):
            shown[f"milestone_{language}_{place}"] = phase.milestone.get(language, "")
        shown[f"weekdays_{place}"] = [names[number - 1] for number in sorted(phase.weekdays)]
    return shown
