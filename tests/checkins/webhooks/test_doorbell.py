"""The bell that a stored text rings: heard when Redis is there, given up at once when it is not."""

import io
import logging
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
import redis

from checkins import doorbell, tasks
from checkins.models import InboundMessage
from config.celery import app
from config.local.embedded_redis import free_port, start_redis
from config.observability import configure_logs, hide_keys
from tests.checkins.webhooks.conftest import Carrier


@pytest.fixture(autouse=True)
def awake() -> Iterator[None]:
    doorbell.wake()
    yield
    doorbell.wake()


@contextmanager
def broker_at(url: str) -> Iterator[None]:
    """Let the bell of this process look for Redis elsewhere."""
    before = app.conf.broker_write_url
    app.conf.broker_write_url = url
    try:
        yield
    finally:
        app.conf.broker_write_url = before


@contextmanager
def deaf_server() -> Iterator[str]:
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def test_a_bell_is_heard_and_heard_again_after_a_restart(tmp_path) -> None:
    with start_redis(tmp_path) as server, broker_at(server.url):
        assert doorbell.ring(tasks.read_texts, uuid4())
        assert redis.Redis.from_url(server.url).llen("inbound") == 1
        server.kill()
        assert not doorbell.ring(tasks.read_texts, uuid4())
        server.launch_again()
        doorbell.wake()
        assert doorbell.ring(tasks.read_texts, uuid4())
        assert redis.Redis.from_url(server.url).llen("inbound") == 1


def test_texts_right_behind_the_first_share_one_bell(tmp_path, monkeypatch) -> None:
    # Long enough that the texts come within it on a machine that is busy with others.
    monkeypatch.setattr(doorbell, "_BREATH", 2.0)
    with start_redis(tmp_path) as server, broker_at(server.url):
        queue = redis.Redis.from_url(server.url)
        ours, theirs = uuid4(), uuid4()
        assert all(doorbell.ring(tasks.read_texts, ours) for _ in range(200))
        assert queue.llen("inbound") == 1
        assert doorbell.ring(tasks.read_texts, theirs)
        assert queue.llen("inbound") == 2
        # The last of them is never without a bell behind it.
        deadline = time.monotonic() + 10
        while queue.llen("inbound") < 3 and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.4)
        assert queue.llen("inbound") == 3


def test_without_redis_the_first_bell_gives_up_well_within_a_second(carrier: Carrier) -> None:
    carrier.client.get("/webhooks/")  # the addresses are read once, which is not the bell's doing
    with broker_at(f"redis://127.0.0.1:{free_port()}/0"):
        began = time.perf_counter()
        assert carrier.hears().status_code == 200
        assert time.perf_counter() - began < 0.9
    assert InboundMessage.objects.count() == 1


def test_a_redis_that_hangs_holds_the_carrier_up_for_less_than_a_second_and_only_once() -> None:
    with deaf_server() as url, broker_at(url):
        began = time.perf_counter()
        assert not doorbell.ring(tasks.read_texts, uuid4())
        assert time.perf_counter() - began < 0.9
        began = time.perf_counter()
        assert not doorbell.ring(tasks.read_texts, uuid4())
        assert time.perf_counter() - began < 0.05


@pytest.fixture
def log_lines() -> Iterator[io.StringIO]:
    """What the process writes to its log meanwhile, as it would stand in the file."""
    configure_logs()
    written = io.StringIO()
    handler = logging.getLogger().handlers[-1]
    copy = logging.StreamHandler(written)
    copy.setFormatter(handler.formatter)
    logging.getLogger().addHandler(copy)
    yield written
    logging.getLogger().removeHandler(copy)


@pytest.mark.parametrize("kind", ["inbound", "status"])
def test_a_refused_call_leaves_no_key_in_the_log(carrier: Carrier, log_lines: io.StringIO, kind: str) -> None:
    key = carrier.loop.route.key
    unknown = "k" * 43
    assert (
        carrier.post(f"/webhooks/twilio/{kind}/{key}/", carrier.text(), signature="wrong").status_code == 403
    )
    assert carrier.post(f"/webhooks/twilio/{kind}/{unknown}/", carrier.text()).status_code == 404
    text = log_lines.getvalue()
    assert text.count(f"/webhooks/twilio/{kind}/[key]/") == 2
    assert key not in text
    assert unknown not in text


def test_other_addresses_stay_as_they_are() -> None:
    event = {"event": "Not Found: /patients/17/", "count": 3}
    assert hide_keys(None, "", event) == event
