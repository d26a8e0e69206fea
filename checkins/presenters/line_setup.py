"""The numbers of a practice in words: state, steps, address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from checkins.forms.line import CampaignForm
from checkins.line_readiness import WEBHOOK_OVERRIDES, Step, missing, steps
from checkins.models import Sender
from checkins.presenters.inbox import LineRow, line_rows
from checkins.services.line_setup import Standing
from networks.templatetags.wording import clock_in, day_in


@dataclass(frozen=True)
class NumberView:
    """One number in words."""

    id: UUID
    row: LineRow
    steps: Sequence[Step]
    is_complete: bool
    is_ready: bool
    address: str
    last_call: str
    campaign: CampaignForm


def number_views(standings: Iterable[Standing], *, zone: str) -> list[NumberView]:
    """Return each number in words with its form for the campaign."""
    return [_number(each, zone=zone) for each in standings]


def _row(sender: Sender, *, open_steps: int) -> LineRow:
    """Say how a number stands; one that was let send before its steps were done is not simply ready."""
    row = line_rows([sender])[0]
    if sender.state != Sender.State.READY or not open_steps:
        return row
    plural = "" if open_steps == 1 else "s"
    return replace(row, state=f"Sends, {open_steps} step{plural} open", tone="attention")


def _number(standing: Standing, *, zone: str) -> NumberView:
    sender, facts = standing.sender, standing.facts
    last = facts.last_call_at
    return NumberView(
        id=sender.pk,
        row=_row(sender, open_steps=len(missing(facts))),
        steps=steps(facts),
        is_complete=not missing(facts),
        is_ready=sender.state == Sender.State.READY,
        address=f"{standing.inbound_url}{WEBHOOK_OVERRIDES}",
        last_call=f"{day_in(last, zone)}, {clock_in(last, zone)}" if last else "",
        campaign=CampaignForm(
            initial={
                "approved_on": sender.campaign_approved_on,
                "segments_per_second": sender.segments_per_second,
            },
            auto_id=f"{sender.pk}_%s",
        ),
    )
