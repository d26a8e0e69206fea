"""From the invitation to the home: an administrator invites, the mailed link sets the password, they work."""

import email
import re
from email import policy
from pathlib import Path

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from playwright.sync_api import Browser, expect

from tests.system.clinic import now
from tests.system.desk import SOON, signed_in
from tests.system.product import Product
from tests.world import PASSWORD, SYSTEM


def _mail_to(folder: Path, address: str) -> str:
    """Return the text of the one mail to an address; mails are files, one for each."""
    found = []
    for file in folder.glob("*.log"):
        mail = email.message_from_bytes(file.read_bytes(), policy=policy.default)
        if mail["To"] == address:
            found.append(mail.get_content())
    (text,) = found
    return text


@pytest.mark.xdist_group("product")
def test_somebody_invited_comes_in_by_the_mailed_link(product: Product, browser: Browser) -> None:
    from networks.permissions import Role
    from networks.services import organizations

    clinic = product.clinic(patients=1)
    newcomer = f"newcomer@{clinic.account.lower()}.test"
    with clinic.scope():
        admin = organizations.invite(f"ada@{clinic.account.lower()}.test", name="Ada Admin", now=now())
        # The tests hash passwords quickly, the running product as in real life.
        admin.password = Argon2PasswordHasher().encode(PASSWORD, "a salt for the admin")
        admin.save()
        organizations.assign_role(
            admin, role=Role.PRACTICE_ADMIN, home=clinic.practice, actor=SYSTEM, now=now()
        )
    desk = signed_in(browser, product, admin.email)
    desk.get_by_role("link", name="People", exact=True).click()
    desk.get_by_role("link", name="Invite somebody").click()
    desk.get_by_label("Name", exact=True).fill("Noor Haddad")
    desk.get_by_label("Name", exact=True).press("Enter")
    expect(desk.get_by_text("Nobody is invited yet")).to_be_visible(timeout=SOON)
    expect(desk.get_by_label("E-mail address")).to_be_focused()
    desk.get_by_label("E-mail address").fill(newcomer)
    desk.get_by_label(re.compile("^Front desk")).check()
    expect(desk.get_by_label("NPI, for a clinician")).to_be_hidden()
    desk.get_by_role("button", name="Invite").click()
    expect(desk.get_by_text("Noor Haddad is invited")).to_be_visible(timeout=SOON)

    text = _mail_to(product.folder / "mail", newcomer)
    assert "Ada Admin has invited you" in text
    theirs = browser.new_context(base_url=product.base_url).new_page()
    theirs.goto(re.search(r"http\S+/password/reset/key/\S+", text)[0])
    theirs.get_by_label("Password", exact=True).fill(PASSWORD)
    theirs.get_by_label("Password once more").fill(PASSWORD)
    theirs.get_by_role("button", name="Keep this password").click()
    expect(theirs.get_by_role("heading", name="Your password is set")).to_be_visible(timeout=SOON)
    theirs.get_by_role("link", name="Sign in").click()
    theirs.fill("input[name=login]", newcomer)
    theirs.fill("input[name=password]", PASSWORD)
    theirs.press("input[name=password]", "Enter")
    expect(theirs).to_have_url(re.compile("/today/"), timeout=SOON)
    expect(theirs.get_by_text(clinic.practice.name).first).to_be_visible()

    desk.get_by_role("link", name="Noor Haddad").click()
    expect(desk.get_by_text("Has signed in")).to_be_visible()
    desk.get_by_text("End this role").click()
    desk.get_by_role("button", name="End the role").click()
    expect(desk.get_by_text("The role ends with that day")).to_be_visible(timeout=SOON)
    theirs.goto("/today/")
    expect(theirs).not_to_have_title(re.compile("Today"))
