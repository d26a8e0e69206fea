"""`manage.py decide_billing`: streams, files, exit codes, no database (a test that touched one would fail)."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.billing.rules.documents import answer, call, days, document

ROOT = Path(__file__).parents[3]
ORDINARY = document(readings=days("2026-03-02", 5), time_entries=[call("2026-03-09", 12)])


def _run(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """The command as others call it; no server answers at the addresses in its environment."""
    nowhere = "postgres://nobody@127.0.0.1:9/none"
    return subprocess.run(
        [sys.executable, "manage.py", "decide_billing", *arguments],
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "DATABASE_URL": nowhere, "DATABASE_OWNER_URL": nowhere},
    )


def _printed(file: Path) -> Any:
    stream = io.StringIO()
    call_command("decide_billing", str(file), stdout=stream)
    return json.loads(stream.getvalue())


def test_a_document_from_standard_input() -> None:
    first, second = _run(given=json.dumps(ORDINARY)), _run("-", given=json.dumps(ORDINARY))
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout == second.stdout
    assert json.loads(first.stdout) == answer(ORDINARY)


def test_a_misfit_prints_field_and_reason_alone_and_exits_2() -> None:
    run = _run(given=json.dumps([ORDINARY, {**ORDINARY, "as_of": "yesterday"}]))
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "CommandError: [1].as_of: must be a date written YYYY-MM-DD.\n"


def test_a_document_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "document.json"
    file.write_text(json.dumps(ORDINARY), encoding="utf-8")
    assert _printed(file) == answer(ORDINARY)


def test_a_list_in_a_list_out_in_order(tmp_path: Path) -> None:
    others = [document(episode={"id": name}) for name in ("B", "A")]
    file = tmp_path / "documents.json"
    file.write_text(json.dumps([ORDINARY, *others]), encoding="utf-8")
    assert _printed(file) == [answer(each) for each in (ORDINARY, *others)]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    missing = tmp_path / "missing.json"
    with pytest.raises(CommandError, match=r"missing\.json: cannot be read \(No such file") as refusal:
        call_command("decide_billing", str(missing))
    assert refusal.value.returncode == 2


def test_keys_stand_in_the_contracts_order() -> None:
    found = answer(ORDINARY)
    assert list(found) == ["episode", "rule_sets", "windows", "months", "lines"]
    assert list(found["windows"][0]) == ["from", "to", "clipped_to", "days", "state"]
    month_keys = ["month", "seconds", "minutes", "pta_minutes", "live_contacts", "state"]
    assert list(found["months"][0]) == month_keys
    line_keys = ["code", "units", "date_of_service", "modifiers", "status", "reasons"]
    assert list(found["lines"][0]) == line_keys
    assert list(found["lines"][0]["reasons"][0]) == ["rule", "text"]
