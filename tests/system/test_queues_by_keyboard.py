"""The lists that staff work through, by keyboard on the running product: what was done leaves, the focus goes on."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.system.clinic import Clinic
from tests.system.desk import SOON, found_desk, signed_in
from tests.system.product import Product

pytestmark = pytest.mark.xdist_group("product")

HURTS = ("4 Y", "my chest hurts")
STRANGER = "+17735550198"


@pytest.fixture
def clinic(product: Product) -> tuple[Clinic, str]:
    """Vera, Sam and Wendy each wrote of chest pain."""
    return found_desk(product, {"Vera": HURTS, "Sam": HURTS, "Wendy": HURTS})


@pytest.fixture
def desk(browser: Browser, product: Product, clinic: tuple[Clinic, str]) -> Page:
    return signed_in(browser, product, clinic[1])


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_acknowledging_leads_on_to_the_next_alert(desk: Page) -> None:
    desk.goto("/alerts/")
    expect(desk.get_by_role("heading", name="3 alerts wait for a person")).to_be_visible()
    desk.keyboard.press("j")
    first = _focused(desk)
    second = str(desk.evaluate("document.activeElement.nextElementSibling.id"))
    desk.keyboard.press("a")
    expect(desk.get_by_text("Acknowledged: nobody is paged any more.")).to_be_visible(timeout=SOON)
    expect(desk.locator(f"#{first}")).to_have_count(0, timeout=SOON)
    assert _focused(desk) == second
    desk.keyboard.press("a")
    expect(desk.get_by_role("heading", name="1 alert waits for a person")).to_be_visible(timeout=SOON)
    desk.get_by_label("State").select_option("taken")
    desk.get_by_role("button", name="Show").press("Enter")
    expect(desk.locator("[data-row]")).to_have_count(2)


def test_a_text_written_is_weighed_while_it_is_typed(desk: Page, clinic: tuple[Clinic, str]) -> None:
    desk.goto(f"/patients/{clinic[0].episodes[2].patient_id}/")
    box = desk.get_by_placeholder(re.compile("Write to Wendy"))
    box.press_sequentially("Come at 3? Reply YES or NO 👍")
    expect(desk.get_by_text("28 letters, 1 segment")).to_be_visible(timeout=SOON)
    expect(desk.get_by_text("“Reply YES” asks for a short reply.")).to_be_visible()
    expect(desk.get_by_text("Not in the GSM alphabet: 👍")).to_be_visible()
    box.fill("Please call us.")
    expect(desk.get_by_text("15 letters, 1 segment")).to_be_visible(timeout=SOON)
    expect(desk.get_by_text("asks for a short reply")).to_have_count(0)
    expect(box).to_be_focused()


def test_a_strangers_text_is_put_aside(product: Product, desk: Page, clinic: tuple[Clinic, str]) -> None:
    product.simulator.text(sender=STRANGER, to=clinic[0].line, body="you won a cruise")
    product.wait(
        lambda: product.count(
            "checkins_inboundrow", "state = 'unknown_sender' AND practice_id = %s", [clinic[0].id]
        ),
        what="the stranger's text",
    )
    desk.goto("/messages/")
    desk.get_by_role("link", name="Put aside…").press("Enter")
    expect(desk.get_by_label("Why nobody needs to look at it")).to_be_focused(timeout=SOON)
    desk.keyboard.type("Advertising")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("you won a cruise")).to_have_count(0, timeout=SOON)
    desk.get_by_role("link", name="Texts put aside").press("Enter")
    expect(desk.get_by_text("you won a cruise")).to_be_visible()
    expect(desk.get_by_text("Advertising")).to_be_visible()


def test_a_long_button_stays_in_its_card_on_a_phone(desk: Page) -> None:
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.goto("/alerts/wordings/")
    button = desk.get_by_role("button", name="I have read this version and stand behind it")
    box, card = button.bounding_box(), desk.locator(".sheet", has=button).bounding_box()
    assert box is not None
    assert card is not None
    assert (box["x"] >= card["x"], box["x"] + box["width"] <= card["x"] + card["width"]) == (True, True)
