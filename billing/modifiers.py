"""The modifiers of a line: the discipline's on each, the assistant's where they did more than 10%."""

from fractions import Fraction

from billing.code_set import ASSISTANT_SHARE
from billing.document import Discipline
from billing.reasons import Reason, counted

# RTM under a plan of care is therapy: the discipline's modifier on each line (S4, S16).
THERAPY_MODIFIERS = {Discipline.PT: "GP", Discipline.OT: "GO", Discipline.SLP: "GN"}
# There is none for speech-language pathology, and device codes never carry one (S2, S16, S23).
ASSISTANT_MODIFIERS = {Discipline.PT: "CQ", Discipline.OT: "CO"}
DISCIPLINE_WORDS = {
    Discipline.PT: "physical therapy",
    Discipline.OT: "occupational therapy",
    Discipline.SLP: "speech-language pathology",
}


def choose_modifiers(
    discipline: Discipline, *, assistant: int = 0, everyone: int = 0, share: Fraction = ASSISTANT_SHARE
) -> tuple[str, ...]:
    """The modifiers for the assistant's part of all time, both in one unit; device lines leave both at 0.

    >>> choose_modifiers(Discipline.PT, assistant=2, everyone=20)
    ('GP',)
    >>> choose_modifiers(Discipline.PT, assistant=3, everyone=20)
    ('GP', 'CQ')
    """
    chosen = THERAPY_MODIFIERS[discipline]
    extra = ASSISTANT_MODIFIERS.get(discipline)
    if extra and everyone and Fraction(assistant, everyone) > share:
        return chosen, extra
    return (chosen,)


def explain_modifiers(
    discipline: Discipline,
    *,
    assistant: int = 0,
    everyone: int = 0,
    unit: str = "second",
    share: Fraction = ASSISTANT_SHARE,
) -> tuple[Reason, ...]:
    """Why the line bears these modifiers, and why not the assistant's where the assistant took part."""
    modifiers = choose_modifiers(discipline, assistant=assistant, everyone=everyone, share=share)
    therapy = f"{modifiers[0]}: the service is under a plan of care for {DISCIPLINE_WORDS[discipline]}."
    found = [Reason("modifier.therapy", therapy)]
    extra = ASSISTANT_MODIFIERS.get(discipline)
    if extra and assistant:
        furnished = f"the assistant furnished {assistant} of {counted(everyone, unit)}"
        due = len(modifiers) > 1
        limit = f"{float(share * 100):g}%"
        text = (
            f"{extra}: {furnished}, more than {limit}."
            if due
            else f"No {extra}: {furnished}, not more than {limit}."
        )
        found.append(Reason("modifier.assistant", text))
    return tuple(found)
