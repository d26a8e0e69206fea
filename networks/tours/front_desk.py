"""A day at the front desk."""

from networks.permissions import Permission
from networks.tours.tour import Step, Tour

FRONT_DESK = Tour(
    key="front-desk",
    title="A day at the front desk",
    steps=(
        Step(
            route="checkins:join-sign",
            target="sign",
            heading="The sign on the counter",
            words="A patient points the camera at the square and sends the word that appears. The number is "
            "right, and nobody had to spell it.",
            permission=Permission.ENROLL_PATIENTS,
        ),
        Step(
            route="checkins:joining",
            target="joining",
            heading="Who waits to be enrolled",
            words="Whoever sent the word stands here with their number. They get no other text until you "
            "have enrolled them.",
            permission=Permission.ENROLL_PATIENTS,
        ),
        Step(
            route="checkins:enroll",
            target="enroll",
            heading="Six answers",
            words="Name, number, language, condition, side and clinician; the rest is filled in. Ask "
            "whether they agree before you tick the box.",
            permission=Permission.ENROLL_PATIENTS,
        ),
        Step(
            route="checkins:enroll",
            target="first-text",
            heading="The first text, before it leaves",
            words="This is what the patient's phone will show. It names your practice, and says how to stop "
            "and that nobody watches around the clock.",
            permission=Permission.ENROLL_PATIENTS,
        ),
        Step(
            route="patients:list",
            target="find",
            heading="Somebody is on the phone",
            words="Find them by part of the name, the record number or the last four digits of the number. "
            "Nothing you search for is kept in an address.",
            permission=Permission.SEE_PATIENTS,
        ),
        Step(
            route="checkins:messages",
            target="stopped",
            heading="Who stopped the texts",
            words="A stop holds at once, in any wording. Calling is still fine, and whether monitoring goes "
            "on is for somebody to ask.",
            permission=Permission.SEE_MESSAGES,
        ),
    ),
)
