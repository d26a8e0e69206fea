"""Twilio's own client in a bare loop, with no database: what this machine allows the send engine at best."""

import threading
import time
from typing import Any

from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from checkins.gateways import twilio

ACCOUNT = twilio.Account(sid="AC" + "1" * 32, token="1" * 32)
TEXT = twilio.Text(
    to="+13125550142",
    sender="+13125550199",
    body="How is your pain?",
    callback="https://x.org/",
    valid_seconds=600,
)
SECONDS = 2.0


class Elsewhere(TwilioHttpClient):
    """The client's own way to call, to another address than the carrier's."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def request(self, method: str, url: str, **more: Any) -> Any:
        """Call the same path there."""
        return super().request(method, url.replace("https://api.twilio.com", self.address), **more)


def bare_rate(address: str, *, slots: int) -> float:
    """Return the texts a second that so many threads send, each with a client of its own."""
    counts = [0] * slots
    began = time.perf_counter()

    def send_on(place: int) -> None:
        client = Client(ACCOUNT.sid, ACCOUNT.token, http_client=Elsewhere(address))
        while time.perf_counter() < began + SECONDS:
            client.messages.create(
                to=TEXT.to, from_=TEXT.sender, body=TEXT.body, status_callback=TEXT.callback
            )
            counts[place] += 1

    threads = [threading.Thread(target=send_on, args=(place,)) for place in range(slots)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sum(counts) / (time.perf_counter() - began)
