"""A month of a biller."""

from networks.permissions import Permission
from networks.tours.tour import Step, Tour

BILLER = Tour(
    key="biller",
    title="A day at the billing desk",
    steps=(
        Step(
            route="billing:board",
            target="board",
            heading="One row for each patient and month",
            words="Every line is decided anew from the facts whenever they change. What needs a person "
            "stands first.",
            permission=Permission.SEE_BILLING,
        ),
        Step(
            route="billing:board",
            target="states",
            heading="Ready, waiting, held, refused",
            words="Held means that a person must decide, and says what. Refused lines stay in sight with "
            "the reason, so that nothing is left out silently.",
            permission=Permission.SEE_BILLING,
        ),
        Step(
            route="billing:board",
            target="why",
            heading="Why? reads like a letter",
            words="It names each date, each minute and the rule with its year. You could send it to a payer "
            "as it stands.",
            permission=Permission.SEE_BILLING,
        ),
        Step(
            route="billing:charges",
            target="charges",
            heading="Charges leave once",
            words="Certified lines go out as a file for your billing system. A correction is a row that "
            "takes one back and a new one.",
            permission=Permission.EXPORT_CHARGES,
        ),
        Step(
            route="billing:self-audit",
            target="self-audit",
            heading="What an auditor would look at",
            words="The same signs an auditor counts, for this practice alone. They are reasons to look, not "
            "findings.",
            permission=Permission.SEE_BILLING,
        ),
        Step(
            route="networks:help",
            name="how-it-counts",
            target="help",
            heading="How each figure is counted",
            words="Every figure in Daybook is explained on this page, with its rule. The small circled i "
            "beside a heading leads here.",
            permission=Permission.SEE_BILLING,
        ),
    ),
)
