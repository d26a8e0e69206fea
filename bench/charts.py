"""Practices full of charts: patients with windows, months and lines, copied by SQL from one enrolled patient."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from bench.bed import Bed, step
from tests.system.clinic import Clinic

ENROLLED = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
TODAY = date(2026, 3, 20)
MONTH = date(2026, 3, 1)
PATIENTS = 500  # of one clinician, as in the design's measurements
COPIED = ("patients_patient", "patients_episode", "patients_enrollment", "patients_planofcare")
MAPPED = {"id", "patient_id", "episode_id"}
MANY = 20_000  # from so many on, indexes are built anew rather than kept up

_CHARTS = (
    """
    INSERT INTO billing_episodewindow
        (id, practice_id, episode_id, starts_on, ends_on, clipped_to, days, dates, is_closed)
    SELECT uuidv7(), practice_id, id, first, first + 29, first + 29, days, (
        SELECT coalesce(jsonb_agg(to_char(first + n, 'YYYY-MM-DD') ORDER BY n), '[]')
        FROM generate_series(0, days - 1) n), false
    FROM (SELECT *, hashtext(id::text) & 15 AS days, date '2026-02-19' + (hashtext(id::text) & 31) AS first
        FROM patients_episode WHERE practice_id = %(practice)s) episode
    """,
    """
    INSERT INTO billing_episodemonth
        (id, practice_id, episode_id, month, seconds, minutes, pta_minutes, live_contacts, is_closed)
    SELECT uuidv7(), practice_id, id, '2026-03-01', 60 * (hashtext(id::text) & 31), hashtext(id::text) & 31, 0,
        hashtext(id::text) & 1, false FROM patients_episode WHERE practice_id = %(practice)s
    """,
    """
    INSERT INTO billing_decidedline
        (id, practice_id, episode_id, position, code, units, date_of_service, modifiers, status, reasons)
    SELECT uuidv7(), practice_id, id, place, code, 1, day, '["GP"]', status,
        jsonb_build_array(jsonb_build_object('rule', 'bench', 'text', 'The window is open to ' || day || '.'))
    FROM patients_episode, (VALUES
        (0, '98975', date '2026-03-02', 'billable'), (1, '98985', date '2026-03-31', 'pending'),
        (2, '98979', date '2026-03-31', 'held')) line (place, code, day, status)
    WHERE practice_id = %(practice)s
    """,
)
_DAYS = """
    INSERT INTO checkins_monitoringday (id, practice_id, episode_id, local_date)
    SELECT uuidv7(), practice_id, episode_id, starts_on + n
    FROM billing_episodewindow, generate_series(0, 19) n WHERE practice_id = %(practice)s
"""
FILLED = (
    "billing_episodewindow",
    "billing_episodemonth",
    "billing_decidedline",
)


@dataclass(frozen=True)
class Charted:
    """A practice whose patients have charts."""

    clinic: Clinic
    patients: int

    @property
    def id(self) -> UUID:
        return self.clinic.id


_made: dict[tuple[int, str], Charted] = {}
_with_days: set[UUID] = set()


def charted(bed: Bed, name: str, patients: int) -> Charted:
    """Return the practice of this name with so many patients; made on the first call, as the owner.

    The days of many patients are most of what is loaded, and no page or file of the board reads them: see `add_days`.
    """
    known = _made.get((id(bed), name))
    if known is not None:
        return known
    clinic = bed.product.clinic(patients=1, enrolled_at=ENROLLED)
    for table in COPIED:
        copy_rows(bed, clinic, table, patients)
    for table in ("checkins_touchedepisode", "checkins_monitoringday", *FILLED):
        bed.product.sql(f"DELETE FROM {table} WHERE practice_id = %s", [clinic.id])
    with bed.unindexed(*FILLED) if patients >= MANY else nullcontext():
        for statement in _CHARTS:
            with step(statement.strip().partition(" (")[0].partition("\n")[0]):
                bed.load(statement, {"practice": clinic.id})
    for table in (*COPIED, *(() if patients >= MANY else FILLED)):
        with step(f"VACUUM ANALYZE {table}"):
            bed.product.sql(f"VACUUM ANALYZE {table}")
    made = _made[id(bed), name] = Charted(clinic, patients)
    if patients < MANY:
        add_days(bed, made)
    return made


def add_days(bed: Bed, practice: Charted) -> None:
    """Give the patients of a practice their monitoring days, unless they have them: twenty in each window."""
    if practice.id in _with_days:
        return
    _with_days.add(practice.id)
    with bed.unindexed("checkins_monitoringday") if practice.patients >= MANY else nullcontext(), step(_DAYS):
        bed.load(_DAYS, {"practice": practice.id})
    if practice.patients < MANY:
        bed.product.sql("VACUUM ANALYZE checkins_monitoringday")


def copy_rows(bed: Bed, clinic: Clinic, table: str, patients: int) -> None:
    """Copy a table's one row of a clinic for its other patients, numbered from the second.

    The copies' keys ascend, as those of rows made one after the other do.
    """
    found = bed.product.sql(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
        "AND column_name NOT IN ('stamped_at', 'transaction')",
        [table],
    )
    columns = [row[0] for row in found]
    values = [_of_copy(each) for each in columns]
    with step(f"{patients:,} rows of {table}"):
        bed.load(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "
            f"FROM {table} t, generate_series(2, %s) AS n WHERE t.practice_id = %s",
            [patients, clinic.id],
        )


def _of_copy(column: str) -> str:
    """Return the SQL of a column in the copy numbered `n`."""
    if column == "family_name":
        return "initcap(left(md5(n::text), 8))"
    if column in MAPPED:
        return f"(left(t.{column}::text, 24) || lpad(to_hex(n), 12, '0'))::uuid"
    return f"t.{column}"
