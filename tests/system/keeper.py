"""A process of its own that imports the product once and then forks its programs on demand.

    python -m tests.system.keeper FOLDER

Reads one JSON command a line, answers one JSON line each; whatever it started ends with it.
"""

import json
import os
import signal
import sys
from pathlib import Path

from config.local.folders import PROJECT
from config.local.nursery import ForkedProcess, fork_module, preload_product
from config.local.processes import (
    adopt_orphans,
    die_with_parent,
    kill_leftovers,
    signal_group,
    stop_processes,
)
from config.local.programs import Program, scheduler, web, worker

QUICK_SECONDS = 1.0
# What no test waits for at each step comes half as often: thirteen rings a second cost a fifth of a core.
SELDOM = {"pulse", "plan_check_ins", "watch_danger_work", "seal_facts"}
SELDOM_SECONDS = 2.0


class Keeper:
    """The running programs, by name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running: dict[str, ForkedProcess] = {}

    def start(self, program: Program) -> int:
        """Fork a program and return its process id."""
        process = fork_module(
            program.module,
            name=program.name,
            arguments=program.arguments,
            folder=PROJECT,
            log=self.folder / "log" / f"{program.name}.log",
            # The web's first process ends its workers when it is asked; killed outright it would leave them.
            death_signal=program.death_signal,
        )
        self.running[program.name] = process
        return process.pid

    def stop(self, name: str, *, kill: bool) -> None:
        """End a program and everything it started, and wait until it is gone."""
        process = self.running.pop(name)
        if kill:
            signal_group(process, signal.SIGKILL)
            process.wait(10)
        else:
            stop_processes([process], patience=15)

    def obey(self, command: dict[str, object]) -> dict[str, object]:
        """Carry out one command and return the answer."""
        name = str(command.get("name", ""))
        match command["do"]:
            case "web":
                return {"pid": self.start(web(int(str(command["port"]))))}
            case "worker":
                threads = int(str(command.get("threads", 4)))
                return {"pid": self.start(worker(name, queues=str(command["queues"]), threads=threads))}
            case "scheduler":
                return {"pid": self.start(scheduler(self.folder))}
            case "stop":
                self.stop(name, kill=bool(command.get("kill")))
                return {"stopped": name}
            case "alive":
                return {each: process.poll() is None for each, process in self.running.items()}
        raise ValueError(f"Unknown command {command['do']}.")


def hurry_schedule() -> None:
    """Let every entry of the one schedule that comes within a minute come each second or two instead."""
    from config.celery import app

    for entry in app.conf.beat_schedule.values():
        if entry["schedule"] <= 60.0:
            is_seldom = entry["task"].rpartition(".")[2] in SELDOM
            entry["schedule"] = SELDOM_SECONDS if is_seldom else QUICK_SECONDS
            entry["options"] = {**entry["options"], "expires": 5}
    app.conf.beat_max_loop_interval = QUICK_SECONDS


def main() -> None:
    """Serve commands until standard input closes."""
    folder = Path(sys.argv[1])
    parent = os.getppid()
    die_with_parent(signal.SIGTERM)
    adopt_orphans()
    keeper = Keeper(folder)
    try:
        preload_product()
        if os.environ.get("QUICK_SCHEDULE"):
            hurry_schedule()
        answer({"ready": os.getpid()})
        for line in sys.stdin:
            answer(keeper.obey(json.loads(line)))
            if os.getppid() != parent:
                break
    finally:
        stop_processes(list(keeper.running.values()), patience=5)
        kill_leftovers()


def answer(document: dict[str, object]) -> None:
    """Print one line at once."""
    sys.stdout.write(json.dumps(document) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
