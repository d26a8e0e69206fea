"""Packets of every version of a month are accepted by the verifier, and one changed byte names its entry."""

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from billing.models import Certification, Charge, Packet
from billing.services import decisions, minutes
from networks.scoping import practice_scope
from reporting.services.keys import verification_keys
from tests.billing.services import clinic
from tests.billing.services.clinic import JULY, diagnose, talk
from tests.billing.services.test_certification import amend, cared_for, certify
from tests.module_rows import Unblocked
from tests.world import SYSTEM, Home, World
from verify import verify_packet

pytestmark = pytest.mark.django_db


def keys_file() -> bytes:
    return json.dumps({"keys": [each.as_data() for each in verification_keys()]}).encode()


def problems(content: bytes) -> list[str]:
    return verify_packet.problems_of_packet(content, keys=verify_packet.read_keys(keys_file()))


@pytest.fixture(scope="module")
def told(built_world: World, module_rows: Unblocked) -> dict[str, bytes]:
    """A month of 20 minutes certified, then amended to 10: packets of what stayed, was taken back and is new."""
    oak = copy.deepcopy(built_world).oak
    with module_rows(), practice_scope(oak.practice.pk):
        clinic.open_gates(oak)
        return _versions(oak)


@pytest.fixture
def versions(told: dict[str, bytes], built_world: World, db: None) -> Iterator[dict[str, bytes]]:
    """The packets, inside the practice's scope."""
    with practice_scope(built_world.oak.practice.pk):
        yield told


def _versions(oak: Home) -> dict[str, bytes]:
    episode, _ = cared_for(oak, length=10)
    diagnose(episode, "M17.11")
    second = talk(oak, episode, 5, length=10)
    decisions.refresh([episode.pk], practice_id=oak.practice.pk, now=JULY)
    certify(oak, episode)
    minutes.void(second, reason="Another patient's call", actor=SYSTEM, now=JULY)
    decisions.refresh([episode.pk], practice_id=oak.practice.pk, now=JULY)
    amend(oak, Certification.objects.get())
    packets = {each.charge.number: each.content.encode() for each in Packet.objects.select_related("charge")}
    return {"kept": packets[2], "taken back": packets[3], "amended": packets[4]}


STATES = ["kept", "taken back", "amended"]


@pytest.mark.parametrize("state", STATES)
def test_every_version_is_accepted(versions: dict[str, bytes], state: str) -> None:
    assert problems(versions[state]) == []
    (episode,) = (
        each["data"] for each in json.loads(versions[state])["entries"] if each["kind"] == "episode"
    )
    assert episode["diagnosis_codes"] == "M17.11"


def test_the_amended_packet_tells_both_versions_and_why(versions: dict[str, bytes]) -> None:
    said = [each["data"] for each in json.loads(versions["amended"])["entries"] if each["part"] == 13]
    told = [(each["version"], each["reason_of_amendment"]) for each in said if "version" in each]
    assert told == [(1, None), (2, "The call was logged twice.")]
    # The packet of what was taken back stays as it was signed: it knows of no amendment.
    earlier = [each["data"] for each in json.loads(versions["taken back"])["entries"] if each["part"] == 13]
    assert [each["version"] for each in earlier if "version" in each] == [1]
    assert Charge.objects.filter(kind=Charge.Kind.VOID, packet__isnull=False).count() == 0


@pytest.mark.parametrize("state", STATES)
def test_one_changed_letter_anywhere_names_its_entry(versions: dict[str, bytes], state: str) -> None:
    content = versions[state]
    lines = content.split(b"\n")
    for place, line in enumerate(lines[1:-2], start=1):
        # A digit of the entry's own data becomes another one; the shape stays that of a packet.
        found = list(re.finditer(rb"[0-9]", line))[-1].start()
        changed = line[:found] + bytes([(line[found] - 48 + 1) % 10 + 48]) + line[found + 1 :]
        said = problems(b"\n".join([*lines[:place], changed, *lines[place + 1 :]]))
        part = json.loads(line.removesuffix(b","))["part"]
        assert len(said) == 1
        assert said[0].startswith(f"Entry {place} was changed: part {part}, ")


def test_entries_do_not_pass_from_one_version_to_another(versions: dict[str, bytes]) -> None:
    old, new = versions["taken back"].split(b"\n"), versions["amended"].split(b"\n")
    (said,) = problems(b"\n".join([new[0], old[1], *new[2:]]))
    assert said.startswith("Entry 1 was changed")


def test_the_command_checks_them_all_at_once(versions: dict[str, bytes], tmp_path: Path, capsys) -> None:
    keys = tmp_path / "keys.json"
    keys.write_bytes(keys_file())
    paths = [tmp_path / f"{state}.json" for state in STATES]
    for path, content in zip(paths, versions.values(), strict=True):
        path.write_bytes(content)
    assert verify_packet.main([*map(str, paths), "--keys", str(keys)]) == 0
    paths[2].write_bytes(versions["amended"].replace(b"logged twice", b"logged thrice"))
    assert verify_packet.main([*map(str, paths), "--keys", str(keys)]) == 1
    assert "amended.json: Entry" in capsys.readouterr().out
