"""A practice's morning: check-ins made a second, and texts claimed and finished a second."""

import time
from datetime import UTC, datetime, timedelta
from statistics import median

import psycopg
from django.db import close_old_connections

from bench.bed import Bed, kept_connections
from bench.results import Result, interleaved
from checkins.models import OutboxRow
from checkins.services import outbox, planning, sending, writing
from networks.scoping import practice_scope
from tests.system.clinic import Clinic

State = OutboxRow.State
ENROLLED = datetime(2026, 3, 1, 15, 0, tzinfo=UTC)
FIRST = datetime(2026, 3, 2, 15, 5, tzinfo=UTC)
# Tuesday to Saturday, 9:05 in Chicago: five mornings on which everybody is asked.
MORNINGS = [datetime(2026, 3, 3 + day, 15, 5, tzinfo=UTC) for day in range(5)]
RUNS = len(MORNINGS)
COPIED = ("patients_patient", "patients_phone", "patients_episode", "patients_consentevent", "checkins_plan")
MAPPED = {"id", "patient_id", "phone_id", "episode_id"}

BASELINE = """
    CREATE TABLE bench_day (
        id uuid PRIMARY KEY DEFAULT uuidv7(), tenant uuid NOT NULL, episode uuid NOT NULL, day date NOT NULL,
        kind text NOT NULL, UNIQUE (tenant, episode, day, kind)
    )
"""
BASELINE_INSERT = """
    INSERT INTO bench_day (tenant, episode, day, kind)
    SELECT practice_id, episode_id, %s, 'daily' FROM checkins_plan WHERE practice_id = %s ON CONFLICT DO NOTHING
"""

_clinics: dict[int, Clinic] = {}


def crowded(bed: Bed) -> Clinic:
    """Return a clinic with the bed's number of patients: one enrolled by the services, copied by SQL."""
    if id(bed) in _clinics:
        return _clinics[id(bed)]
    clinic = bed.product.clinic(patients=1, enrolled_at=ENROLLED)
    for table in COPIED:
        columns = [
            row[0]
            for row in bed.product.sql(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
                "AND column_name NOT IN ('stamped_at', 'transaction')",
                [table],
            )
        ]
        values = [copied(column) for column in columns]
        bed.product.sql(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "
            f"FROM {table} t, generate_series(2, %s) AS n WHERE t.practice_id = %s",
            [bed.patients, clinic.id],
        )
    for table in (*COPIED, "networks_practice"):
        bed.product.sql(f"ANALYZE {table}")
    bed.product.sql(BASELINE)
    pass_a_day(bed, clinic)
    _clinics[id(bed)] = clinic
    return clinic


def pass_a_day(bed: Bed, clinic: Clinic) -> None:
    """Let one day go by before anything is measured: the tables hold rows, and the database knows how many."""
    with bed.product.inside(), practice_scope(clinic.id):
        planning.plan_day(clinic.id, now=FIRST)
        writing.write_texts(clinic.id, now=FIRST, limit=bed.patients)
        at = FIRST + timedelta(minutes=1)
        claimed = outbox.claim(clinic.id, now=at, limit=bed.patients)
        left = outbox.depart_many(clinic.id, claimed, now=at)
        words = [sending.Word(each.attempt_id, f"SM{each.attempt_id.hex}", "delivered", at) for each in left]
        sending.note_statuses(clinic.id, words, source="callback")
    bed.product.sql("ANALYZE")


def copied(column: str) -> str:
    """Return the SQL of a column in the copy numbered `n`."""
    if column in MAPPED:
        return f"md5(t.{column}::text || n)::uuid"
    return "sha256(n::text::bytea)" if column == "number_index" else f"t.{column}"


def plan_day(bed: Bed) -> list[Result]:
    """Check-ins made a second, against one INSERT ... SELECT ... ON CONFLICT DO NOTHING of bare slot rows.

    Ours: deciding for each patient whether and what they are asked (phase, consent, phone, hours), and the row of
    the check-in under row-level security with all indexes and keys, to the commit. The baseline: one row a patient
    without deciding, two unique indexes, no other key and no row-level security, to the commit, on a connection that
    is open. Closing yesterday's check-ins and writing the texts, which their sender does, are other work: they are
    done before and after the clock runs, and said in the note.
    """
    clinic = crowded(bed)

    def ours(place: int) -> float:
        with practice_scope(clinic.id):
            planning.close_expired(clinic.id, now=MORNINGS[place])
        began = time.perf_counter()
        with practice_scope(clinic.id):
            made = planning.plan_day(clinic.id, now=MORNINGS[place])
        took = time.perf_counter() - began
        assert made == bed.patients, f"{made} of {bed.patients} were due"
        with practice_scope(clinic.id):
            assert planning.plan_day(clinic.id, now=MORNINGS[place]) == 0
        began = time.perf_counter()
        with practice_scope(clinic.id):
            assert writing.write_texts(clinic.id, now=MORNINGS[place], limit=bed.patients) == made
        written.append(made / (time.perf_counter() - began))
        return made / took

    def bare(place: int) -> float:
        began = time.perf_counter()
        link.execute(BASELINE_INSERT, [MORNINGS[place].date(), clinic.id])
        return bed.patients / (time.perf_counter() - began)

    written: list[float] = []
    owner = bed.product.addresses["DATABASE_OWNER_URL"]
    with bed.product.inside(), psycopg.connect(owner, autocommit=True) as link:
        value, baseline = interleaved(ours, bare, runs=RUNS)
    note = (
        "a check-in is decided and written with its keys; the baseline writes one bare row; "
        f"the senders wrote {median(written):,.0f} texts a second afterwards"
    )
    return [Result("plan.day", value, baseline, "check-ins/s", 0.3, 0.8, RUNS, note=note)]


def claim(bed: Bed) -> list[Result]:
    """Outbox rows claimed in hundreds and finished a second, against plain inserts by pgbench."""
    clinic = crowded(bed)
    at = MORNINGS[-1] + timedelta(minutes=1)
    waiting = bed.patients // 2

    def ours(place: int) -> float:
        done, began = 0, time.perf_counter()
        while done < waiting:
            texts = outbox.claim(clinic.id, now=at, limit=100)
            assert texts, "too few texts wait"
            ended = outbox.end(
                clinic.id, texts, among=[State.CLAIMED], state=State.SENT, reason="accepted", now=at
            )
            assert ended == len(texts)
            done += len(texts)
        return done / (time.perf_counter() - began)

    with bed.product.inside(), kept_connections():
        for morning in MORNINGS:
            # Adds nothing where `plan.day` has run before.
            with practice_scope(clinic.id):
                planning.plan_day(clinic.id, now=morning)
                writing.write_texts(clinic.id, now=morning, limit=len(MORNINGS) * bed.patients)
        # As a worker does when a task has ended: from here on each statement takes its connection from the pool.
        close_old_connections()
        value, baseline = interleaved(ours, lambda _: bed.pgbench_inserts(), runs=RUNS)
    note = "one worker, two transactions a hundred rows; the carrier's part is not in it"
    return [Result("outbox.claim", value, baseline, "rows/s", 1.5, 3.5, RUNS, note=note)]
