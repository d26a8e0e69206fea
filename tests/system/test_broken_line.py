"""When things go wrong at the desk: the line breaks, the session ends, two tabs, two clicks, odd names."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.system.clinic import Clinic
from tests.system.desk import SOON, found_desk, sign_in, signed_in
from tests.system.product import Product

pytestmark = pytest.mark.xdist_group("product")

LONG = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren"
ARABIC = "عبد الرحمن"


@pytest.fixture
def clinic(product: Product) -> tuple[Clinic, str]:
    """Names of 55 letters and from right to left, one with danger, one silent, one with a single answer."""
    return found_desk(
        product,
        {LONG: ("4 Y", "my chest hurts"), ARABIC: ("4 Y", None, None, None, None), "Uno": ("4 Y",)},
    )


@pytest.fixture
def desk(browser: Browser, product: Product, clinic: tuple[Clinic, str]) -> Page:
    """Today, open."""
    return signed_in(browser, product, clinic[1])


def _acknowledged(clinic: Clinic) -> int:
    with clinic.scope():
        from checkins.models import AlertEvent

        return AlertEvent.objects.filter(act=AlertEvent.Act.ACKNOWLEDGED).count()


def test_a_broken_line_says_what_was_not_saved_and_the_button_works_again(
    desk: Page, clinic: tuple[Clinic, str]
) -> None:
    desk.context.set_offline(True)
    desk.get_by_role("button", name="Acknowledge").click()
    said = desk.locator("#toasts")
    expect(said).to_contain_text(f"“Acknowledge” for {LONG} Example0 was not saved", timeout=SOON)
    expect(desk.locator("#lost-line")).to_be_visible()
    desk.context.set_offline(False)
    desk.get_by_role("button", name="Acknowledge").dblclick()
    expect(desk.get_by_text("Acknowledged by you.")).to_be_visible(timeout=SOON)
    expect(desk.locator("#lost-line")).to_be_hidden(timeout=SOON)
    assert _acknowledged(clinic[0]) == 1


def test_a_text_being_written_while_the_line_is_gone_is_not_called_unsaved(
    desk: Page, clinic: tuple[Clinic, str]
) -> None:
    desk.goto(f"/patients/{clinic[0].episodes[2].patient_id}/")
    words = desk.locator("#compose textarea")
    desk.context.set_offline(True)
    words.press_sequentially("See you")
    expect(desk.locator("#lost-line")).to_be_visible(timeout=SOON)
    desk.context.set_offline(False)
    # Nor does it say that nothing was changed where the text cannot be weighed.
    desk.route(re.compile("/conversation/weigh/"), lambda route: route.fulfill(status=500))
    with desk.expect_response(re.compile("/conversation/weigh/")):
        words.press_sequentially(" on Friday")
    expect(desk.locator("#lost-line")).to_be_hidden(timeout=SOON)
    expect(words).to_have_value("See you on Friday")
    expect(desk.locator("#toasts")).to_be_empty()


def test_what_was_typed_in_the_panel_survives_an_ended_session(
    desk: Page, clinic: tuple[Clinic, str]
) -> None:
    desk.locator(f"#snooze-{clinic[0].episodes[1].pk}").click()
    desk.get_by_label("Why this can wait").fill("Waits for the surgeon")
    desk.context.clear_cookies(name="sessionid")
    desk.get_by_role("button", name="Snooze", exact=True).click()
    expect(desk).to_have_url(re.compile("/accounts/login/"), timeout=SOON)
    sign_in(desk, clinic[1])
    expect(desk.get_by_label("Why this can wait")).to_have_value("Waits for the surgeon", timeout=SOON)
    expect(desk.locator("#toasts")).to_contain_text("What you had typed is here again")
    desk.get_by_role("button", name="Snooze", exact=True).click()
    expect(desk.get_by_text(re.compile("Snoozed until"))).to_be_visible(timeout=SOON)


def test_a_tab_older_than_the_sign_in_loads_again_and_keeps_what_was_typed(
    desk: Page, clinic: tuple[Clinic, str]
) -> None:
    patient = clinic[0].episodes[2].patient_id
    desk.goto(f"/patients/{patient}/")
    desk.locator("#compose textarea").fill("See you on Friday")
    desk.context.clear_cookies()
    other = desk.context.new_page()
    other.goto("/")
    sign_in(other, clinic[1])
    expect(other).to_have_url(re.compile("/today/"), timeout=SOON)
    desk.get_by_role("button", name="Send").click()
    expect(desk.locator("#toasts")).to_contain_text("nothing was saved", timeout=SOON)
    expect(desk.locator("#compose textarea")).to_have_value("See you on Friday")
    desk.get_by_role("button", name="Send").click()
    expect(desk.get_by_text("The text is on its way.")).to_be_visible(timeout=SOON)


def test_who_types_on_after_the_session_ended_stays_where_they_are(
    desk: Page, clinic: tuple[Clinic, str]
) -> None:
    patient = clinic[0].episodes[2].patient_id
    desk.goto(f"/patients/{patient}/")
    words = desk.locator("#compose textarea")
    with desk.expect_response("**/weigh/") as counted:
        words.fill("See you")
    assert counted.value.status == 200
    desk.context.clear_cookies()
    with desk.expect_response("**/weigh/") as refused:
        words.fill("See you on Friday")
    assert refused.value.status in {401, 403}
    desk.wait_for_timeout(500)
    expect(words).to_have_value("See you on Friday")
    desk.get_by_role("button", name="Send").click()
    expect(desk).to_have_url(re.compile("/accounts/login/"), timeout=SOON)


def test_the_way_back_shows_the_list_as_it_is_now(desk: Page, clinic: tuple[Clinic, str]) -> None:
    desk.get_by_role("link", name=re.compile(LONG)).first.click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text(LONG)
    desk.locator("#patient-talk").get_by_role("button", name="Acknowledge").click()
    expect(desk.get_by_text("Acknowledged by Dr Desk")).to_be_visible(timeout=SOON)
    desk.go_back()
    expect(desk.get_by_text("Acknowledged, not closed.")).to_be_visible(timeout=SOON)


def test_long_and_right_to_left_names_stay_within_the_page(desk: Page, clinic: tuple[Clinic, str]) -> None:
    for width in (390, 1280):
        desk.set_viewport_size({"width": width, "height": 844})
        for path in ("/today/?open=well", *(f"/patients/{each.patient_id}/" for each in clinic[0].episodes)):
            desk.goto(path)
            wide = desk.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{path} at {width}"
        expect(desk.locator("h1[dir=auto]")).to_be_visible()
