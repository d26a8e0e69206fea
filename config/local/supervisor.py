"""`make run`: the whole of Daybook on one machine, in the foreground, until Ctrl-C."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import NoReturn

from config.local.folders import PROJECT, RUN_FOLDER, LocalServerError
from config.local.household import Household
from config.local.nursery import preload_product, preload_quietly
from config.local.ports import HOST, PortError, Ports, check_ports, ports_from
from config.local.preparation import Preparation, state_of_migrations
from config.local.processes import adopt_orphans, die_with_parent, kill_leftovers, last_lines, parent_gave_up
from config.local.programs import daybook_programs, simulator
from config.local.readiness import is_listening, readiness_of
from config.local.servers import ADDRESS_NAMES, running_servers

READY_SECONDS = 120.0
PAUSE_SECONDS = 0.1
OWNER = "DATABASE_OWNER_URL"


class StopRequestedError(BaseException):
    """Somebody wants Daybook to stop; no error, so nothing that handles errors may catch it."""


class Supervisor:
    """Starts everything in order, watches it, and leaves nothing behind."""

    def __init__(
        self,
        *,
        ports: Ports,
        folder: Path = RUN_FOLDER,
        project: Path = PROJECT,
        preload: Callable[[], None] = preload_product,
    ) -> None:
        self.ports = ports
        self.folder = folder
        self.project = project
        self.preload = preload
        self._is_loaded = False
        self._stopping = False

    def run(self) -> int:
        """Run until asked to stop; return the exit code."""
        self._listen_for_signals()
        adopt_orphans()
        code = 1
        try:
            self._keep_running()
        except StopRequestedError:
            say("Daybook has stopped.\n")
            code = 0
        except LocalServerError as error:
            sys.stderr.write(f"\n{error}\n")
        except OSError as error:
            sys.stderr.write(
                f"\nDaybook cannot run: {error.strerror} ({error.filename or 'no file named'}).\n"
            )
        finally:
            self._stopping = True
            kill_leftovers()
        return code

    def _keep_running(self) -> NoReturn:
        with ExitStack() as stack:
            with progress("PostgreSQL and Redis"):
                addresses = stack.enter_context(running_servers(self.folder))
            environment = environment_for(self.ports, addresses=addresses, folder=self.folder)
            done = Preparation(self.folder, trusted=not os.environ.get("DATABASE_URL"))
            os.environ.clear()
            os.environ.update(environment)  # what is loaded here, and what is forked from here, has ours
            household = Household(self.folder, project=self.project, environment=environment)
            stack.callback(household.stop)
            household.start(simulator())
            sign_ins = self._prepare(household, done, owner_url=addresses[OWNER])
            with progress("web, workers and scheduler"):
                self._load_product(household)
                for program in daybook_programs(self.ports, folder=self.folder):
                    household.start(program)
                self._await_site(household)
            say(welcome(self.ports, sign_ins=sign_ins, logs=household.logs))
            while True:
                self._pause()
                household.check(restart=True)

    def _load_product(self, household: Household) -> None:
        if not self._is_loaded:
            preload_quietly(self.preload, log=household.log_of("import"))
            self._is_loaded = True

    def _prepare(self, household: Household, done: Preparation, *, owner_url: str) -> str:
        """Migrate and load the demonstration when that is due; return the sign-ins to print."""
        owner = {OWNER: owner_url}
        sign_ins = self.folder / "sign-ins.txt"
        schema = state_of_migrations(self.project)
        if not done.is_done("migrations", schema):
            with progress("database"):
                # Migrating keeps one core busy: another one loads the product meanwhile.
                load = partial(self._load_product, household)
                self._finish(
                    household, "migrate", "--database", "owner", "--no-input", extra=owner, meanwhile=load
                )
            done.note("migrations", schema)
        if not (done.is_done("demonstration", "loaded") and sign_ins.exists()):
            with progress("demonstration network"):
                self._await_simulator(household)
                self._finish(household, "load_demo", "--sign-ins", str(sign_ins), extra=owner)
            done.note("demonstration", "loaded")
            done.note("addresses", self._addresses())
        if not done.is_done("addresses", self._addresses()):
            # The simulator calls the site at the address it was told: other ports mean telling it again.
            with progress("new addresses for the simulator"):
                self._await_simulator(household)
                self._finish(household, "load_demo", extra=owner)
            done.note("addresses", self._addresses())
        return sign_ins.read_text()

    def _addresses(self) -> str:
        return f"web {self.ports.web}, simulator {self.ports.simulator}"

    def _await_simulator(self, household: Household) -> None:
        while not is_listening(self.ports.simulator):
            self._pause()
            household.check(restart=False)

    def _finish(
        self,
        household: Household,
        command: str,
        *options: str,
        extra: Mapping[str, str],
        meanwhile: Callable[[], None] | None = None,
    ) -> None:
        """Run a command of manage.py to its end; LocalServerError with the end of its log when it fails."""
        arguments = ["manage.py", command, *options]
        process = household.begin(command, arguments=arguments, extra=extra)
        if meanwhile:
            meanwhile()
        while process.poll() is None:
            self._pause()
            household.check(restart=False)
        if process.returncode != 0:
            log = household.log_of(command)
            raise LocalServerError(f"`{' '.join(arguments)}` failed. The end of {log}:\n{last_lines(log)}")

    def _await_site(self, household: Household) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while True:
            is_ready, answer = readiness_of(self.ports.web)
            if is_ready:
                return
            if time.monotonic() > deadline:
                raise LocalServerError(
                    f"The site was not ready within {READY_SECONDS:.0f} s; it says: {answer}. "
                    f"The logs are in {household.logs}."
                )
            self._pause()
            household.check(restart=False)

    def _pause(self) -> None:
        if parent_gave_up() and not self._stopping:
            self._stop_now()
        time.sleep(PAUSE_SECONDS)

    def _listen_for_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup wants us to stay
            signal.signal(signal.SIGHUP, self._on_signal)
        if os.environ.get("MAKELEVEL"):
            die_with_parent(signal.SIGTERM)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if not self._stopping:
            self._stop_now()

    def _stop_now(self) -> NoReturn:
        self._stopping = True
        os.write(2, b"\nStopping ...\n")
        raise StopRequestedError


def environment_for(ports: Ports, *, addresses: Mapping[str, str], folder: Path) -> dict[str, str]:
    """What every program is told; the owner's address is kept from those that do not migrate."""
    inherited = {name: value for name, value in os.environ.items() if name not in ADDRESS_NAMES}
    return inherited | {
        "DATABASE_URL": addresses["DATABASE_URL"],
        "REDIS_URL": addresses["REDIS_URL"],
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "PORT": str(ports.web),
        "SIMULATOR_PORT": str(ports.simulator),
        "SIMULATOR_DATABASE": str(folder / "simulator.sqlite3"),
        "SEAL_ROOTS_FILE": str(folder / "seal-roots.jsonl"),
        "DEMO_CLOCK_FILE": str(folder / "demo-clock"),
        "PUBLIC_BASE_URL": f"http://{HOST}:{ports.web}",
        "TWILIO_API_BASE": f"http://{HOST}:{ports.simulator}",
        "PYTHONUNBUFFERED": "1",
    }


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Show a step and the seconds it took."""
    say(f"  {what} ...")
    began = time.monotonic()
    try:
        yield
    except BaseException:
        say("\n")
        raise
    say(f" {time.monotonic() - began:.1f} s\n")


def welcome(ports: Ports, *, sign_ins: str, logs: Path) -> str:
    """The lines printed when the site answers."""
    return (
        f"\nDaybook          http://{HOST}:{ports.web}/\n"
        f"Patients' phones http://{HOST}:{ports.simulator}/   (the simulated carrier)\n\n"
        f"{sign_ins.rstrip()}\n\nLogs: {logs}\nCtrl-C stops everything.\n"
    )


def say(text: str) -> None:
    """Show progress at once, also into a pipe."""
    sys.stdout.write(text)
    sys.stdout.flush()


def main() -> int:
    """Check the ports and run; return the exit code."""
    try:
        ports = ports_from(os.environ)
        check_ports(ports)
    except PortError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return Supervisor(ports=ports).run()


if __name__ == "__main__":
    sys.exit(main())
