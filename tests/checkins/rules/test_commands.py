"""The commands around the reader, run as other people's scripts run them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
GOOD = {"id": "R1", "language": "en", "open": ["pain", "exercises"], "prompt": None, "texts": ["6 yes"]}


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, input=given, capture_output=True, timeout=60
    )


def test_read_replies_keeps_the_contract():
    lines = [
        json.dumps(GOOD),
        '{"id":"R2"}',
        "nonsense",
        json.dumps({**GOOD, "id": "R3", "texts": ["\ud800 5 n"]}),
    ]
    done = run("read_replies", "-", given="\n".join(lines).encode())
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 2
    assert [one["id"] for one in read] == ["R1", "R3"]
    assert read[0] == {
        "id": "R1",
        "answers": {"pain": 6, "exercises": "yes"},
        "consent": None,
        "red_flag": None,
        "kind": "answer",
        "follow_up": "none",
        "reasons": ["pain.number", "exercises.yes_word"],
        "reader": "2026.28",
    }
    assert done.stderr.decode().splitlines() == ["line 2: open is missing", "line 3: not valid JSON"]


def test_read_replies_from_a_file(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps(GOOD) + "\n\n", "utf-8")
    done = run("read_replies", str(path))
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1


def test_read_replies_says_that_a_file_cannot_be_read(tmp_path):
    done = run("read_replies", str(tmp_path / "away.jsonl"))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines() == [
        "CommandError: The file cannot be read: No such file or directory."
    ]


@pytest.mark.parametrize("name", ["labelled.jsonl", "tuning.jsonl"])
def test_score_replies(name):
    done = run("score_replies", f"data/replies/{name}", "--misses")
    assert done.returncode == 0, done.stdout.decode()
    assert b"red flags missed" in done.stdout


def test_score_replies_as_json_and_without_a_file():
    done = run("score_replies", "data/replies/labelled.jsonl", "--json")
    assert json.loads(done.stdout)["texts"] == 320
    assert run("score_replies", "nowhere.jsonl").returncode == 1


def test_score_replies_counts_several_files_together(tmp_path):
    files = [f"data/replies/{name}.jsonl" for name in ("labelled", "tuning")]
    result = tmp_path / "result.json"
    done = run("score_replies", *files, "--write", str(result), "--measured-on", "2026-11-22")
    assert done.returncode == 0, done.stdout.decode()
    written = json.loads(result.read_text("utf-8"))
    assert (written["files"], written["texts"]) == (["labelled.jsonl", "tuning.jsonl"], 560)
    assert run("score_replies", files[0], "nowhere.jsonl").returncode == 1
