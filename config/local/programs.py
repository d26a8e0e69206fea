"""The programs that `make run` keeps running, as docker-compose.yml does on other machines."""

import signal
from dataclasses import dataclass
from pathlib import Path

from config.local.ports import HOST, Ports

WEB_WORKERS = 2
WEB_THREADS = 16


@dataclass(frozen=True)
class Program:
    """A Python module to run: its name in messages and logs, and how it is told that we died.

    A forked one starts from the product that the supervisor imported once.
    """

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    forked: bool = True
    death_signal: int = signal.SIGTERM


def simulator() -> Program:
    """The stand-in for the carrier; it reads SIMULATOR_PORT and has settings of its own."""
    return Program("simulator", "simulator", forked=False)


def web(port: int) -> Program:
    """Granian in WSGI mode: its first process ends its workers when it is told to."""
    options = ("--interface", "wsgi", "--host", HOST, "--port", str(port), "--no-ws")
    sizes = ("--workers", str(WEB_WORKERS), "--blocking-threads", str(WEB_THREADS))
    return Program(
        "web", "granian", (*options, *sizes, "--respawn-failed-workers", "config.wsgi:application")
    )


def worker(name: str, *, queues: str, threads: int) -> Program:
    """A Celery worker with threads. If we die it is killed outright, which the outbox survives."""
    quiet = ("--without-gossip", "--without-mingle", "--loglevel", "INFO")
    size = ("-Q", queues, "-n", f"{name}@%h", "-P", "threads", "-c", str(threads))
    arguments = ("-A", "config.celery", "worker", *size, *quiet)
    return Program(f"worker-{name}", "celery", arguments, death_signal=signal.SIGKILL)


def scheduler(folder: Path) -> Program:
    """Celery beat; its file of last runs makes a second start ring at once."""
    files = ("-s", str(folder / "beat-schedule"), "--pidfile", "")
    arguments = ("-A", "config.celery", "beat", *files, "--loglevel", "INFO")
    return Program("scheduler", "celery", arguments, death_signal=signal.SIGKILL)


def daybook_programs(ports: Ports, *, folder: Path) -> tuple[Program, ...]:
    """Everything but the simulator: web, workers by queue, scheduler. Safety has a worker of its own."""
    return (
        web(ports.web),
        worker("inbound", queues="inbound,status", threads=4),
        worker("safety", queues="safety", threads=2),
        worker("send", queues="send", threads=4),
        worker("bulk", queues="bulk", threads=2),
        scheduler(folder),
    )
