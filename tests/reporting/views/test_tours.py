"""The guided tours on real pages: each stop's page opens for its role and holds what the stop speaks of."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from django.test.testcases import LiveServerThread
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route, expect

from networks.permissions import Role
from tests.clinic import STEADY, Clinic, fill, signed_in
from tests.world import NOW, World

STEPS = reverse("networks:tour-steps")
ROLES = (Role.CLINICIAN, Role.ASSISTANT, Role.FRONT_DESK, Role.BILLER, Role.PRACTICE_ADMIN)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def clinic(world: World) -> Clinic:
    return Clinic(world, fill(world.oak, {"Vera": (*STEADY[:5], "my chest hurts"), "Wendy": STEADY}))


def walk(client: Client) -> Iterator[tuple[dict[str, str], str]]:
    """Yield each stop of somebody's tour with its page."""
    page = ""
    address = ""
    for step in client.get(STEPS).json()["steps"]:
        if step["address"]:
            address = step["address"]
        elif found := re.search(r'data-open[^>]* href="([^"]+)"', page):
            address = found[1]
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        yield step, page


@pytest.mark.parametrize("role", ROLES)
def test_every_stop_of_a_practice_stands_on_its_page(clinic: Clinic, role: Role) -> None:
    targets = []
    for step, page in walk(clinic.as_(role)):
        assert f'data-tour="{step["target"]}"' in page, step
        targets.append(step["target"])
    assert len(targets) >= 5


@pytest.mark.parametrize("role", [Role.NETWORK_ADMIN, Role.QUALITY, Role.CONTRACTING, Role.CREDENTIALING])
def test_every_stop_of_the_network_stands_on_its_page(world: World, role: Role) -> None:
    for step, page in walk(signed_in(world.network_people[("cin", role)])):
        assert f'data-tour="{step["target"]}"' in page, step


def test_a_practice_without_patients_has_pages_for_the_stops_too(world: World) -> None:
    client = Clinic(world).as_(Role.CLINICIAN)
    for step in client.get(STEPS).json()["steps"]:
        if step["address"]:
            assert client.get(step["address"]).status_code == 200


def test_the_tour_can_be_read_without_a_script(clinic: Clinic) -> None:
    page = clinic.as_(Role.FRONT_DESK).get(reverse("networks:tour")).content.decode()
    assert "A day at the front desk" in page
    assert reverse("checkins:join-sign") in page


def test_who_has_no_tour(world: World) -> None:
    for route in ("networks:tour", "networks:tour-steps"):
        assert Client().get(reverse(route)).status_code == 302
        assert signed_in(world.oak.people[Role.AUDITOR]).get(reverse(route)).status_code == 404
    assert "data-tour-start" not in signed_in(world.oak.people[Role.AUDITOR]).get("/audit/").content.decode()


def test_it_is_offered_in_a_demonstration_only(clinic: Clinic, settings, tmp_path) -> None:
    today = reverse("today")
    settings.DEMO_CLOCK_FILE = ""
    assert 'id="tour-offer"' not in clinic.as_(Role.CLINICIAN).get(today).content.decode()
    settings.DEMO_CLOCK_FILE = str(tmp_path / "clock")
    assert 'id="tour-offer" hidden' in clinic.as_(Role.CLINICIAN).get(today).content.decode()


@pytest.fixture(scope="module")
def files() -> Iterator[str]:
    """Serve styles and scripts; they ask the database for nothing."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.start()
    server.is_ready.wait(20)
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


def browse(browser: Browser, files: str, client: Client, **options: Any) -> Page:
    """Return a page for which the tour's addresses were asked for beforehand; whatever else it wants is empty."""
    today = client.get(reverse("today"))
    steps = client.get(STEPS)
    followed = re.findall(r'data-open[^>]* href="([^"]+)"', today.content.decode())[:1]
    known = {reverse("today"): today, STEPS: steps}
    known |= {
        each: client.get(each)
        for each in [*followed, *(step["address"] for step in steps.json()["steps"])]
        if each and each not in known
    }
    page = browser.new_context(base_url=files, **options).new_page()

    def answer(route: Route) -> None:
        address = route.request.url.removeprefix(files)
        if address.startswith("/static/"):
            return route.continue_()
        found = known.get(address)
        if found is None:
            return route.fulfill(status=204)
        return route.fulfill(body=found.content, headers={"Content-Type": found["Content-Type"]})

    page.route("**/*", answer)
    return page


def kept(page: Page) -> object:
    return json.loads(page.evaluate("sessionStorage.getItem('tour') || 'null'"))


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_a_clinician_takes_the_tour(
    clinic: Clinic, files: str, browser: Browser, settings, tmp_path, width: int, theme: str
) -> None:
    settings.DEMO_CLOCK_FILE = str(tmp_path / "clock")
    client = clinic.as_(Role.CLINICIAN)
    client.cookies["theme"] = theme
    page = browse(browser, files, client, viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page.goto(reverse("today"))
    offer = page.locator("#tour-offer")
    expect(offer).to_be_visible()
    offer.get_by_role("link", name="Take the tour").click()
    card = page.get_by_role("dialog", name="Start with who needs you")
    expect(card).to_contain_text("1 of 7")
    expect(page.locator("#tour-heading")).to_be_focused()
    expect(page.locator(".tour-target")).to_have_attribute("data-tour", "worklist")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()

    page.keyboard.press("ArrowRight")
    expect(page.locator(".tour-target")).to_have_attribute("data-tour", "row")
    page.get_by_role("button", name="Next", exact=True).click()
    # The next stop is the patient of that row.
    expect(page.get_by_role("dialog", name="Their words beside what was read")).to_contain_text("3 of 7")
    expect(page).to_have_url(re.compile(r"/patients/[0-9a-f-]{36}/$"))
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("dialog", name="One patient, one line")).to_be_visible()
    for _ in range(5):
        before = page.locator("#tour-progress").inner_text()
        page.get_by_role("button", name="Next", exact=True).click()
        expect(page.locator("#tour-progress")).not_to_have_text(before)
        box = page.locator(".tour-card").bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 800
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".tour-card")).to_have_count(0)
    assert kept(page) is None
    page.goto(reverse("today"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#tour-offer")).to_be_hidden()
    page.context.close()


def test_it_starts_from_the_menu_closes_with_escape_and_stands_without_its_target(
    world: World, files: str, browser: Browser
) -> None:
    page = browse(browser, files, Clinic(world).as_(Role.CLINICIAN))
    page.goto(reverse("today"))
    page.get_by_label("Your account").click()
    page.get_by_role("link", name="Take the tour").click()
    expect(page.locator(".tour-card")).to_be_visible()
    # Nobody is monitored yet: the card of a row stands in the middle, and the patient's page is passed over.
    page.keyboard.press("ArrowRight")
    expect(page.locator(".tour-card.is-centred")).to_contain_text("One patient, one line")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".tour-card")).to_contain_text("What needs a person to read it")
    page.keyboard.press("Escape")
    expect(page.locator(".tour-card")).to_have_count(0)
    assert kept(page) is None
    expect(page.locator("#main")).to_be_focused()
    page.context.close()
