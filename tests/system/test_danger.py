"""Danger on the running product: the alert on screen, the reply on the phone, pages by the real worker."""

import re
import time as stopwatch
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from playwright.sync_api import Browser, Page, expect

from tests.system.clinic import Clinic, now
from tests.system.handset import write
from tests.system.product import Product
from tests.world import PASSWORD, SYSTEM

SOON = 30_000  # milliseconds; a loaded machine takes its time
ON_CALL = "+12125550177"


@pytest.fixture
def clinic(product: Product) -> Clinic:
    """A practice with one patient, whose clinician signs in and is on call day and night by text."""
    from networks.permissions import Role
    from networks.services import organizations, rota

    clinic = product.clinic(patients=1, names=["Marguerite"], enrolled_at=now() - timedelta(days=1))
    with clinic.scope():
        organizations.set_texting_hours(
            clinic.practice, opens="00:00", closes="23:59", on_sunday=True, actor=SYSTEM, now=now()
        )
        person = organizations.invite(f"on-call@{clinic.account.lower()}.test", name="Dr Watch", now=now())
        person.password = Argon2PasswordHasher().encode(PASSWORD, "a salt for the danger")
        person.save()
        organizations.assign_role(person, role=Role.CLINICIAN, home=clinic.practice, actor=SYSTEM, now=now())
        for weekday in range(7):
            rota.add_shift(
                clinic.practice,
                user_id=person.pk,
                weekday=weekday,
                starts_at=now().time().replace(hour=0, minute=0, second=0, microsecond=0),
                ends_at=now().time().replace(hour=0, minute=0, second=0, microsecond=0),
                actor=SYSTEM,
                now=now(),
            )
        rota.set_mobile(clinic.practice, user_id=person.pk, mobile=ON_CALL, actor=SYSTEM, now=now())
    clinic.person = person  # type: ignore[attr-defined]
    return clinic


def pages(clinic: Clinic) -> list[dict]:
    """The texts that the carrier took for who is on call."""
    return [each for each in clinic.accepted() if each["to"] == ON_CALL]


def mails(product: Product, clinic: Clinic) -> list[str]:
    """The mails to who is on call, whole."""
    found = [path.read_text() for path in (product.folder / "mail").glob("*.log")]
    return [each for each in found if f"To: {clinic.person.email}" in each]  # type: ignore[attr-defined]


@pytest.mark.xdist_group("product")
def test_pages_again_until_acknowledged(product: Product, clinic: Clinic, record_property) -> None:
    from checkins.models import Alert
    from checkins.services import alerts
    from networks.actors import Actor

    product.repair()
    began = stopwatch.monotonic()
    clinic.hears("I can't breathe and my chest hurts")
    product.wait(lambda: len(pages(clinic)) >= 1, what="the first page")
    record_property("seconds_to_first_page", round(stopwatch.monotonic() - began, 1))
    product.wait(lambda: len(pages(clinic)) >= 2, what="the page five seconds later")
    for page in pages(clinic):
        assert page["body"].startswith("A patient of yours needs you now. Sign in: Today.")
        assert "Marguerite" not in page["body"]
    assert len(mails(product, clinic)) >= 2
    with clinic.scope():
        alert = Alert.objects.get(practice=clinic.practice, kind="red_flag")
        alerts.acknowledge(alert, actor=Actor.person(clinic.person.pk), now=now())  # type: ignore[attr-defined]
    stopwatch.sleep(2)
    made = len(pages(clinic))
    stopwatch.sleep(12)
    assert len(pages(clinic)) == made, "a page went out after the acknowledgement"
    steps = product.sql(
        "SELECT number, rung FROM checkins_escalationstep WHERE practice_id = %s ORDER BY number", [clinic.id]
    )
    assert [rung for _, rung in steps][:2] == ["page", "page_again"]
    with clinic.scope():
        assert Alert.objects.open().filter(pk=alert.pk).exists(), "an alert never closes by itself"


@pytest.mark.xdist_group("product")
def test_a_worker_killed_on_the_way_makes_no_step_twice(product: Product, clinic: Clinic) -> None:
    clinic.hears("chest pain, I can't breathe")
    product.wait(lambda: len(pages(clinic)) >= 1, what="the first page")
    product.kill("worker-all")
    stopwatch.sleep(6)
    product.repair()
    product.wait(lambda: len(pages(clinic)) >= 2, what="a page after the worker came back", seconds=60)
    twice = product.sql(
        "SELECT number FROM checkins_escalationstep WHERE practice_id = %s GROUP BY number, escalation_id "
        "HAVING count(*) > 1",
        [clinic.id],
    )
    assert twice == []
    product.sql(
        "UPDATE checkins_escalation SET state = 'closed', next_at = NULL WHERE practice_id = %s", [clinic.id]
    )


def _signed_in(browser: Browser, product: Product, clinic: Clinic) -> Page:
    page = browser.new_context(base_url=product.base_url).new_page()
    page.goto("/")
    page.fill("input[name=login]", clinic.person.email)  # type: ignore[attr-defined]
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    expect(page).to_have_url(re.compile("/today/"))
    return page


@pytest.mark.xdist_group("product")
def test_a_hot_and_swollen_calf_is_on_screen_within_seconds(
    product: Product, clinic: Clinic, browser: Browser, record_property
) -> None:
    number = clinic.mobiles[0]
    product.repair()
    clinic.hears("good morning")
    desk = _signed_in(browser, product, clinic)
    phone = browser.new_context().new_page()
    phone.goto(product.simulator.base_url + "/")

    began = stopwatch.monotonic()
    write(phone, number, "7, no, and my calf is hot and swollen")
    expect(desk.get_by_text(re.compile("hot and swollen")).first).to_be_visible(timeout=SOON)
    record_property("seconds_to_screen", round(stopwatch.monotonic() - began, 1))
    expect(desk.get_by_text(re.compile("swollen or hot leg")).first).to_be_visible(timeout=SOON)
    handset = phone.get_by_label(f"Phone {number}", exact=True)
    expect(handset.get_by_text(re.compile("call 911")).first).to_be_visible(timeout=SOON)
    record_property("seconds_to_reply", round(stopwatch.monotonic() - began, 1))

    desk.goto("/alerts/")
    row = desk.get_by_role("listitem").filter(has_text="hot and swollen")
    row.get_by_role("button", name="Acknowledge").click()
    expect(desk.get_by_text("Acknowledged: nobody is paged any more.")).to_be_visible()

    write(phone, number, "please stop texting me")
    expect(handset.get_by_text(re.compile("no more texts from us"))).to_be_visible(timeout=SOON)
    with clinic.scope():
        from checkins.services import planning

        assert planning.plan_day(clinic.id, now=now() + timedelta(days=1)) == 0
