"""A day of a therapist."""

from networks.permissions import Permission
from networks.tours.tour import Step, Tour

CLINICIAN = Tour(
    key="clinician",
    title="A day at the clinic",
    steps=(
        Step(
            route="today",
            target="worklist",
            heading="Start with who needs you",
            words="The list is in order: danger first, then who gets worse, then who fell silent. Five "
            "minutes before the first visit are enough to work it from the top.",
            permission=Permission.SEE_TODAY,
        ),
        Step(
            route="today",
            target="row",
            heading="One patient, one line",
            words="It says why the patient is here, in words, with what they wrote and the pain of the last "
            "days. Log a call, text or snooze from the line itself; the page stays where it is.",
            permission=Permission.SEE_TODAY,
        ),
        Step(
            route="billing:patient",
            follows=True,
            target="conversation",
            heading="Their words beside what was read",
            words="Under each text stands what Daybook read from it. When that is wrong you correct it, and "
            "the patient's own words stay as they came.",
            permission=Permission.SEE_PATIENTS,
        ),
        Step(
            route="billing:patient",
            follows=True,
            target="codes",
            heading="Every code says why",
            words="A code stands only on days and minutes that are here to see. Press “Why?” for the dates, "
            "the rule and its year.",
            permission=Permission.SEE_PATIENTS,
        ),
        Step(
            route="checkins:messages",
            target="unclear",
            heading="What needs a person to read it",
            words="Replies that Daybook is not sure of come here, and nothing is recorded from them. "
            "Answer, or correct what was read.",
            permission=Permission.SEE_MESSAGES,
        ),
        Step(
            route="checkins:alerts",
            target="alerts",
            heading="An alert waits until somebody has closed it",
            words="A danger sign pages whoever is on call, again and again until it is acknowledged. "
            "Nothing closes by itself.",
            permission=Permission.SEE_TODAY,
        ),
        Step(
            route="billing:certify",
            target="certify",
            heading="Once a month: certify",
            words="What is ready stands apart from what a person must decide. Your signature locks the "
            "month with the facts it rests on.",
            permission=Permission.CERTIFY,
        ),
    ),
)
