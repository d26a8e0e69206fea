"""A stand-in for the product: tiny programs under the names that the supervisor starts."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from config.local.embedded_redis import free_port
from config.local.folders import PROJECT

SERVER = """
    import http.server, os, signal, subprocess, sys
    sleep = [sys.executable, "-c", "import time; time.sleep(300)"]
    children = [subprocess.Popen(sleep) for _ in range({children})]
    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response({status})
            self.end_headers()
            self.wfile.write(b'{{"database": "down"}}')
        def log_message(self, *words):
            pass
    def leave(*words):
        for child in children:
            child.kill()
        sys.exit(0)
    signal.signal(signal.SIGTERM, {on_term})
    http.server.HTTPServer(("127.0.0.1", int(os.environ["{port}"])), Answer).serve_forever()
"""


def server(*, port: str, children: int = 0, status: int = 200, on_term: str = "leave") -> str:
    """A web server that listens on the port of an environment variable and has idle children."""
    return SERVER.format(port=port, children=children, status=status, on_term=on_term)


FILES = {
    "manage.py": """
        import os, pathlib, sys
        with pathlib.Path("calls.txt").open("a") as calls:
            role = ["owner"] if os.environ.get("DATABASE_OWNER_URL") else []
            calls.write(" ".join(sys.argv[1:] + role) + "\\n")
        if "--sign-ins" in sys.argv:
            pathlib.Path(sys.argv[-1]).write_text("anna@example.test  a-password")
    """,
    "simulator/__main__.py": server(port="SIMULATOR_PORT"),
    "granian/__main__.py": server(port="PORT", children=2),
    # Regular packages, or the installed ones of the same names would come first.
    "simulator/__init__.py": "",
    "granian/__init__.py": "",
    "celery/__init__.py": "",
    "celery/__main__.py": "import time; time.sleep(300)",
    "requirements-local.txt": "",
    "start.py": """
        import pathlib, sys
        from config.local import supervisor
        here = pathlib.Path(__file__).parent
        ports = supervisor.Ports(web=int(sys.argv[1]), simulator=int(sys.argv[2]))
        supervisor.READY_SECONDS = float(sys.argv[3])
        def preload():
            if (here / "broken.py").exists():
                import broken
        sys.exit(supervisor.Supervisor(ports=ports, folder=here / "run", project=here, preload=preload).run())
    """,
}


GIVEN = {
    "DATABASE_URL": "postgresql://daybook_app@127.0.0.1:1/daybook",
    "DATABASE_OWNER_URL": "postgresql://daybook_owner@127.0.0.1:1/daybook",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


def _listening_to_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class StandIn:
    """A folder with stand-in programs, and the supervisor started on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.web = free_port()
        self.simulator = free_port()
        self.started: list[subprocess.Popen[str]] = []
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text))

    def command(self, *, ready_seconds: float = 30) -> list[str]:
        return [sys.executable, "start.py", str(self.web), str(self.simulator), str(ready_seconds)]

    def start(
        self, *, ready_seconds: float = 30, command: list[str] | None = None, given: bool = False
    ) -> subprocess.Popen[str]:
        """Start the supervisor; with `given` servers it starts none (the stand-ins ask for nothing)."""
        unset = (*GIVEN, "MAKELEVEL")
        environment = {name: value for name, value in os.environ.items() if name not in unset}
        environment |= GIVEN if given else {}
        process = subprocess.Popen(
            command or self.command(ready_seconds=ready_seconds),
            cwd=self.folder,
            env={**environment, "PYTHONPATH": str(PROJECT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            # Tests run behind a shell's `&` have Ctrl-C ignored, and make keeps it so; a person's terminal has not.
            preexec_fn=_listening_to_ctrl_c,
        )
        self.started.append(process)
        return process

    def calls(self) -> list[str]:
        path = self.folder / "calls.txt"
        return path.read_text().splitlines() if path.exists() else []

    def processes(self) -> list[str]:
        """Command lines of everything that runs in or for this folder."""
        return processes_of(self.folder)

    def end(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(30)


def processes_of(folder: Path) -> list[str]:
    """Command lines of the processes whose working folder is in `folder`, or whose command names it."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            here = Path(os.readlink(entry / "cwd"))
            name = (entry / "comm").read_text().strip()
        except OSError:
            continue
        if command and (str(folder) in command or here.is_relative_to(folder)):
            found.append(f"{entry.name} {name} {command}")
    return found


def read_until(process: subprocess.Popen[str], sign: str) -> str:
    """What the process prints up to the line that holds `sign`."""
    assert process.stdout is not None
    text = ""
    for line in process.stdout:
        text += line
        if sign in line:
            return text
    raise AssertionError(f"{sign!r} was never printed; this was:\n{text}")


def soon(check, *, seconds: float = 40) -> bool:
    """Whether `check` becomes true within the time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if check():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def stand_in(tmp_path):
    """A stand-in project; whatever was started is stopped."""
    project = StandIn(tmp_path)
    yield project
    project.end()
