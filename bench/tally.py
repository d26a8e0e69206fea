"""Days counted: what a reply costs with its day and touched row, counting all windows again, a page's audit."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from unittest.mock import patch
from uuid import UUID

from django.db import connection
from django.test import Client, override_settings

from bench.bed import Bed, step
from bench.charts import copy_rows
from bench.planning import ENROLLED, crowded
from bench.results import Result, interleaved
from billing.selectors.recount import windows_that_cannot_be
from checkins.services.keeping import of_one_reply
from networks.actors import Actor
from networks.permissions import Role
from networks.scoping import practice_scope
from networks.services import organizations
from tests.system.clinic import Clinic

NOW = datetime(2026, 4, 20, 15, 0, tzinfo=UTC)
# Two windows a patient, of 30 dates each with a day on three of four, about as many as answer.
DAYS = 45
ROUNDS = 9
PAGES = 101
ASKED = 60
# One date of all patients, as days come in; three of four dates have one.
_DAY = """
    INSERT INTO checkins_monitoringday (id, practice_id, episode_id, local_date)
    SELECT uuidv7(), practice_id, id, date '2026-03-02' + %(day)s FROM patients_episode
    WHERE practice_id = ANY(%(practices)s) AND %(day)s %% 4 < 3
"""
_WINDOWS = """
    INSERT INTO billing_episodewindow
        (id, practice_id, episode_id, starts_on, ends_on, clipped_to, days, dates, is_closed)
    SELECT uuidv7(), practice_id, id, first, first + 29, first + 29, days, dates, true
    FROM patients_episode, (
        SELECT date '2026-03-02' + n / 30 * 30 AS first, count(*) AS days,
            jsonb_agg(date '2026-03-02' + n ORDER BY n) AS dates
        FROM generate_series(0, 59) AS n WHERE n %% 4 < 3 GROUP BY 1
    ) counted WHERE practice_id = ANY(%(practices)s)
"""
_COUNT = "SELECT count(*) FROM checkins_monitoringday WHERE practice_id = %s"
# Before replies are measured they come for so long unmeasured: the first write to a page after a checkpoint logs the
# whole page and, after an index was built, reads it from disk. In a day of replies that falls on one in many; here,
# right after loading, it fell on most of the product's, and on none of the baseline's, whose table is small.
WARM_SECONDS = 20


def _reply(clinic: Clinic, *, patients: int) -> str:
    """Return pgbench's script of one reply: a pain value and its day of the last years, of one of the patients.

    It is the reader's own statement; the patient, whom the reader knows, is one of the copies at random, found by
    its number without a query.
    """
    given = {
        "practice": f"'{clinic.id}'::uuid",
        "at": "now()",
        "id_0": "uuidv7()",
        "episode_0": f"('{str(clinic.episodes[0].pk)[:24]}' || lpad(to_hex(:n::int), 12, '0'))::uuid",
        "check_in_0": "NULL",
        "message_0": "NULL",
        "item_0": "'pain'",
        "low_0": "4",
        "high_0": "4",
        "word_0": "''",
        "source_0": "'patient'",
        "received_0": "now()",
        "date_0": "date '2020-01-01' + :day::int",
    }
    chosen = f"\\set n random(2, {patients})\n\\set day random(0, 3000)\n"
    return f"{chosen}{' '.join((of_one_reply(1) % given).split())};"


_tallied: dict[tuple[int, int], Clinic] = {}


def increment(bed: Bed) -> list[Result]:
    """Replies kept a second with their day and touched row, against plain inserts; both by pgbench, warmed up.

    Both are sent prepared by as many clients, and each commits a row or a reply at a time; see WARM_SECONDS.
    """
    clinic = _with_days(bed, bed.charted)
    script = _reply(clinic, patients=bed.charted)
    with step("warming up"):
        bed.pgbench([script], seconds=WARM_SECONDS)
        bed.pgbench_inserts()
    value, baseline = interleaved(
        lambda _: bed.pgbench([script]), lambda _: bed.pgbench_inserts(), runs=ROUNDS
    )
    note = f"value, monitoring day and touched row of one of {bed.charted:,} patients; keys and policies on"
    return [Result("tally.increment", value, baseline, "replies/s", 0.35, 0.6, ROUNDS, note=note)]


def recount(bed: Bed) -> list[Result]:
    """Seconds to count every window again as the night does, against count(*) of the days' index."""
    clinic = _with_days(bed, bed.charted)

    def counted(_: int) -> float:
        with practice_scope(clinic.id):
            return _timed(lambda: _checked(clinic.id))

    def bare(_: int) -> float:
        with practice_scope(clinic.id), connection.cursor() as cursor:
            return _timed(lambda: cursor.execute(_COUNT, [clinic.id]))

    with bed.product.inside():
        value, baseline = interleaved(counted, bare)
    note = f"{bed.charted:,} patients, {bed.charted * DAYS:,} days, as the app role"
    return [Result("tally.recount", value, baseline, "s", 10, 4, 5, lower_is_better=True, note=note)]


def scale(bed: Bed) -> list[Result]:
    """The recount of all patients against four times that of a quarter of them: 1 is linear."""
    whole, quarter = _with_days(bed, bed.charted), _with_days(bed, bed.charted // 4)

    def of(clinic: Clinic, times: int) -> float:
        with practice_scope(clinic.id):
            return times * _timed(lambda: _checked(clinic.id))

    with bed.product.inside():
        value, baseline = interleaved(lambda _: of(whole, 1), lambda _: of(quarter, 4))
    return [Result("tally.scale", value, baseline, "of linear", 1.3, 1.1, 5, lower_is_better=True)]


def audit_cost(bed: Bed) -> list[Result]:
    """Milliseconds of a patient's page with its audit entry, against the same page without; page by page in turn.

    An entry costs a millisecond or two of a page's many: twenty pages at a time measured the neighbours instead.
    """
    clinic = crowded(bed)
    with bed.product.inside(), override_settings(ALLOWED_HOSTS=["localhost"]):
        with practice_scope(clinic.id):
            person = organizations.invite("bench@example.org", name="Bench", now=NOW)
            actor = Actor.part("bench")
            organizations.assign_role(
                person, role=Role.CLINICIAN, home=clinic.practice, actor=actor, now=ENROLLED
            )
            patient = clinic.episodes[0].patient_id
        browser = Client(SERVER_NAME="localhost")
        browser.force_login(person)
        path = f"/patients/{patient}/"

        def page(_: int) -> float:
            return _timed(lambda: _shown(browser, path)) * 1e3

        def without(place: int) -> float:
            with patch("billing.views.patient.audit.record"):
                return page(place)

        page(0)
        value, baseline = interleaved(page, without, runs=PAGES)
    return [Result("audit.cost", value, baseline, "ms a page", 1.3, 1.1, PAGES, lower_is_better=True)]


def _shown(browser: Client, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 200, answer.status_code


def _checked(practice_id: UUID) -> None:
    assert windows_that_cannot_be(practice_id) == []


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _with_days(bed: Bed, patients: int) -> Clinic:
    """Return the clinic of all patients, or of a quarter of them, with two windows each and the days in them."""
    sizes = (bed.charted, bed.charted // 4)
    if (id(bed), patients) not in _tallied:
        made = [_copy_of(bed, size) for size in sizes]
        practices = [clinic.id for clinic in made]
        with bed.unindexed("checkins_monitoringday", "billing_episodewindow"):
            for day in range(ASKED):
                with step(f"day {day + 1} of {ASKED}"):
                    bed.load(_DAY, {"practices": practices, "day": day})
            with step("windows"):
                bed.load(_WINDOWS, {"practices": practices})
        bed.settle()
        _tallied.update({(id(bed), size): clinic for size, clinic in zip(sizes, made, strict=True)})
    return _tallied[id(bed), patients]


def _copy_of(bed: Bed, patients: int) -> Clinic:
    clinic = bed.product.clinic(patients=1)
    for table in ("patients_patient", "patients_episode"):
        copy_rows(bed, clinic, table, patients)
    return clinic
