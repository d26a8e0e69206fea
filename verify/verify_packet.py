#!/usr/bin/env python3
"""Check an audit packet, or the files of a released profile, without Daybook.

    python verify_packet.py PACKET.json [MORE.json ...] --keys keys.json
    python verify_packet.py FOLDER_OF_A_RELEASE --keys keys.json

`keys.json` comes from the practice's or network's Daybook, at /verify/keys.json; compare a fingerprint in it
with one that you were given by another way. Needs Python 3.11 or later and the `cryptography` package; reads
nothing but the files named, and sends nothing.

Exit code 0: everything checked is unchanged. 1: something was changed or does not belong; the first broken
entry of a packet, and every changed file and part of a profile, is named. 2: it could not be checked.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "daybook audit packet 1"
ALGORITHM = "SHA-256 chain, Ed25519"
PARTS = range(1, 15)
_HEAD = b'{"packet":'
_OPEN = b',"entries":[\n'
_CLOSE = b'\n],"seal":'
_HEX_64 = re.compile(r"[0-9a-f]{64}")
_HEX_128 = re.compile(r"[0-9a-f]{128}")


class NotChecked(Exception):
    """The check cannot be made; the message says why and what to do."""


@dataclass(frozen=True)
class Key:
    """One public key with the dates between which it signed, ISO, empty where open."""

    key_id: str
    public: Ed25519PublicKey
    valid_from: str
    valid_until: str


Keys = dict[str, Key]


def read_keys(content: bytes) -> Keys:
    """Return the keys of a keys.json by id; NotChecked for anything else."""
    try:
        found = {}
        for each in json.loads(content)["keys"]:
            raw = base64.b64decode(each["public_key"], validate=True)
            if hashlib.sha256(raw).hexdigest()[:16] != each["key_id"]:
                raise NotChecked(f"The key {each['key_id']} in the list of keys does not match its own id.")
            found[each["key_id"]] = Key(
                each["key_id"],
                Ed25519PublicKey.from_public_bytes(raw),
                each.get("valid_from", ""),
                each.get("valid_until", ""),
            )
    except (ValueError, KeyError, TypeError) as error:
        raise NotChecked("The list of keys cannot be read: take keys.json from /verify/ again.") from error
    return found


def problems_of_packet(content: bytes, *, keys: Keys) -> list[str]:
    """Return in plain sentences what is wrong with a packet's bytes; empty when nothing is."""
    taken = _take_apart(content)
    if isinstance(taken, str):
        return [taken]
    head, lines, foot = taken
    seal = _parse(foot)
    problem = _seal_problem(seal, foot)
    if problem:
        return [problem]
    problem = _broken_entry(head, lines, seal)
    if problem:
        return [problem]
    if seal["chain"][-1][1] != seal["root"]:
        return ["The seal was changed: its root is not the last link of the chain."]
    if not _is_signed(
        seal["signature"], f"{FORMAT}\n{seal['root']}\n".encode(), key=keys.get(seal["key_id"])
    ):
        known = seal["key_id"] in keys
        return [
            "The signature does not belong to this packet: the seal was changed."
            if known
            else f"It names the key {seal['key_id']}, which is not in the list of keys."
        ]
    return _head_problems(head, lines, key=keys[seal["key_id"]])


def _take_apart(content: bytes) -> tuple[bytes, list[bytes], bytes] | str:
    """Return head, entries' lines and seal as bytes, or what does not fit."""
    top, opened, rest = content.partition(_OPEN)
    body, closed, foot = rest.rpartition(_CLOSE)
    if not content.startswith(_HEAD) or not opened:
        return "The head of the packet was changed: it does not begin as a packet does."
    if not closed or not foot.endswith(b"}\n"):
        return "The end of the packet was changed: its seal is missing or damaged."
    return top[len(_HEAD) :], body.split(b"\n"), foot[: -len(b"}\n")]


def _parse(content: bytes) -> Any:  # noqa: ANN401 - any JSON value
    try:
        return json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        return None


def _canonical(value: object) -> bytes:
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _plain(value: object) -> object:
    """Return a JSON value with whole numbers written without a point, as they were when it was signed."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _seal_problem(seal: Any, foot: bytes) -> str:  # noqa: ANN401 - any JSON value
    """Return what is wrong with the form of the seal; empty when nothing is."""
    changed = "The seal at the end of the packet was changed or damaged."
    if not isinstance(seal, dict) or set(seal) != {"algorithm", "chain", "key_id", "root", "signature"}:
        return changed
    chain = seal["chain"]
    is_chain = (
        isinstance(chain, list)
        and bool(chain)
        and all(isinstance(each, list) and len(each) == 2 for each in chain)
        and all(isinstance(name, str) and isinstance(link, str) for name, link in chain)
    )
    texts = [seal["algorithm"], seal["key_id"], seal["root"], seal["signature"]]
    if not is_chain or not all(isinstance(each, str) for each in texts):
        return changed
    is_plain = _HEX_64.fullmatch(seal["root"]) and _HEX_128.fullmatch(seal["signature"])
    if seal["algorithm"] != ALGORITHM or not is_plain or _encoded(seal) != foot:
        return changed
    return ""


def _encoded(seal: dict[str, Any]) -> bytes:
    try:
        return _canonical(seal)
    except UnicodeEncodeError:
        return b""


def _broken_entry(head: bytes, lines: list[bytes], seal: dict[str, Any]) -> str:
    """Return the sentence about the first entry that does not fit its link; empty when all do."""
    chain = seal["chain"]
    link = hashlib.sha256(FORMAT.encode() + b"\n" + head + b"\n").hexdigest()
    for place, (name, stated) in enumerate(chain, start=1):
        if place > len(lines):
            return f"Entry {place} is missing: {name}."
        line = lines[place - 1]
        ends_well = line.endswith(b",") if place < len(lines) else not line.endswith(b",")
        bare = line[:-1] if place < len(lines) else line
        link = hashlib.sha256(f"{link}\n{name}\n".encode() + bare + b"\n").hexdigest()
        if link != stated or not ends_well:
            where = "" if place > 1 else " (or the head of the packet before it)"
            return f"Entry {place} was changed: {name}{where}."
    if len(lines) != len(chain):
        return f"Entry {len(chain) + 1} was added: the seal does not name it."
    return ""


def _is_signed(signature: str, content: bytes, *, key: Key | None) -> bool:
    if key is None:
        return False
    try:
        key.public.verify(bytes.fromhex(signature), content)
    except InvalidSignature:
        return False
    return True


def _head_problems(head: bytes, lines: list[bytes], *, key: Key) -> list[str]:
    """Return what is wrong with a packet whose bytes are as they were signed."""
    found = _parse(head)
    parts = {each.get("part") for each in (_parse(line.removesuffix(b",")) for line in lines) if each}
    problems = []
    if not isinstance(found, dict) or found.get("format") != FORMAT or found.get("entries") != len(lines):
        problems.append("The head does not describe this packet.")
    missing = [str(each) for each in PARTS if each not in parts]
    if missing:
        problems.append(f"Parts {', '.join(missing)} are missing.")
    day = str(found.get("certified_at", ""))[:10] if isinstance(found, dict) else ""
    if (key.valid_from and day < key.valid_from) or (key.valid_until and day > key.valid_until):
        problems.append(f"The key {key.key_id} was not in use on {day}, the date of the certification.")
    return problems


def problems_of_release(folder: Path, *, keys: Keys) -> list[str]:
    """Return what is wrong with the files of a released profile in a folder; NotChecked without a manifest."""
    envelope = _parse(_read(folder / "manifest.json"))
    try:
        manifest, signature, key_id = envelope["manifest"], envelope["signature"], envelope["key_id"]
        files, parts = manifest["files"], manifest["parts"]
        raw = base64.b64decode(signature, validate=True)
        names = [(each["name"], each["sha256"]) for each in files]
    except (TypeError, KeyError, ValueError) as error:
        raise NotChecked("manifest.json is not a manifest of Daybook, or it was damaged.") from error
    problems = []
    if key_id not in keys:
        problems.append(f"The manifest names the key {key_id}, which is not in the list of keys.")
    elif not _is_signed(raw.hex(), _canonical(manifest), key=keys[key_id]):
        problems.append("The manifest was changed: its signature does not belong to it.")
    for name, wanted in names:
        problems += _file_problems(folder, name, wanted, parts)
    known = {"manifest.json", "keys.json", *(name for name, _ in names)}
    extra = sorted(each.name for each in folder.iterdir() if each.is_file() and each.name not in known)
    return problems + [f"{each} is not part of the release." for each in extra]


def _file_problems(folder: Path, name: str, wanted: str, parts: dict[str, str]) -> list[str]:
    path = folder / name
    if Path(name).name != name or not path.is_file():
        return [f"{name} is missing."]
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() == wanted:
        return []
    changed = _changed_parts(content, parts) if name == "profile.json" else []
    return [f"{name} was changed." + (f" Changed: {', '.join(changed)}." if changed else "")]


def _changed_parts(content: bytes, named: dict[str, str]) -> list[str]:
    document = _parse(content)
    if not isinstance(document, dict):
        return []
    try:
        found = {
            f"{key[:-1]} {each['id']}": each for key in ("figures", "tables") for each in document[key]
        } | {f"section {key}": value for key, value in document.items() if key not in {"figures", "tables"}}
        digests = {key: hashlib.sha256(_canonical(value)).hexdigest() for key, value in found.items()}
    except (TypeError, KeyError):
        return []
    return sorted(key for key in digests.keys() | named.keys() if digests.get(key) != named.get(key))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NotChecked(f"{path} cannot be read: {error.strerror}.") from error


def check(path: Path, *, keys: Keys) -> list[str]:
    """Return what is wrong with a packet, or with a release where a folder is named."""
    if path.is_dir():
        return problems_of_release(path, keys=keys)
    return problems_of_packet(_read(path), keys=keys)


def main(arguments: list[str] | None = None) -> int:
    """Check what the command line names, say what was found, and return the exit code."""
    parser = argparse.ArgumentParser(description="Check audit packets and released profiles of Daybook.")
    parser.add_argument("what", nargs="+", type=Path, help="a packet, or the folder of a release")
    parser.add_argument("--keys", type=Path, required=True, help="keys.json, from /verify/keys.json")
    given = parser.parse_args(arguments)
    worst = 0
    try:
        keys = read_keys(_read(given.keys))
        for path in given.what:
            problems = check(path, keys=keys)
            worst = max(worst, 1 if problems else 0)
            for each in problems or ["Unchanged, and signed with a key of the list."]:
                sys.stdout.write(f"{path.name}: {each}\n")
    except NotChecked as error:
        sys.stderr.write(f"Not checked: {error}\n")
        return 2
    return worst


if __name__ == "__main__":
    sys.exit(main())
