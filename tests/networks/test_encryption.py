"""Sealed columns: they open where they were written, with the keys that are left, and nowhere else."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import HealthCheck, given
from hypothesis import settings as of_hypothesis
from hypothesis import strategies as st

from networks.encryption import blind_index, decrypt, encrypt, encrypt_all

OLD = "1:" + base64.b64encode(b"o" * 32).decode()
NEW = "2:" + base64.b64encode(b"n" * 32).decode()
COLUMN = "patients_phone.number"


@given(st.text())
@of_hypothesis(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_text_comes_back(text: str) -> None:
    assert decrypt(encrypt(text, column=COLUMN), column=COLUMN) == text


@pytest.mark.parametrize(
    "text", ["", "\x00", "\ud800", "é👍", "9" * 100_000], ids=["", "nul", "half", "emoji", "long"]
)
def test_strange_texts_come_back(text: str) -> None:
    assert decrypt(encrypt(text, column=COLUMN), column=COLUMN) == text


def test_equal_texts_look_different_and_show_nothing() -> None:
    one, other = (encrypt("+13125550142", column=COLUMN) for _ in range(2))
    assert one != other
    assert b"3125550142" not in one


def test_a_value_moved_into_another_column_does_not_open() -> None:
    sealed = encrypt("secret", column=COLUMN)
    with pytest.raises(ValueError, match="changed or moved"):
        decrypt(sealed, column="patients_patient.name")


@pytest.mark.parametrize("place", [0, 1, 5, 14, -1], ids=["version", "key id", "nonce", "text", "tag"])
def test_a_changed_byte_does_not_open(place: int) -> None:
    sealed = bytearray(encrypt("secret", column=COLUMN))
    sealed[place] ^= 1
    with pytest.raises(ValueError, match="cannot be opened") as refusal:
        decrypt(bytes(sealed), column=COLUMN)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("length", [0, 1, 2, 13, 14, 29])
def test_a_cut_value_does_not_open(length: int) -> None:
    with pytest.raises(ValueError, match="cannot be opened"):
        decrypt(encrypt("secret", column=COLUMN)[:length], column=COLUMN)


def test_after_rotation_old_values_open_and_new_ones_bear_the_new_key(settings) -> None:
    settings.FIELD_KEYS = [OLD]
    before = encrypt("old", column=COLUMN)
    settings.FIELD_KEYS = [NEW, OLD]
    after = encrypt("new", column=COLUMN)
    assert (before[1], after[1]) == (1, 2)
    assert decrypt(before, column=COLUMN) == "old"
    settings.FIELD_KEYS = [NEW]
    assert decrypt(after, column=COLUMN) == "new"
    with pytest.raises(ValueError, match="unknown version or key id"):
        decrypt(before, column=COLUMN)


def test_without_a_key_nothing_is_stored(settings) -> None:
    settings.FIELD_KEYS = []
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS is empty"):
        encrypt("secret", column=COLUMN)
    settings.FIELD_KEYS = ["1:" + base64.b64encode(b"short").decode()]
    with pytest.raises(ImproperlyConfigured, match="32 bytes"):
        encrypt("secret", column=COLUMN)


def test_the_blind_index_finds_equal_values_only_and_needs_its_key(settings) -> None:
    number = "+13125550142"
    assert blind_index(number) == blind_index(number)
    assert blind_index(number) != blind_index("+13125550143")
    assert len(blind_index("\ud800")) == 32
    mine = blind_index(number)
    settings.INDEX_KEY = base64.b64encode(b"z" * 32).decode()
    assert blind_index(number) != mine
    settings.INDEX_KEY = base64.b64encode(b"short").decode()
    with pytest.raises(ImproperlyConfigured, match="INDEX_KEY"):
        blind_index(number)


def test_texts_sealed_at_once_are_as_if_sealed_one_by_one_each_with_a_nonce_of_its_own() -> None:
    values = [("6 y", "t.body"), ("6 y", "t.body"), ("", "t.raw"), ("\ud800 sí", "t.raw")]
    sealed = encrypt_all(*values)
    assert [decrypt(each, column=column) for each, (_, column) in zip(sealed, values, strict=True)] == [
        plain for plain, _ in values
    ]
    assert len({each[2:14] for each in sealed}) == len(values)
    with pytest.raises(ValueError, match="changed or moved"):
        decrypt(sealed[0], column="t.raw")
    assert encrypt_all() == []
