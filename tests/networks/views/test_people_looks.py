"""The pages of people in a browser: free of what axe finds, light and dark, and nothing wider than a phone."""

from collections.abc import Iterator
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from django.urls import reverse
from playwright.sync_api import Browser, Page

from networks.permissions import Role
from tests.clinic import signed_in
from tests.world import World

WIDTHS = (1280, 390)
THEMES = ("light", "dark")


@pytest.fixture(scope="module")
def files() -> Iterator[str]:
    """Serve styles and scripts; they ask the database for nothing."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.start()
    server.is_ready.wait(20)
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """A tab for all pages: a new one costs three times as much as going to the next page."""
    tab = browser.new_page()
    yield tab
    tab.close()


def _show(tab: Page, address: str, text: str, *, width: int) -> None:
    tab.unroute_all()
    tab.route(address, lambda route: route.fulfill(body=text, content_type="text/html"))
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(address)


@pytest.mark.parametrize("name", ["people", "invite", "person"])
def test_axe_finds_nothing_and_nothing_is_too_wide(world: World, files: str, tab: Page, name: str) -> None:
    client = signed_in(world.oak.people[Role.PRACTICE_ADMIN])
    client.post(reverse("networks:invite"), {"name": "Ana New", "email": "ana@new.test", "role": "biller"})
    place = [world.oak.people[Role.BILLER].pk] if name == "person" else []
    address = reverse(f"networks:{name}", args=place)
    faults = []
    for width, theme in product(WIDTHS, THEMES):
        client.cookies["theme"] = theme
        # A form sent empty also shows its errors.
        answer = client.post(address) if name == "invite" else client.get(address)
        text = answer.content.decode()
        _show(tab, files + address, text, width=width)
        for each in tab.locator("main details > summary").all():
            each.click()
        found = Axe().run(tab)
        if found.violations_count:
            faults.append(f"{width} {theme}: {found.generate_report()}")
        if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{width} {theme}: wider than the window")
    assert not faults, "\n".join(faults)
