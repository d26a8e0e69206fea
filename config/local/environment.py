"""Set up .venv from the hashed locks: run by the machine's own Python, with its standard library alone.

    python3 -m config.local.environment local|dev

Silent and quick when nothing is to be done; one sentence and exit code 1 when something cannot be done.
The syntax stays readable to Python 3.7, so that an old one gets a sentence and not a traceback.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path

from config.local.installer import NO_SPACE, SetUpError, install, must_run, run, sentence_for_os

OLDEST_PYTHON = (3, 11)
PROJECT = Path(__file__).resolve().parent.parent.parent
# What each kind of environment is made from; the development lock holds everything the local one does.
LOCKS = {"local": "requirements-local.txt", "dev": "requirements-dev.txt"}
# The development set takes 1.2 GB, and the installer's cache as much again while it works.
FIRST_SET_UP_BYTES = 2500 * 1024 * 1024


def main(arguments: list[str]) -> int:
    """Make the environment that the first argument names; return the exit code."""
    kind = arguments[0] if arguments else "local"
    if kind not in LOCKS:
        return refuse(f"Say which environment to set up: {' or '.join(LOCKS)}.")
    if sys.version_info[:2] < OLDEST_PYTHON:
        return use_newer_python(arguments)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        Environment(PROJECT).ensure(kind)
    except SetUpError as error:
        return refuse(str(error))
    except OSError as error:
        return refuse(sentence_for_os(error))
    except KeyboardInterrupt:
        return refuse("Set-up was interrupted: run the same command again to finish it.", code=130)
    return 0


class Environment:
    """The virtual environment of one project folder."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.folder = project / ".venv"
        self.python = self.folder / "bin" / "python"
        self.stamp = self.folder / "daybook-stamp.json"
        self.unfinished = self.folder / "daybook-unfinished"

    def ensure(self, kind: str) -> None:
        """Make the environment unless it is as the locks want it; one set-up at a time."""
        if self.is_ready(kind):
            return
        if self.folder.is_symlink():
            raise SetUpError(
                f"{self.folder} is a link to a folder elsewhere, and setting up would empty that folder: "
                "remove the link, then run the same command again."
            )
        check_space(self.project, first=not self.stamp.exists())
        waiting_room = self.project / ".daybook"
        waiting_room.mkdir(exist_ok=True)
        with (waiting_room / "set-up.lock").open("w") as claim:
            fcntl.flock(claim, fcntl.LOCK_EX)
            if not self.is_ready(kind):
                self.make(kind)

    def is_ready(self, kind: str) -> bool:
        """Whether the present lock was installed, at this place, for a Python that still exists."""
        try:
            stamp = json.loads(self.stamp.read_text())
        except (OSError, ValueError):
            return False
        if stamp.get("place") != str(self.folder) or not self.python.exists():
            return False
        enough = ["local", "dev"] if kind == "local" else ["dev"]
        return any(stamp["locks"].get(LOCKS[one]) == self.digest(one) for one in enough)

    def digest(self, kind: str) -> str:
        """SHA-256 of the lock file for `kind`."""
        return hashlib.sha256((self.project / LOCKS[kind]).read_bytes()).hexdigest()

    def make(self, kind: str) -> None:
        """Make or complete the environment, and note what it was made from."""
        say(f"Setting up Python packages for {'development' if kind == 'dev' else 'running'} ...")
        began = time.monotonic()
        if not self.is_sound():
            must_run([sys.executable, "-m", "venv", "--clear", str(self.folder)])
        repeat = self.unfinished.exists()
        self.unfinished.touch()
        install(self.project / LOCKS[kind], python=self.python, repeat=repeat)
        self.note(kind)
        self.unfinished.unlink()
        say(f" {time.monotonic() - began:.0f} s\n")

    def is_sound(self) -> bool:
        """Whether the environment was made here, to its end, with a Python that still runs."""
        probe = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
        try:
            scripts = (self.folder / "bin" / "pip").read_text()
            return str(self.folder) in scripts and run([str(self.python), "-c", probe])[0] == 0
        except OSError:
            return False

    def note(self, kind: str) -> None:
        """Write the stamp that makes the next call quick."""
        try:
            locks = json.loads(self.stamp.read_text())["locks"]
        except (OSError, ValueError, KeyError):
            locks = {}
        locks[LOCKS[kind]] = self.digest(kind)
        fresh = self.stamp.with_suffix(".new")
        fresh.write_text(json.dumps({"place": str(self.folder), "locks": locks}))
        fresh.replace(self.stamp)


def check_space(project: Path, *, first: bool, free: int | None = None) -> None:
    """Raise SetUpError when the disk under `project` has too few bytes free for a first or later set-up."""
    free = shutil.disk_usage(project).free if free is None else free
    if free < (FIRST_SET_UP_BYTES if first else FIRST_SET_UP_BYTES // 5):
        raise SetUpError(f"{NO_SPACE} ({free // 2**20} MB are free now.)")


def use_newer_python(arguments: list[str]) -> int:
    """Go on with a newer Python of this machine, or say that there is none."""
    for name in ("python3.12", "python3.11", "python3.13"):
        path = shutil.which(name)
        if path and run([path, "-c", "import venv"])[0] == 0:
            os.execv(path, [path, "-E", "-s", "-m", "config.local.environment", *arguments])  # noqa: S606 - a Python found on PATH
    found = ".".join(str(part) for part in sys.version_info[:2])
    return refuse(
        f"Daybook needs Python 3.11 or newer and found {found}: install one, or name it with PYTHON=..."
    )


def say(text: str) -> None:
    """Show progress."""
    sys.stdout.write(text)
    sys.stdout.flush()


def refuse(sentence: str, *, code: int = 1) -> int:
    """Print why the set-up stops, on standard error; return the exit code."""
    sys.stderr.write(f"\n{sentence}\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
