"""The words in which a protocol asks: its own where it has them, else the product's, to patient or caregiver."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checkins import wording, wording_choice
from checkins.cadence import QUESTIONS, Asking, Content
from checkins.composing import COMPOSED, compose, parts
from checkins.wording import PLAIN_LETTERS

OWN_TEMPLATE = "protocol.own"


@dataclass(frozen=True, slots=True)
class Asked:
    """A text ready to send and the name of the wording behind it, with its version."""

    text: str
    template: str


def words_asked(content: Content, asking: Asking, language: str, *, activity: str = "") -> dict[str, str]:
    """Return what the function, milestone and free questions of a day are about, by item.

    `activity` is the patient's own; without one the protocol's is asked about.
    """
    words = {
        "function": activity or content.activity.get(language, content.activity["en"]),
        "milestone": asking.milestone.get(language, ""),
        "free": content.question.get(language, content.question["en"]),
    }
    return {item: words[item] for item in asking.items if item in words}


def asking_text(
    content: Content,
    language: str,
    *,
    practice: str,
    version: int = 0,
    by_caregiver: bool = False,
    asking: Asking | None = None,
    activity: str = "",
) -> Asked:
    """Return the text that asks a day's questions in "en" or "es", all of the protocol's where no day is given.

    A protocol's own words begin with the practice's name like all texts and ask what is asked each time; the
    day's other questions follow in the product's words. A caregiver gets the product's words throughout,
    because the protocol's own speak to the patient.
    """
    asking = asking or everything(content)
    activity = activity or content.activity.get(language, content.activity["en"])
    words = words_asked(content, asking, language, activity=activity)
    own = content.texts.get(language)
    if own and not by_caregiver and content.always and set(content.always) <= set(asking.items):
        more = parts([each for each in asking.items if each not in content.always], language, words=words)
        text = f"{practice}: {own}".replace("{activity}", activity)
        return Asked(
            " ".join([text, *(each.translate(PLAIN_LETTERS) for each in more)]), f"{OWN_TEMPLATE}@{version}"
        )
    return _product_words(asking.items, language, practice=practice, words=words, by_caregiver=by_caregiver)


def everything(content: Content) -> Asking:
    """Return all questions of a protocol at once, with the longest of its milestones: its longest text."""
    longest = max((phase.milestone for phase in content.phases), key=lambda each: len("".join(each.values())))
    return Asking(content.items, longest if "milestone" in content.items else {})


def clarifying_text(
    missing: Iterable[str], language: str, *, practice: str, words: Mapping[str, str]
) -> Asked | None:
    """Return the text that asks once more for what is missing; None where the product's fixed texts do."""
    items = [item for item in QUESTIONS if item in set(missing)]
    if not {"milestone", "free"} & set(items):
        return None
    return Asked(compose(items, language, practice=practice, words=words), COMPOSED)


def _product_words(
    items: Sequence[str], language: str, *, practice: str, words: Mapping[str, str], by_caregiver: bool
) -> Asked:
    if {"milestone", "free"} & set(items):
        text = compose(items, language, practice=practice, words=words, by_caregiver=by_caregiver)
        return Asked(text, COMPOSED)
    rendered = wording.render(
        wording_choice.asking(items, by_caregiver=by_caregiver),
        language,
        practice=practice,
        activity=words.get("function", ""),
    )
    return Asked(rendered.text, f"{rendered.template}@{rendered.version}")
