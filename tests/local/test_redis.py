"""The embedded Redis: one address for all three clients, private, gone with its parent."""

import socket
import subprocess
import sys
from pathlib import Path

import celery
import pytest
import redis
from django.core.cache.backends.redis import RedisCache

from config.local.embedded_redis import RedisServer, start_redis
from config.local.folders import PROJECT, LocalServerError
from tests.local.conftest import soon


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with start_redis(tmp_path_factory.mktemp("redis")) as running:
        yield running


def test_one_address_serves_redis_py_djangos_cache_and_celery(server):
    assert redis.Redis.from_url(server.url).ping()
    cache = RedisCache(server.url, {})
    cache.set("key", 1)
    assert cache.get("key") == 1
    with celery.Celery(broker=server.url, set_as_current=False).connection() as connection:
        connection.ensure_connection(max_retries=1)
        assert connection.connected


def test_nobody_gets_in_without_the_password_or_from_another_machine(server):
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=server.port).ping()
    assert redis.Redis.from_url(server.url).config_get("bind")["bind"] == "127.0.0.1"
    assert server.url.split(":")[2].split("@")[0] not in Path(f"/proc/{server.pid}/cmdline").read_text()


def test_it_writes_nothing_to_disk(server):
    settings = redis.Redis.from_url(server.url).config_get("*")

    assert (settings["appendonly"], settings["save"]) == ("no", "")


def test_a_killed_server_comes_back_empty_on_the_same_address(tmp_path):
    with start_redis(tmp_path) as server:
        url = server.url
        redis.Redis.from_url(url).set("task", 1)

        server.kill()
        with pytest.raises(redis.ConnectionError):
            redis.Redis.from_url(url).ping()
        server.launch_again()

        assert server.url == url
        assert redis.Redis.from_url(url).get("task") is None


def test_a_stopped_server_starts_on_the_port_it_had_unless_that_was_taken(tmp_path):
    server = RedisServer(tmp_path)
    server.start()
    first = server.port
    server.stop()
    server.start()
    assert server.port == first
    server.stop()

    with socket.socket() as other:
        other.bind(("127.0.0.1", first))
        other.listen()
        with server:
            assert server.port != first


def test_one_folder_serves_one_process(tmp_path):
    with start_redis(tmp_path), pytest.raises(LocalServerError, match="is in use by process"):
        start_redis(tmp_path)


def test_it_ends_when_its_parent_is_killed(tmp_path):
    program = (
        "import sys, time; from pathlib import Path; from config.local.servers import start_redis;"
        "server = start_redis(Path(sys.argv[1])); print(server.pid, flush=True); time.sleep(300)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, tmp_path], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    pid = int(parent.stdout.readline())

    parent.kill()
    parent.wait()

    assert soon(lambda: not Path(f"/proc/{pid}").exists())
