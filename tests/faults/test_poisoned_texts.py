"""Texts that nobody can read: they are set aside for a person and hold none of their neighbours up."""

import json
import subprocess
import sys

import pytest

from config.local.folders import PROJECT
from tests.faults import invariants
from tests.faults.test_receiving_faults import sid_of
from tests.system.product import Product

pytestmark = [pytest.mark.xdist_group("product")]


def states(product: Product, clinic_id: object) -> dict[str, tuple[str, int]]:
    rows = product.sql(
        "SELECT m.carrier_sid, i.state, i.tries FROM checkins_inboundrow i "
        "JOIN checkins_inboundmessage m ON m.id = i.message_id WHERE i.practice_id = %s",
        [clinic_id],
    )
    return {sid: (state, tries) for sid, state, tries in rows}


def test_a_text_that_kills_its_reader_is_set_aside_and_the_others_are_read(product: Product) -> None:
    clinic = product.clinic(patients=4)
    product.kill("scheduler")  # nobody else may read
    product.kill("worker-all")
    sids = [sid_of(place, series=60) for place in range(4)]
    for place, body in enumerate(["deadly words", "6 y", "my chest hurts", "thanks"]):
        assert clinic.post(body, sid=sids[place], patient=place)[0] == 200
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.dying_reader", str(clinic.id), "deadly words", "9", "15"],
        cwd=PROJECT,
        env=product.environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    turns = done.stdout.split("\n")[:-1]
    # In the batch for a minute; then by itself three times, the others read behind its first; then it is set aside.
    assert turns[:7] == ["died"] * 7
    assert [json.loads(each) for each in turns[7:]] == [{"quarantined": 1}, {}]
    found = states(product, clinic.id)
    assert found[sids[0]][0] == "quarantined"
    assert {found[sid][0] for sid in sids[1:]} == {"read"}
    assert invariants.replies_lost(clinic, sids) == []
    kinds = product.sql("SELECT kind, count FROM checkins_linenotice WHERE practice_id = %s", [clinic.id])
    assert ("quarantined", 1) in [tuple(row) for row in kinds]
