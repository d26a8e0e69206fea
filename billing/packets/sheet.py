"""An audit packet laid out for reading: its parts with every entry as names and values in words."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from billing.packets.sealed_file import PARTS

# Inputs are for programs; on paper a line says where they are.
_ON_FILE = "In the packet's JSON file, for deciding again by program."


def sheet_of(content: bytes) -> dict[str, Any]:
    """Return what a reader sees of a packet's file: head, parts in order, and the seal."""
    whole = json.loads(content)
    head, entries = whole["packet"], whole["entries"]
    links = [link for _, link in whole["seal"]["chain"]]
    parts: dict[int, list[dict[str, Any]]] = {number: [] for number in PARTS}
    for place, (each, link) in enumerate(zip(entries, links, strict=True), start=1):
        parts[each["part"]].append(
            {
                "place": place,
                "kind": each["kind"].capitalize(),
                "id": each["id"],
                "link": link[:16],
                "pairs": _pairs(each),
            }
        )
    return {
        "head": {key: str(value) for key, value in head.items()},
        "parts": [
            {"number": number, "title": PARTS[number], "entries": found} for number, found in parts.items()
        ],
        "seal": {key: whole["seal"][key] for key in ("root", "signature", "key_id", "algorithm")},
    }


def _pairs(entry: Mapping[str, Any]) -> list[list[str]]:
    if entry["kind"] == "inputs":
        return [["inputs", _ON_FILE]]
    return [[key.replace("_", " "), _words(value)] for key, value in entry["data"].items()]


def _words(value: object) -> str:
    if value is None or value in ("", []):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(
            f"{key}: {_words(each)}" if key not in {"text", "name"} else _words(each)
            for key, each in value.items()
            if key != "evidence"
        )
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(map(_words, value))
    return str(value)
