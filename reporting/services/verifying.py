"""Checking a stored release as an outsider would: files, parts, manifest, signature, and the one before it."""

import base64

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from reporting import manifests
from reporting.models import Release, ReleaseFile
from reporting.services import keys


def problems_of(release: Release) -> list[str]:
    """Return what is wrong with a release, each thing named; empty when nothing is; needs its network's scope."""
    content = manifests.canonical_json(release.manifest)
    found = [] if manifests.digest(content) == release.manifest_sha256 else ["The manifest was changed."]
    if not _signed(content, release):
        found.append("The signature does not belong to the manifest.")
    found += _changed_files(release)
    named = release.manifest["parts"]
    present = manifests.parts(release.document)
    found += [f"The {name} was changed." for name in sorted(named) if present.get(name) != named[name]]
    if release.previous_sha256 != _before(release):
        found.append("The release before it is not the one that it names.")
    return found


def _signed(content: bytes, release: Release) -> bool:
    key = next((each for each in keys.verification_keys() if each.key_id == release.key_id), None)
    if key is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(key.public_key)).verify(
            base64.b64decode(release.signature), content
        )
    except InvalidSignature:
        return False
    return True


def _changed_files(release: Release) -> list[str]:
    stored = {
        each.name: bytes(each.content)
        for each in ReleaseFile.objects.filter(network_id=release.network_id, release=release)
    }
    return [
        f"The file {each['name']} is missing or was changed."
        for each in release.manifest["files"]
        if manifests.digest(stored.get(each["name"], b"")) != each["sha256"]
    ]


def _before(release: Release) -> str:
    last = Release.objects.filter(network_id=release.network_id, number=release.number - 1).first()
    return last.manifest_sha256 if last else manifests.NO_RELEASE_BEFORE
