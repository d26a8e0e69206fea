"""The fixed replies to a danger sign: which one fits, and its words for one patient.

The worker texts them and the one-tap page shows them: one rule, one wording.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from checkins import wording, wording_choice
from checkins.asking import Asked
from checkins.cadence import ANY_ACTIVITY
from checkins.models import CheckIn, InboundRow
from checkins.services.asked_words import words_of
from checkins.wording import TemplateId
from networks.cover import office_of
from networks.local_days import local_date, zone_named
from networks.models import Practice
from patients.models import Patient


@dataclass(frozen=True)
class Occasion:
    """Whom a text of ours answers: the text in, its patient and the check-in that it belongs to."""

    row: InboundRow
    patient: Patient
    check_in: CheckIn | None


def reply_to_danger(practice_id: UUID, *, danger: str, level: str, now: datetime) -> TemplateId | None:
    """Return the fixed reply to a danger sign at an instant; None where a person only looks. Two queries."""
    return wording_choice.reassuring(
        danger=danger, level=level, after_hours=not office_of(practice_id).is_open(at=now)
    )


def worded(
    template: TemplateId, occasion: Occasion, *, practice: Practice, says_who_was_told: bool = True
) -> Asked:
    """Return a text of ours in the patient's language; without the claim that somebody was told where untrue."""
    language = occasion.patient.language
    today = local_date(occasion.row.received_at, zone_named(occasion.patient.time_zone))
    render = wording.render if says_who_was_told else wording.render_untold
    rendered = render(
        template,
        language,
        practice=practice.text_name,
        phone=practice.phone,
        next_business_day=wording_choice.next_business_day(today, language),
        activity=_activity(occasion, language),
    )
    return Asked(rendered.text, f"{rendered.template}@{rendered.version}")


def _activity(occasion: Occasion, language: str) -> str:
    check_in = occasion.check_in
    asked = words_of(check_in, language).get("function", "") if check_in else ""
    return asked or ANY_ACTIVITY[language]
