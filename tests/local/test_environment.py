"""The set-up: quick when done, repeatable, and one clear sentence for each way it can fail."""

import ctypes
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from config.local.environment import Environment, check_space
from config.local.folders import PROJECT
from config.local.installer import NO_NETWORK, NO_SPACE, NO_VENV, NO_WRITING, SetUpError, sentence_for

PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1  # prctl(2), capabilities(7)
NOBODY_LISTENS = "http://127.0.0.1:9/simple"


@pytest.fixture
def project(tmp_path):
    """A project with the set-up's own files and locks of nothing."""
    return _project_in(tmp_path)


def _project_in(tmp_path: Path) -> Path:
    local = tmp_path / "config" / "local"
    local.mkdir(parents=True)
    for name in ("environment.py", "installer.py"):
        shutil.copy(PROJECT / "config" / "local" / name, local)
    for package in (tmp_path / "config", local):
        (package / "__init__.py").touch()
    for name in ("requirements-local.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text("")
    return tmp_path


def set_up(project: Path, kind: str = "local", *, python: str = sys.executable, **options):
    command = [python, "-E", "-s", "-S", "-m", "config.local.environment", kind]
    environment = {**os.environ, "PIP_RETRIES": "0", **options.pop("environment", {})}
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, timeout=120, **options
    )


def pretend_it_was_done(project: Path) -> Environment:
    environment = Environment(project)
    environment.python.parent.mkdir(parents=True)
    environment.python.symlink_to(sys.executable)
    environment.note("local")
    return environment


def test_a_set_up_that_was_done_is_silent_and_quick(project):
    pretend_it_was_done(project)

    began = time.monotonic()
    done = set_up(project)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert time.monotonic() - began < 1


def test_it_is_due_again_when_lock_place_or_python_change(project):
    environment = pretend_it_was_done(project)
    assert environment.is_ready("local")
    assert not environment.is_ready("dev")

    (project / "requirements-local.txt").write_text("# another\n")
    assert not environment.is_ready("local")

    environment.note("local")
    environment.python.unlink()
    environment.python.symlink_to(project / "no-such-python")
    assert not environment.is_ready("local")

    moved = project.with_name("moved")
    project.rename(moved)
    (moved / ".venv" / "bin" / "python").unlink()
    (moved / ".venv" / "bin" / "python").symlink_to(sys.executable)
    assert not Environment(moved).is_ready("local")


def test_the_development_environment_is_enough_for_running(project):
    environment = pretend_it_was_done(project)
    environment.stamp.unlink()
    environment.note("dev")

    assert environment.is_ready("local")


def test_a_broken_stamp_only_means_that_set_up_is_due(project):
    environment = pretend_it_was_done(project)
    environment.stamp.write_text("{")

    assert not environment.is_ready("local")


@dataclass
class Repeated:
    """A project whose set-up had been interrupted, and what the repeated one said and left."""

    project: Path
    done: subprocess.CompletedProcess[str]
    is_ready: bool
    is_unfinished: bool
    stamp: str


@pytest.fixture(scope="module")
def repeated(tmp_path_factory) -> Repeated:
    """Set up once for both tests that need a real environment: making one costs seconds."""
    project = _project_in(tmp_path_factory.mktemp("interrupted"))
    environment = Environment(project)
    environment.folder.mkdir()
    (environment.folder / "pyvenv.cfg").touch()  # a half-made environment
    done = set_up(project)
    assert done.returncode == 0, done.stderr
    return Repeated(
        project=project,
        done=done,
        is_ready=environment.is_ready("local"),
        is_unfinished=environment.unfinished.exists(),
        stamp=environment.stamp.read_text(),
    )


def test_an_index_that_cannot_be_reached_gives_one_sentence_and_names_no_host(repeated):
    project = repeated.project
    Environment(project).stamp.unlink(missing_ok=True)
    (project / "requirements-local.txt").write_text(f"iniconfig==2.1.0 --hash=sha256:{'0' * 64}\n")
    offline = {"PIP_INDEX_URL": NOBODY_LISTENS, "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""}

    done = set_up(project, environment=offline)

    assert done.returncode == 1
    assert done.stderr.strip() == NO_NETWORK
    assert "127.0.0.1" not in done.stdout + done.stderr
    assert not (project / ".venv" / "daybook-stamp.json").exists()


def test_without_a_newer_python_an_old_one_is_told_what_is_needed(project, tmp_path):
    pretend = "import sys; from config.local import environment as e; e.OLDEST_PYTHON = (9, 9);"
    pretend += "sys.exit(e.main([]))"

    done = subprocess.run(
        [sys.executable, "-c", pretend],
        cwd=project,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )

    found = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"Daybook needs Python 3.11 or newer and found {found}: install one, or name it with PYTHON=..."
    )


def test_a_set_up_that_was_interrupted_is_repeated_to_its_end(repeated):
    assert repeated.done.returncode == 0, repeated.done.stderr
    assert repeated.is_ready
    assert not repeated.is_unfinished
    assert set(json.loads(repeated.stamp)["locks"]) == {"requirements-local.txt"}


def test_a_folder_that_cannot_be_written_gives_one_sentence(project):
    project.chmod(0o555)

    done = set_up(project, preexec_fn=_be_an_ordinary_account)

    project.chmod(0o755)
    assert done.returncode == 1
    assert done.stderr.strip() == NO_WRITING


def test_an_environment_that_others_share_by_a_link_is_never_emptied(project, tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "theirs").touch()
    (project / ".venv").symlink_to(shared)

    done = set_up(project)

    assert done.returncode == 1
    assert "is a link to a folder elsewhere" in done.stderr
    assert (shared / "theirs").exists()


def _be_an_ordinary_account() -> None:
    """Take from root the right to write everywhere; others do not have it."""
    ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)


def test_a_disk_too_small_is_refused_before_anything_is_made(project):
    with pytest.raises(SetUpError, match=r"needs about 2\.5 GB.*\(1000 MB are free now\.\)"):
        check_space(project, first=True, free=1000 * 2**20)
    check_space(project, first=False, free=1000 * 2**20)


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", NO_SPACE),
        ("error: Failed to write to the cache\n  Caused by: No space left on device (os error 28)", NO_SPACE),
        ("ERROR: [Errno 13] Permission denied: '/srv/daybook/.venv/lib'", NO_WRITING),
        ("error: failed to create directory: Read-only file system (os error 30)", NO_WRITING),
        ("The virtual environment was not created because ensurepip is not available.", NO_VENV),
        ("/usr/bin/python3: No module named venv", NO_VENV),
        (
            "WARNING: Retrying (Retry(total=1)) after connection broken\nERROR: No matching distribution",
            NO_NETWORK,
        ),
        ("error: Failed to fetch: x\n  Caused by: dns error: failed to lookup address", NO_NETWORK),
    ],
    ids=[
        "pip-full",
        "uv-full",
        "pip-closed",
        "uv-read-only",
        "no-ensurepip",
        "no-venv",
        "pip-offline",
        "uv-offline",
    ],
)
def test_each_complaint_of_an_installer_has_its_sentence(output, sentence):
    assert sentence_for(output) == sentence


def test_a_changed_package_is_not_trusted():
    assert "not the one that the lock file names" in sentence_for("THESE PACKAGES DO NOT MATCH THE HASHES")


def test_an_unknown_complaint_is_passed_on():
    assert sentence_for("Traceback\n  something new\n").endswith("last words: something new")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-local.txt", "requirements-dev.txt"])
def test_the_locks_name_no_address_and_every_entry_has_a_hash(name):
    text = (PROJECT / name).read_text()

    assert "://" not in text
    assert all("--hash=sha256:" in entry for entry in text.replace("\\\n", " ").splitlines() if entry.strip())


def test_each_larger_lock_holds_the_smaller_one_unchanged():
    production, local, dev = (
        set((PROJECT / name).read_text().replace("\\\n", " ").splitlines())
        for name in ("requirements.txt", "requirements-local.txt", "requirements-dev.txt")
    )

    assert production <= local <= dev
