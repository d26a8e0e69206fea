"""The carrier's calls through the whole web: texts stored a second, their waits, repeats, statuses."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count, cycle, islice
from statistics import median
from urllib.parse import urlsplit

from bench.bed import Bed
from bench.ingest import FIELDS
from bench.planning import crowded
from bench.posting import CONNECTIONS, call, post
from bench.results import Result, interleaved
from checkins.services import outbox, planning, writing
from config.local.embedded_redis import free_port
from config.local.folders import PROJECT
from config.local.programs import WEB_THREADS, WEB_WORKERS
from networks.scoping import practice_scope

FASTEST = 5_000  # calls a second for which enough are made beforehand
# As many as the prototypes of group commit were measured with: a carrier at its busiest opens them freely.
BUSY = 64
RUNS = 5
# After the mornings of the other benches.
MORNING = datetime(2026, 3, 20, 14, 5, tzinfo=UTC)
STATUSES = ("queued", "sending", "sent", "delivered")

UPDATED = """
    CREATE TABLE bench_status (id int PRIMARY KEY, status text NOT NULL);
    INSERT INTO bench_status SELECT n, 'queued' FROM generate_series(1, 5000) AS n
"""
UPDATE = "\\set row random(1, 5000)\nUPDATE bench_status SET status = 'sent' WHERE id = :row;"

_numbers = count()


def port_of(bed: Bed) -> int:
    """Return the port of the product's web."""
    return urlsplit(bed.product.base_url).port or 80


def texts(bed: Bed, number: int) -> list[bytes]:
    """Return so many texts that never came before, as signed calls."""
    clinic = bed.clinic
    document = {**FIELDS, "From": clinic.mobiles[0], "To": clinic.line, "Body": "6 y"}
    made = ({**document, "MessageSid": f"SM{place:032x}"} for place in islice(_numbers, number))
    return [call(clinic, clinic.inbound_path, each) for each in made]


def new_texts(bed: Bed, *, connections: int = CONNECTIONS) -> float:
    """Post texts that never came before as fast as they are answered; return those stored a second."""
    before = bed.product.count("checkins_inboundmessage")
    calls = texts(bed, FASTEST * bed.seconds)
    posted = post(port_of(bed), calls, seconds=bed.seconds, connections=connections)
    stored = bed.product.count("checkins_inboundmessage") - before
    assert stored >= posted.acknowledged, f"{posted.acknowledged} acknowledged, {stored} stored"
    assert not posted.refused, f"{posted.refused} were not answered 2xx"
    return posted.per_second


def warm(bed: Bed) -> None:
    """Let the web remember the clinic's route and open its connections, and the database know how many texts it has.

    Planned on empty tables, the checks of keys walk the whole practice; in use autovacuum mends that soon.
    """
    post(port_of(bed), texts(bed, 400), seconds=5)
    bed.product.sql("ANALYZE")


def stored(bed: Bed) -> list[Result]:
    """Signed texts stored a second through the web, against plain inserts by pgbench with eight clients."""
    few: list[float] = []

    def at_its_busiest(_: int) -> float:
        few.append(new_texts(bed))
        return new_texts(bed, connections=BUSY)

    warm(bed)
    ours, theirs = interleaved(at_its_busiest, lambda _: bed.pgbench_inserts(), runs=RUNS)
    note = f"{_busy(few, theirs)}; all 2xx; load, web and database share the cores"
    return [Result("ingest.webhook", ours, theirs, "texts/s", 0.15, 0.35, RUNS, note=note)]


def _busy(few: list[float], baseline: float) -> str:
    """Say at how many connections a rate was taken, and what it is at few."""
    return (
        f"{BUSY} connections; {CONNECTIONS} took {median(few):,.0f} a second ({median(few) / baseline:.3f})"
    )


def replay(bed: Bed) -> list[Result]:
    """Texts delivered again and answered a second, against new ones."""
    warm(bed)
    known = texts(bed, 500)
    assert post(port_of(bed), known, seconds=60).acknowledged == len(known)

    def again(_: int) -> float:
        before = bed.product.count("checkins_inboundmessage")
        calls = list(islice(cycle(known), FASTEST * bed.seconds))
        posted = post(port_of(bed), calls, seconds=bed.seconds)
        assert not posted.refused, f"{posted.refused} were not answered 2xx"
        assert bed.product.count("checkins_inboundmessage") == before, "a text was stored twice"
        return posted.per_second

    ours, theirs = interleaved(again, lambda _: new_texts(bed), runs=RUNS)
    return [Result("ingest.replay", ours, theirs, "texts/s", 1, 2, RUNS)]


def latency(bed: Bed) -> list[Result]:
    """Milliseconds that 99 of 100 texts wait at half of the most that goes, against a web without framework."""
    with bare_web(bed) as bare:

        def waited(port: int) -> float:
            most = post(port, texts(bed, FASTEST * bed.seconds), seconds=bed.seconds).per_second
            halved = post(port, texts(bed, int(most * bed.seconds)), seconds=bed.seconds, per_second=most / 2)
            assert not halved.refused, f"{halved.refused} were not answered 2xx"
            return halved.percentile(0.99) * 1000

        warm(bed)
        ours, theirs = interleaved(lambda _: waited(port_of(bed)), lambda _: waited(bare), runs=RUNS)
    note = "each at half of its own most, at a fixed rate, counted from when a call was due"
    return [Result("ingest.latency", ours, theirs, "ms p99", 3, 1.5, RUNS, lower_is_better=True, note=note)]


@contextmanager
def bare_web(bed: Bed) -> Iterator[int]:
    """Run the web without framework as the product's is run; yield its port."""
    clinic, port = bed.clinic, free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": bed.product.addresses["DATABASE_URL"],
        "BENCH_TOKEN": clinic.token,
        "BENCH_URL": clinic.product.base_url + clinic.inbound_path,
        "BENCH_PRACTICE": str(clinic.id),
        "BENCH_SENDER": str(clinic.route.sender_id),
    }
    listening = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    sizes = ["--workers", str(WEB_WORKERS), "--blocking-threads", str(WEB_THREADS)]
    with (bed.product.folder / "bare_web.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "granian", *listening, *sizes, "bench.bare_web:application"],
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_listening(bed, port)
            yield port
        finally:
            process.terminate()
            process.wait(20)


def _wait_listening(bed: Bed, port: int) -> None:
    for _ in range(300):
        try:
            posted = post(port, texts(bed, 50), seconds=5)
            break
        except OSError:
            time.sleep(0.1)
    assert posted.acknowledged, (bed.product.folder / "bare_web.log").read_text()[-2000:]


def callbacks(bed: Bed) -> list[Result]:
    """Statuses noted a second, each moving its text forward, against single updates by pgbench."""
    clinic = crowded(bed)
    # What other benches planned and did not send would be claimed first, and is too late to leave.
    bed.product.sql(
        "UPDATE checkins_outboxrow SET state = 'skipped', reason = 'bench', finished_at = now() "
        "WHERE practice_id = %s AND state = 'pending'",
        [clinic.id],
    )
    with bed.product.inside(), practice_scope(clinic.id):
        planning.close_expired(clinic.id, now=MORNING)
        planning.plan_day(clinic.id, now=MORNING)
        writing.write_texts(clinic.id, now=MORNING, limit=bed.patients)
        at = MORNING + timedelta(minutes=1)
        rows = outbox.claim(clinic.id, now=at, limit=bed.patients)
        left = outbox.depart_many(clinic.id, rows, now=at)
    shares = 2 * RUNS
    assert len(left) >= shares, "no text left, so nothing can be said of any"
    share = len(left) // shares
    bed.product.sql(UPDATED)
    few: list[float] = []

    def noted(place: int, *, connections: int) -> float:
        calls = [
            call(
                clinic,
                f"{clinic.status_path}?m={each.attempt_id}",
                {**FIELDS, "MessageSid": f"SM{each.attempt_id.hex}", "MessageStatus": status},
            )
            for status in STATUSES
            for each in left[place * share : (place + 1) * share]
        ]
        posted = post(port_of(bed), calls, seconds=bed.seconds, connections=connections)
        assert not posted.refused, f"{posted.refused} were not answered 2xx"
        return posted.per_second

    def at_its_busiest(place: int) -> float:
        few.append(noted(2 * place, connections=CONNECTIONS))
        return noted(2 * place + 1, connections=BUSY)

    ours, theirs = interleaved(at_its_busiest, lambda _: bed.pgbench([UPDATE]), runs=RUNS)
    moved = bed.product.count(
        "checkins_outboxrow", "practice_id = %s AND status IN ('sent', 'delivered')", [clinic.id]
    )
    assert moved, "no text was moved forward"
    note = _busy(few, theirs)
    return [Result("ingest.callbacks", ours, theirs, "statuses/s", 0.15, 0.35, RUNS, note=note)]
