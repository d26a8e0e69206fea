"""The five main tasks of a desk by keyboard alone, on the running product; nothing is clicked."""

import re
import sys
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.system.clinic import Clinic
from tests.system.desk import SOON, found_desk, signed_in
from tests.system.product import Product

pytestmark = pytest.mark.xdist_group("product")

STEADY = ("4 Y", "4 Y", "3 Y", "4 N")
ENROLL_SECONDS = 60.0  # what a person is promised; a script must stay well below


@pytest.fixture
def clinic(product: Product) -> tuple[Clinic, str]:
    """Vera wrote of chest pain, Sam fell silent, Wendy is doing well."""
    return found_desk(
        product,
        {"Vera": (*STEADY[:3], "my chest hurts"), "Sam": ("4 Y", None, None, None), "Wendy": STEADY},
    )


@pytest.fixture
def desk(browser: Browser, product: Product, clinic: tuple[Clinic, str]) -> Page:
    """Today, open, with nothing focused."""
    return signed_in(browser, product, clinic[1])


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def _row(clinic: tuple[Clinic, str], place: int) -> str:
    return f"row-{clinic[0].episodes[place].pk}"


def _until(page: Page, focused: str, *, key: str = "Tab", most: int = 60) -> None:
    """Press a key until an element has the focus."""
    for _ in range(most):
        if page.evaluate("sel => document.activeElement.matches(sel)", focused):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} never reached {focused}; it is at {_focused(page)}")


def test_walk_acknowledge_undo_and_snooze(desk: Page, clinic: tuple[Clinic, str]) -> None:
    vera, sam = _row(clinic, 0), _row(clinic, 1)
    desk.keyboard.press("j")
    assert _focused(desk) == vera
    desk.keyboard.press("a")
    expect(desk.get_by_text("Acknowledged by you.")).to_be_visible(timeout=SOON)
    assert vera.removeprefix("row-") in _focused(desk)
    desk.keyboard.press("u")
    expect(desk.get_by_text("Undone: the alert waits for somebody again.")).to_be_visible(timeout=SOON)
    expect(desk.get_by_role("button", name="Acknowledge")).to_be_visible(timeout=SOON)
    # The row is drawn anew, and the focus comes back to it.
    desk.wait_for_function("id => document.getElementById(id)?.contains(document.activeElement)", arg=vera)
    desk.keyboard.press("j")
    assert _focused(desk) == sam
    desk.keyboard.press("s")
    expect(desk.get_by_label("Why this can wait")).to_be_focused(timeout=SOON)
    desk.keyboard.type("Seen in the clinic today")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text(re.compile("Snoozed until"))).to_be_visible(timeout=SOON)
    expect(desk.locator(f"#{sam}")).to_have_count(0, timeout=SOON)
    desk.keyboard.press("u")
    expect(desk.locator(f"#{sam}")).to_be_visible(timeout=SOON)


def test_log_a_call_in_three_steps(desk: Page, clinic: tuple[Clinic, str]) -> None:
    desk.keyboard.press("j")
    desk.keyboard.press("c")
    expect(desk.locator("#drawer-title")).to_be_focused(timeout=SOON)
    _until(desk, "#drawer form input")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("The call is logged.")).to_be_visible(timeout=SOON)
    expect(desk.locator("#drawer")).to_be_empty()
    with clinic[0].scope():
        from billing.models import TimeEntry

        assert TimeEntry.objects.get(episode=clinic[0].episodes[0]).live_contact


def test_write_a_text(desk: Page, clinic: tuple[Clinic, str]) -> None:
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("t")
    _until(desk, "#drawer textarea")
    desk.keyboard.type("How is the knee?")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("The text is on its way.")).to_be_visible(timeout=SOON)
    desk.keyboard.press("Escape")
    expect(desk.locator("#drawer")).to_be_empty()
    assert _row(clinic, 1).removeprefix("row-") in _focused(desk)


def test_enroll_a_patient_within_a_minute(desk: Page, capsys: pytest.CaptureFixture[str]) -> None:
    _until(desk, "a[href$='/patients/enroll/']")
    desk.keyboard.press("Enter")
    began = time.perf_counter()
    expect(desk.get_by_label("First name")).to_be_focused(timeout=SOON)
    desk.keyboard.type("Maximiliana")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Ñandú")
    desk.keyboard.press("Tab")
    desk.keyboard.type("708 555 0177")
    desk.keyboard.press("Tab")
    desk.keyboard.press("ArrowRight")  # Spanish
    expect(desk.locator("#handset")).to_contain_text("Usted acepta", timeout=SOON)
    _until(desk, "[name=condition]")
    desk.keyboard.type("Hip")
    _until(desk, "[name=side]")
    desk.keyboard.press("Space")
    _until(desk, "[name=clinician]")
    _until(desk, "[name=agreed]")
    desk.keyboard.press("Space")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Maximiliana Ñandú")).to_be_visible(timeout=SOON)
    took = time.perf_counter() - began
    with capsys.disabled():
        sys.stdout.write(f"\nenrolled by keyboard in {took:.1f} s\n")
    assert took < ENROLL_SECONDS


def test_explain_a_code(desk: Page, clinic: tuple[Clinic, str]) -> None:
    desk.keyboard.press("j")
    assert _focused(desk) == _row(clinic, 0)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name=re.compile("Vera"))).to_be_visible(timeout=SOON)
    _until(desk, "details.why-line > summary")
    desk.keyboard.press("Enter")
    expect(desk.locator("details.why-line[open] ol li").first).to_be_visible()


def test_search_and_the_list_of_keys(desk: Page) -> None:
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog", name="Keyboard")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("/")
    assert _focused(desk) == "search"
    desk.keyboard.type("Wendy")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("link", name=re.compile("Wendy"))).to_be_visible(timeout=SOON)
