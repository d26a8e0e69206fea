"""Folders under .daybook: who may enter, who holds one, and where a server's socket can live."""

import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

PROJECT = Path(__file__).resolve().parent.parent.parent
RUN_FOLDER = PROJECT / ".daybook" / "run"
TEST_FOLDER = PROJECT / ".daybook" / "test"

# A socket's whole path must fit in 104 bytes (macOS; Linux has 108), and ours ends in "/.s.PGSQL.5432".
SOCKET_FOLDER_BYTES = 85
# Somebody who only looks whether a folder is held holds it for an instant: ask again before giving up.
LOCK_TRIES = 5
# What PostgreSQL and the logs need to start at all; below it a half-written cluster would be left.
LEAST_FREE_BYTES = 300 * 1024 * 1024


class LocalServerError(Exception):
    """A server of this machine cannot start; the message says what to do."""


# A forked child must not hold on to our claims when we are gone.
_held: set["FolderLock"] = set()


def _forget_claims() -> None:
    for lock in list(_held):
        lock.release()


os.register_at_fork(after_in_child=_forget_claims)


class FolderLock:
    """An exclusive claim on a folder, held until released or until this process ends."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "lock"
        self._file: IO[str] | None = None

    def acquire(self) -> bool:
        """Claim the folder; False when another process holds it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("a+")
        for _ in range(LOCK_TRIES):
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(0.05)
                continue
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            self._file = file
            _held.add(self)
            return True
        file.close()
        return False

    def is_held(self) -> bool:
        """Whether some process holds the folder now."""
        with suppress(FileNotFoundError), self.path.open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def holder(self) -> str:
        """The process id the holder wrote, for a message."""
        with suppress(OSError):
            return self.path.read_text().strip()
        return ""

    def release(self) -> None:
        """Give the folder back."""
        if self._file is not None:
            self._file.close()
            self._file = None
        _held.discard(self)


def check_free_space(folder: Path) -> None:
    """Raise LocalServerError when the disk under `folder` is nearly full."""
    free = shutil.disk_usage(nearest_existing(folder)).free
    if free < LEAST_FREE_BYTES:
        raise LocalServerError(
            f"The disk that holds {folder} has {free // 2**20} MB free and Daybook needs "
            f"{LEAST_FREE_BYTES // 2**20} MB: free some space and try again."
        )


def nearest_existing(path: Path) -> Path:
    """`path` or its nearest ancestor that exists."""
    while not path.exists():
        path = path.parent
    return path


def make_enterable(folder: Path) -> None:
    """Let a server's account pass through `folder` and its parents: search only, it cannot list them."""
    for step in (folder, *folder.parents):
        mode = step.stat().st_mode
        if not mode & stat.S_IXOTH:
            step.chmod(mode | stat.S_IXOTH)


def make_readable(folder: Path) -> None:
    """Let other accounts read a tree of programs that a strict umask closed; nothing when it is open."""
    if folder.stat().st_mode & stat.S_IROTH:
        return
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            search = stat.S_IXOTH if mode & stat.S_IXUSR else 0
            path.chmod(mode | stat.S_IROTH | search)


def socket_folder(folder: Path, *, user: str | None) -> Path:
    """A private folder (0700, owned by `user` or us) for sockets: `folder`, or one in the temporary folder
    when that path is too long for a socket.
    """
    if len(os.fsencode(folder)) > SOCKET_FOLDER_BYTES:
        name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"daybook-{name}"
        if len(os.fsencode(folder)) > SOCKET_FOLDER_BYTES:
            folder = Path("/tmp") / folder.name  # noqa: S108 - owner and mode are checked below
    return private_folder(folder, user=user)


def private_folder(folder: Path, *, user: str | None) -> Path:
    """Make `folder` 0700 and owned by `user` (or us); LocalServerError when somebody else made it."""
    account = pwd.getpwnam(user) if user else pwd.getpwuid(os.geteuid())
    with suppress(FileExistsError):
        folder.mkdir(parents=True, mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.geteuid(), account.pw_uid):
        raise LocalServerError(f"{folder} belongs to somebody else; remove it and try again.")
    if found.st_uid != account.pw_uid:
        os.chown(folder, account.pw_uid, account.pw_gid)
    folder.chmod(0o700)
    return folder
