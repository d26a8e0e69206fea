"""A practice with a ready line at the carrier simulator and one enrolled patient."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from checkins.models import OutboxRow
from checkins.services import (
    enrollment,
    line,
    outbox,
    planning,
    protocols,
    reading,
    receiving,
    sending,
    writing,
)
from networks.models import Practice
from networks.scoping import practice_scope
from patients.models import Episode, Patient
from tests.simulator.server import Simulator, running_simulator
from tests.world import NOW, SYSTEM, World

OUR_NUMBER = "+13125550199"
MOBILE = "+13125550142"
ACCOUNT = "AC" + "0a" * 16
TOKEN = "1f" * 16


@pytest.fixture(scope="session")
def simulator() -> Iterator[Simulator]:
    """One carrier simulator for the whole run; each test begins with an empty log."""
    with running_simulator() as running:
        yield running


@dataclass
class Loop:
    """One practice, its line, one patient; time stands still until the test moves it."""

    practice: Practice
    route: line.Route
    episode: Episode
    carrier: Simulator
    at: datetime = NOW
    sids: int = field(default=0)

    @property
    def patient(self) -> Patient:
        return self.episode.patient

    def now(self) -> datetime:
        return self.at

    def plan(self) -> int:
        with practice_scope(self.practice.pk):
            planning.close_expired(self.practice.pk, now=self.at)
            made = planning.plan_day(self.practice.pk, now=self.at)
            writing.write_texts(self.practice.pk, now=self.at)
            return made

    def send(self) -> list[str]:
        """Claim and send what is due, on this connection; return what came of each."""
        with practice_scope(self.practice.pk):
            rows = outbox.claim(self.practice.pk, now=self.at)
        routes = {self.route.sender_id: self.route}
        return [sending.send_one(self.practice.pk, row, routes=routes, now=self.now) for row in rows]

    def write(self, body: str, *, sender: str = MOBILE, sid: str = "") -> bool:
        """The patient writes; the text is stored as the webhook would store it."""
        self.sids += 1
        fields = {
            "MessageSid": [sid or f"SM{self.sids:032x}"],
            "AccountSid": [ACCOUNT],
            "From": [sender],
            "To": [OUR_NUMBER],
            "Body": [body],
            "NumMedia": ["0"],
        }
        return receiving.receive(self.route, receiving.text_from(fields), now=self.at)

    def read(self) -> dict[str, int]:
        return reading.read_pending(self.practice.pk, now=self.now)

    def hears(self, body: str, **more: str) -> dict[str, int]:
        self.write(body, **more)
        return self.read()

    def rows(self) -> list[OutboxRow]:
        return list(OutboxRow.objects.filter(practice=self.practice).order_by("message__occurred_at", "pk"))

    def later(self, **span: float) -> None:
        self.at += timedelta(**span)

    def accepted(self) -> list[dict]:
        """What the carrier took, by its own log."""
        return list(self.carrier.log("accepted"))


@pytest.fixture
def loop(world: World, simulator: Simulator, settings) -> Iterator[Loop]:
    """The loop of one practice; tests run inside its scope."""
    simulator.reset()
    simulator.add_account(sid=ACCOUNT, auth_token=TOKEN, numbers=[{"number": OUR_NUMBER, "inbound_url": ""}])
    settings.TWILIO_API_BASE = simulator.base_url
    protocols.ship()
    practice = world.oak.practice
    with practice_scope(practice.pk):
        route = line.add_sender(
            practice, number=OUR_NUMBER, account_sid=ACCOUNT, token=TOKEN, actor=SYSTEM, now=NOW
        )
        episode = enrollment.enroll(
            practice,
            request=enrollment.EnrollmentRequest(
                given_name="Rosa",
                family_name="Vance",
                mobile="312 555 0142",
                language="en",
                condition="knee",
                side="left",
                clinician_id=world.oak.clinician.pk,
                time_zone="America/Chicago",
                welcome=False,
            ),
            actor=SYSTEM,
            now=NOW,
        )
        # Tue 3 March 2026, 9:05 in Chicago: the first morning on which the plan asks.
        yield Loop(
            practice=practice,
            route=route,
            episode=episode,
            carrier=simulator,
            at=datetime(2026, 3, 3, 15, 5, tzinfo=UTC),
        )
