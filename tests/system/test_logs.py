"""The loop on the running product, then a search of everything it wrote down outside the database."""

import base64
import json
from urllib.parse import quote

import pytest

from tests.system.clinic import Clinic
from tests.system.product import Product

pytestmark = [pytest.mark.xdist_group("product")]

GIVEN, FAMILY = "Zebulonia", "Quixworth"
SAID = "pain is 7 and my gazebo calf is hot and swollen"
STOP = "please stop texting my gazebo"
STRANGER = "+14155550188"
OURS = "Your gazebo appointment is at ten."


@pytest.fixture
def loop_done(product: Product) -> Clinic:
    """Texts out and in of every kind, with an unknown number, wrong calls and a text that fails."""
    clinic = product.clinic(patients=2, names=[GIVEN, GIVEN], family=FAMILY)
    clinic.queue([OURS, OURS + " Really."])
    clinic.wait_settled()
    clinic.hears(SAID)
    clinic.hears("=cmd|gazebo", patient=1)
    product.simulator.text(sender=STRANGER, to=clinic.line, body="who is gazebo")
    clinic.post("gazebo unsigned", sid="SM" + "cd" * 16, AccountSid="AC" + "0" * 32)
    product.webhook(clinic.inbound_path, {"Body": "gazebo", "From": STRANGER}, token="wrong")
    product.simulator.set_fault("refuse", code=21211, count=1)
    clinic.queue([OURS + " Refused."])
    clinic.wait_settled()
    clinic.hears(STOP, patient=1)

    def read() -> bool:
        return not product.count("checkins_inboundrow", "practice_id = %s AND state = 'pending'", [clinic.id])

    product.wait(lambda: product.count("checkins_inboundrow", "practice_id = %s", [clinic.id]) >= 4)
    product.wait(read, what="all read")
    clinic.wait_settled()
    return clinic


def private_words(clinic: Clinic) -> list[str]:
    """Everything about persons that this loop knew."""
    numbers = [*clinic.mobiles, STRANGER]
    shapes = [shape for each in numbers for shape in (each, each[2:], quote(each))]
    return [GIVEN, FAMILY, "gazebo", *shapes]


def leaks(text: str, clinic: Clinic) -> list[str]:
    return sorted({word for word in private_words(clinic) if word.lower() in text.lower()})


def test_no_log_names_a_person_a_number_or_a_text(product: Product, loop_done: Clinic) -> None:
    found = {name: leaks(text, loop_done) for name, text in product.logs().items()}
    assert {name: words for name, words in found.items() if words} == {}
    assert product.postgres is not None
    servers = product.postgres.log.read_text(errors="replace") + product.redis.log.read_text(errors="replace")
    assert leaks(servers, loop_done) == []


def test_the_logs_do_say_what_happened(product: Product, loop_done: Clinic) -> None:
    """Or an empty log would pass the test above."""
    assert "Sending due task" in product.logs()["scheduler"]
    assert "task_" in product.logs()["worker-all"]


def test_redis_holds_ids_only(product: Product, loop_done: Clinic) -> None:
    with product.redis_client() as redis:
        held = []
        for key in redis.scan_iter():
            held.append(key)
            match redis.type(key):
                case b"string":
                    held.append(redis.get(key) or b"")
                case b"list":
                    held.extend(redis.lrange(key, 0, -1))
                case b"set":
                    held.extend(redis.smembers(key))
                case b"hash":
                    held.extend(each for pair in redis.hgetall(key).items() for each in pair)
                case b"zset":
                    held.extend(redis.zrange(key, 0, -1))
    assert held
    assert leaks(" ".join(each.decode(errors="replace") for each in held), loop_done) == []


def test_every_celery_message_holds_ids_only(product: Product, loop_done: Clinic) -> None:
    """With the worker away, what the schedule and the web put into the queues can be read there."""
    product.kill("worker-all")
    loop_done.hears("6 y gazebo")
    with product.redis_client() as redis:
        product.wait(lambda: redis.llen("inbound"), what="a bell in the queue")
        messages = [
            each for queue in ("inbound", "send", "status", "bulk") for each in redis.lrange(queue, 0, -1)
        ]
    assert messages
    texts = []
    for each in messages:
        message = json.loads(each)
        texts.append(base64.b64decode(message["body"]).decode() + json.dumps(message["headers"]))
    assert leaks(" ".join(texts), loop_done) == []
    product.repair()


def test_the_database_shows_no_text_and_no_number_without_the_keys(
    product: Product, loop_done: Clinic
) -> None:
    """Texts and numbers are sealed; names stand open, for sorting and searching."""
    columns = product.sql(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND (data_type IN ('text', 'character varying', 'jsonb'))"
    )
    found = []
    for table, column in columns:
        for word in ("gazebo", *(each[2:] for each in loop_done.mobiles)):
            if product.count(f'"{table}"', f'"{column}"::text ILIKE %s', [f"%{word}%"]):
                found.append(f"{table}.{column}: {word}")
    assert found == []
