"""The public check in a real browser: a released profile is accepted, one changed digit refused and named."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page

from reporting.models import ReleaseFile
from tests.module_rows import Unblocked


@pytest.fixture(scope="module")
def released_files(filled_integrated, module_rows: Unblocked) -> dict[str, bytes]:
    """The files of a released profile by name."""
    with module_rows(), filled_integrated.scope():
        draft = filled_integrated.draft()
        filled_integrated.approve(draft)
        released = filled_integrated.release(draft)
        return {each.name: bytes(each.content) for each in ReleaseFile.objects.filter(release=released)}


@pytest.fixture
def files(released_files: dict[str, bytes], tmp_path: Path) -> Path:
    """A folder with the files of a released profile, to be tampered with."""
    for name, content in released_files.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


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
    opened.problems = []
    opened.on("console", lambda said: opened.problems.append(said.text) if said.type == "error" else None)
    yield opened
    opened.close()


@pytest.fixture
def page(files: Path, address: str, opened: Page) -> Page:
    """The page, as it is when somebody comes; the files were made before."""
    opened.problems.clear()
    opened.goto(f"{address}/verify/")
    return opened


def _check(page: Page, chosen: list[Path]) -> str:
    page.set_input_files("#files", [str(each) for each in chosen])
    page.wait_for_selector(".verdict")
    return page.inner_text("#outcome")


def _change_digit(file: Path, pattern: bytes) -> None:
    content = file.read_bytes()
    at = re.search(pattern, content, re.DOTALL).start(1)
    digit = content[at : at + 1]
    file.write_bytes(content[:at] + (b"8" if digit != b"8" else b"9") + content[at + 1 :])


def test_a_released_profile_is_accepted_and_nothing_is_sent(page: Page, files: Path) -> None:
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    text = _check(page, sorted(files.iterdir()))
    assert "Unchanged since it was released" in text
    assert "Release 1 of Lakes CIN for Blue Harbor Health" in text
    assert text.count("Unchanged.") == 4
    assert [each for each in asked if not each.endswith("/favicon.svg")] == []
    assert page.problems == []


@pytest.mark.parametrize(
    ("name", "pattern", "named"),
    [
        ("profile.json", rb'"pain.reached_points".{0,400}?"value": (\d)', "figure pain.reached_points"),
        ("profile.csv", rb"pain.improvement/1,Improvement of pain,shown,(\d)", "profile.csv"),
        ("profile.pdf", rb"%PDF-1\.(\d)", "profile.pdf"),
        ("manifest.json", rb'"recipient": "Blue (H)arbor', "the manifest was changed"),
        ("manifest.json", rb'"sha256": "(.)', "the manifest was changed"),
    ],
    ids=["a figure", "a cell of the CSV", "the PDF", "the recipient", "a digest"],
)
def test_one_changed_digit_is_refused_and_named(page: Page, files: Path, name, pattern, named) -> None:
    _change_digit(files / name, pattern)
    text = _check(page, sorted(files.iterdir()))
    assert "Refused: this is not what was released" in text
    assert named in text
    assert name != "manifest.json" or "Unchanged." not in text


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda folder: (folder / "manifest.json").unlink(), "Choose manifest.json together with the files"),
        (lambda folder: (folder / "all.zip").write_bytes(b"PK"), "Unpack the zip file first"),
        (lambda folder: (folder / "manifest.json").write_text("{"), "is not a manifest of Daybook"),
        (
            lambda folder: [each.unlink() for each in folder.iterdir() if each.name != "manifest.json"],
            "Nothing to compare yet",
        ),
        (lambda folder: (folder / "extra.csv").write_text("1"), "it is not part of the release"),
        (
            lambda folder: (folder / "manifest.json").write_text(
                json.dumps(json.loads((folder / "manifest.json").read_text()) | {"key_id": "0" * 16})
            ),
            "a key that is not in the list",
        ),
        (
            lambda folder: (folder / "manifest.json").write_text(
                json.dumps(json.loads((folder / "manifest.json").read_text()) | {"signature": "x"})
            ),
            "The signature cannot be read",
        ),
    ],
    ids=[
        "no manifest",
        "the archive",
        "broken manifest",
        "manifest alone",
        "a stray file",
        "unknown key",
        "broken signature",
    ],
)
def test_what_cannot_be_checked_is_said(page: Page, files: Path, make, sentence) -> None:
    make(files)
    assert sentence in _check(page, sorted(files.iterdir()))
