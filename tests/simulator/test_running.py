"""The process: starts, stops, keeps its data, holds its pace, guards its pages."""

import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.simulator.conftest import LINE, PHONE, SID, TOKEN, register
from tests.simulator.server import ROOT, running_simulator, start_simulator


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_at_once_even_while_a_request_hangs(receiver, number):
    with running_simulator() as simulator:
        register(simulator, receiver)
        simulator.set_fault("hang_before", seconds=30)
        client = simulator.client(SID, TOKEN, timeout=0.2)
        with pytest.raises(requests.exceptions.ReadTimeout):
            client.messages.create(to=PHONE, from_=LINE, body="a")
        started = time.monotonic()
        simulator.process.send_signal(number)
        assert simulator.process.wait(timeout=5) == 0
        assert time.monotonic() - started < 2


@pytest.mark.parametrize("kill", [False, True], ids=["SIGTERM", "SIGKILL"])
def test_a_restart_keeps_texts_accounts_blocks_faults_and_goes_on(tmp_path, receiver, kill):
    database = tmp_path / "simulator.sqlite3"
    simulator = start_simulator(database=database)
    register(simulator, receiver)
    simulator.text(sender="+14155550199", to=LINE, body="STOP")
    simulator.wait_for_log("webhook")
    simulator.set_fault("drop", rate=0.5)
    simulator.tune(delay_min=1.5, delay_max=1.5)
    text = simulator.client(SID, TOKEN).messages.create(
        to=PHONE, from_=LINE, body="Pain?", status_callback=receiver.url()
    )
    log = simulator.log()
    simulator.stop(kill=kill)
    again = start_simulator(database=database, port=simulator.port)
    try:
        assert again.log()[: len(log)] == log
        assert again.call("GET", "/control/faults")["faults"][0]["kind"] == "drop"
        assert again.call("GET", "/control/settings")["delay_min"] == 1.5
        assert again.wait_for_log("delivered", where=lambda line: line["sid"] == text.sid)
        assert len(again.client(SID, TOKEN).messages.list(from_=LINE)) == 2
        refused = requests.post(
            f"{again.base_url}/2010-04-01/Accounts/{SID}/Messages.json",
            data={"To": "+14155550199", "From": LINE, "Body": "a"},
            auth=(SID, TOKEN),
            timeout=10,
        )
        assert refused.json()["code"] == 21610
    finally:
        again.stop()


def test_a_taken_port_is_said_in_one_sentence(simulator, tmp_path):
    process = subprocess.run(
        [sys.executable, "-m", "simulator"],
        cwd=ROOT,
        env={
            "SIMULATOR_PORT": str(simulator.port),
            "SIMULATOR_DATABASE": str(tmp_path / "other.sqlite3"),
        },
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert process.returncode == 1
    assert process.stderr.startswith(f"The simulator cannot listen on port {simulator.port}:")
    assert len(process.stderr.splitlines()) == 1


def test_reset_keeps_accounts_unless_asked(simulator, clinic):
    clinic.client.messages.create(to=clinic.phone, from_=clinic.line, body="a")
    simulator.reset()
    assert [line["event"] for line in simulator.log()] == ["reset"]
    assert clinic.client.messages.list() == []
    assert clinic.client.messages.create(to=clinic.phone, from_=clinic.line, body="a").sid
    simulator.reset(accounts=True)
    assert simulator.call("GET", "/control/accounts")["accounts"] == []


def test_the_log_can_be_read_from_a_line_on(simulator, clinic):
    clinic.client.messages.create(to=clinic.phone, from_=clinic.line, body="a")
    simulator.wait_for_log("delivered")
    lines = simulator.log()
    assert simulator.log(since=lines[1]["n"]) == lines[2:]
    assert {"n", "at", "event"} <= set(lines[0])
    answer = requests.get(f"{simulator.base_url}/control/log?event=accepted", timeout=10)
    assert answer.headers["Content-Type"] == "application/x-ndjson"
    assert len(answer.text.splitlines()) == 1


def test_registering_twice_changes_nothing(simulator, clinic, receiver):
    register(simulator, receiver)
    accounts = simulator.call("GET", "/control/accounts")["accounts"]
    assert [len(account["numbers"]) for account in accounts] == [2]


def test_many_creates_at_once_are_each_accepted_once(simulator, clinic):
    def create(number):
        with requests.Session() as session:
            for index in range(25):
                answer = session.post(
                    f"{simulator.base_url}/2010-04-01/Accounts/{clinic.sid}/Messages.json",
                    data={"To": f"+1415555{number:02}{index:02}", "From": clinic.line, "Body": "Pain?"},
                    auth=(clinic.sid, clinic.token),
                    timeout=20,
                )
                assert answer.status_code == 201

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(create, range(8)))
    accepted = simulator.log("accepted")
    assert len({line["to"] for line in accepted}) == len(accepted) == 200
    assert len(simulator.wait_for_log("delivered", count=200)) == 200


def test_pages_have_a_strict_policy(simulator):
    answer = requests.get(simulator.base_url, timeout=10)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<style" not in answer.text
    assert "style=" not in answer.text
    assert "<script>" not in answer.text


def test_other_websites_and_hosts_are_refused(simulator):
    url = f"{simulator.base_url}/control/reset"
    assert requests.post(url, headers={"Origin": "https://example.com"}, timeout=10).status_code == 403
    assert requests.post(url, headers={"Host": "example.com"}, timeout=10).status_code == 400
    assert requests.post(url, headers={"Origin": simulator.base_url}, timeout=10).status_code == 200
    assert requests.post(url, timeout=10).status_code == 200


@pytest.mark.parametrize(
    "document",
    [{"delay_min": -1}, {"delay_min": 3, "delay_max": 1}, {"speed": 1}, {"delay_min": "x"}],
    ids=str,
)
def test_settings_that_do_not_fit_are_refused(simulator, document):
    answer = requests.post(f"{simulator.base_url}/control/settings", json=document, timeout=10)
    assert (answer.status_code, bool(answer.json()["error"])) == (400, True)


def test_wrong_methods_and_files(simulator):
    assert requests.get(f"{simulator.base_url}/control/reset", timeout=10).status_code == 405
    assert requests.get(f"{simulator.base_url}/static/settings.py", timeout=10).status_code == 404
