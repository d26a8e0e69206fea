"""Files of the board over HTTP: CSV against psql's own copy, XLSX against XlsxWriter, memory, first byte."""

import http.client
import importlib
import subprocess
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import psycopg
from django.conf import settings
from psycopg import ClientCursor

from bench.bed import Bed
from bench.charts import MONTH, TODAY, Charted, charted
from bench.dashboards import signed_in
from bench.results import LEAST_RUNS, Result, interleaved
from billing.board_filter import BoardFilter
from billing.estimates import NATIONAL
from billing.selectors.board_files import COLUMNS, file_parameters
from billing.selectors.board_sql import FILE
from config.local.postgres_cluster import programs
from networks.models import AuditEntry
from networks.scoping import practice_scope

FEW = 500
LARGE = 500_000  # from so many rows on a file takes minutes, and three rounds must do, or as many as are asked for
TOKEN = "b" * 32
# Milliseconds to the first byte by number of rows and form, of every file that any of the benches took.
_first_bytes: defaultdict[tuple[int, str], list[float]] = defaultdict(list)


class Taker:
    """Somebody signed in who takes files of a practice's board from the running web."""

    def __init__(self, bed: Bed, practice: Charted) -> None:
        with bed.product.inside():
            client = signed_in(practice)
        self.practice = practice
        self._port = urlsplit(bed.product.base_url).port or 80
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self._cookie = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"

    def take(self, form: str) -> tuple[float, int]:
        """Take one file to its end; return seconds and bytes, and keep the milliseconds to the first byte."""
        fields = {"csrfmiddlewaretoken": TOKEN, "format": form, "month": f"{MONTH:%Y-%m}"}
        headers = {"Cookie": self._cookie, "Content-Type": "application/x-www-form-urlencoded"}
        link = http.client.HTTPConnection("127.0.0.1", self._port, timeout=600)
        began = time.perf_counter()
        link.request("POST", "/billing/file/", urlencode(fields), headers)
        answer = link.getresponse()
        size = len(answer.read(1))
        _first_bytes[self.practice.patients, form].append((time.perf_counter() - began) * 1000)
        assert answer.status == 200, answer.read(2000)
        while part := answer.read(1 << 16):
            size += len(part)
        link.close()
        return time.perf_counter() - began, size


def csv(bed: Bed) -> list[Result]:
    """Seconds of the CSV over HTTP, escaped and noted, against `\\copy` of the same query in psql."""
    practice = charted(bed, "network", bed.charted)
    taker = Taker(bed, practice)
    with bed.product.inside(), practice_scope(practice.id):
        former = AuditEntry.objects.filter(action="billing_file.sent").count()
    runs = _rounds(bed, practice)
    ours, theirs = interleaved(lambda _: taker.take("csv")[0], lambda _: _copied(bed, practice), runs=runs)
    with bed.product.inside(), practice_scope(practice.id):
        assert AuditEntry.objects.filter(action="billing_file.sent").count() == former + runs
    note = f"{practice.patients:,} rows of {len(COLUMNS)} columns"
    return [Result("export.csv", ours, theirs, "s", 3, 1.5, runs, lower_is_better=True, note=note)]


def xlsx(bed: Bed) -> list[Result]:
    """Seconds of the workbook over HTTP, against XlsxWriter in constant memory from a server-side cursor."""
    practice = charted(bed, "network", bed.charted)
    taker = Taker(bed, practice)
    runs = _rounds(bed, practice)
    ours, theirs = interleaved(lambda _: taker.take("xlsx")[0], lambda _: _written(bed, practice), runs=runs)
    note = f"{practice.patients:,} rows of {len(COLUMNS)} columns"
    return [Result("export.xlsx", ours, theirs, "s", 1.0, 0.2, runs, lower_is_better=True, note=note)]


def memory(bed: Bed) -> list[Result]:
    """By how many MiB the web's processes grow beyond a small file when they send a large one.

    The peaks are those of processes begun anew: others may have sent a large file before. Small files are taken
    until each of them has sent one.
    """
    small, large = charted(bed, "clinician", FEW), charted(bed, "network", bed.charted)
    bed.product.stop("web")
    bed.product.start_web()
    bed.product.wait_listening()
    for form in ("csv", "xlsx") * LEAST_RUNS:
        Taker(bed, small).take(form)
    before = _peaks(bed)
    for form in ("csv", "xlsx"):
        Taker(bed, large).take(form)
    grown = max(peak - before.get(process, peak) for process, peak in _peaks(bed).items())
    note = f"peak of the process that grew most, {large.patients:,} rows after {FEW}, CSV and XLSX"
    return [Result("export.memory", grown, None, "MiB more", 32, 8, 1, lower_is_better=True, note=note)]


def first_byte(bed: Bed) -> list[Result]:
    """Milliseconds to the first byte of both files."""
    taker = Taker(bed, charted(bed, "network", bed.charted))
    results = []
    for form in ("csv", "xlsx"):
        took = _first_bytes[bed.charted, form]
        while len(took) < _rounds(bed, taker.practice):
            taker.take(form)
        name, middle = f"export.ttfb.{form}", median(took)
        results.append(Result(name, middle, None, "ms", 250, 50, len(took), lower_is_better=True))
    return results


def _rounds(bed: Bed, practice: Charted) -> int:
    return bed.rounds if practice.patients >= LARGE else LEAST_RUNS


def _query(bed: Bed, practice: Charted) -> str:
    with bed.product.inside():
        given = file_parameters(practice.id, BoardFilter(MONTH), today=TODAY, gpci=NATIONAL)
    with psycopg.connect(bed.product.addresses["DATABASE_OWNER_URL"]) as link:
        return " ".join(ClientCursor(link).mogrify(FILE.encode(), given).split())


def _copied(bed: Bed, practice: Charted) -> float:
    """Seconds of psql's copy as the owner, to nowhere."""
    parts = urlsplit(bed.product.addresses["DATABASE_OWNER_URL"])
    target = [
        "-h",
        parse_qs(parts.query)["host"][0],
        "-U",
        parts.username or "",
        "-d",
        parts.path.lstrip("/"),
    ]
    script = bed.product.folder / "copy.sql"
    script.write_text(f"\\copy ({_query(bed, practice)}) TO '/dev/null' WITH (FORMAT csv, HEADER)\n")
    began = time.perf_counter()
    psql = [str(programs() / "psql"), "-q", "-v", "ON_ERROR_STOP=1", *target, "-f", str(script)]
    subprocess.run(psql, check=True, capture_output=True, timeout=600)
    return time.perf_counter() - began


def _written(bed: Bed, practice: Charted) -> float:
    """Seconds of XlsxWriter's way."""
    writer: Any = importlib.import_module("xlsxwriter")
    inert = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    query, began = _query(bed, practice), time.perf_counter()
    with writer.Workbook(str(bed.product.folder / "baseline.xlsx"), inert) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(COLUMNS))
        for place, row in enumerate(_rows(bed, query), start=1):
            sheet.write_row(place, 0, [_plain(each) for each in row])
    return time.perf_counter() - began


def _rows(bed: Bed, query: str) -> Iterator[tuple[Any, ...]]:
    with psycopg.connect(bed.product.addresses["DATABASE_OWNER_URL"]) as link, link.cursor("bench") as cursor:
        cursor.itersize = 2000
        yield from cursor.execute(query.encode())


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _peaks(bed: Bed) -> dict[int, float]:
    """The highest resident memory so far, in MiB, of each process of the product."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            environment = (status.parent / "environ").read_bytes()
            text = status.read_text()
        except OSError:
            continue
        if f"PORT={bed.product.port}".encode() in environment.split(b"\0"):
            peak = next((line for line in text.splitlines() if line.startswith("VmHWM:")), "VmHWM: 0 kB")
            found[int(status.parent.name)] = int(peak.split()[1]) / 1024
    return found
