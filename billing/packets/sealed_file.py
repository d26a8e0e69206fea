"""The file of an audit packet: one entry a line, each linked to the one before it, the last link signed.

Whoever checks it hashes the very bytes of each line, so that no rule about spacing or order is needed, and a
changed byte shows in the entry in which it stands:

    {"packet":{...},"entries":[
    {...},
    {...}
    ],"seal":{...}}

A link is the SHA-256 of the link before it, the entry's name and its line, each ended by a line feed; the
first one follows the SHA-256 of the format's name and the head. `verify/verify_packet.py` reads it without
Daybook.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from networks.canonical_json import canonical_json

FORMAT = "daybook audit packet 1"
ALGORITHM = "SHA-256 chain, Ed25519"

# The parts that an audit packet of one claim line holds (domain note of 2026, section 5.3; S64).
PARTS: Mapping[int, str] = {
    1: "Charge line, rules and inputs",
    2: "Plan of care",
    3: "Consent",
    4: "Device determination",
    5: "Set-up",
    6: "Dates with data",
    7: "Time log",
    8: "Live contacts",
    9: "Clinical use",
    10: "Modifiers",
    11: "Other services",
    12: "Coverage",
    13: "Certification",
    14: "Event trail",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of a packet: its part, what it is, the record's id ("" for none), and its data."""

    part: int
    kind: str
    id: str
    data: Mapping[str, Any]

    @property
    def name(self) -> str:
        """How a person finds it: part, kind and id."""
        return f"part {self.part}, {self.kind} {self.id}".rstrip()


def seal(
    head: Mapping[str, Any],
    *,
    entries: Iterable[Entry],
    sign: Callable[[bytes], bytes],
    key_id: str,
) -> bytes:
    """Return the packet's file; `sign` makes the 64 bytes of an Ed25519 signature.

    Raises ValueError when one of the fourteen parts has no entry.
    """
    ordered = sorted(entries, key=lambda each: each.part)
    missing = PARTS.keys() - {each.part for each in ordered}
    if missing:
        raise ValueError(f"The packet lacks parts {sorted(missing)}.")
    top = canonical_json({**head, "format": FORMAT, "entries": len(ordered)})
    lines = [canonical_json(_shape(each)) for each in ordered]
    link, chain = start_of(top), []
    for entry, line in zip(ordered, lines, strict=True):
        link = next_link(link, name=entry.name, line=line)
        chain.append([entry.name, link])
    foot = canonical_json(
        {
            "algorithm": ALGORITHM,
            "chain": chain,
            "key_id": key_id,
            "root": link,
            "signature": sign(signed_bytes(link)).hex(),
        }
    )
    return b'{"packet":' + top + b',"entries":[\n' + b",\n".join(lines) + b'\n],"seal":' + foot + b"}\n"


def start_of(head: bytes) -> str:
    """The link before the first entry."""
    return hashlib.sha256(FORMAT.encode() + b"\n" + head + b"\n").hexdigest()


def next_link(previous: str, *, name: str, line: bytes) -> str:
    """The link of an entry after the one before it."""
    return hashlib.sha256(f"{previous}\n{name}\n".encode() + line + b"\n").hexdigest()


def signed_bytes(root: str) -> bytes:
    """What the signature covers: the format's name keeps it apart from everything else the key signs."""
    return f"{FORMAT}\n{root}\n".encode()


def _shape(entry: Entry) -> dict[str, Any]:
    return {
        "part": entry.part,
        "title": PARTS[entry.part],
        "kind": entry.kind,
        "id": entry.id,
        "data": dict(entry.data),
    }
