"""The health pages of the running product, with each part taken away in turn."""

import json

import pytest

from tests.system.product import Product

pytestmark = [pytest.mark.xdist_group("product")]


def failing(product: Product) -> list[str]:
    status, body = product.get("/readyz")
    named = json.loads(body)["failing"]
    assert (status == 503) == bool(named)
    return named


def age_the_heartbeats(product: Product) -> None:
    """Make every note of a heartbeat two minutes older, as if the time had passed."""
    product.sql("UPDATE networks_heartbeat SET beat_at = beat_at - interval '2 minutes'")


@pytest.fixture(autouse=True)
def whole_again(product: Product):
    product.repair()
    product.wait_ready()
    yield
    product.repair()
    product.wait_ready()


def test_a_whole_product_is_ready(product: Product) -> None:
    assert product.get("/readyz") == (200, '{"status": "ok", "failing": []}')
    assert product.get("/healthz")[0] == 200


def test_a_dead_worker_is_named(product: Product) -> None:
    """A worker of all queues but one stays; the schedule rings on."""
    product.kill("worker-all")
    product.start_worker("most", queues="inbound,status,send,bulk")
    try:
        age_the_heartbeats(product)
        product.wait(lambda: failing(product) == ["worker:safety"], what="only the safety worker missing")
        assert product.get("/healthz")[0] == 200
    finally:
        product.kill("worker-most")


def test_a_dead_scheduler_is_named_first(product: Product) -> None:
    product.kill("scheduler")

    def silent() -> bool:
        age_the_heartbeats(product)
        return failing(product)[:1] == ["scheduler"]

    product.wait(silent, pause=1.0, what="the scheduler named")


def test_redis_gone_is_named(product: Product) -> None:
    product.redis.kill()
    try:
        assert failing(product)[0] == "redis"
    finally:
        product.redis.launch_again()
    product.wait(lambda: "redis" not in failing(product), what="Redis back")


def test_a_database_gone_is_named_and_the_site_comes_back_by_itself(product: Product) -> None:
    assert product.postgres is not None
    product.postgres.kill()
    try:
        assert failing(product) == ["database"]
        assert product.get("/healthz")[0] == 200
    finally:
        product.postgres.restart_immediately()
    product.wait_ready(seconds=40)


def test_metrics_count_requests_without_ids(product: Product) -> None:
    clinic = product.clinic(patients=1)
    clinic.post("6 y", sid="SM" + "ab" * 16)
    product.get("/healthz")
    status, text = product.get("/metrics")
    assert status == 200
    assert "daybook_request_seconds_bucket" in text
    assert clinic.route.key not in text
    assert str(clinic.id) not in text
