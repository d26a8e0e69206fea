"""Programs kept running together: started with a log each, restarted when they die, stopped as one."""

import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from config.local.folders import LocalServerError
from config.local.nursery import fork_module
from config.local.processes import Running, last_lines, signal_group, start_process, stop_processes
from config.local.programs import Program

# A program that dies more often than this within the time is broken: everything stops.
RESTARTS = 2
RESTART_WINDOW_SECONDS = 120.0
KEPT_LOG_BYTES = 20 * 1024 * 1024


class Household:
    """The running programs of one folder."""

    def __init__(self, folder: Path, *, project: Path, environment: Mapping[str, str]) -> None:
        self.project = project
        self.logs = folder / "log"
        self.environment = dict(environment)
        self._running: dict[Program, Running] = {}
        self._deaths: dict[Program, list[float]] = {}
        self.logs.mkdir(parents=True, exist_ok=True)

    def log_of(self, name: str) -> Path:
        """Where the program called `name` writes."""
        return self.logs / f"{name}.log"

    def start(self, program: Program) -> None:
        """Start a program; its output goes to its log."""
        keep_short(self.log_of(program.name))
        start = self._fork if program.forked else self._launch
        self._running[program] = start(program)

    def _launch(self, program: Program) -> Running:
        return start_process(
            [sys.executable, "-m", program.module, *program.arguments],
            environment=self.environment,
            folder=self.project,
            log=self.log_of(program.name),
            death_signal=program.death_signal,
        )

    def _fork(self, program: Program) -> Running:
        return fork_module(
            program.module,
            name=program.name,
            arguments=program.arguments,
            folder=self.project,
            log=self.log_of(program.name),
            death_signal=program.death_signal,
        )

    def check(self, *, restart: bool) -> None:
        """Restart a program that died, or raise LocalServerError with the end of its log."""
        for program, process in list(self._running.items()):
            code = process.poll()
            if code is not None:
                self._take_notice(program, process, code=code, restart=restart and self._may_restart(program))

    def begin(
        self, name: str, *, arguments: Sequence[str], extra: Mapping[str, str]
    ) -> subprocess.Popen[bytes]:
        """Start a Python command that is to end by itself; what it prints goes to its log."""
        keep_short(self.log_of(name))
        return start_process(
            [sys.executable, *arguments],
            environment={**self.environment, **extra},
            folder=self.project,
            log=self.log_of(name),
        )

    def stop(self, *, patience: float = 10.0) -> None:
        """Stop everything that was started."""
        stop_processes(list(self._running.values()), patience=patience)
        self._running.clear()

    def _may_restart(self, program: Program) -> bool:
        now = time.monotonic()
        recent = [at for at in self._deaths.get(program, []) if now - at < RESTART_WINDOW_SECONDS]
        self._deaths[program] = [*recent, now]
        return len(recent) < RESTARTS

    def _take_notice(self, program: Program, process: Running, *, code: int, restart: bool) -> None:
        log = self.log_of(program.name)
        signal_group(process, signal.SIGKILL)  # what it started must not hold its port or its work
        how = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        words = f"{program.name} {how}. The end of {log}:\n{last_lines(log)}"
        if not restart:
            raise LocalServerError(words)
        sys.stderr.write(f"\n{words}\nStarting {program.name} again.\n")
        self.start(program)


def keep_short(log: Path) -> None:
    """Set a log aside (one generation) when it has grown large."""
    if log.exists() and log.stat().st_size > KEPT_LOG_BYTES:
        log.replace(log.with_suffix(".old.log"))
