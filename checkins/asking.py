"""The words in which a protocol asks: its own where it has them, else the product's, to patient or caregiver."""

from dataclasses import dataclass

from checkins import wording, wording_choice
from checkins.cadence import Content

OWN_TEMPLATE = "protocol.own"


@dataclass(frozen=True, slots=True)
class Asked:
    """A text ready to send and the name of the wording behind it, with its version."""

    text: str
    template: str


def asking_text(
    content: Content, language: str, *, practice: str, version: int = 0, by_caregiver: bool = False
) -> Asked:
    """Return the text that asks a protocol's questions in "en" or "es".

    A protocol's own words begin with the practice's name like all texts; a caregiver gets the product's words,
    because the protocol's own speak to the patient.
    """
    activity = content.activity.get(language, content.activity["en"])
    own = content.texts.get(language)
    if own and not by_caregiver:
        text = f"{practice}: {own}".replace("{activity}", activity)
        return Asked(text, f"{OWN_TEMPLATE}@{version}")
    rendered = wording.render(
        wording_choice.asking(content.items, by_caregiver=by_caregiver),
        language,
        practice=practice,
        activity=activity,
    )
    return Asked(rendered.text, f"{rendered.template}@{rendered.version}")
