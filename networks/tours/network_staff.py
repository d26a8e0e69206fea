"""A day of those who run the network."""

from networks.permissions import Permission
from networks.tours.tour import Step, Tour

NETWORK_STAFF = Tour(
    key="network-staff",
    title="A day in the network's office",
    steps=(
        Step(
            route="reporting:home",
            target="network",
            heading="The member practices",
            words="The network's kind decides what its members may learn about each other. Where a figure "
            "is withheld, the page says so and why.",
            permission=Permission.SEE_NETWORK,
        ),
        Step(
            route="reporting:home",
            target="members",
            heading="Each figure with its interval",
            words="Practices stand by name and not by rank, because they treat different people. Beside "
            "each share stands how many patients it rests on.",
            permission=Permission.SEE_NETWORK,
        ),
        Step(
            route="reporting:profiles",
            target="choose",
            heading="A profile for a payer",
            words="Choose payer and period, and look at the very document that the payer will get. Small "
            "groups are left out before anybody sees them.",
            permission=Permission.SEE_PROFILES,
        ),
        Step(
            route="reporting:verify",
            target="verify",
            heading="Anybody can check it",
            words="A released profile is signed, and this page tells in the browser whether a file was "
            "changed. It works without an account.",
            permission=Permission.SEE_NETWORK,
        ),
        Step(
            route="networks:help",
            name="how-it-counts",
            target="help",
            heading="How each figure is counted",
            words="Every figure is explained on this page, with its rule and year. Bring it to the payer's "
            "meeting.",
            permission=Permission.SEE_NETWORK,
        ),
    ),
)
