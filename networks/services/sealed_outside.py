"""The roots written outside the database, compared with the seals inside: rewriting one alone shows."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from networks.models import Seal


def practices_outside() -> list[UUID]:
    """Return the practices that have roots outside, ascending."""
    return sorted({UUID(each["practice"]) for each in _lines()})


def differing_outside(practice_id: UUID) -> list[str]:
    """Return in sentences where the file of roots and the practice's seals differ; needs its scope; one query."""
    outside = {each["number"]: each for each in _lines() if each["practice"] == str(practice_id)}
    found = []
    for seal in Seal.objects.filter(practice_id=practice_id).order_by("number"):
        written = outside.pop(seal.number, None)
        if written is None:
            found.append(f"seal {seal.number} is missing outside the database.")
        elif (written["root"], written["signature"]) != (bytes(seal.root).hex(), bytes(seal.signature).hex()):
            found.append(f"seal {seal.number} differs from what was written outside the database.")
    return found + [f"seal {number} stands outside but not in the database." for number in sorted(outside)]


def _lines() -> Iterator[dict[str, Any]]:
    source = Path(settings.SEAL_ROOTS_FILE)
    if not source.exists():
        return
    with source.open() as file:
        for line in file:
            if line.strip():
                yield json.loads(line)
