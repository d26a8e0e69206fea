"""The style page: for whoever is signed in, with every token and mark, and free of what axe finds."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from django.test.testcases import LiveServerThread
from django.urls import reverse
from playwright.sync_api import Browser, Page

from billing.marks.day_strip import State
from billing.presenters.style_samples import COLOURS, strip_samples
from networks.permissions import Role
from tests.clinic import signed_in
from tests.world import World

PAGE = reverse("billing:styles")


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.FRONT_DESK, Role.AUDITOR])
def test_whoever_is_signed_in_sees_every_part(world: World, role: Role) -> None:
    text = signed_in(world.oak.people[role]).get(PAGE).content.decode()
    for part in (
        "Day strip",
        "Two clocks",
        "Trend",
        "Fields",
        "cannot reach 16 any more",
        "No pain answer yet",
    ):
        assert part in text


@pytest.mark.django_db
def test_anonymous_people_are_led_to_the_sign_in(client: Client) -> None:
    answer = client.get(PAGE)
    assert (answer.status_code, answer.url) == (302, f"{reverse('account_login')}?next={PAGE}")


def test_nothing_is_posted(world: World) -> None:
    assert signed_in(world.oak.people[Role.CLINICIAN]).post(PAGE).status_code == 405


def test_the_page_knows_every_colour_and_each_has_its_swatch() -> None:
    css = Path(settings.BASE_DIR, "static", "css")
    tokens = set(re.findall(r"^  --([\w-]+): #", (css / "tokens.css").read_text(), re.MULTILINE))
    pressed = {"accent-ink", "accent-hover", "hatch"}  # seen on buttons and strips
    assert {name for name, _ in COLOURS} == tokens - pressed
    assert set(re.findall(r"\.swatch-([\w-]+) ", (css / "styles-page.css").read_text())) == tokens - pressed


def test_the_strips_show_every_state_of_a_cell() -> None:
    assert {cell.state for each in strip_samples() for cell in each.strip.cells} == set(State)


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
    """A tab for both themes: a new one costs three times as much as going to the page again."""
    tab = browser.new_page()
    yield tab
    tab.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(world: World, files: str, tab: Page, theme: str) -> None:
    client = signed_in(world.oak.people[Role.CLINICIAN])
    client.cookies["theme"] = theme
    text = client.get(PAGE).content.decode()
    assert f'data-theme="{theme}"' in text
    tab.unroute_all()
    tab.route(f"{files}{PAGE}", lambda route: route.fulfill(body=text, content_type="text/html"))
    tab.goto(files + PAGE)
    found = Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()
