"""The text about a patient's own activity as their phone shows it; no queries, no rules."""

from dataclasses import dataclass

from checkins.asking import asking_text
from checkins.cadence import parse_content
from checkins.models import Plan
from checkins.segments import count_segments
from patients.models import Phone


@dataclass(frozen=True)
class ActivityPreview:
    """The longest text of the plan with the activity in it, what it costs, and what must go from the words."""

    text: str
    cost: str
    finding: str
    is_asked: bool


def preview_of(plan: Plan | None, language: str, *, words: str, finding: str = "") -> ActivityPreview:
    """Return how the plan's text looks with these words; without words the protocol's activity stands in it."""
    if plan is None:
        return ActivityPreview("", "", finding, is_asked=False)
    content = parse_content(plan.protocol.content)
    text = asking_text(
        content,
        language,
        practice=plan.practice.text_name,
        version=plan.protocol.version,
        by_caregiver=plan.phone.holder == Phone.Holder.CAREGIVER,
        activity=words,
    ).text
    counted = count_segments(text)
    plural = "" if counted.count == 1 else "s"
    cost = f"{len(text)} letters, {counted.count} segment{plural}"
    warning = f". {counted.warning}" if counted.warning else ""
    return ActivityPreview(text, f"{cost}{warning}", finding, is_asked="function" in content.items)
