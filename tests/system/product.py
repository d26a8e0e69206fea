"""The real product as processes: its database, Redis, carrier simulator, web, workers and scheduler.

    with running_product() as product:
        clinic = product.clinic(patients=2)

Every address is on a free port; nothing is left behind. The test's own process may work on the same
database through the product's services, inside `with product.inside(): ...`.
"""

import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg
from celery import Celery
from redis import Redis

from checkins.gateways.signatures import sign
from config.celery import QUEUES
from config.local.embedded_redis import RedisServer, start_redis
from config.local.folders import PROJECT
from config.local.servers import PostgresServer, start_postgres
from tests.migrated_template import load_template, migrate
from tests.simulator.server import Simulator, free_port, running_simulator
from tests.system.clinic import Clinic, found_clinic
from tests.system.databases import fresh_database, pointed_at

START_SECONDS = 90.0
# Short, so that an unknown outcome is settled while a test waits; longer than any lag a test sets.
QUICK = {
    "SEND_SETTLE_SECONDS": "2",
    "SEND_LEASE_SECONDS": "3",
    "TWILIO_TOTAL_SECONDS": "1",
    # A danger sign is paged again after 5 seconds instead of minutes.
    "ESCALATION_LADDER": "quick.1",
}
ALL_QUEUES = ",".join(QUEUES)


class Product:
    """One running product and what a test asks of it."""

    def __init__(
        self,
        *,
        folder: Path,
        addresses: Mapping[str, str],
        redis: RedisServer,
        simulator: Simulator,
        postgres: PostgresServer | None,
        settings: Mapping[str, str],
        unblock: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._unblock = unblock
        self._inside = False
        self.folder = folder
        self.addresses = dict(addresses)
        self.redis = redis
        self.simulator = simulator
        self.postgres = postgres
        self.port = free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.environment = product_environment(self, settings=settings)
        self._keeper: subprocess.Popen[bytes] | None = None
        self._clinics = 0

    # --- processes ---------------------------------------------------------------------------------

    def begin(self) -> None:
        """Start the process that forks the programs."""
        (self.folder / "log").mkdir(exist_ok=True)
        with (self.folder / "log" / "keeper.log").open("ab") as log:
            self._keeper = subprocess.Popen(
                [sys.executable, "-m", "tests.system.keeper", str(self.folder)],
                cwd=PROJECT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        self._answer()

    def end(self) -> None:
        """Stop every program."""
        if self._keeper is None:
            return
        assert self._keeper.stdin is not None
        self._keeper.stdin.close()
        try:
            self._keeper.wait(40)
        except subprocess.TimeoutExpired:
            self._keeper.kill()
            self._keeper.wait(10)
        if self._keeper.stdout:
            self._keeper.stdout.close()
        self._keeper = None

    def _answer(self) -> dict[str, Any]:
        assert self._keeper is not None
        assert self._keeper.stdout is not None
        line = self._keeper.stdout.readline()
        assert line, f"the product did not start:\n{self.logs()['keeper'][-3000:]}"
        return json.loads(line)

    def _tell(self, **command: object) -> dict[str, Any]:
        assert self._keeper is not None
        assert self._keeper.stdin is not None
        self._keeper.stdin.write(json.dumps(command).encode() + b"\n")
        self._keeper.stdin.flush()
        return self._answer()

    def start_web(self) -> int:
        return int(self._tell(do="web", port=self.port)["pid"])

    def start_worker(self, name: str = "all", *, queues: str = ALL_QUEUES, threads: int = 4) -> int:
        """Start a worker and return its process id; its log is `worker-<name>.log`."""
        return int(self._tell(do="worker", name=name, queues=queues, threads=threads)["pid"])

    def start_scheduler(self) -> int:
        return int(self._tell(do="scheduler")["pid"])

    def stop(self, name: str) -> None:
        """Stop a program politely: `web`, `scheduler` or `worker-<name>`."""
        self._tell(do="stop", name=name)

    def kill(self, name: str) -> None:
        """End a program as a crash would: SIGKILL to it and all it started."""
        self._tell(do="stop", name=name, kill=True)

    def repair(self) -> None:
        """Bring back the worker, the scheduler and the web where a test has ended them."""
        alive = self.alive()
        if not alive.get("worker-all"):
            self.start_worker()
        if not alive.get("scheduler"):
            self.start_scheduler()
        if not alive.get("web"):
            self.start_web()
            self.wait_listening()

    def alive(self) -> dict[str, bool]:
        return self._tell(do="alive")

    # --- asking --------------------------------------------------------------------------------------

    def get(self, path: str) -> tuple[int, str]:
        """Return status and body of a page."""
        try:
            with urllib.request.urlopen(self.base_url + path, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def wait(
        self,
        check: Callable[[], Any],
        *,
        seconds: float = 30.0,
        pause: float = 0.1,
        what: str = "the condition",
    ) -> Any:
        """Return what `check` returns as soon as it is true; AssertionError when time is up."""
        deadline = time.monotonic() + seconds
        while not (found := check()):
            if time.monotonic() > deadline:
                raise AssertionError(f"{what} did not come true within {seconds:.0f} s; {self._hint()}")
            time.sleep(pause)
        return found

    def _hint(self) -> str:
        tails = {name: text[-600:] for name, text in self.logs().items() if text.strip()}
        return f"logs end with {tails}"

    def wait_ready(self, *, seconds: float = START_SECONDS) -> None:
        """Wait until `/readyz` answers 200."""

        def ready() -> bool:
            try:
                return self.get("/readyz")[0] == 200
            except OSError:
                return False

        self.wait(ready, seconds=seconds, what="/readyz")

    def wait_listening(self, *, seconds: float = START_SECONDS) -> None:
        """Wait until the web answers at all."""

        def listening() -> bool:
            try:
                return self.get("/healthz")[0] == 200
            except OSError:
                return False

        self.wait(listening, seconds=seconds, what="/healthz")

    # --- data -----------------------------------------------------------------------------------------

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Point this process's own connection at the product's database, for its services and models."""
        if self._inside:
            yield
            return
        self._inside = True
        try:
            with pointed_at(self.addresses["DATABASE_URL"], unblock=self._unblock):
                yield
        finally:
            self._inside = False

    def sql(self, statement: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        """Run a statement as the owner, who sees every practice's rows; return its rows."""
        with psycopg.connect(self.addresses["DATABASE_OWNER_URL"], autocommit=True) as link:
            cursor = link.execute(statement.encode(), parameters)
            return cursor.fetchall() if cursor.description else []

    def count(self, table: str, where: str = "true", parameters: Any = None) -> int:
        return int(self.sql(f"SELECT count(*) FROM {table} WHERE {where}", parameters)[0][0])

    def clinic(self, *, patients: int = 1, **options: Any) -> Clinic:
        """Found a practice with a line at the simulator and so many patients who agreed to texts."""
        self._clinics += 1
        with self.inside():
            return found_clinic(self, number=self._clinics, patients=patients, **options)

    def retire_clinics(self) -> None:
        """Let the schedule forget the clinics that there are: it looks at each of them every second."""
        self.sql("DELETE FROM checkins_senderroute")
        self.sql("DELETE FROM networks_workdue")

    # --- ringing and calling -----------------------------------------------------------------------------

    def ring(self, task: str, *arguments: object, queue: str) -> None:
        """Put one task into a queue, as the schedule would."""
        # Not as the current app: this process's own bells would ring without their routes.
        with Celery(broker=self.redis.url, set_as_current=False) as app:
            app.send_task(task, args=[str(each) for each in arguments], queue=queue)

    def redis_client(self) -> "Redis":
        return Redis.from_url(self.redis.url)

    def webhook(
        self, path: str, fields: Mapping[str, str], *, token: str, timeout: float = 20.0
    ) -> tuple[int, str]:
        """Call a webhook with a right signature; return status and body; OSError when there is no answer."""
        url = self.base_url + path
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": sign(url, {name: [value] for name, value in fields.items()}, token=token),
        }
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            parts = urlsplit(path)
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            link.request("POST", target, urlencode(fields), headers)
            answer = link.getresponse()
            return answer.status, answer.read().decode()
        except http.client.HTTPException as error:
            raise ConnectionError(type(error).__name__) from error
        finally:
            link.close()

    def logs(self) -> dict[str, str]:
        """Return what every program wrote, by name."""
        return {path.stem: path.read_text(errors="replace") for path in (self.folder / "log").glob("*.log")}


def product_environment(product: Product, *, settings: Mapping[str, str]) -> dict[str, str]:
    """Return what every program of a product is told."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    kept.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    kept.pop("DATABASE_OWNER_URL", None)
    return {
        **kept,
        "DATABASE_URL": product.addresses["DATABASE_URL"],
        "REDIS_URL": product.redis.url,
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "PORT": str(product.port),
        "SIMULATOR_PORT": str(product.simulator.port),
        "PUBLIC_BASE_URL": f"http://127.0.0.1:{product.port}",
        "TWILIO_API_BASE": product.simulator.base_url,
        "EMAIL_FILE_PATH": str(product.folder / "mail"),
        "SEAL_ROOTS_FILE": str(product.folder / "seal-roots.jsonl"),
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
        **settings,
    }


@contextmanager
def running_product(
    *,
    web: bool = True,
    workers: bool = True,
    scheduler: bool = True,
    own_postgres: bool = False,
    postgres_settings: Mapping[str, str] | None = None,
    quick_schedule: bool = True,
    unblock: Callable[[], AbstractContextManager[None]] = nullcontext,
    **settings: str,
) -> Iterator[Product]:
    """Run the product; yield it when `/readyz` (or what was asked for of it) answers; stop it all in the end.

    With `own_postgres` it gets a durable server of its own, which a test may restart, with
    `postgres_settings` over the usual ones; otherwise a database of its own on the test server. More settings
    go into its environment. `unblock` lets this process use a database where pytest-django guards it.
    """
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="product-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o755)
        postgres: PostgresServer | None = None
        if own_postgres:
            postgres = stack.enter_context(
                start_postgres(folder / "postgres", durable=True, settings=postgres_settings)
            )
            addresses = {"DATABASE_URL": postgres.app_url, "DATABASE_OWNER_URL": postgres.owner_url}
            if os.environ.get("DAYBOOK_TEST_SERVERS"):
                load_template(addresses["DATABASE_OWNER_URL"])
            else:
                migrate(addresses)
        else:
            addresses = stack.enter_context(fresh_database())
        redis = stack.enter_context(start_redis(folder / "redis"))
        simulator = stack.enter_context(running_simulator(database=folder / "simulator.sqlite3"))
        quick = {"QUICK_SCHEDULE": "1"} if quick_schedule else {}
        product = Product(
            folder=folder,
            addresses=addresses,
            redis=redis,
            simulator=simulator,
            postgres=postgres,
            settings={**QUICK, **quick, **settings},
            unblock=unblock,
        )
        stack.callback(product.end)
        product.begin()
        if workers:
            product.start_worker()
        if scheduler:
            product.start_scheduler()
        if web:
            product.start_web()
            product.wait_listening()
            if workers and scheduler:
                product.wait_ready()
        yield product


__all__ = ["ALL_QUEUES", "Clinic", "Product", "running_product"]
