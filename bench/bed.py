"""What the benches run on: one product without workers, a clinic, pgbench on the same database."""

import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psycopg
from django.db import connections

from config.local.postgres_cluster import programs
from tests.system.clinic import Clinic
from tests.system.product import Product, running_product

# What the prototypes were measured with that the bars were set by; no standby reads this server's log, so that
# indexes built at once need not be in it.
SERVER = {
    "shared_buffers": "2GB",
    "max_wal_size": "16GB",
    "checkpoint_timeout": "30min",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
LOADING = {
    "session_replication_role": "replica",
    "synchronous_commit": "off",
    "work_mem": "256MB",
    "maintenance_work_mem": "1GB",
}
LEAST_SECONDS = 1.0  # below that a step of the set-up is not worth a line
POOL = 16  # connections of one program, as DATABASE_POOL has it
BASELINE_SCHEMA = """
    CREATE TABLE IF NOT EXISTS bench_inbound (
        id uuid PRIMARY KEY DEFAULT uuidv7(), tenant uuid NOT NULL, sid text NOT NULL, sender text NOT NULL,
        recipient text NOT NULL, body text NOT NULL, raw jsonb NOT NULL, at timestamptz NOT NULL,
        UNIQUE (tenant, sid)
    )
"""
BASELINE_INSERT = """
INSERT INTO bench_inbound (tenant, sid, sender, recipient, body, raw, at)
VALUES ('00000000-0000-7000-8000-000000000001', gen_random_uuid()::text, '+13125550142', '+13125550199',
        '6 y', '{"Body": ["6 y"]}', now()) ON CONFLICT DO NOTHING;
"""


@dataclass
class Bed:
    """The product under test and its size: `patients` who are texted, `charted` whose days and lines are counted.

    `rounds` is how often a file of very many rows is taken.
    """

    product: Product
    clinic: Clinic
    patients: int
    charted: int
    seconds: int
    rounds: int

    def load(self, statement: str, parameters: Any = None) -> None:
        """Run a statement that loads rows made to fit together, as the superuser, keys' triggers asleep.

        A hundred million checks of keys would take hours; the indexes and constraints of the tables stay.
        """
        with self._loader() as link:
            link.execute(statement.encode(), parameters)

    @contextmanager
    def unindexed(self, *tables: str) -> Iterator[None]:
        """Take the keys and indexes off tables while they are filled, and build them again in the end.

        Built at once from millions of rows they take a minute; kept up row by row, an hour.
        """
        taken = [each for table in tables for each in self._keys(table)]
        with self._loader() as link:
            for off, _ in taken:
                link.execute(off.encode())
            yield
            for _, on in reversed(taken):
                with step(on[:90]):
                    link.execute(on.encode())
        for table in tables:
            with step(f"VACUUM ANALYZE {table}"):
                self.sql(f"VACUUM ANALYZE {table}")

    def settle(self) -> None:
        """Write out what was loaded, so that nothing of it is still under way when something is measured."""
        with step("CHECKPOINT"), self._loader() as link:
            link.execute("CHECKPOINT")

    @contextmanager
    def _loader(self) -> "Iterator[psycopg.Connection[Any]]":
        with psycopg.connect(self._superuser(), autocommit=True) as link:
            for name, value in LOADING.items():
                link.execute(f"SET {name} = '{value}'".encode())
            yield link

    def _keys(self, table: str) -> list[tuple[str, str]]:
        """Return for each key and index of a table the statements that take it off and put it on again."""
        keys = self.sql(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = %s::regclass AND contype IN ('p', 'u')",
            [table],
        )
        indexes = self.sql(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
            "WHERE indrelid = %s::regclass AND indexrelid NOT IN (SELECT conindid FROM pg_constraint)",
            [table],
        )
        return [
            (
                f'ALTER TABLE {table} DROP CONSTRAINT "{name}"',
                f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {shape}',
            )
            for name, shape in keys
        ] + [(f"DROP INDEX {name}", shape) for name, shape in indexes]

    def sql(self, statement: str, parameters: Any = None) -> list[tuple[Any, ...]]:
        """Run a statement as the owner and return its rows."""
        return self.product.sql(statement, parameters)

    def _superuser(self) -> str:
        server = self.product.postgres
        assert server is not None
        return server.url(role="postgres")

    def pgbench_inserts(self, *, clients: int = 8) -> float:
        """Return plain inserts a second: one row a commit, prepared, no row-level security."""
        return self.pgbench([BASELINE_INSERT.replace("\n", " ").strip()], clients=clients)

    def pgbench(self, scripts: Sequence[str], *, clients: int = 8, seconds: int | None = None) -> float:
        """Return transactions a second of scripts chosen at random, prepared, by so many clients."""
        chosen: list[str] = []
        for place, text in enumerate(scripts):
            path = self.product.folder / f"bench_{place}.sql"
            path.write_text(text + "\n")
            chosen += ["-f", str(path)]
        parts = urlsplit(self.product.addresses["DATABASE_OWNER_URL"])
        host = parse_qs(parts.query)["host"][0]
        options = ["-n", "-M", "prepared", "-c", str(clients), "-j", "2", "-T", str(seconds or self.seconds)]
        target = ["-h", host, "-U", parts.username or "", parts.path.lstrip("/")]
        done = subprocess.run(
            [str(programs() / "pgbench"), *options, *chosen, *target],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        line = next(each for each in done.stdout.splitlines() if each.startswith("tps = "))
        return float(line.split()[2])


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say how many seconds a step of the set-up took, if it took any: nobody shall think that it hangs."""
    began = time.monotonic()
    yield
    seconds = time.monotonic() - began
    if seconds >= LEAST_SECONDS:
        print(f"    {seconds:6.1f} s  {' '.join(what.split())}", flush=True)


@contextmanager
def making_bed(*, large: bool, charted: int | None = None, rounds: int = 3) -> Iterator[Bed]:
    """Start a product with a durable server, its web and one clinic of a single patient."""
    with running_product(
        workers=False, scheduler=False, own_postgres=True, postgres_settings=SERVER
    ) as product:
        product.sql(BASELINE_SCHEMA)
        clinic = product.clinic(patients=1)
        yield Bed(
            product=product,
            clinic=clinic,
            patients=100_000 if large else 5_000,
            charted=charted or (1_000_000 if large else 100_000),
            seconds=10 if large else 3,
            rounds=rounds,
        )


@contextmanager
def kept_connections() -> Iterator[None]:
    """Keep this process's connections in a pool as the product's programs do; tests open one for each use."""
    database = connections["default"]
    database.close()
    former = database.settings_dict["OPTIONS"]
    database.settings_dict["OPTIONS"] = {**former, "pool": {"min_size": 1, "max_size": POOL, "timeout": 10}}
    try:
        yield
    finally:
        database.close()
        database.close_pool()
        database.settings_dict["OPTIONS"] = former
