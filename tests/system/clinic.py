"""A practice on a running product: its line, its patients, texts out and in, all made by the services."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from checkins.services.line import Route
    from networks.models import Clinician, Practice
    from patients.models import Episode
    from tests.system.product import Product

# 555-01xx of every area code is kept for invented people (NANPA): a hundred numbers in each.
FIRST_AREA = 210
PATIENTS = 100  # numbers kept for each clinic; a larger one takes those of the next
OVERRIDES = "#ct=2000&rt=4000&rc=5&rp=all"


def number_of(place: int) -> str:
    """Return the invented number at a place, E.164."""
    return f"+1{FIRST_AREA + place // 100}55501{place % 100:02d}"


def now() -> datetime:
    """The instant, in whole microseconds and UTC, as the product's clock gives it."""
    return datetime.now(UTC)


@dataclass
class Clinic:
    """One practice; ids and numbers that a test needs."""

    product: "Product"
    practice: "Practice"
    route: "Route"
    account: str
    token: str
    line: str
    clinician: "Clinician"
    episodes: "list[Episode]" = field(default_factory=list)
    mobiles: list[str] = field(default_factory=list)

    @property
    def id(self) -> UUID:
        return self.practice.pk

    @property
    def inbound_path(self) -> str:
        return f"/webhooks/twilio/inbound/{self.route.key}/"

    @property
    def status_path(self) -> str:
        return f"/webhooks/twilio/status/{self.route.key}/"

    @contextmanager
    def scope(self) -> Iterator[None]:
        """Work on the practice's rows in this process."""
        from networks.scoping import practice_scope

        with self.product.inside(), practice_scope(self.id):
            yield

    def queue(
        self, bodies: list[str], *, kind: str = "staff", minutes: float = 30.0, delay: float = 0.0
    ) -> list[UUID]:
        """Queue texts to the patients in turn; return their ids."""
        from checkins.services.texts import Draft, Line, queue_text

        rows = []
        with self.scope():
            for place, body in enumerate(bodies):
                plan = self.episodes[place % len(self.episodes)].plans.select_related("phone", "sender").get()
                made = queue_text(
                    Draft(kind=kind, body=body, template="test.1", language="en"),
                    line=Line(phone=plan.phone, sender=plan.sender, episode=plan.episode),
                    not_before=now() + timedelta(seconds=delay),
                    not_after=now() + timedelta(minutes=minutes),
                    now=now(),
                )
                rows.append(made.pk)
        return rows

    def ring_send(self) -> None:
        self.product.ring("checkins.tasks.send_texts", self.id, queue="send")

    def ring_read(self) -> None:
        self.product.ring("checkins.tasks.read_texts", self.id, queue="inbound")

    def ring_reconcile(self) -> None:
        self.product.ring("checkins.tasks.reconcile_texts", self.id, queue="status")

    def states(self) -> dict[str, int]:
        """Return how many outbox rows are in which state."""
        rows = self.product.sql(
            "SELECT state, count(*) FROM checkins_outboxrow WHERE practice_id = %s GROUP BY state", [self.id]
        )
        return {state: int(count) for state, count in rows}

    def reasons(self) -> dict[str, int]:
        """Return how many outbox rows ended or wait for which reason."""
        rows = self.product.sql(
            "SELECT state || ': ' || reason, count(*) FROM checkins_outboxrow WHERE practice_id = %s GROUP BY 1",
            [self.id],
        )
        return {reason: int(count) for reason, count in rows}

    def all_settled(self) -> bool:
        return not {"pending", "claimed", "sending", "unknown"} & set(self.states())

    def wait_settled(self, *, seconds: float = 60.0) -> dict[str, int]:
        """Wait until every text has come to its end; return the states."""
        try:
            self.product.wait(self.all_settled, seconds=seconds, pause=0.2, what="settled")
        except AssertionError as error:
            raise AssertionError(f"{self.reasons()}; {error}") from None
        return self.states()

    def accepted(self) -> list[dict[str, Any]]:
        """What the carrier accepted from this line for real, canned replies left out."""
        return [each for each in self.product.simulator.log("accepted") if each["from"] == self.line]

    def hears(self, body: str, *, patient: int = 0, **more: Any) -> str:
        """A patient writes; returns the carrier's id of the text."""
        return self.product.simulator.text(sender=self.mobiles[patient], to=self.line, body=body, **more)

    def post(self, body: str, *, sid: str, patient: int = 0, **fields: str) -> tuple[int, str]:
        """Call the inbound webhook as the carrier would, with a right signature."""
        document = {
            "MessageSid": sid,
            "AccountSid": self.account,
            "From": self.mobiles[patient],
            "To": self.line,
            "Body": body,
            "NumMedia": "0",
            **fields,
        }
        return self.product.webhook(self.inbound_path, document, token=self.token)


def found_clinic(
    product: "Product",
    *,
    number: int,
    patients: int,
    names: list[str] | None = None,
    family: str = "Example",
    enrolled_at: datetime | None = None,
    overrides: str = OVERRIDES,
    segments_per_second: float = 1000,
) -> Clinic:
    """Found a practice with its line and patients by the product's services; runs inside `product.inside()`."""
    from checkins.services import enrollment, line, protocols
    from networks.models import Clinician
    from networks.scoping import practice_scope
    from networks.services import organizations
    from tests.world import SYSTEM

    at = enrolled_at or now() - timedelta(minutes=5)
    account = f"AC{number:032x}"
    token = f"{number:08d}" * 4
    our_number = number_of(number - 1)
    practice = organizations.found_practice(
        name=f"Practice {number}",
        text_name=f"Practice {number}",
        phone="312-555-0100",
        time_zone="America/Chicago",
        state="IL",
        actor=SYSTEM,
        now=at,
    )
    protocols.ship()
    with practice_scope(practice.pk):
        # The tests run at any hour, and texts of ours keep the practice's hours.
        organizations.set_texting_hours(
            practice, opens="00:00", closes="23:59:59.999999", on_sunday=True, actor=SYSTEM, now=at
        )
        clinician = organizations.add_clinician(
            practice,
            name=f"Dr {number}",
            npi="2000000002",
            credential=Clinician.Credential.PT,
            actor=SYSTEM,
            now=at,
        )
        route = line.add_sender(
            practice,
            number=our_number,
            account_sid=account,
            token=token,
            actor=SYSTEM,
            now=at,
            segments_per_second=segments_per_second,
        )
        clinic = Clinic(
            product=product,
            practice=practice,
            route=route,
            account=account,
            token=token,
            line=our_number,
            clinician=clinician,
        )
        for place in range(patients):
            mobile = number_of(number * PATIENTS + place)
            request = enrollment.EnrollmentRequest(
                given_name=names[place] if names else "Ana",
                family_name=f"{family}{place}",
                mobile=mobile,
                language="en",
                condition="knee",
                side="left",
                clinician_id=clinician.pk,
                time_zone="America/Chicago",
                welcome=False,
            )
            episode = enrollment.enroll(practice, request=request, actor=SYSTEM, now=at)
            clinic.episodes.append(episode)
            clinic.mobiles.append(mobile)
    product.simulator.add_account(
        sid=account,
        auth_token=token,
        numbers=[{"number": our_number, "inbound_url": product.base_url + clinic.inbound_path + overrides}],
    )
    return clinic
