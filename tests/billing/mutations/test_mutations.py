"""Every mutation still fits the sources, and the tables of rules catch every one."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.billing.mutations.catalogue import MUTATIONS, Mutation
from tests.billing.mutations.judging import COMPARED
from tests.billing.naive.decision import decide
from tests.billing.naive.generator import hand_made, random_document
from tests.billing.rules.test_examples import EXAMPLES
from tests.billing.rules.test_scenarios import SCENARIOS

ROOT = Path(__file__).parents[3]
JUDGING = Path(__file__).with_name("judging.py")
RANDOM_DOCUMENTS = 60
# What the decision needs besides its own modules.
NEIGHBOURS = ("networks/__init__.py", "networks/local_days.py")


def all_cases() -> list[dict[str, object]]:
    """Worked examples with the lines that came with them; the rest with those of the naive decision."""
    named = [(f"row {each.row}", each.document) for each in SCENARIOS]
    named += [(case["name"], case["document"]) for case in hand_made()]
    named += [
        (f"random {i}", random_document(random.Random(f"mutation {i}"))) for i in range(RANDOM_DOCUMENTS)
    ]
    cases = [
        {"name": each["name"], "document": each["input"], "lines": each["expected"]["lines"]}
        for each in EXAMPLES
    ]
    for name, document in named:
        lines = [{key: line[key] for key in COMPARED} for line in decide(document)["lines"]]
        cases.append({"name": name, "document": document, "lines": lines})
    return cases


@pytest.fixture(scope="module")
def cases(tmp_path_factory) -> Path:
    """The file of all cases."""
    path = tmp_path_factory.mktemp("cases") / "cases.json"
    path.write_text(json.dumps(all_cases()), encoding="utf-8")
    return path


def copied_sources(folder: Path, mutation: Mutation | None) -> Path:
    """A copy of the billing modules and what they need, with one of them changed."""
    for module in ROOT.glob("billing/*.py"):
        _copy(module, folder / "billing" / module.name)
    for name in NEIGHBOURS:
        _copy(ROOT / name, folder / name)
    if mutation:
        path = folder / "billing" / f"{mutation.module}.py"
        path.write_text(
            path.read_text(encoding="utf-8").replace(mutation.old, mutation.new), encoding="utf-8"
        )
    return folder


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def judge(folder: Path, cases: Path) -> subprocess.CompletedProcess[str]:
    """What a process of its own says about the sources in the folder."""
    return subprocess.run(
        [sys.executable, "-B", str(JUDGING), str(folder), str(cases)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: each.name)
def test_it_still_applies(mutation: Mutation) -> None:
    source = (ROOT / "billing" / f"{mutation.module}.py").read_text(encoding="utf-8")
    assert source.count(mutation.old) == 1
    assert mutation.old != mutation.new


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: each.name)
def test_it_is_caught(mutation: Mutation, cases: Path, tmp_path: Path) -> None:
    found = judge(copied_sources(tmp_path, mutation), cases)
    assert found.returncode == 1, found.stderr[-2_000:]
    assert found.stdout.strip()


def test_the_sources_as_they_are_pass(cases: Path, tmp_path: Path) -> None:
    found = judge(copied_sources(tmp_path, None), cases)
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")
