"""Looking for texts that never reached us: the carrier's list of what arrived, against what is stored."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from checkins.gateways import twilio
from checkins.models import InboundMessage
from checkins.services import line
from checkins.services.receiving import TextIn, receive
from networks import clock
from networks.scoping import practice_scope

_LOOK_BACK = timedelta(hours=24)


def poll(practice_id: UUID, *, now: Callable[[], datetime] = clock.now) -> int:
    """Store every text of the last day that the carrier lists and we lack; return how many."""
    found = 0
    for route in line.routes_of(practice_id).values():
        account = twilio.Account(sid=route.account_sid, token=route.tokens[0])
        try:
            listed = twilio.list_received(account, by=route.number)
        except twilio.CarrierUnavailable:
            continue
        recent = [each for each in listed if each.created_at > now() - _LOOK_BACK]
        with practice_scope(practice_id):
            known = set(
                InboundMessage.objects.filter(
                    practice_id=practice_id, carrier_sid__in=[each.sid for each in recent]
                ).values_list("carrier_sid", flat=True)
            )
        for each in recent:
            if each.sid not in known:
                text = TextIn(
                    sid=each.sid,
                    from_number=each.sender,
                    body=each.body,
                    raw=json.dumps({"listed": [each.sid]}),
                    media=each.media,
                    source=InboundMessage.Source.POLL,
                )
                found += receive(route, text, now=now())
    return found
