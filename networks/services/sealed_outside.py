"""The roots written outside the database, compared with the seals inside: rewriting one alone shows."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from networks.services.sealing import Chain


def chains_outside() -> list[Chain]:
    """Return the chains that have roots outside, practices and then networks, each by id."""
    found = {_chain_of(each) for each in _lines()}
    return sorted(found, key=lambda chain: (chain.home != "practice", chain.id))


def differing_outside(chain: Chain) -> list[str]:
    """Return in sentences where the file of roots and a chain's seals differ; needs its scope; one query."""
    outside = {each["number"]: each for each in _lines() if _chain_of(each) == chain}
    found = []
    for seal in chain.seals():
        written = outside.pop(seal.number, None)
        if written is None:
            found.append(f"seal {seal.number} is missing outside the database.")
        elif (written["root"], written["signature"]) != (bytes(seal.root).hex(), bytes(seal.signature).hex()):
            found.append(f"seal {seal.number} differs from what was written outside the database.")
    return found + [f"seal {number} stands outside but not in the database." for number in sorted(outside)]


def _chain_of(line: dict[str, Any]) -> Chain:
    if "practice" in line:
        return Chain("practice", UUID(line["practice"]))
    return Chain("network", UUID(line["network"]))


def _lines() -> Iterator[dict[str, Any]]:
    source = Path(settings.SEAL_ROOTS_FILE)
    if not source.exists():
        return
    with source.open() as file:
        for line in file:
            if line.strip():
                yield json.loads(line)
