"""The whole loop on the running product, in a real browser, on the simulator's phone."""

import re
from datetime import time, timedelta

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from playwright.sync_api import Browser, Page, expect

from tests.system.clinic import Clinic, now
from tests.system.handset import shown, write
from tests.system.product import Product
from tests.world import PASSWORD, SYSTEM

SOON = 30_000  # milliseconds: a page looks every four seconds, a loaded machine adds to that


@pytest.fixture
def clinic(product: Product) -> Clinic:
    """A practice whose patient was enrolled yesterday, every gate open, texts allowed at any hour."""
    from billing.services import coverages, gates
    from networks.local_days import local_date, zone_named
    from networks.models import Payer
    from networks.permissions import Role
    from networks.services import organizations

    clinic = product.clinic(patients=1, names=["Rosalind"], enrolled_at=now() - timedelta(days=1))
    with clinic.scope():
        organizations.set_texting_hours(
            clinic.practice, opens="00:00", closes="23:59", on_sunday=True, actor=SYSTEM, now=now()
        )
        person = organizations.invite(
            f"clinician@{clinic.account.lower()}.test", name="Dr Journey", now=now()
        )
        # The tests hash passwords quickly, the running product as in real life.
        person.password = Argon2PasswordHasher().encode(PASSWORD, "a salt for the journey")
        person.save()
        organizations.assign_role(person, role=Role.CLINICIAN, home=clinic.practice, actor=SYSTEM, now=now())
        episode = clinic.episodes[0]
        plan = episode.plans.get()
        plan.send_at = time(0, 0)
        plan.save()
        yesterday = local_date(now() - timedelta(days=1), zone_named("America/Chicago"))
        gates.record_set_up(
            episode,
            completed_on=yesterday,
            pt_minutes=12,
            pta_minutes=0,
            taught_by=clinic.clinician,
            actor=SYSTEM,
            now=now(),
        )
        gates.record_device_determination(
            clinic.practice,
            basis="Software function for therapy",
            memo="Memo 1",
            software_version="Daybook",
            signed_by="Owner",
            starts_on=yesterday - timedelta(days=30),
            actor=SYSTEM,
            now=now(),
        )
        payer, _ = Payer.objects.get_or_create(name="Medicare Part B", defaults={"kind": "medicare"})
        coverages.record_coverage(
            episode.patient,
            payer=payer,
            status="covered",
            starts_on=yesterday - timedelta(days=30),
            evidence="Portal",
            actor=SYSTEM,
            now=now(),
        )
    clinic.email = person.email  # type: ignore[attr-defined]
    return clinic


@pytest.fixture
def desk(browser: Browser, product: Product, clinic: Clinic) -> Page:
    """The clinician's browser, signed in."""
    page = browser.new_context(base_url=product.base_url).new_page()
    page.goto("/")
    page.fill("input[name=login]", clinic.email)  # type: ignore[attr-defined]
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    expect(page).to_have_url(re.compile("/today/"))
    return page


@pytest.fixture
def phone(browser: Browser, product: Product, clinic: Clinic) -> Page:
    """The patient's phone in the simulator."""
    page = browser.new_context().new_page()
    page.goto(product.simulator.base_url + "/")
    return page


@pytest.mark.xdist_group("product")
def test_from_the_text_out_to_the_code_and_to_stop(
    product: Product, clinic: Clinic, desk: Page, phone: Page
) -> None:
    number = clinic.mobiles[0]
    # Text out: the scheduler's own task plans the day and the sender sends it.
    product.ring("checkins.tasks.plan_practice", clinic.id, queue="bulk")
    product.wait(lambda: len(clinic.accepted()) == 1, what="the check-in at the carrier")
    handset = phone.get_by_label(f"Phone {number}", exact=True)
    expect(phone.get_by_role("button").filter(has_text=shown(number)).first).to_be_visible(timeout=SOON)

    # Reply in: the open page changes by itself.
    patient = clinic.episodes[0].patient_id
    desk.goto(f"/patients/{patient}/")
    expect(desk.get_by_role("heading", name=re.compile("Rosalind"))).to_be_visible()
    write(phone, number, "4 yes")
    expect(handset.get_by_text("4 yes")).to_be_visible(timeout=SOON)
    conversation = desk.get_by_role("region", name=re.compile("Texts"))
    expect(conversation.get_by_text("4 yes")).to_be_visible(timeout=SOON)
    expect(conversation.get_by_text(re.compile("Pain 4"))).to_be_visible(timeout=SOON)

    # Day counted, code decided, and the line explains itself.
    desk.goto(f"/patients/{patient}/")
    codes = desk.locator("section").filter(has=desk.get_by_role("heading", name="Codes"))
    expect(codes.get_by_text("98985", exact=True)).to_be_visible(timeout=SOON)
    codes.get_by_role("listitem").filter(has_text="98985").get_by_text("Why?").first.click()
    expect(codes.get_by_text(re.compile(r"data day")).first).to_be_visible()

    # STOP ends it: noted, confirmed once, and nothing more goes out.
    write(phone, number, "please stop texting me")
    expect(
        desk.get_by_text(re.compile("[Tt]exts? .*stop|stopped the texts|Texts stopped")).first
    ).to_be_visible(timeout=SOON)
    product.wait(lambda: len(clinic.accepted()) == 2, what="the one confirmation")
    with clinic.scope():
        from checkins.services import planning

        assert planning.plan_day(clinic.id, now=now() + timedelta(days=1)) == 0
    assert len(clinic.accepted()) == 2
