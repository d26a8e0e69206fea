"""The stand-alone verifier on the files of real releases: the first and the one after it, whole and changed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from networks.canonical_json import canonical_json
from networks.permissions import Role
from reporting.models import Release, ReleaseFile
from reporting.services import drafting
from reporting.services.keys import verification_keys
from tests.reporting.services.test_profiles import LATER
from tests.world import NOW
from verify import verify_packet

pytestmark = pytest.mark.django_db


@pytest.fixture
def folders(integrated, tmp_path: Path) -> dict[str, Path]:
    """Two releases of one cohort, the second in place of the first, each in a folder as it is handed over."""
    with integrated.scope():
        first = integrated.draft()
        integrated.approve(first)
        one = integrated.release(first)
        second = drafting.draft(
            integrated.network,
            request=integrated.request(),
            actor=integrated.actor(Role.CONTRACTING),
            today=NOW.date(),
            now=LATER,
        )
        integrated.approve(second)
        two = integrated.release(second, now=LATER)
        (tmp_path / "keys.json").write_text(
            json.dumps({"keys": [each.as_data() for each in verification_keys()]})
        )
        return {"first": _handed_over(one, tmp_path / "one"), "second": _handed_over(two, tmp_path / "two")}


def _handed_over(release: Release, folder: Path) -> Path:
    folder.mkdir()
    for each in ReleaseFile.objects.filter(release=release):
        (folder / each.name).write_bytes(bytes(each.content))
    return folder


def problems(folder: Path) -> list[str]:
    keys = verify_packet.read_keys((folder.parent / "keys.json").read_bytes())
    return verify_packet.check(folder, keys=keys)


def _figure(folder: Path) -> None:
    path = folder / "profile.json"
    document = json.loads(path.read_bytes())
    document["figures"][0]["value"] = 73
    path.write_text(json.dumps(document))


def _append(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes() + b" ")


def _recipient(folder: Path) -> None:
    path = folder / "manifest.json"
    envelope = json.loads(path.read_bytes())
    envelope["manifest"]["recipient"] = "Another payer"
    path.write_text(json.dumps(envelope))


CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a figure": (_figure, "profile.json was changed. Changed: figure cohort.patients."),
    "the table": (_append("profile.csv"), "profile.csv was changed."),
    "the PDF": (_append("profile.pdf"), "profile.pdf was changed."),
    "the workbook": (_append("profile.xlsx"), "profile.xlsx was changed."),
    "the recipient": (_recipient, "The manifest was changed: its signature does not belong to it."),
    "a file gone": (lambda folder: (folder / "profile.csv").unlink(), "profile.csv is missing."),
    "a file more": (
        lambda folder: (folder / "note.txt").write_text("x"),
        "note.txt is not part of the release.",
    ),
}


def test_both_releases_are_accepted_and_each_change_is_named(folders: dict[str, Path]) -> None:
    for folder in folders.values():
        assert problems(folder) == []
        before = {each.name: each.read_bytes() for each in folder.iterdir()}
        for title, (change, said) in CHANGES.items():
            change(folder)
            assert problems(folder) == [said], title
            (folder / "note.txt").unlink(missing_ok=True)
            for name, content in before.items():
                (folder / name).write_bytes(content)


def test_a_file_does_not_pass_from_one_release_to_another(folders: dict[str, Path]) -> None:
    (folders["second"] / "profile.pdf").write_bytes((folders["first"] / "profile.pdf").read_bytes())
    assert problems(folders["second"]) == ["profile.pdf was changed."]


def test_numbers_are_read_as_they_were_signed() -> None:
    # A browser and the signer write 4.0 as 4; the verifier must not take that for a change.
    value = {"weeks": [{"pain": 4.0, "patients": 72}, {"pain": 4.2, "patients": None}], "none": []}
    assert verify_packet._canonical(value) == canonical_json(value)


def test_a_folder_without_a_manifest_is_not_checked(folders: dict[str, Path], capsys) -> None:
    (folders["first"] / "manifest.json").unlink()
    keys = folders["first"].parent / "keys.json"
    assert verify_packet.main([str(folders["first"]), "--keys", str(keys)]) == 2
    assert "manifest.json cannot be read" in capsys.readouterr().err
