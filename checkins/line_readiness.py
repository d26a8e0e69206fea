"""Whether a number may send: the steps of a carrier set-up, what is missing and what to do about it."""

from dataclasses import dataclass
from datetime import date, datetime

# Twilio's connection overrides, which are no part of the signature: try three times on any fault, so that a
# reply is not lost to one slow second (their page on connection overrides, read 2026).
WEBHOOK_OVERRIDES = "#ct=2000&rt=4000&rc=3&rp=all"


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What is known about a number."""

    has_token: bool
    campaign_approved_on: date | None
    last_call_at: datetime | None
    today: date


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the set-up: whether it is done, and what to do while it is not."""

    name: str
    is_done: bool
    to_do: str


def steps(facts: LineFacts) -> tuple[Step, ...]:
    """Return the steps in order; a number may send once all are done."""
    approved = facts.campaign_approved_on
    return (
        Step("Account and token", facts.has_token, "Enter the account's id and its auth token."),
        Step(
            "Campaign approved by the carriers",
            approved is not None and approved <= facts.today,
            "Register the brand and the campaign at the carrier, and enter the date of its approval here: "
            "texts of an unregistered number are blocked (error 30034).",
        ),
        Step(
            "The carrier calls our address",
            facts.last_call_at is not None,
            "Copy the address below into the number's settings at the carrier, then send the number any text "
            "from your own phone. The step is done when the text arrives here with a right signature.",
        ),
    )


def missing(facts: LineFacts) -> tuple[Step, ...]:
    """Return the steps that are still to be done.

    >>> facts = LineFacts(has_token=True, campaign_approved_on=None, last_call_at=None, today=date(2026, 3, 2))
    >>> [each.name for each in missing(facts)]
    ['Campaign approved by the carriers', 'The carrier calls our address']
    """
    return tuple(each for each in steps(facts) if not each.is_done)
