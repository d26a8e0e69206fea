"""The manifest that names every file of a release, its digests, and the release before it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from networks.canonical_json import canonical_json, digest, digest_of

__all__ = ["canonical_json", "digest", "digest_of"]

MANIFEST_VERSION = 1
# What the chain of a network's releases starts from.
NO_RELEASE_BEFORE = "0" * 64


@dataclass(frozen=True)
class FileDigest:
    """One file of a release: its name, its SHA-256 and its size in bytes."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class ReleaseFacts:
    """What a manifest says of a release besides its files."""

    release_id: str
    number: int
    created_at: str
    network: str
    recipient: str
    period: Mapping[str, str]
    approved_by: str
    released_by: str
    wall_policy: str
    document: Mapping[str, Any]
    previous: str


def file_digest(name: str, content: bytes) -> FileDigest:
    """Return a file's entry in the manifest."""
    return FileDigest(name, digest(content), len(content))


def manifest(facts: ReleaseFacts, *, files: Iterable[FileDigest]) -> dict[str, Any]:
    """Return the manifest of a release; `parts` holds a digest for each figure and table of the document."""
    document = facts.document
    return {
        "manifest_version": MANIFEST_VERSION,
        "release_id": facts.release_id,
        "number": facts.number,
        "created_at": facts.created_at,
        "network": facts.network,
        "recipient": facts.recipient,
        "purpose": "payer outcome profile",
        "legal_basis": "SAFE_HARBOR",
        "period": dict(facts.period),
        "measure_set_version": document["measure_set"],
        "threshold_set_id": document["threshold_set"],
        "risk_model_id": None,
        "antitrust_policy_version": facts.wall_policy,
        "suppression": document["suppression"],
        "completeness": document["completeness"],
        "not_measured": [each["title"] for each in document["not_measured"]],
        "approver": facts.approved_by,
        "released_by": facts.released_by,
        "files": [
            {"name": each.name, "sha256": each.sha256, "bytes": each.bytes}
            for each in sorted(files, key=lambda one: one.name)
        ],
        "parts": parts(document),
        "previous_manifest_sha256": facts.previous,
    }


def parts(document: Mapping[str, Any]) -> dict[str, str]:
    """Return a digest for each figure, table and further section, so that a change can be named."""
    found = {f"figure {each['id']}": digest_of(each) for each in document["figures"]}
    found |= {f"table {each['id']}": digest_of(each) for each in document["tables"]}
    rest = {key: value for key, value in document.items() if key not in {"figures", "tables"}}
    return found | {f"section {key}": digest_of(value) for key, value in rest.items()}


def envelope(signed: Mapping[str, Any], *, signature: str, key_id: str) -> bytes:
    """Return the manifest file: what was signed, the signature in base64, and which key made it."""
    whole = {"manifest": dict(signed), "signature": signature, "key_id": key_id}
    return (json.dumps(whole, indent=2, ensure_ascii=False, sort_keys=True) + "\n").encode()
