"""The consent page and the link on the staff's page in a browser: free of what axe finds, and by keyboard alone."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from django.test.testcases import LiveServerThread
from django.urls import reverse
from playwright.sync_api import Browser, Page

from checkins.services import consent_links
from networks.permissions import Role
from patients.models import Patient
from tests.clinic import Clinic
from tests.world import NOW, SYSTEM

WIDTHS = (1280, 390)
THEMES = ("light", "dark")
ANSWERS = {"monitoring": "yes", "texts": "no", "signer": "patient", "typed_name": "Vera Ortiz"}


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
    """A tab for all pages."""
    tab = browser.new_page()
    yield tab
    tab.close()


@pytest.fixture
def path(clinic: Clinic) -> str:
    """The path of Vera's open link."""
    with clinic.scope():
        patient = Patient.objects.get(pk=clinic.people["Vera"].patient_id)
        link = consent_links.make_link(patient, actor=SYSTEM, now=NOW - timedelta(seconds=5))
        return urlsplit(consent_links.address_of(link)).path


def _show(tab: Page, files: str, text: str, *, width: int, theme: str = "light") -> None:
    address = f"{files}/page/"
    tab.unroute_all()
    tab.route(address, lambda route: route.fulfill(body=text, content_type="text/html"))
    tab.set_viewport_size({"width": width, "height": 844})
    tab.emulate_media(color_scheme=theme)  # type: ignore[arg-type] # one of two words
    tab.goto(address)


def _pages(clinic: Clinic, path: str, name: str, theme: str) -> str:
    staff = clinic.as_(Role.FRONT_DESK)
    staff.cookies["theme"] = theme
    reach = reverse("checkins:reach", args=[clinic.people["Vera"].patient_id])
    if name in ("thanks", "answered"):
        Client().post(path, ANSWERS)
    return {
        "questions": lambda: Client().get(path),
        "spanish": lambda: Client().get(path + "?lang=es"),
        # A form sent empty also shows its errors.
        "faults": lambda: Client().post(path, {}),
        "thanks": lambda: Client().get(path),
        "unknown": lambda: Client().get("/a/none/"),
        "staff": lambda: staff.get(path),
        "shown": lambda: staff.get(reach),
        "answered": lambda: staff.get(reach),
    }[name]().content.decode()


@pytest.mark.parametrize(
    "name", ["questions", "spanish", "faults", "thanks", "unknown", "staff", "shown", "answered"]
)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    clinic: Clinic, path: str, files: str, tab: Page, name: str
) -> None:
    faults = []
    for width, theme in product(WIDTHS, THEMES):
        _show(tab, files, _pages(clinic, path, name, theme), width=width, theme=theme)
        found = Axe().run(tab)
        if found.violations_count:
            faults.append(f"{width} {theme}: {found.generate_report()}")
        if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{width} {theme}: wider than the window")
    assert not faults, "\n".join(faults)


def test_everything_to_touch_is_large_enough_on_a_phone(
    clinic: Clinic, path: str, files: str, tab: Page
) -> None:
    _show(tab, files, _pages(clinic, path, "questions", "light"), width=390)
    sizes = tab.eval_on_selector_all(
        "a, button, label.choice, .typed input",
        "all => all.map(each => [each.textContent.trim(), each.getBoundingClientRect().height])",
    )
    assert len(sizes) >= 10
    assert not [each for each in sizes if each[1] < 44]


def test_by_keyboard_alone(clinic: Clinic, path: str, files: str, tab: Page) -> None:
    _show(tab, files, _pages(clinic, path, "questions", "light"), width=1280)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Español"
    for group, key in (("monitoring", "Space"), ("texts", "ArrowDown"), ("signer", "Space")):
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.name") == group
        tab.keyboard.press(key)
    # Only a caregiver is asked who they are.
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.name") == "typed_name"
    tab.keyboard.type("Vera Ortiz")
    with tab.expect_request(lambda each: each.method == "POST") as sent:
        tab.keyboard.press("Enter")
    assert (
        sent.value.post_data == "monitoring=yes&texts=no&signer=patient&relationship=&typed_name=Vera+Ortiz"
    )


def test_the_address_is_copied(clinic: Clinic, path: str, files: str, tab: Page) -> None:
    _show(tab, files, _pages(clinic, path, "shown", "light"), width=1280)
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.get_by_role("button", name="Copy link").click()
    tab.get_by_text("The link is copied.").wait_for()
    assert tab.evaluate("navigator.clipboard.readText()").endswith(path)
