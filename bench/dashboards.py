"""Pages of many patients: SQL for a clinician's 500, queries a page, growth of others, row-level security, triage."""

import time
from collections.abc import Callable
from contextlib import nullcontext
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg import ClientCursor, connect

from bench.bed import Bed
from bench.charts import MONTH, PATIENTS, TODAY, Charted, add_days, charted
from bench.results import LEAST_RUNS, Result, interleaved
from billing.board_filter import BoardFilter
from billing.selectors import board_sql
from billing.selectors.board import board_rows, parameters_of
from billing.selectors.triage import closing_windows
from networks.models import User
from networks.permissions import Role
from networks.scoping import practice_scope
from networks.services import organizations
from tests.system.clinic import now
from tests.system.databases import on_database, pointed_at
from tests.world import SYSTEM

PAGE = 50
REPEATS = 15
SETTLE_SECONDS = 10  # while what was loaded is written out and vacuumed
WANTED = BoardFilter(MONTH)
_BY_KEY = "SELECT * FROM patients_episode WHERE id = ANY(%s)"
_RECOUNT = """
    SELECT episode_window.episode_id, count(DISTINCT local_date) AS days
    FROM billing_episodewindow episode_window
    JOIN checkins_monitoringday counted ON counted.practice_id = episode_window.practice_id
        AND counted.episode_id = episode_window.episode_id
        AND local_date BETWEEN starts_on AND clipped_to
    WHERE episode_window.practice_id = %s GROUP BY 1 ORDER BY days DESC LIMIT 50
"""


def milliseconds(work: Callable[[], object], *, repeats: int = REPEATS) -> float:
    """Return the median milliseconds of one run of `work`."""
    took = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return median(took)


def run_sql(sql: str, parameters: Any) -> list[tuple[Any, ...]]:
    """Run a statement on the product's own connection and fetch all."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def page_rows(practice: Charted) -> list[Any]:
    """Read the board's page as the page does."""
    return board_rows(practice.id, WANTED, today=TODAY, limit=PAGE)


def clinician(bed: Bed) -> list[Result]:
    """SQL of the board's page for a clinician's 500 patients beside many others, against 500 rows by primary key."""
    practice = charted(bed, "clinician", PATIENTS)
    others = charted(bed, "network", bed.charted)
    with bed.product.inside(), practice_scope(practice.id):
        keys = _keys()
        ours, theirs = interleaved(
            lambda _: milliseconds(lambda: page_rows(practice)),
            lambda _: milliseconds(lambda: run_sql(_BY_KEY, [keys])),
        )
    note = (
        f"days, minutes, names, payer and codes of a page of 50 out of 500, beside {others.patients:,}; "
        "row-level security on"
    )
    return [Result("dash.clinician", ours, theirs, "ms", 4, 1.5, LEAST_RUNS, lower_is_better=True, note=note)]


def _keys() -> list[Any]:
    return [row[0] for row in run_sql("SELECT id FROM patients_episode", None)]


def queries(bed: Bed) -> list[Result]:
    """Queries of the board and of Today with 10, 500 and 5,000 patients; the same number for all."""
    found: dict[str, set[int]] = {"/billing/?month=2026-03": set(), "/today/": set()}
    for patients in (10, PATIENTS, 5_000):
        practice = charted(bed, "clinician" if patients == PATIENTS else f"of {patients}", patients)
        with bed.product.inside():
            client = signed_in(practice)
            for path, counts in found.items():
                client.get(path)
                with CaptureQueriesContext(connection) as captured:
                    assert client.get(path).status_code == 200
                counts.add(len(captured))
    results = []
    for path, counts in found.items():
        assert len(counts) == 1, f"{path} needs {sorted(counts)} queries for 10, 500 and 5,000 patients"
        name = f"dash.queries.{path.split('/')[1]}"
        results.append(Result(name, counts.pop(), None, "queries", 12, 6, 1, lower_is_better=True))
    return results


def signed_in(practice: Charted) -> Client:
    """Return a browser in which an administrator of the practice is signed in; inside the product."""
    email = f"{practice.id}@example.test"
    person = User.objects.filter(email=email).first()
    if person is None:
        with practice_scope(practice.id):
            person = organizations.invite(email, name="Bench", now=now(), password="a long bench password")
            for role in (Role.PRACTICE_ADMIN, Role.CLINICIAN):
                organizations.assign_role(
                    person, role=role, home=practice.clinic.practice, actor=SYSTEM, now=now()
                )
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person)
    session = client.session
    session["second_factor"] = True
    session.save()
    return client


def growth(bed: Bed) -> list[Result]:
    """The board's page of one practice beside a grown network, against the same rows in a copy made before."""
    practice = charted(bed, "clinician", PATIENTS)
    small = _copied(bed, "before_growth")
    others = charted(bed, "network", bed.charted)
    add_days(bed, others)
    time.sleep(SETTLE_SECONDS)

    def measured(url: str) -> float:
        with pointed_at(url, unblock=nullcontext), practice_scope(practice.id):
            page_rows(practice)
            return milliseconds(lambda: page_rows(practice))

    ours, theirs = interleaved(
        lambda _: measured(bed.product.addresses["DATABASE_URL"]), lambda _: measured(small)
    )
    note = f"beside {others.patients:,} patients of others"
    return [Result("dash.growth", ours, theirs, "ms", 1.3, 1.1, LEAST_RUNS, lower_is_better=True, note=note)]


def _copied(bed: Bed, name: str) -> str:
    """Copy the product's database as it stands; return the app role's address of the copy."""
    url = bed.product.addresses["DATABASE_URL"]
    # Nobody may be connected to what is copied.
    bed.product.stop("web")
    database = urlsplit(url).path.lstrip("/")
    with connect(
        on_database(bed.product.addresses["DATABASE_OWNER_URL"], "postgres"), autocommit=True
    ) as link:
        link.execute(f'CREATE DATABASE "{name}" TEMPLATE "{database}"'.encode())
    bed.product.start_web()
    bed.product.wait_listening()
    with connect(on_database(bed.product.addresses["DATABASE_OWNER_URL"], name), autocommit=True) as link:
        link.execute("VACUUM ANALYZE")
    return on_database(url, name)


def row_security(bed: Bed) -> list[Result]:
    """The board's SQL as the app role under row-level security, against the owner, who sees all."""
    charted(bed, "network", bed.charted)
    practice = charted(bed, "clinician", PATIENTS)
    given = parameters_of(practice.id, WANTED, today=TODAY) | {"limit": PAGE, "offset": 0}
    with (
        bed.product.inside(),
        practice_scope(practice.id),
        connect(bed.product.addresses["DATABASE_OWNER_URL"], cursor_factory=ClientCursor) as owner,
    ):
        ours, theirs = interleaved(
            lambda _: milliseconds(lambda: run_sql(board_sql.PAGE, given)),
            lambda _: milliseconds(lambda: owner.execute(board_sql.PAGE.encode(), given).fetchall()),
        )
    return [Result("dash.rls", ours, theirs, "ms", 1.5, 1.2, LEAST_RUNS, lower_is_better=True)]


def triage(bed: Bed) -> list[Result]:
    """The 50 windows on the edge that close next, of a whole network, against counting its days again."""
    network = charted(bed, "network", bed.charted)
    add_days(bed, network)
    with bed.product.inside(), practice_scope(network.id):
        assert len(closing_windows(network.id, today=TODAY, most=50)) == 50
        ours, theirs = interleaved(
            lambda _: milliseconds(lambda: closing_windows(network.id, today=TODAY, most=50)),
            lambda _: milliseconds(lambda: run_sql(_RECOUNT, [network.id]), repeats=1),
        )
    note = f"{network.patients:,} patients; with their names"
    return [
        Result("triage.network", ours, theirs, "ms", 0.01, 0.001, LEAST_RUNS, lower_is_better=True, note=note)
    ]
