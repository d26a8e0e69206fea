"""Child processes that cannot outlive their parent, and that stop with everything they started."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

# prctl(2), Linux: the numbers are part of the kernel's interface.
PR_SET_PDEATHSIG = 1
PR_SET_NAME = 15
PR_SET_CHILD_SUBREAPER = 36

_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent(signal_number: int = signal.SIGTERM) -> None:
    """Ask the kernel to send this process a signal when the thread that started it ends (Linux only)."""
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_PDEATHSIG, int(signal_number), 0, 0, 0)


def name_process(name: str) -> None:
    """Set the name that `ps -o comm` shows; 15 bytes of it (Linux only)."""
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_NAME, name.encode(), 0, 0, 0)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent dies, so that none is lost (Linux only)."""
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def start_process(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    log: Path | None = None,
    user: str | None = None,
    death_signal: int = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start `command` in a session of its own, its output appended to `log` (or dropped).

    The process gets `death_signal` when we die. Call it from the main thread: the kernel watches the thread.
    """
    account = pwd.getpwnam(user) if user else None
    with (log or Path(os.devnull)).open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - commands are ours, never a person's input
            [str(part) for part in command],
            env=None if environment is None else dict(environment),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=_bound_to(os.getpid(), death_signal),
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )


def _bound_to(parent: int, death_signal: int) -> Callable[[], None]:
    """What the child does before it becomes the command: after the change of user, which would undo it."""

    def bind() -> None:
        die_with_parent(death_signal)
        if os.getppid() != parent:  # the parent died before the kernel was asked
            os._exit(1)

    return bind


def parent_gave_up() -> bool:
    """Whether make, our parent, handles a signal that reached it alone: it then waits for us for ever.

    While it does, that signal is blocked in it, which Linux shows in /proc.
    """
    with suppress(OSError, ValueError, KeyError):
        text = Path(f"/proc/{os.getppid()}/status").read_text()
        shown = dict(line.split(":\t", 1) for line in text.splitlines() if ":\t" in line)
        blocked = int(shown["SigBlk"], 16)
        ends = sum(1 << (number - 1) for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM))
        return shown["Name"] in ("make", "gmake") and bool(blocked & ends)
    return False


class Running(Protocol):
    """What the supervisor asks of a process, started (subprocess.Popen) or forked."""

    pid: int

    def poll(self) -> int | None:
        """Exit code, or None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end."""

    def send_signal(self, sig: int) -> None:
        """Send a signal."""


def ended_within(process: Running, seconds: float) -> bool:
    """Wait up to `seconds` for the process to end; True when it has."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def signal_group(process: Running, signal_number: int) -> None:
    """Send a signal to the process and to those it started in its session's first group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal_number)


def stop_processes(processes: Sequence[Running], *, patience: float = 10.0) -> None:
    """Ask all to end (SIGTERM), wait up to `patience` seconds for all together, then kill what is left."""
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + patience
    for process in processes:
        ended_within(process, max(0.0, deadline - time.monotonic()))
    for process in processes:
        signal_group(process, signal.SIGKILL)
        ended_within(process, 5.0)


def children_of(parent: int) -> list[int]:
    """Process ids of the live children of `parent`; empty where /proc does not exist."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError):
            state, parent_id = entry.read_text().rpartition(")")[2].split()[:2]
            if int(parent_id) == parent and state != "Z":
                found.append(int(entry.parent.name))
    return found


def kill_leftovers() -> int:
    """Kill the descendants that `adopt_orphans` brought to us; return how many there were."""
    killed = 0
    while found := children_of(os.getpid()):
        for process_id in found:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(process_id, signal.SIGKILL)
        killed += len(found)
        reap_orphans()
        time.sleep(0.02)
    return killed


def reap_orphans() -> None:
    """Collect adopted children that have ended; only after our own, whose exit codes it would take."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass


def command_line(process_id: int) -> str:
    """The command line of a live process, or an empty string."""
    with suppress(OSError):
        return Path(f"/proc/{process_id}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    if Path("/proc/self").exists():
        return ""
    shown = subprocess.run(  # noqa: S603 - an integer is all that varies
        ["/bin/ps", "-p", str(process_id), "-o", "command="], capture_output=True, text=True, check=False
    )
    return shown.stdout.strip()


def last_lines(path: Path, count: int = 15) -> str:
    """The last `count` lines of a log file, indented, for a message; empty when there is no file."""
    with suppress(OSError):
        lines = path.read_text(errors="replace").splitlines()[-count:]
        return "\n".join(f"    {line}" for line in lines)
    return ""
