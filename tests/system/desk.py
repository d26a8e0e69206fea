"""A clinician's desk on the running product: patients with a week behind them, and a browser signed in."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import Argon2PasswordHasher
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.system.clinic import Clinic, now
from tests.world import PASSWORD, SYSTEM

if TYPE_CHECKING:
    from tests.system.product import Product

ZONE = ZoneInfo("America/Chicago")
SOON = 30_000  # milliseconds: a page looks every four seconds, a loaded machine adds to that


def found_desk(
    product: "Product", stories: dict[str, Sequence[str | None]], *, family: str = "Example"
) -> tuple[Clinic, str]:
    """Found a practice whose patients answered as told on the days up to yesterday; return a sign-in too."""
    from billing.services import decisions
    from networks.permissions import Role
    from networks.services import organizations
    from tests import factories

    days = max(len(answers) for answers in stories.values())
    clinic = product.clinic(
        patients=len(stories),
        names=list(stories),
        family=family,
        enrolled_at=now() - timedelta(days=days + 2),
    )
    with clinic.scope():
        organizations.set_texting_hours(
            clinic.practice, opens="00:00", closes="23:59", on_sunday=True, actor=SYSTEM, now=now()
        )
        email = f"desk@{clinic.account.lower()}.test"
        person = organizations.invite(email, name="Dr Desk", now=now())
        # The tests hash passwords quickly, the running product as in real life.
        person.password = Argon2PasswordHasher().encode(PASSWORD, "a salt for the desk")
        person.save()
        organizations.assign_role(person, role=Role.CLINICIAN, home=clinic.practice, actor=SYSTEM, now=now())
        clinic.clinician.user = person
        clinic.clinician.save()
        begun = now() - timedelta(days=days + 2)
        factories.determination(clinic, starts_on=begun.date() - timedelta(days=30), now=begun)
        for episode in clinic.episodes:
            factories.open_gates(clinic, episode, now=begun)
        told = [
            (factories.Enrolled(episode, mobile, clinic.route), answers)
            for episode, mobile, answers in zip(
                clinic.episodes, clinic.mobiles, stories.values(), strict=True
            )
        ]
        first = now().astimezone(ZONE).date() - timedelta(days=days)
        factories.days_of_answers(clinic, told, first=first, days=days)
        decisions.refresh_all(clinic.id, now=now())
    return clinic, email


def signed_in(browser: Browser, product: "Product", email: str, **options: object) -> Page:
    """Return a page on Today, signed in through the form by keyboard."""
    context: BrowserContext = browser.new_context(base_url=product.base_url, **options)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/")
    sign_in(page, email)
    expect(page).to_have_url(re.compile("/today/"))
    # Its scripts have run then: keys pressed before would be lost.
    page.wait_for_load_state("load")
    return page


def sign_in(page: Page, email: str) -> None:
    """Fill in the sign-in form and send it by Enter."""
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
