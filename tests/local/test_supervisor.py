"""The supervisor on stand-in programs: order, second start, deaths, and nothing left behind."""

import os
import shlex
import signal
import socket
from pathlib import Path

import pytest

from config.local.processes import children_of
from tests.local.conftest import read_until, server, soon

READY = "Ctrl-C stops everything."


def test_a_first_start_migrates_as_the_owner_loads_the_demonstration_and_prints_where_to_go(stand_in):
    said = read_until(stand_in.start(), READY)

    assert stand_in.calls() == [
        "migrate --database owner --no-input owner",
        f"load_demo --sign-ins {stand_in.folder / 'run' / 'sign-ins.txt'} owner",
    ]
    assert f"http://127.0.0.1:{stand_in.web}/" in said
    assert f"http://127.0.0.1:{stand_in.simulator}/" in said
    assert "anna@example.test  a-password" in said


@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name
)
def test_a_signal_stops_everything_it_started_grandchildren_too(stand_in, number):
    process = stand_in.start()
    read_until(process, READY)
    running = "\n".join(stand_in.processes())
    assert all(
        name in running
        for name in ("postgres", "redis-server", "web", "worker-safety", "scheduler", "simulator")
    )

    process.send_signal(number)

    assert process.wait(30) == 0
    assert stand_in.processes() == []


def test_a_killed_supervisor_takes_everything_with_it(stand_in):
    process = stand_in.start()
    read_until(process, READY)

    process.kill()
    process.wait()

    assert soon(lambda: stand_in.processes() == [])


def test_programs_that_do_not_listen_and_children_that_hid_themselves_are_killed(stand_in):
    stand_in.write("granian/__main__.py", server(port="PORT", children=2, on_term="signal.SIG_IGN"))
    stand_in.write(
        "celery/__main__.py",
        """
        import subprocess, sys, time
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"], start_new_session=True)
        time.sleep(300)
        """,
    )
    process = stand_in.start(given=True)
    read_until(process, READY)

    process.send_signal(signal.SIGINT)

    assert process.wait(40) == 0
    assert stand_in.processes() == []


@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name
)
def test_a_signal_that_reaches_make_alone_stops_everything(stand_in, number):
    stand_in.write("Makefile", f"run:\n\t@exec {shlex.join(stand_in.command())}\n")
    process = stand_in.start(command=["make", "run"])
    read_until(process, READY)

    process.send_signal(number)

    assert process.wait(30) != 0
    assert soon(lambda: stand_in.processes() == [])


def test_a_start_after_a_kill_keeps_the_data_and_does_nothing_twice(stand_in):
    process = stand_in.start()
    read_until(process, READY)
    process.kill()
    process.wait()
    before = stand_in.calls()

    said = read_until(stand_in.start(), READY)

    assert stand_in.calls() == before
    assert "anna@example.test" in said


def test_a_new_migration_is_applied_at_the_next_start(stand_in):
    first = stand_in.start()
    read_until(first, READY)
    first.send_signal(signal.SIGINT)
    first.wait(30)
    stand_in.write("patients/migrations/0002_new.py", "")

    read_until(stand_in.start(), READY)

    assert stand_in.calls()[2:] == ["migrate --database owner --no-input owner"]


def test_a_program_that_dies_later_is_named_with_its_log_and_started_again(stand_in):
    process = stand_in.start(given=True)
    read_until(process, READY)
    (web,) = (line for line in stand_in.processes() if line.split()[1] == "web")

    os.kill(int(web.split()[0]), signal.SIGKILL)

    said = read_until(process, "Starting web again.")
    assert "web was ended by signal 9" in said
    assert soon(lambda: _answers(stand_in.web))


def test_a_program_that_keeps_dying_stops_everything(stand_in):
    stand_in.write("celery/__main__.py", "import time; time.sleep(1.5); raise SystemExit('no broker')")
    process = stand_in.start(given=True)

    said = process.communicate(timeout=60)[0]

    assert process.returncode == 1
    assert "ended with exit code 1" in said
    assert "no broker" in said
    assert stand_in.processes() == []


def test_a_program_that_cannot_start_stops_everything_with_its_last_words(stand_in):
    stand_in.write("granian/__main__.py", "raise SystemExit('the settings are wrong')")
    process = stand_in.start(given=True)

    said = process.communicate(timeout=60)[0]

    assert process.returncode == 1
    assert "web ended with exit code 1" in said
    assert "the settings are wrong" in said
    assert stand_in.processes() == []


def test_a_product_that_cannot_be_imported_stops_everything_with_the_reason(stand_in):
    stand_in.write(
        "broken.py", "import sys; sys.stderr.write('chatter'); raise RuntimeError('no such setting')"
    )
    process = stand_in.start(given=True)

    said = process.communicate(timeout=60)[0]

    assert process.returncode == 1
    assert "Daybook cannot be loaded." in said
    assert "RuntimeError: no such setting" in said
    assert stand_in.processes() == []


def test_a_failing_migration_stops_everything_and_is_tried_again(stand_in):
    stand_in.write("manage.py", "raise SystemExit('relation exists')")
    process = stand_in.start()

    said = process.communicate(timeout=60)[0]

    assert process.returncode == 1
    assert "`manage.py migrate --database owner --no-input` failed" in said
    assert "relation exists" in said
    assert not (stand_in.folder / "run/postgres/prepared.json").exists()


def test_a_site_that_does_not_become_ready_is_quoted(stand_in):
    stand_in.write("granian/__main__.py", server(port="PORT", status=503))
    process = stand_in.start(given=True, ready_seconds=2)

    said = process.communicate(timeout=60)[0]

    assert process.returncode == 1
    assert '503 {"database": "down"}' in said


def test_a_second_start_in_the_same_folder_is_refused_and_the_first_goes_on(stand_in):
    first = stand_in.start()
    read_until(first, READY)

    second = stand_in.start()
    said = second.communicate(timeout=30)[0]

    assert second.returncode == 1
    assert (
        f"Daybook already runs in this folder (process {first.pid}): stop it there with Ctrl-C first." in said
    )
    assert _answers(stand_in.web)


def test_an_interrupt_during_the_preparation_leaves_nothing(stand_in):
    stand_in.write("manage.py", "import time; time.sleep(300)")
    process = stand_in.start()
    assert soon(lambda: any("manage.py" in line for line in stand_in.processes()))

    process.send_signal(signal.SIGINT)

    assert process.wait(30) == 0
    assert stand_in.processes() == []


def test_the_programs_that_do_not_migrate_never_learn_the_owners_address(stand_in):
    process = stand_in.start()
    read_until(process, READY)

    for child in children_of(process.pid):
        if "postgres" not in Path(f"/proc/{child}/cmdline").read_text():
            assert "DATABASE_OWNER_URL" not in Path(f"/proc/{child}/environ").read_text()


def _answers(port: int) -> bool:
    with socket.socket() as link:
        return link.connect_ex(("127.0.0.1", port)) == 0
