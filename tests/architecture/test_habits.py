"""Sizes, forbidden names, forbidden habits."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.house import APPS, EDGES, ROOT, files, modules, tree

CODE = ("networks", "patients", "checkins", "billing", "reporting", "config", "simulator")
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
LONGEST_TASK = 25
LONGEST_VIEW = 40
FORBIDDEN_MODULES = {"utils", "util", "helpers", "helper", "common", "core", "misc", "tools", "base_utils"}


def test_files_stay_short() -> None:
    lengths = {_place(path): path.read_text().count("\n") for path in files(*CODE)}
    assert len(lengths) > 500
    too_long = [f"{place} ({lines} lines)" for place, lines in lengths.items() if lines > LONGEST_FILE]
    assert not too_long, "split them by subject"


def test_functions_stay_short() -> None:
    too_long = [
        f"{_place(path)}: {node.name} ({_length(node)} lines)"
        for path in files(*CODE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > LONGEST_FUNCTION
    ]
    assert not too_long


@pytest.mark.parametrize(
    ("kind", "limit"), [("tasks", LONGEST_TASK), ("crons", LONGEST_TASK), ("views", LONGEST_VIEW)]
)
def test_tasks_and_views_stay_thin(kind: str, limit: int) -> None:
    judged = [each for each in modules() if each.kind == kind]
    assert judged
    too_long = [
        f"{module.name}: {node.name} ({_length(node)} lines)"
        for module in judged
        for node in ast.walk(tree(module.path))
        if isinstance(node, ast.FunctionDef) and _length(node) > limit
    ]
    assert not too_long


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_module_has_a_drawer_for_a_name() -> None:
    wrong = [
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if not {".venv", ".daybook", "node_modules"} & set(path.parts)
        and {part.removesuffix(".py") for part in path.relative_to(ROOT).parts} & FORBIDDEN_MODULES
    ]
    assert not wrong


def test_edges_never_reach_for_a_manager() -> None:
    # Heartbeats and sender routes belong to nobody.
    spared = {"networks/tasks.py", "checkins/crons.py"}
    calls = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        if module.kind in EDGES and module.name not in spared
        for node in ast.walk(tree(module.path))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]
    assert not calls, "fetch through request.scope, a selector or a service"


def test_settings_are_only_ever_local_to_a_transaction() -> None:
    wrong = [
        path.relative_to(ROOT).as_posix()
        for path in [*files(*CODE), *sorted(ROOT.glob("*/migrations/*.py"))]
        if re.search(r"set_config\([^)]*,\s*false\s*\)|\bSET\s+SESSION\b|\bSET\s+daybook", path.read_text())
    ]
    assert not wrong


def test_nobody_listens_to_signals() -> None:
    wrong = [
        module.name
        for module in modules()
        if any(
            name.startswith("django.db.models.signals") or name == "django.dispatch.receiver"
            for name in module.imports()
        )
    ]
    assert not wrong


def test_only_one_module_converts_to_local_time() -> None:
    allowed = {"networks/local_days.py", "networks/templatetags/wording.py"}
    wrong = [
        module.name
        for module in modules()
        if module.name not in allowed
        and (".astimezone(" in module.path.read_text() or "localtime(" in module.path.read_text())
    ]
    assert not wrong


def test_nothing_is_deleted_by_cascade() -> None:
    wrong = [
        module.name
        for module in modules()
        if module.kind == "models" and re.search(r"\bCASCADE\b|\bSET_NULL\b", module.path.read_text())
    ]
    assert not wrong


@pytest.mark.parametrize("app", APPS)
def test_migrations_are_linear(app: str) -> None:
    numbers = sorted(path.name[:4] for path in (ROOT / app / "migrations").glob("0*.py"))
    assert numbers == [f"{place:04d}" for place in range(1, len(numbers) + 1)]
