"""The public page on audit packets, in a real browser: as strict as the stand-alone verifier, and as plain."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page

from billing.packets.sealed_file import PARTS, Entry, seal
from networks.services.sealing import key_fingerprint, signing_key


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve the product's public pages; they ask the database for nothing."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.start()
    server.is_ready.wait(20)
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[Page]:
    """A tab for all tests: a new one costs three times as much as going to the page anew."""
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.fixture
def page(address: str, opened: Page) -> Page:
    """The page, as it is when somebody comes."""
    opened.goto(f"{address}/verify/")
    return opened


def packet() -> bytes:
    head = {"charge": "RTM000007", "certified_at": "2026-03-02T15:00:00+00:00", "practice_name": "Oak"}
    entries = [
        Entry(part, "fact", f"id-{part}", {"words": f'«{part}» é, "yes"\n', "none": None}) for part in PARTS
    ]
    return seal(head, entries=entries, sign=signing_key().sign, key_id=key_fingerprint())


def check(page: Page, folder: Path, *contents: bytes) -> dict[str, str]:
    """What the page says of each file, by name."""
    files = []
    for place, content in enumerate(contents):
        files.append(folder / f"{place:03d}.json")
        files[-1].write_bytes(content)
    page.set_input_files("#files", [str(each) for each in files])
    page.wait_for_selector(".checked")
    rows = page.locator(".checked li")
    return {
        row.locator("span").nth(0).inner_text(): row.locator("span").nth(1).inner_text() for row in rows.all()
    }


def test_a_packet_is_accepted_and_nothing_is_sent(page: Page, tmp_path: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    said = check(page, tmp_path, packet())
    assert said == {
        "000.json": "Unchanged: charge RTM000007 of Oak, certified 2026-03-02, 14 entries.",
    }
    assert "Unchanged since it was certified" in page.inner_text("#outcome")
    assert [each for each in asked if not each.endswith("/favicon.svg")] == []


def test_a_change_in_each_part_is_refused_and_named(page: Page, tmp_path: Path) -> None:
    changed = [packet().replace(f"«{part}»".encode(), b"changed", 1) for part in PARTS]
    said = check(page, tmp_path, *changed)
    for place, part in enumerate(PARTS):
        assert f"Entry {part} was changed: part {part}, fact id-{part}" in said[f"{place:03d}.json"]
    assert "Refused: this is not what was certified" in page.inner_text("#outcome")


def test_flipped_bytes_anywhere_are_refused(page: Page, tmp_path: Path) -> None:
    content, chance = packet(), random.Random(11)
    # Every byte of the seal's and the head's frame, and a sample of all others.
    places = [*range(40), *range(len(content) - 330, len(content)), *chance.sample(range(len(content)), 200)]
    flipped = [
        content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :] for at in places
    ]
    said = check(page, tmp_path, *flipped)
    assert len(said) == len(places)
    assert [name for name, words in said.items() if words.startswith("Unchanged")] == []
