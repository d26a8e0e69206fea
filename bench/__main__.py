"""The benchmark suite: each bench beside its baseline, interleaved in one run; only ratios are judged.

    make bench                      all
    python -m bench ingest plan     those whose name begins with one of the words

Prints a table and writes bench/results.json. A ratio below (or, for costs, above) its "must" ends with
exit code 1. Machines differ and neighbours disturb: trust the ratio, not the absolute.
"""

import argparse
import json
import logging
import os
import sys
import time
from pathlib import Path

# Before Django's settings: the real PostgreSQL that the tests use too.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
import django

import tests.embedded_servers  # noqa: F401 - starts the servers

django.setup()

from bench import dashboards, files, ingest, paint, planning, sending, tally, webhooks  # noqa: E402 - needs Django set up
from bench.bed import Bed, making_bed  # noqa: E402
from bench.results import Result, as_table  # noqa: E402

RESULTS = Path(__file__).parent / "results.json"
# In the order in which they run: those that leave rows behind come last.
BENCHES = {
    "ingest.verify": ingest.verify,
    "ingest.queries": ingest.queries,
    "ingest.webhook": webhooks.stored,
    "ingest.replay": webhooks.replay,
    "ingest.latency": webhooks.latency,
    "plan.day": planning.plan_day,
    "outbox.claim": planning.claim,
    "send.engine": sending.engine,
    "send.cpu": sending.cpu,
    "send.pace": sending.keep_pace,
    "jobs.batch": sending.batch,
    "ingest.callbacks": webhooks.callbacks,
    # Growth first of these: it copies the database before the large practice is there.
    "dash.growth": dashboards.growth,
    "dash.clinician": dashboards.clinician,
    "dash.queries": dashboards.queries,
    "dash.rls": dashboards.row_security,
    "dash.paint": paint.first_paint,
    "triage.network": dashboards.triage,
    "export.csv": files.csv,
    "export.xlsx": files.xlsx,
    "export.memory": files.memory,
    "export.ttfb": files.first_byte,
    "audit.cost": tally.audit_cost,
    "tally.recount": tally.recount,
    "tally.scale": tally.scale,
    "tally.increment": tally.increment,
}


def main() -> int:
    """Run the benches asked for; return the exit code."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="beginnings of the benches' names")
    parser.add_argument("--large", action="store_true", help="at full size: many minutes")
    parser.add_argument(
        "--charted", type=int, help="how many patients are counted, in place of the size's own"
    )
    parser.add_argument(
        "--rounds", type=int, default=3, help="how often a file of 500,000 rows or more is taken (3)"
    )
    asked = parser.parse_args()
    chosen = [
        name for name in BENCHES if not asked.names or any(name.startswith(word) for word in asked.names)
    ]
    # A line of log a page would be most of what the terminal shows, and cost what is measured.
    logging.disable(logging.INFO)
    results: list[Result] = []
    with making_bed(large=asked.large, charted=asked.charted, rounds=asked.rounds) as bed:
        for name in chosen:
            results.extend(run(name, bed))
    RESULTS.write_text(json.dumps([each.as_document() for each in results], indent=1) + "\n")
    print(as_table(results))
    print(f"Written to {RESULTS}.")
    return 0 if all(each.is_met for each in results) else 1


def run(name: str, bed: Bed) -> list[Result]:
    """Run one bench and show it as soon as it is done."""
    began = time.monotonic()
    print(f"{name} ...", flush=True)
    results = BENCHES[name](bed)
    for each in results:
        ratio = each.value if each.ratio is None else each.ratio
        print(f"  {each.name} {ratio:.3f} after {time.monotonic() - began:.0f} s", flush=True)
    return results


if __name__ == "__main__":
    sys.exit(main())
