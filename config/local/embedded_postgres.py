"""PostgreSQL 18 of this project alone: real, on a Unix socket, with Daybook's three roles."""

import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from config.local.folders import (
    FolderLock,
    LocalServerError,
    check_free_space,
    make_enterable,
    make_readable,
    socket_folder,
)
from config.local.postgres_cluster import (
    account_for_server,
    end_stray_server,
    ensure_roles,
    make_cluster,
    programs,
)
from config.local.processes import ended_within, last_lines, start_process

START_SECONDS = 60.0
STOP_SECONDS = 60.0

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "max_connections": "200",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Statements and details would carry names and texts into the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
# Tests make and drop their data; what a power cut would lose is of no interest.
UNSAFE_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class PostgresServer:
    """A PostgreSQL server of ours in one folder; ends when it is stopped or when this process dies."""

    def __init__(self, folder: Path, *, durable: bool, settings: Mapping[str, str] | None = None) -> None:
        self.folder = folder.resolve()
        self.durable = durable
        self.settings = SETTINGS | ({} if durable else UNSAFE_SETTINGS) | dict(settings or {})
        self.log = self.folder / "postgresql.log"
        self.user: str | None = None
        self._data = self.folder / "data"
        self._programs = programs()
        self._lock = FolderLock(self.folder)
        self._process: subprocess.Popen[bytes] | None = None
        self._sockets = self.folder / "socket"

    @property
    def pid(self) -> int:
        """Process id of the running server."""
        if self._process is None:
            raise LocalServerError("PostgreSQL is not running.")
        return self._process.pid

    @property
    def app_url(self) -> str:
        """Address for the app role: bound by row-level security."""
        return self.url(role="daybook_app")

    @property
    def owner_url(self) -> str:
        """Address for the role that migrates."""
        return self.url(role="daybook_owner")

    def url(self, *, role: str, database: str = "daybook") -> str:
        """Address of a database for a role, over the Unix socket."""
        return f"postgres://{role}@/{database}?host={quote(str(self._sockets), safe='')}"

    def start(self) -> None:
        """Start, making cluster, roles and database when missing; LocalServerError says what failed."""
        if not self._lock.acquire():
            raise LocalServerError(
                f"PostgreSQL in {self.folder} is in use by process {self._lock.holder()}: stop it first."
            )
        try:
            self._prepare()
            self._launch()
            ensure_roles(self.url(role="postgres", database="postgres"))
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server: clients are cut off, work is finished, data are written. Safe to repeat."""
        self._end(signal.SIGINT, STOP_SECONDS)
        self._lock.release()

    def kill(self) -> None:
        """End it as a crash would (PostgreSQL's immediate shutdown); `launch_again` brings it back."""
        self._end(signal.SIGQUIT, 10.0)

    def launch_again(self) -> None:
        """Start a killed server on the same data and the same address."""
        self._launch()

    def restart_immediately(self) -> float:
        """Crash and recover: the tests' power cut. Return the seconds until it took connections again."""
        began = time.monotonic()
        self.kill()
        self._launch()
        return time.monotonic() - began

    def __enter__(self) -> Self:
        """Start, when that has not been done."""
        if self._process is None:
            self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()

    def _prepare(self) -> None:
        check_free_space(self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.user = account_for_server()
        if self.user:
            make_readable(self._programs.parent)
            make_enterable(self._programs)
            make_enterable(self.folder)
        self._sockets = socket_folder(self.folder / "socket", user=self.user)
        if not (self._data / "PG_VERSION").exists():
            make_cluster(self._data, user=self.user, log=self.log, durable=self.durable)
        end_stray_server(self._data)

    def _launch(self) -> None:
        settings = self.settings | {"unix_socket_directories": str(self._sockets)}
        command: list[str | Path] = [self._programs / "postgres", "-D", self._data]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        # SIGINT is PostgreSQL's fast shutdown: it must not wait for clients when we die.
        self._process = start_process(
            command, folder=self.folder, log=self.log, user=self.user, death_signal=signal.SIGINT
        )
        deadline = time.monotonic() + START_SECONDS
        while not self._is_ready():
            if ended_within(self._process, 0.02):
                raise LocalServerError(f"PostgreSQL ended while starting. Its log:\n{last_lines(self.log)}")
            if time.monotonic() > deadline:
                raise LocalServerError(
                    f"PostgreSQL was not ready within {START_SECONDS:.0f} s. Its log:\n{last_lines(self.log)}"
                )

    def _is_ready(self) -> bool:
        """PostgreSQL writes its state into the eighth line of postmaster.pid, as pg_ctl reads it."""
        with suppress(OSError, ValueError, IndexError):
            lines = (self._data / "postmaster.pid").read_text().splitlines()
            return int(lines[0]) == self.pid and lines[7].strip() == "ready"
        return False

    def _end(self, signal_number: int, patience: float) -> None:
        if self._process is None:
            return
        for step, seconds in ((signal_number, patience), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
            if self._process.poll() is None:
                self._process.send_signal(step)
            if ended_within(self._process, seconds):
                break
        self._process = None


def start_postgres(
    folder: Path, *, durable: bool, settings: Mapping[str, str] | None = None
) -> PostgresServer:
    """Start PostgreSQL in `folder`; `durable` keeps fsync on. Use it as a context manager or call `stop`.

    `settings` go over those of postgresql.conf by name, for a server that must hold more than usual.
    """
    server = PostgresServer(folder, durable=durable, settings=settings)
    server.start()
    return server
