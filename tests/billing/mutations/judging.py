"""Run in a process of its own: decide every case with the sources of one folder, stop at the first that differs.

    python judging.py FOLDER CASES

Prints the name of the case that differs and ends with 1; ends with 0 when all agree.
"""

import json
import sys
from pathlib import Path

COMPARED = ("code", "units", "date_of_service", "modifiers", "status")


def main(folder, cases):
    """Return the exit code; what goes wrong in the sources is a difference too."""
    sys.path.insert(0, folder)
    from billing.exchange import decide_text

    for case in json.loads(Path(cases).read_text(encoding="utf-8")):
        try:
            decision = json.loads(decide_text(json.dumps(case["document"]).encode()))
        except Exception as error:  # noqa: BLE001 - any failure of a wrong rule is one that was noticed
            sys.stdout.write(f"{case['name']}: {type(error).__name__}\n")
            return 1
        if [{key: line[key] for key in COMPARED} for line in decision["lines"]] != case["lines"]:
            sys.stdout.write(f"{case['name']}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
