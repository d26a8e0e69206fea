"""Two planners of one practice at the same time: they take turns, and nobody is asked twice."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection

from tests.faults import invariants
from tests.system.product import Product

ENROLLED = datetime(2026, 3, 1, 15, 0, tzinfo=UTC)
MONDAY_AT_NINE = datetime(2026, 3, 2, 15, 5, tzinfo=UTC)
WAITING = """
    SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
    WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted
"""


@pytest.mark.xdist_group("product")
def test_a_planner_that_comes_while_another_plans_waits_and_makes_nothing(product: Product) -> None:
    from checkins.services import planning
    from networks.scoping import practice_scope

    clinic = product.clinic(patients=3, enrolled_at=ENROLLED)
    made: list[int] = []

    def plan() -> None:
        try:
            with practice_scope(clinic.id):
                made.append(planning.plan_day(clinic.id, now=MONDAY_AT_NINE))
        finally:
            connection.close()

    others = [threading.Thread(target=plan) for _ in range(2)]
    with product.inside():
        with practice_scope(clinic.id):
            first = planning.plan_day(clinic.id, now=MONDAY_AT_NINE)
            for each in others:
                each.start()
            product.wait(lambda: product.sql(WAITING) == [(2,)], what="two planners that wait")
            assert made == []
        for each in others:
            each.join(20)
    assert (first, made) == (3, [0, 0])
    of_the_day = "practice_id = %s AND local_date = %s"
    assert product.count("checkins_checkin", of_the_day, [clinic.id, MONDAY_AT_NINE.date()]) == 3
    assert invariants.check_ins_asked_twice(clinic) == []
