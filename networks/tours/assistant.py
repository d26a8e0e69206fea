"""A day of an assistant, who works the list and signs nothing."""

from networks.permissions import Permission
from networks.tours.tour import Step, Tour

ASSISTANT = Tour(
    key="assistant",
    title="A day beside the therapist",
    steps=(
        Step(
            route="today",
            target="worklist",
            heading="The same list as the therapist's",
            words="Danger first, then who gets worse, then who fell silent. What one of you has "
            "acknowledged, the other sees at once.",
            permission=Permission.SEE_TODAY,
        ),
        Step(
            route="today",
            target="row",
            heading="Call from the line",
            words="Press “Call” and the minutes run until you say how it went. Your time is kept as an "
            "assistant's, which matters for what is billed.",
            permission=Permission.LOG_TIME,
        ),
        Step(
            route="billing:patient",
            follows=True,
            target="conversation",
            heading="The whole conversation",
            words="Texts, calls and alerts stand in the order in which they happened. Write a text at the "
            "foot of it; it keeps the practice's hours.",
            permission=Permission.SEE_PATIENTS,
        ),
        Step(
            route="billing:patient",
            follows=True,
            target="clocks",
            heading="Two clocks",
            words="One counts the days on which the patient answered, the other the minutes of the month. "
            "Both say in words what is still possible.",
            permission=Permission.SEE_PATIENTS,
        ),
        Step(
            route="checkins:messages",
            target="unclear",
            heading="Replies that nobody could read",
            words="Nothing is recorded from a reply that is unclear. Answer it here, or correct what was "
            "read.",
            permission=Permission.SEE_MESSAGES,
        ),
        Step(
            route="checkins:enroll",
            target="enroll",
            heading="Enroll the next patient",
            words="Six answers, and Daybook asks from the next day on, once they have agreed. Beside the form "
            "you see the first text as the patient will, and when it goes out.",
            permission=Permission.ENROLL_PATIENTS,
        ),
    ),
)
