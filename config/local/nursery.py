"""Programs forked from this process after it imported the product once.

Importing takes some 3 seconds of a core in each of eight processes; forked ones share one import and its memory.
"""

import gc
import os
import runpy
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from config.local.folders import LocalServerError
from config.local.processes import die_with_parent, last_lines, name_process

POLL_SECONDS = 0.01
# What the programs import before they do anything, beside the product itself.
LIBRARIES = (
    "celery.bin.celery",
    "celery.apps.worker",
    "celery.apps.beat",
    "kombu.transport.redis",
    "granian.cli",
)


class ForkedProcess:
    """A process forked from ours, with the part of subprocess.Popen's manners that the supervisor uses."""

    def __init__(self, pid: int, arguments: Sequence[str]) -> None:
        self.pid = pid
        self.args = arguments
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Exit code, minus the number of the signal that ended it, or None while it runs."""
        if self.returncode is None:
            try:
                found, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:
                found, status = self.pid, 0
            if found:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end; subprocess.TimeoutExpired when it does not come in time."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if deadline is not None and time.monotonic() >= deadline:
                raise subprocess.TimeoutExpired(list(self.args), timeout or 0.0)
            time.sleep(POLL_SECONDS)
        return code

    def send_signal(self, sig: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, sig)


def preload_product() -> None:
    """Import what web, workers and scheduler import, into this process and under its environment."""
    for name in LIBRARIES:
        import_module(name)
    import_module("config.wsgi")  # sets Django up
    import_module("config.celery").app.loader.import_default_modules()
    import_module("django.urls").get_resolver().url_patterns  # noqa: B018 - reading it imports every view
    gc.collect()
    gc.freeze()  # or the first collection in each child would copy the shared pages


def preload_quietly(load: Callable[[], None], *, log: Path) -> None:
    """Call `load` with what libraries write to standard error kept in `log`; LocalServerError when it fails."""
    sys.stderr.flush()
    ours = os.dup(2)
    with log.open("ab") as output:
        os.dup2(output.fileno(), 2)
    try:
        load()
    except Exception as error:
        traceback.print_exc()
        sys.stderr.flush()
        raise LocalServerError(f"Daybook cannot be loaded. The end of {log}:\n{last_lines(log)}") from error
    finally:
        sys.stderr.flush()
        os.dup2(ours, 2)
        os.close(ours)


def fork_module(
    module: str, *, name: str, arguments: Sequence[str], folder: Path, log: Path, death_signal: int
) -> ForkedProcess:
    """Run `python -m module arguments` in a fork: own session, output appended to `log`, gone when we are.

    `ps -o comm` shows it as `name`, since its command line stays ours.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        _live(
            module,
            name=name,
            arguments=arguments,
            folder=folder,
            log=log,
            parent=parent,
            death_signal=death_signal,
        )
    return ForkedProcess(pid, [module, *arguments])


def _live(
    module: str,
    *,
    name: str,
    arguments: Sequence[str],
    folder: Path,
    log: Path,
    parent: int,
    death_signal: int,
) -> NoReturn:
    """The child's whole life; it must never return into the parent's code."""
    code = 1
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.setsid()
        name_process(name)
        die_with_parent(death_signal)
        if os.getppid() == parent:
            _take_output(log)
            os.chdir(folder)
            sys.argv = [module, *arguments]
            runpy.run_module(module, run_name="__main__", alter_sys=True)
            code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
        if isinstance(leaving.code, str):
            sys.stderr.write(f"{leaving.code}\n")
    except BaseException:  # noqa: BLE001 - the last frame of a process: say why, as Python itself does
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _take_output(log: Path) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for number, file in enumerate((nothing, output, output)):
        os.dup2(file, number)
    os.close(nothing)
    os.close(output)
