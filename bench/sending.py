"""Texts out: sends a second with 32 slots, CPU of a call, the pace kept, and how many texts one task handles."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from statistics import median
from uuid import uuid4

import requests
from django.test import override_settings

from bench.bare_client import ACCOUNT, TEXT, bare_rate
from bench.bed import Bed, kept_connections
from bench.planning import crowded
from bench.results import Result, interleaved
from bench.slow_carrier import LATENCY
from checkins.gateways import twilio
from checkins.models import Sender
from checkins.services import pace, planning, reading, send_turn
from checkins.services.receiving import TextIn, receive_many
from config.local.embedded_redis import free_port
from config.local.folders import PROJECT
from networks.scoping import practice_scope
from tests.system.clinic import Clinic

SLOTS = 32
RUNS = 5
PACED = 40.0  # segments a second
# Sunday to Thursday after the mornings of planning.py, 9:05 in Chicago (daylight saving since the Sunday).
MORNINGS = [datetime(2026, 3, 8 + day, 14, 5, tzinfo=UTC) for day in range(RUNS + 2)]


@contextmanager
def slow_carrier() -> Iterator[str]:
    """Run the carrier that takes a tenth of a second; yield its address."""
    port = free_port()
    # With no pipe of ours: whoever reads the bench's output to its end shall not wait for this one.
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.slow_carrier", str(port)],
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{address}/log", timeout=1).read()
                break
            except OSError:
                time.sleep(0.05)
        with override_settings(TWILIO_API_BASE=address, SEND_THREADS=SLOTS):
            # The line to the carrier remembers its address.
            twilio.forget()
            yield address
    finally:
        process.kill()
        process.wait()


def taken(address: str) -> list[float]:
    """Return the instants at which the carrier took texts."""
    with urllib.request.urlopen(f"{address}/log", timeout=5) as answer:
        found: list[float] = json.load(answer)
    return found


def planned(bed: Bed, clinic: Clinic, morning: datetime) -> None:
    """Let everybody's check-in of a morning wait to be sent, and nothing of the mornings before."""
    bed.product.sql(
        "UPDATE checkins_outboxrow SET state = 'skipped', reason = 'bench', lease_until = NULL, finished_at = now() "
        "WHERE practice_id = %s AND state IN ('pending', 'claimed')",
        [clinic.id],
    )
    with practice_scope(clinic.id):
        planning.plan_day(clinic.id, now=morning)


def at_pace(clinic: Clinic, per_second: float) -> None:
    """Set how fast the clinic's number may send."""
    with practice_scope(clinic.id):
        Sender.objects.filter(practice_id=clinic.id).update(segments_per_second=per_second)
    pace.forget()


def engine(bed: Bed) -> list[Result]:
    """Texts sent a second with 32 slots to a carrier of 100 ms, against slots over latency."""
    clinic = crowded(bed)
    with bed.product.inside(), kept_connections(), slow_carrier() as address:
        at_pace(clinic, 9_000)

        def ours(place: int) -> float:
            planned(bed, clinic, MORNINGS[place])
            before, began = len(taken(address)), time.perf_counter()
            counts = send_turn.send_due(clinic.id, now=lambda: MORNINGS[place] + timedelta(minutes=1))
            took = time.perf_counter() - began
            sent = len(taken(address)) - before
            assert counts.get("sent") == sent, f"{counts}, {sent} taken"
            return sent / took

        bare: list[float] = []

        def waiting_alone(_: int) -> float:
            bare.append(bare_rate(address, slots=SLOTS))
            return SLOTS / LATENCY

        value, baseline = interleaved(ours, waiting_alone, runs=RUNS)
    note = (
        "claim, departure and settling of each text are in it; slots over latency is what waiting alone allows; "
        f"Twilio's client in a bare loop reached {median(bare) / baseline:.3f} of it in the same runs"
    )
    return [Result("send.engine", value, baseline, "texts/s", 0.85, 0.95, RUNS, note=note)]


def cpu(bed: Bed) -> list[Result]:
    """Milliseconds of CPU that handing one text over costs, against a bare post of the same fields."""
    fields = {"To": TEXT.to, "From": TEXT.sender, "Body": TEXT.body, "StatusCallback": TEXT.callback}

    def timed(work: Callable[[], object]) -> float:
        began = time.process_time()
        for _ in range(60):
            work()
        return (time.process_time() - began) / 60 * 1000

    with bed.product.inside(), kept_connections(), slow_carrier() as address, requests.Session() as session:
        url = f"{address}/2010-04-01/Accounts/{ACCOUNT.sid}/Messages.json"

        def bare() -> None:
            session.post(url, data=fields, auth=(ACCOUNT.sid, ACCOUNT.token), timeout=10).json()

        ours, theirs = interleaved(
            lambda _: timed(lambda: twilio.send(ACCOUNT, TEXT)), lambda _: timed(bare), runs=RUNS
        )
    return [Result("send.cpu", ours, theirs, "ms CPU a call", 3, 1.3, RUNS, lower_is_better=True)]


def keep_pace(bed: Bed) -> list[Result]:
    """The fullest second at the carrier over what the number may send, and how much of it was used."""
    clinic = crowded(bed)
    with bed.product.inside(), kept_connections(), slow_carrier() as address:
        at_pace(clinic, PACED)
        planned(bed, clinic, MORNINGS[RUNS])
        before = len(taken(address))
        send_turn.send_due(clinic.id, now=lambda: MORNINGS[RUNS] + timedelta(minutes=1))
        instants = taken(address)[before:]
    worst = max(sum(1 for each in instants if start <= each < start + 1) for start in instants)
    used = (len(instants) - 1) / (instants[-1] - instants[0]) / PACED
    note = (
        f"{len(instants)} texts at {PACED:g} a second; {used:.3f} of the pace was used (at least 0.97 wanted)"
    )
    return [Result("send.pace", worst, PACED, "texts in the fullest second", 1.05, 1.0, 1, True, note)]


def batch(bed: Bed) -> list[Result]:
    """Texts that one task reads and one task sends, where so many wait."""
    clinic = crowded(bed)
    with bed.product.inside(), kept_connections(), slow_carrier():
        at_pace(clinic, 9_000)
        planned(bed, clinic, MORNINGS[RUNS + 1])
        at = MORNINGS[RUNS + 1] + timedelta(minutes=1)
        sent = send_turn.send_due(clinic.id, now=lambda: at).get("sent", 0)
        with practice_scope(clinic.id):
            receive_many(
                clinic.route,
                [
                    (TextIn(sid=f"SM{uuid4().hex}", from_number=clinic.mobiles[0], body="6 y", raw="{}"), at)
                    for _ in range(200)
                ],
            )
        read = sum(reading.read_pending(clinic.id, now=lambda: at).values())
    note = f"one task sent {sent} and one task read {read}; the smaller counts"
    return [Result("jobs.batch", min(sent, read), None, "texts a task", 50, 100, 1, note=note)]
