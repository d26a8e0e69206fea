"""Which number a phone texts, and what became of a text that was typed: nothing is lost in silence."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.simulator.conftest import Clinic, register
from tests.simulator.receiver import Receiver
from tests.simulator.server import Simulator

OTHER_SID = "AC" + "c" * 32
OTHER_LINE = "+13035550140"  # sorts before the clinic's own
NEW_PHONE = "+14805550100"


@pytest.fixture
def page(browser: Browser, simulator: Simulator, clinic: Clinic) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    yield page
    page.close()


@pytest.fixture
def another_practice(simulator: Simulator, receiver: Receiver) -> None:
    simulator.add_account(
        sid=OTHER_SID,
        auth_token="another-token",
        numbers=[{"number": OTHER_LINE, "inbound_url": receiver.url("/other/")}],
    )


def write(page: Page, number: str, words: str) -> None:
    phone = page.get_by_role("region", name=f"Phone {number}")
    phone.get_by_label("Write a text").fill(words)
    phone.get_by_role("button", name="Send").click()


@pytest.mark.usefixtures("another_practice")
class TestWhichNumber:
    def test_the_first_text_goes_to_the_phones_own_practice(self, page, simulator, clinic, receiver):
        simulator.set_phone(NEW_PHONE, label="Guadalupe M.", line=clinic.line)
        page.goto(simulator.base_url)
        write(page, NEW_PHONE, "my knee hurts")
        assert receiver.wait(1)[0].params["To"] == clinic.line

    def test_a_text_without_a_number_goes_there_too(self, simulator, clinic, receiver):
        simulator.set_phone(NEW_PHONE, line=clinic.line)
        simulator.text(sender=NEW_PHONE, body="hello")
        assert receiver.wait(1)[0].params["To"] == clinic.line

    def test_an_open_phone_answers_the_practice_that_wrote_first(self, page, simulator, clinic, receiver):
        simulator.set_phone(NEW_PHONE)
        page.goto(simulator.base_url)
        phone = page.get_by_role("region", name=f"Phone {NEW_PHONE}")
        expect(phone).to_be_visible()
        clinic.client.messages.create(to=NEW_PHONE, from_=clinic.line, body="Pain today?")
        expect(phone.get_by_text("Pain today?")).to_be_visible()
        write(page, NEW_PHONE, "6 yes")
        assert receiver.wait(1)[0].params["To"] == clinic.line

    def test_a_number_chosen_by_hand_stays(self, page, simulator, clinic, receiver):
        simulator.set_phone(NEW_PHONE, line=clinic.line)
        page.goto(simulator.base_url)
        phone = page.get_by_role("region", name=f"Phone {NEW_PHONE}")
        phone.get_by_label("Text to which number").select_option(OTHER_LINE)
        clinic.client.messages.create(to=NEW_PHONE, from_=clinic.line, body="Pain today?")
        expect(phone.get_by_text("Pain today?")).to_be_visible()
        write(page, NEW_PHONE, "for the other one")
        assert receiver.wait(1)[0].params["To"] == OTHER_LINE

    def test_a_phone_that_belongs_nowhere_asks_which_number(self, page, simulator, clinic, receiver):
        simulator.set_phone(NEW_PHONE)
        page.goto(simulator.base_url)
        write(page, NEW_PHONE, "hello")
        phone = page.get_by_role("region", name=f"Phone {NEW_PHONE}")
        expect(phone.get_by_role("alert")).to_have_text("Choose above which number to text; then press Send.")
        expect(phone.get_by_label("Write a text")).to_have_value("hello")
        assert receiver.received == []

    def test_a_line_that_is_no_number_is_refused(self, simulator):
        with pytest.raises(RuntimeError, match="line must be one of our numbers"):
            simulator.set_phone(NEW_PHONE, line="lakeside")


class TestWhatBecameOfIt:
    def test_a_text_that_was_taken_says_so(self, page, simulator, clinic):
        simulator.set_phone(clinic.phone, line=clinic.line)
        page.goto(simulator.base_url)
        write(page, clinic.phone, "6 yes")
        expect(page.locator(".text .under")).to_contain_text("received")

    def test_a_text_that_was_refused_says_so_and_goes_again(self, page, simulator, clinic, receiver):
        simulator.set_phone(clinic.phone, line=clinic.line)
        receiver.status = 503
        page.goto(simulator.base_url)
        write(page, clinic.phone, "6 yes")
        text = page.locator(".text")
        expect(text).to_contain_text("not received: the clinic's system answered 503")
        receiver.status = 200
        text.get_by_role("button", name="Post it again").click()
        expect(page.locator(".text .under")).not_to_contain_text("not received")
        assert [each.params["Body"] for each in receiver.wait(2)] == ["6 yes", "6 yes"]
        assert page.locator(".text").count() == 1

    def test_a_clinic_that_is_not_up_yet_is_said(self, page, simulator, clinic, receiver):
        simulator.add_account(
            sid=OTHER_SID,
            auth_token="another-token",
            numbers=[{"number": OTHER_LINE, "inbound_url": "http://127.0.0.1:9/inbound/"}],
        )
        simulator.set_phone(NEW_PHONE, line=OTHER_LINE)
        page.goto(simulator.base_url)
        write(page, NEW_PHONE, "6 yes")
        expect(page.locator(".text")).to_contain_text("not received: the clinic's system did not answer")

    def test_words_typed_while_a_text_is_on_its_way_stay(self, page, simulator, clinic, receiver):
        simulator.set_phone(clinic.phone, line=clinic.line)
        page.goto(simulator.base_url)
        held: list[Route] = []
        page.route("**/control/texts", lambda route: held.append(route))
        write(page, clinic.phone, "first")
        box = page.get_by_label("Write a text")
        expect(box).to_have_value("")
        box.press_sequentially("second")
        page.wait_for_timeout(50)
        held.pop().continue_()
        expect(page.locator(".text")).to_contain_text("first")
        expect(box).to_have_value("second")
        assert len(receiver.wait(1)) == 1

    def test_words_come_back_when_they_could_not_be_sent(self, page, simulator, clinic):
        simulator.set_phone(clinic.phone, line=clinic.line)
        page.goto(simulator.base_url)
        page.route("**/control/texts", lambda route: route.abort())
        write(page, clinic.phone, "6 yes")
        phone = page.get_by_role("region", name=f"Phone {clinic.phone}")
        expect(phone.get_by_role("alert")).to_contain_text("not sent")
        expect(phone.get_by_label("Write a text")).to_have_value("6 yes")


def test_a_press_on_the_list_outlives_news(page: Page, simulator: Simulator, receiver: Receiver):
    register(simulator, receiver)
    simulator.set_phone(NEW_PHONE)
    page.goto(simulator.base_url)
    entry = page.locator(f"[data-number='{NEW_PHONE}']")
    entry.hover()
    page.mouse.down()
    simulator.set_phone("+14805550199")  # news: the list is shown anew
    expect(page.locator("[data-number='+14805550199']")).to_be_visible()
    page.mouse.up()
    expect(entry).to_have_attribute("aria-pressed", "false")
