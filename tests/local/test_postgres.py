"""The embedded PostgreSQL: roles and their rights, privacy, crashes, strays, and clear refusals."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import environ
import psycopg
import pytest

from config.local.embedded_postgres import PostgresServer, start_postgres
from config.local.folders import PROJECT, LocalServerError
from tests.local.conftest import soon


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with start_postgres(tmp_path_factory.mktemp("postgres"), durable=False) as running:
        yield running


def ask(url: str, sql: str):
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(sql).fetchone()


def test_it_is_version_18_and_on_a_socket_alone(server):
    assert int(ask(server.app_url, "SHOW server_version_num")[0]) // 10000 == 18
    assert ask(server.app_url, "SHOW listen_addresses") == ("",)


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        ("daybook_owner", (False, True, False, False)),
        ("daybook_app", (False, False, False, False)),
        ("daybook_backup", (False, False, False, True)),
    ],
    ids=["owner", "app", "backup"],
)
def test_each_role_has_its_rights_and_no_more(server, role, rights):
    sql = (
        "SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )

    assert ask(server.url(role=role), sql) == rights


def test_the_app_role_is_no_member_of_the_owner_and_owns_nothing(server):
    assert ask(server.app_url, "SELECT pg_has_role('daybook_app', 'daybook_owner', 'MEMBER')") == (False,)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(server.app_url, "CREATE TABLE mine (id int)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(server.app_url, "SET ROLE daybook_owner")


def test_the_owner_makes_tables_that_the_backup_role_reads(server):
    with psycopg.connect(server.owner_url, autocommit=True) as owner:
        owner.execute("CREATE TABLE kept (id int)")
        owner.execute("INSERT INTO kept VALUES (7)")
        owner.execute("ALTER TABLE kept ENABLE ROW LEVEL SECURITY")
        owner.execute("ALTER TABLE kept FORCE ROW LEVEL SECURITY")

        assert ask(server.url(role="daybook_backup"), "SELECT id FROM kept") == (7,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(server.app_url, "SELECT id FROM kept")
        owner.execute("DROP TABLE kept")


def test_the_backup_role_dumps_tables_under_forced_policies(server, tmp_path):
    programs = Path(os.readlink(f"/proc/{server.pid}/exe")).parent
    with psycopg.connect(server.owner_url, autocommit=True) as owner:
        owner.execute("CREATE TABLE dumped AS SELECT 42 AS answer")
        owner.execute("ALTER TABLE dumped ENABLE ROW LEVEL SECURITY")
        owner.execute("ALTER TABLE dumped FORCE ROW LEVEL SECURITY")

    url = server.url(role="daybook_backup")
    done = subprocess.run([programs / "pg_dump", "--dbname", url], capture_output=True, text=True, timeout=60)

    assert done.returncode == 0, done.stderr
    assert "\n42\n" in done.stdout


def test_djangos_settings_read_the_address(server):
    read = environ.Env.db_url_config(server.app_url)

    assert (read["NAME"], read["USER"]) == ("daybook", "daybook_app")
    assert read["OPTIONS"]["host"] == str(server.folder / "socket")


def test_only_the_servers_account_may_enter_data_and_socket(server):
    for name in ("data", "socket"):
        assert stat.S_IMODE((server.folder / name).stat().st_mode) == 0o700


def test_accents_have_upper_and_lower_case(server):
    assert ask(server.app_url, "SELECT lower('ÁÑÜ'), upper('é')") == ("áñü", "É")


def test_what_was_committed_survives_a_crash(tmp_path):
    with start_postgres(tmp_path, durable=True) as server:
        with psycopg.connect(server.owner_url, autocommit=True) as owner:
            owner.execute("CREATE TABLE reply AS SELECT 1 AS id")
        before = server.pid

        seconds = server.restart_immediately()

        assert server.pid != before
        assert ask(server.owner_url, "SELECT count(*) FROM reply") == (1,)
        assert seconds < 30


@pytest.mark.parametrize("durable", [True, False], ids=["run", "test"])
def test_only_tests_give_safety_for_speed(tmp_path, durable):
    with start_postgres(tmp_path, durable=durable) as server:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert ask(server.app_url, f"SHOW {setting}") == ("on" if durable else "off",)


def test_a_second_start_keeps_the_data(tmp_path):
    with start_postgres(tmp_path, durable=False) as server, psycopg.connect(server.owner_url) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 1 AS id")

    with start_postgres(tmp_path, durable=False) as server:
        assert ask(server.owner_url, "SELECT id FROM kept") == (1,)


def test_a_path_too_long_for_a_socket_gets_a_short_one(tmp_path):
    folder = tmp_path / ("a-rather-long-name-" * 6) / "postgres"

    with start_postgres(folder, durable=False) as server:
        assert ask(server.app_url, "SELECT 1") == (1,)


def test_an_interrupted_first_start_begins_again(tmp_path):
    (tmp_path / "data.new").mkdir()
    (tmp_path / "data.new" / "PG_VERSION").write_text("18\n")
    (tmp_path / "data").mkdir()

    with start_postgres(tmp_path, durable=False) as server:
        assert ask(server.app_url, "SELECT 1") == (1,)


def test_the_note_of_a_dead_server_is_no_obstacle(tmp_path):
    start_postgres(tmp_path, durable=False).stop()
    note = tmp_path / "data" / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{tmp_path / 'data'}\n{int(time.time())}\n5432\n\n\n\nready\n")

    with start_postgres(tmp_path, durable=False) as server:
        assert ask(server.app_url, "SELECT 1") == (1,)


def test_one_folder_serves_one_process(tmp_path):
    with (
        start_postgres(tmp_path, durable=False),
        pytest.raises(LocalServerError, match="is in use by process"),
    ):
        PostgresServer(tmp_path, durable=False).start()


def test_it_ends_when_its_parent_is_killed(tmp_path):
    program = (
        "import sys, time; from pathlib import Path; from config.local.servers import start_postgres;"
        "server = start_postgres(Path(sys.argv[1]), durable=False);"
        "print(server.pid, flush=True); time.sleep(300)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, tmp_path], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    pid = int(parent.stdout.readline())

    parent.send_signal(signal.SIGKILL)
    parent.wait()

    assert soon(lambda: not Path(f"/proc/{pid}").exists())
    with start_postgres(tmp_path, durable=False) as server:
        assert ask(server.app_url, "SELECT 1") == (1,)


def test_a_failing_start_shows_the_servers_own_words(tmp_path):
    start_postgres(tmp_path, durable=False).stop()
    (tmp_path / "data" / "postgresql.conf").write_text("no_such_setting = 1\n")

    with pytest.raises(LocalServerError, match="no_such_setting"):
        start_postgres(tmp_path, durable=False)


def test_the_log_holds_no_statement_and_no_value(server):
    with psycopg.connect(server.owner_url, autocommit=True) as owner:
        owner.execute("CREATE TABLE person (name text UNIQUE)")
        owner.execute("INSERT INTO person VALUES ('Rosalind')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            owner.execute("INSERT INTO person VALUES ('Rosalind')")

    text = server.log.read_text()
    assert "duplicate key value" in text
    assert "Rosalind" not in text
