"""The file of an audit packet and its stand-alone verifier: any change is refused, and its entry is named."""

import base64
import hashlib
import json
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.packets.sealed_file import PARTS, Entry, seal
from verify import verify_packet

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
RAW = KEY.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
KEY_ID = hashlib.sha256(RAW).hexdigest()[:16]
HEAD = {"charge": "RTM000001", "certified_at": "2026-07-01T15:00:00+00:00", "practice_name": "Oak"}


def keys_file(**changes: str) -> bytes:
    key = {
        "key_id": KEY_ID,
        "public_key": base64.b64encode(RAW).decode(),
        "valid_from": "",
        "valid_until": "",
    }
    return json.dumps({"keys": [key | changes]}).encode()


KEYS = verify_packet.read_keys(keys_file())


def entries() -> list[Entry]:
    found = [Entry(part, "fact", f"id-{part}", {"words": f"Größe «{part}»", "value": part}) for part in PARTS]
    return [*found, Entry(6, "reading", "r2", {"text": 'pain 4, "yes"\nyes', "at": None})]


def packet(*, made: list[Entry] | None = None) -> bytes:
    return seal(HEAD, entries=entries() if made is None else made, sign=KEY.sign, key_id=KEY_ID)


def problems(content: bytes) -> list[str]:
    return verify_packet.problems_of_packet(content, keys=KEYS)


def resealed(content: bytes) -> bytes:
    """The packet sealed again by somebody without the key, who makes every link right."""
    stranger = Ed25519PrivateKey.generate()
    whole = json.loads(content)
    made = [Entry(each["part"], each["kind"], each["id"], each["data"]) for each in whole["entries"]]
    return seal(HEAD, entries=made, sign=stranger.sign, key_id=KEY_ID)


def test_a_packet_is_json_with_all_parts_and_is_accepted() -> None:
    content = packet()
    whole = json.loads(content)
    assert {each["part"] for each in whole["entries"]} == set(range(1, 15))
    assert [name for name, _ in whole["seal"]["chain"]][5:7] == ["part 6, fact id-6", "part 6, reading r2"]
    assert problems(content) == []


def test_the_same_facts_give_the_same_bytes() -> None:
    assert packet() == packet()


def test_a_packet_without_a_part_is_not_made() -> None:
    with pytest.raises(ValueError, match="lacks parts"):
        packet(made=[each for each in entries() if each.part != 8])


@pytest.mark.parametrize("part", sorted(PARTS), ids=lambda part: f"part {part}")
def test_a_change_in_any_part_names_its_entry(part: int) -> None:
    content = packet()
    changed = content.replace(f"«{part}»".encode(), f"«{part % 9 + 1}»x".encode(), 1)
    assert changed != content
    (said,) = problems(changed)
    assert f"part {part}, fact id-{part}" in said
    assert "was changed" in said


@settings(max_examples=400)
@given(data=st.data())
def test_any_flipped_byte_is_refused(data: st.DataObject) -> None:
    content = bytearray(packet())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    assert problems(bytes(content))


def test_every_flipped_bit_of_a_small_packet_is_refused() -> None:
    content = packet(made=[Entry(part, "f", "", {}) for part in PARTS])
    missed = [
        (place, bit)
        for place in range(len(content))
        for bit in range(8)
        if not problems(content[:place] + bytes([content[place] ^ (1 << bit)]) + content[place + 1 :])
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda content: b"", "does not begin as a packet does"),
        (lambda content: content[:-2], "its seal is missing or damaged"),
        (lambda content: content + b" ", "its seal is missing or damaged"),
        (lambda content: content.replace(b'"charge":"RTM000001"', b'"charge":"RTM000002"'), "or the head"),
        (lambda content: content.replace(KEY_ID.encode(), b"0" * 16), "not in the list of keys"),
        (lambda content: resealed(content), "The signature does not belong"),
        (
            lambda content: b"\n".join(
                line for line in content.split(b"\n") if b"id-9" not in line or b"chain" in line
            ),
            "part 9, fact id-9",
        ),
        (lambda content: content.replace(b'\n],"seal"', b',\n{"part":14}\n],"seal"'), "Entry 16 was added"),
    ],
    ids=["empty", "cut", "longer", "head", "unknown key", "sealed anew", "an entry less", "an entry more"],
)
def test_other_changes_are_refused_in_words(change, sentence: str) -> None:
    (said,) = problems(change(packet()))
    assert sentence in said


def test_a_key_is_refused_outside_its_dates() -> None:
    late = verify_packet.read_keys(keys_file(valid_until="2026-06-30"))
    assert "was not in use on 2026-07-01" in verify_packet.problems_of_packet(packet(), keys=late)[0]
    early = verify_packet.read_keys(keys_file(valid_from="2026-07-02"))
    assert verify_packet.problems_of_packet(packet(), keys=early)
    held = verify_packet.read_keys(keys_file(valid_from="2026-07-01", valid_until="2026-07-01"))
    assert verify_packet.problems_of_packet(packet(), keys=held) == []


def run(capsys, *arguments: object) -> tuple[int, str, str]:
    code = verify_packet.main([str(each) for each in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_command_answers_by_exit_code_and_sentence(tmp_path: Path, capsys) -> None:
    keys, good, bad = tmp_path / "keys.json", tmp_path / "good.json", tmp_path / "bad.json"
    keys.write_bytes(keys_file())
    good.write_bytes(packet())
    bad.write_bytes(packet().replace("«7»".encode(), "«8»".encode()))
    assert run(capsys, good, "--keys", keys) == (
        0,
        "good.json: Unchanged, and signed with a key of the list.\n",
        "",
    )
    code, out, _ = run(capsys, good, bad, "--keys", keys)
    assert code == 1
    assert "bad.json: Entry 8 was changed: part 7, fact id-7." in out


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'{"keys": [{}]}', keys_file(key_id="0" * 16), keys_file(public_key="x")],
    ids=["empty", "no object", "no key", "another id", "no base64"],
)
def test_what_cannot_be_checked_ends_with_two(tmp_path: Path, capsys, content: bytes) -> None:
    keys, good = tmp_path / "keys.json", tmp_path / "good.json"
    keys.write_bytes(content)
    good.write_bytes(packet())
    code, out, error = run(capsys, good, "--keys", keys)
    assert (code, out) == (2, "")
    assert error.startswith("Not checked: ")
    keys.write_bytes(keys_file())
    assert run(capsys, tmp_path / "nowhere.json", "--keys", keys)[0] == 2
    assert run(capsys, tmp_path, "--keys", keys)[0] == 2


def test_the_verifier_stands_alone() -> None:
    source = Path(verify_packet.__file__).read_text()
    imported = {
        line.split()[1].split(".")[0] for line in source.splitlines() if line.startswith(("import", "from"))
    }
    assert imported - set(sys.stdlib_module_names) == {"cryptography"}
