"""A running simulator, a receiver for its callbacks, and one account between them."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from twilio.rest import Client

from tests.simulator.receiver import Receiver, running_receiver
from tests.simulator.server import Simulator, running_simulator

SID = "AC" + "a" * 32
TOKEN = "secret-token-of-the-account"
SERVICE = "MG" + "b" * 32
LINE = "+16175550100"
SERVICE_LINE = "+16175550101"
PHONE = "+14155550123"


@dataclass(frozen=True)
class Clinic:
    """One account: a number of its own, and one in a messaging service."""

    sid: str
    token: str
    service: str
    line: str
    service_line: str
    phone: str
    client: Client


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Use the machine's own chromium where there is one."""
    # The browser's event loop stays for the session; Django would refuse the database to later tests.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    chromium = shutil.which("chromium")
    return {**browser_type_launch_args, **({"executable_path": chromium} if chromium else {})}


@pytest.fixture(scope="session")
def session_simulator() -> Iterator[Simulator]:
    with running_simulator() as simulator:
        yield simulator


@pytest.fixture(scope="session")
def session_receiver() -> Iterator[Receiver]:
    with running_receiver() as receiver:
        yield receiver


@pytest.fixture
def receiver(session_receiver: Receiver) -> Receiver:
    session_receiver.clear()
    return session_receiver


@pytest.fixture
def simulator(session_simulator: Simulator, receiver: Receiver) -> Simulator:
    session_simulator.reset(accounts=True)
    receiver.clear()
    return session_simulator


@pytest.fixture
def clinic(simulator: Simulator, receiver: Receiver) -> Clinic:
    register(simulator, receiver)
    return Clinic(
        sid=SID,
        token=TOKEN,
        service=SERVICE,
        line=LINE,
        service_line=SERVICE_LINE,
        phone=PHONE,
        client=simulator.client(SID, TOKEN),
    )


def register(simulator: Simulator, receiver: Receiver, **more: object) -> None:
    """Register the clinic's account; more values as in POST /control/accounts."""
    inbound = receiver.url("/inbound/")
    simulator.add_account(
        sid=SID,
        auth_token=TOKEN,
        numbers=[
            {"number": LINE, "inbound_url": inbound},
            {"number": SERVICE_LINE, "inbound_url": inbound, "messaging_service_sid": SERVICE},
        ],
        **more,
    )
