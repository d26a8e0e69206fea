"""The phones in a browser: read a text, answer it, see what became of it, flip a fault."""

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture(scope="module")
def browser_page(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("console", lambda line: page.errors.append(line.text) if line.type == "error" else None)
    yield page
    page.close()


@pytest.fixture
def page(browser_page, simulator, clinic):
    browser_page.errors.clear()
    browser_page.goto(simulator.base_url)
    yield browser_page
    assert browser_page.errors == []


def send(clinic, body, to=None):
    return clinic.client.messages.create(to=to or clinic.phone, from_=clinic.line, body=body)


def test_a_text_appears_and_is_answered(page: Page, simulator, clinic, receiver):
    expect(page.get_by_text("No phone yet.")).to_be_visible()
    send(clinic, "Pain today, 0 to 10? <b>")
    phone = page.get_by_role("region", name=f"Phone {clinic.phone}")
    expect(phone.get_by_text("Pain today, 0 to 10? <b>")).to_be_visible()
    expect(phone.get_by_text("delivered")).to_be_visible()
    phone.get_by_label("Write a text").fill("6 yes")
    phone.get_by_label("Write a text").press("Enter")
    expect(phone.get_by_text("6 yes", exact=True).first).to_be_visible()
    assert receiver.wait(1)[0].params["Body"] == "6 yes"
    phone.get_by_role("button", name="STOP", exact=True).click()
    expect(phone.get_by_text("stopped texts from")).to_be_visible()
    expect(phone.get_by_text("You have successfully been unsubscribed.")).to_be_visible()


def test_a_phone_is_added_and_set_unreachable(page: Page, simulator, clinic):
    page.get_by_label("Add a phone").fill("+14155550188")
    page.get_by_role("button", name="Add").click()
    phone = page.get_by_role("region", name="Phone +14155550188")
    phone.get_by_label("How this phone takes texts").select_option("undelivered")
    expect(phone.locator(".outcome.odd")).to_be_visible()
    send(clinic, "Pain?", to="+14155550188")
    expect(phone.get_by_text("not delivered 30003")).to_be_visible()


def test_a_fault_is_flipped_on_and_off(page: Page, simulator, clinic):
    page.get_by_role("button", name="Faults: none").click()
    page.locator("[data-kind=error_after] input").check()
    expect(page.get_by_role("button", name="Faults: error after")).to_be_visible()
    active = simulator.call("GET", "/control/faults")["faults"]
    assert [(fault["kind"], fault["count"]) for fault in active] == [("error_after", 1)]
    page.get_by_role("button", name="All off").click()
    expect(page.get_by_role("button", name="Faults: none")).to_be_visible()


def test_a_refusal_is_said_on_the_phone(page: Page, simulator, clinic):
    simulator.set_phone(clinic.phone, line=clinic.line)
    phone = page.get_by_role("region", name=f"Phone {clinic.phone}")
    expect(phone).to_be_visible()
    simulator.call("POST", "/control/reset", {"accounts": True})
    simulator.set_phone(clinic.phone)
    phone.get_by_label("Write a text").fill("hello")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("alert")).to_contain_text("POST /control/accounts")
    page.errors.clear()  # the browser reports the 404 that was wanted


def test_it_fits_a_phones_screen(page: Page, simulator, clinic):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(simulator.base_url)
    send(clinic, "a" * 300)
    expect(page.locator(".bubble")).to_have_text("a" * 300)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 1280, "height": 800})
    assert width <= 390
