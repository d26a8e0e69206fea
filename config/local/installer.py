"""Installing from a hashed lock with uv or pip, and the one sentence for each way that can fail."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path

UV = "uv==0.13.9"

NO_NETWORK = (
    "The Python package index cannot be reached: check the network, or pip's proxy and mirror settings "
    "(HTTPS_PROXY, PIP_INDEX_URL), and run the same command again."
)
NO_SPACE = "The disk is full: Daybook's first set-up needs about 2.5 GB. Free some space and try again."
NO_WRITING = "Daybook cannot write to its own folder: make it writable for this account and try again."
NO_VENV = (
    "This Python cannot make virtual environments: install its venv module (Debian and Ubuntu: "
    "apt-get install python3-venv) and try again."
)
# What an installer says, in lower case, and the sentence for it; the first that is found is told.
COMPLAINTS = (
    (("no space left on device", "os error 28", "disk quota exceeded"), NO_SPACE),
    (("permission denied", "read-only file system", "os error 13", "os error 30"), NO_WRITING),
    (("ensurepip", "no module named venv"), NO_VENV),
    (
        (
            "retrying (",
            "connection refused",
            "failed to fetch",
            "error sending request",
            "timed out",
            "dns error",
        ),
        NO_NETWORK,
    ),
    (
        ("do not match the hashes", "hash mismatch"),
        "A downloaded package is not the one that the lock file names, so nothing was installed: run the "
        "same command again, and if that repeats, do not trust the package index in use.",
    ),
    (
        ("no matching distribution", "no solution found", "has no wheels", "failed to build"),
        "A locked package does not exist for this machine's Python or processor: use Python 3.11 to 3.13 "
        "(choose one with PYTHON=python3.12), best on Linux x86-64.",
    ),
)


class SetUpError(Exception):
    """The environment cannot be made; the message says what to do."""


def install(lock_file: Path, *, python: Path, repeat: bool) -> None:
    """Install a lock with uv, or with pip where uv cannot be had; `repeat` replaces half-written files."""
    lock = ["--require-hashes", "-r", str(lock_file)]
    pip = [str(python), "-m", "pip", "install", "--quiet", "--retries", "2", "--no-input"]
    pip += ["--disable-pip-version-check"] + (["--force-reinstall"] if repeat else [])
    uv = [str(python), "-m", "uv", "--quiet", "pip", "install", "--python", str(python)]
    uv += ["--reinstall"] if repeat else []
    code, output = run([*pip, UV])
    if code == 0:
        code, output = run([*uv, *lock], extra=settings_for_uv(python))
    if code != 0 and sentence_for(output) not in (NO_SPACE, NO_WRITING):
        code, output = run([*pip, *lock])
    if code != 0:
        raise SetUpError(sentence_for(output))


def settings_for_uv(python: Path) -> dict[str, str]:
    """Pip's mirror and certificates, told to uv, which does not read pip's settings."""
    code, configured = run([str(python), "-m", "pip", "config", "get", "global.index-url"])
    mirror = os.environ.get("PIP_INDEX_URL") or (configured.strip() if code == 0 else "")
    told = {"UV_DEFAULT_INDEX": mirror, "SSL_CERT_FILE": os.environ.get("PIP_CERT", "")}
    if os.environ.get("UV_INDEX_URL"):
        del told["UV_DEFAULT_INDEX"]
    return {name: value for name, value in told.items() if value and name not in os.environ}


def must_run(command: list[str]) -> None:
    """Run a command; SetUpError with the sentence that fits when it fails."""
    code, output = run(command)
    if code != 0:
        raise SetUpError(sentence_for(output))


def run(command: list[str], extra: dict[str, str] | None = None) -> tuple[int, str]:
    """Run a command with `extra` environment variables; return its exit code and all it printed."""
    done = subprocess.run(  # noqa: S603 - commands are ours, never a person's input
        command,
        env={**os.environ, **(extra or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return done.returncode, done.stdout


def sentence_for(output: str) -> str:
    """The sentence for what an installer printed; its own last line when none fits.

    >>> sentence_for("ERROR: [Errno 28] No space left on device") == NO_SPACE
    True
    """
    said = output.lower()
    for signs, sentence in COMPLAINTS:
        if any(sign in said for sign in signs):
            return sentence
    lines = output.strip().splitlines() or ["it said nothing"]
    return f"The Python packages could not be installed; the installer's last words: {lines[-1].strip()}"


def sentence_for_os(error: OSError) -> str:
    """The sentence for a failed system call."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NO_SPACE
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NO_WRITING
    return f"Set-up failed: {error.strerror or error} ({error.filename or 'no file named'})."
