"""From the sign to the patient: a phone texts the keyword, the front desk enrols it, the patient gets the welcome."""

import re

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from playwright.sync_api import Browser, expect

from tests.system.clinic import now
from tests.system.desk import SOON, signed_in
from tests.system.handset import opened
from tests.system.product import Product
from tests.world import PASSWORD, SYSTEM

NEWCOMER = "+16305550177"


@pytest.mark.xdist_group("product")
def test_a_phone_joins_by_the_keyword(product: Product, browser: Browser) -> None:
    from networks.permissions import Role
    from networks.services import organizations

    clinic = product.clinic(patients=1)
    with clinic.scope():
        person = organizations.invite(f"door@{clinic.account.lower()}.test", name="Desk", now=now())
        # The tests hash passwords quickly, the running product as in real life.
        person.password = Argon2PasswordHasher().encode(PASSWORD, "a salt for the door")
        person.save()
        organizations.assign_role(person, role=Role.FRONT_DESK, home=clinic.practice, actor=SYSTEM, now=now())
    desk = signed_in(browser, product, person.email)

    # The sign names this practice's number, and prints on one page.
    desk.goto("/patients/joining/sign/")
    expect(desk.get_by_text(re.compile("text the word JOIN to"))).to_be_visible()
    for paper in ("Letter", "A4"):
        assert len(re.findall(rb"/Type\s*/Page\b", desk.pdf(format=paper))) == 1

    product.simulator.text(sender=NEWCOMER, to=clinic.line, body="Join!")
    desk.goto("/today/")
    expect(desk.get_by_text("1 person has texted the keyword")).to_be_visible(timeout=SOON)
    phone = browser.new_context().new_page()
    phone.goto(product.simulator.base_url + "/")
    handset = opened(phone, NEWCOMER)
    expect(handset.get_by_text(re.compile("front desk will finish your sign-up"))).to_be_visible(timeout=SOON)

    desk.get_by_role("link", name="Open the list").click()
    desk.get_by_role("link", name="Enroll", exact=True).click()
    expect(desk.get_by_label("Mobile number")).to_have_value("(630) 555-0177")
    desk.get_by_label("First name").fill("Noor")
    desk.get_by_label("Last name").fill("Haddad")
    desk.get_by_label("Condition").select_option("knee")
    desk.get_by_label("Left", exact=True).check()
    desk.get_by_label("Clinician").select_option(index=1)
    desk.get_by_label(re.compile("The patient agrees")).check()
    desk.get_by_role("button", name="Enroll").click()
    expect(desk.get_by_role("heading", name=re.compile("Noor Haddad"))).to_be_visible(timeout=SOON)
    expect(handset.get_by_text(re.compile("You signed up for check-in texts"))).to_be_visible(timeout=SOON)

    desk.goto("/patients/joining/")
    expect(desk.get_by_role("heading", name="Nobody waits to be enrolled")).to_be_visible()
    said = product.sql(
        "SELECT kind, method, wording_version FROM patients_consentevent WHERE practice_id = %s"
        " ORDER BY recorded_at DESC, kind LIMIT 2",
        [clinic.id],
    )
    assert said == [
        ("monitoring", "in_person", "monitoring.2026-1"),
        ("texts", "keyword", "texts.keyword.2026-1"),
    ]
