"""Which of our texts fits: for the questions of a check-in, for what is missing, for a danger sign."""

from collections.abc import Iterable
from datetime import date, timedelta

from checkins.wording import TemplateId

_ASKING = {
    frozenset({"pain"}): TemplateId.PAIN,
    frozenset({"exercises"}): TemplateId.EXERCISES,
    frozenset({"function"}): TemplateId.FUNCTION,
    frozenset({"pain", "exercises"}): TemplateId.PAIN_AND_EXERCISES,
    frozenset({"pain", "function"}): TemplateId.PAIN_AND_FUNCTION,
    frozenset({"exercises", "function"}): TemplateId.EXERCISES_AND_FUNCTION,
    frozenset({"pain", "exercises", "function"}): TemplateId.ALL_THREE,
}
# To a caregiver, about the person they care for.
_ASKING_CAREGIVER = {
    frozenset({"pain"}): TemplateId.CARED_PAIN,
    frozenset({"exercises"}): TemplateId.CARED_EXERCISES,
    frozenset({"function"}): TemplateId.CARED_FUNCTION,
    frozenset({"pain", "exercises"}): TemplateId.CARED_PAIN_AND_EXERCISES,
    frozenset({"pain", "function"}): TemplateId.CARED_PAIN_AND_FUNCTION,
    frozenset({"exercises", "function"}): TemplateId.CARED_EXERCISES_AND_FUNCTION,
    frozenset({"pain", "exercises", "function"}): TemplateId.CARED_ALL_THREE,
}
_CLARIFYING = {
    frozenset({"pain"}): TemplateId.CLARIFY_PAIN,
    frozenset({"exercises"}): TemplateId.CLARIFY_EXERCISES,
    frozenset({"function"}): TemplateId.CLARIFY_FUNCTION,
    frozenset({"pain", "exercises"}): TemplateId.CLARIFY_BOTH,
}
_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    "es": ("lunes", "martes", "miercoles", "jueves", "viernes"),
}


def asking(items: Iterable[str], *, by_caregiver: bool = False) -> TemplateId:
    """Return the text that asks these questions at once; ValueError when none does."""
    wanted = frozenset(items)
    known = _ASKING_CAREGIVER if by_caregiver else _ASKING
    if wanted not in known:
        raise ValueError(f"No text asks {', '.join(sorted(wanted))} together.")
    return known[wanted]


def welcoming(*, by_caregiver: bool) -> TemplateId:
    """Return the first text to a number: to the patient, or to a caregiver about the person they care for."""
    return TemplateId.CARED_WELCOME if by_caregiver else TemplateId.WELCOME


def reminding(items: Iterable[str]) -> TemplateId:
    """Return the text that reminds of questions: the shortest of them, or a plain word about our last text.

    It needs the practice's name alone, so that nobody is reminded of another activity than they were asked about.
    """
    wanted = frozenset(items)
    if "pain" in wanted:
        return TemplateId.REMINDER
    return TemplateId.EXERCISES if wanted == {"exercises"} else TemplateId.REMINDER_PLAIN


def clarifying(missing: Iterable[str]) -> TemplateId:
    """Return the text that asks once more for what is missing; the questions themselves where none is shorter."""
    wanted = frozenset(missing)
    return _CLARIFYING.get(wanted) or _ASKING.get(wanted, TemplateId.CLARIFY_BOTH)


_AFTER_HOURS = {
    TemplateId.SAFETY_L1: TemplateId.SAFETY_L1_NIGHT,
    TemplateId.SAFETY_L1_988: TemplateId.SAFETY_L1_988_NIGHT,
    TemplateId.SAFETY_L2: TemplateId.SAFETY_L2_NIGHT,
}


def reassuring(*, danger: str, level: str, after_hours: bool = False) -> TemplateId | None:
    """Return the fixed reply to a danger sign; None where a person only looks.

    After hours it says that nobody reads now, whoever may be paged.
    """
    if level == "review":
        return None
    chosen = TemplateId.SAFETY_L1 if level == "L1" else TemplateId.SAFETY_L2
    if danger in {"self_harm", "distress"}:
        chosen = TemplateId.SAFETY_L1_988
    return _AFTER_HOURS[chosen] if after_hours else chosen


def next_business_day(today: date, language: str) -> str:
    """Return the name of the next Monday to Friday after a date.

    >>> next_business_day(date(2026, 3, 6), "en")
    'Monday'
    """
    day = today + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return _WEEKDAYS.get(language, _WEEKDAYS["en"])[day.weekday()]
