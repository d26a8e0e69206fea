"""A patient's phone on the simulator's page."""

from playwright.sync_api import Locator, Page


def shown(number: str) -> str:
    """Return a US number as the list of phones shows it."""
    return f"{number[:2]} {number[2:5]} {number[5:8]} {number[8:]}"


def opened(phones: Page, number: str) -> Locator:
    """Return the phone of a number, opened when it is not open."""
    entry = phones.get_by_role("button").filter(has_text=shown(number)).first
    entry.wait_for()
    # The page opens the last phones by itself, and a second press would close this one.
    if entry.get_attribute("aria-pressed") == "false":
        entry.click()
    return phones.get_by_label(f"Phone {number}", exact=True)


def write(phones: Page, number: str, words: str) -> None:
    """Type a text on the phone of a number and send it."""
    handset = opened(phones, number)
    handset.get_by_placeholder("Write a text").fill(words)
    handset.get_by_role("button", name="Send").click()
