"""A month from the list of patients to a certified, locked, exported and verified claim line, in a real browser."""

import csv
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from playwright.sync_api import Browser, Page, expect

from tests.system.clinic import Clinic, now
from tests.system.product import Product
from tests.world import PASSWORD, SYSTEM


def last_month() -> date:
    """The first day of the last full month, in the clinic's zone."""
    from networks.local_days import local_date, zone_named

    today = local_date(now(), zone_named("America/Chicago"))
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def noon(day: date) -> datetime:
    return now().replace(
        year=day.year, month=day.month, day=day.day, hour=18, minute=0, second=0, microsecond=0
    )


@pytest.fixture
def clinic(product: Product) -> Clinic:
    """A practice whose patient answered on every day of last month and had one long call."""
    from billing.services import claims, coverages, decisions, gates, minutes
    from checkins.models import MonitoringDay, Reading
    from checkins.services.touching import touch
    from networks.models import Payer
    from networks.permissions import Role
    from networks.services import organizations

    first = last_month()
    clinic = product.clinic(patients=1, names=["Rosalind"], enrolled_at=noon(first - timedelta(days=1)))
    with clinic.scope():
        people = {}
        for role in (Role.CLINICIAN, Role.BILLER):
            person = organizations.invite(
                f"{role.value}@{clinic.account.lower()}.test", name=f"Closing {role.value}", now=now()
            )
            # The tests hash passwords quickly, the running product as in real life.
            person.password = Argon2PasswordHasher().encode(PASSWORD, "a salt for the closing")
            person.save()
            organizations.assign_role(person, role=role, home=clinic.practice, actor=SYSTEM, now=now())
            people[role] = person
        clinic.clinician.user = people[Role.CLINICIAN]
        clinic.clinician.save()
        episode = clinic.episodes[0]
        gates.record_device_determination(
            clinic.practice,
            basis="Software function for therapy",
            memo="Memo 1",
            software_version="Daybook",
            signed_by="Owner",
            starts_on=first - timedelta(days=60),
            actor=SYSTEM,
            now=now(),
        )
        payer, _ = Payer.objects.get_or_create(name="Medicare Part B", defaults={"kind": "medicare"})
        coverages.record_coverage(
            episode.patient,
            payer=payer,
            status="covered",
            starts_on=first - timedelta(days=60),
            evidence="Portal",
            member_id="1EG4TE5MK73",
            actor=SYSTEM,
            now=now(),
        )
        claims.record_billing_provider(
            clinic.id,
            npi="1234567893",
            place_of_service="11",
            practice_number="",
            starts_on=first - timedelta(days=60),
            actor=SYSTEM,
            now=now(),
        )
        claims.record_payer_number(clinic.id, payer=payer, number="TESTMCRB", actor=SYSTEM, now=now())
        claims.record_details(
            episode,
            details=claims.Details(("M17.11",), referring_npi="2000000036"),
            starts_on=episode.starts_on,
            actor=SYSTEM,
            now=now(),
        )
        gates.record_set_up(
            episode,
            completed_on=first,
            pt_minutes=12,
            pta_minutes=0,
            taught_by=clinic.clinician,
            actor=SYSTEM,
            now=now(),
        )
        days = [first + timedelta(days=away) for away in range(20)]
        Reading.objects.bulk_create(
            Reading(
                practice_id=clinic.id,
                episode=episode,
                item="pain",
                low=4,
                high=4,
                source="patient",
                received_at=noon(day),
                local_date=day,
            )
            for day in days
        )
        MonitoringDay.objects.bulk_create(
            MonitoringDay(practice_id=clinic.id, episode=episode, local_date=day) for day in days
        )
        minutes.log_call(
            episode,
            clinician=clinic.clinician,
            by=people[Role.CLINICIAN],
            started_at=noon(days[5]),
            ended_at=noon(days[5]) + timedelta(minutes=25),
            mode="phone",
            topic="Stairs go better",
            reached=True,
            actor=SYSTEM,
            now=now(),
        )
        touch([episode.pk], practice_id=clinic.id, now=now())
        decisions.refresh([episode.pk], practice_id=clinic.id, now=now())
    clinic.people = {role: person.email for role, person in people.items()}  # type: ignore[attr-defined]
    return clinic


def signed_in(browser: Browser, product: Product, email: str) -> Page:
    page = browser.new_context(base_url=product.base_url, accept_downloads=True).new_page()
    page.goto("/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(re.compile(r"/(today|billing)/"))
    return page


def taken(page: Page, link: str, folder: Path) -> Path:
    """Take what a link leads to, as a file."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile(link)).first.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def verdict(page: Page, file: Path) -> str:
    page.goto("/verify/")
    page.set_input_files("#files", str(file))
    page.wait_for_selector(".verdict")
    return page.inner_text("#outcome")


@pytest.mark.xdist_group("product")
def test_a_month_is_worked_certified_locked_exported_and_verified(
    product: Product, clinic: Clinic, browser: Browser, tmp_path: Path
) -> None:
    from networks.permissions import Role

    desk = signed_in(browser, product, clinic.people[Role.CLINICIAN])  # type: ignore[attr-defined]
    desk.goto(f"/billing/certify/?month={last_month():%Y-%m}")
    desk.get_by_role("checkbox", name=re.compile("Rosalind")).check()
    desk.get_by_role("checkbox", name=re.compile("I reviewed the patients")).check()
    desk.get_by_role("button", name=re.compile("Certify and lock")).click()
    expect(desk.get_by_text("Certified and locked: 1 patient.")).to_be_visible()
    expect(desk.get_by_text("RTM000001", exact=True)).to_be_visible()
    expect(desk.get_by_role("checkbox", name=re.compile("Rosalind"))).to_have_count(0)
    packet = taken(desk, "JSON of RTM000001", tmp_path)
    assert taken(desk, "PDF of RTM000001", tmp_path).read_bytes().startswith(b"%PDF-")

    # Exported once, by the biller.
    office = signed_in(browser, product, clinic.people[Role.BILLER])  # type: ignore[attr-defined]
    office.goto("/billing/charges/")
    office.get_by_role("button", name="Make the file").click()
    expect(office.get_by_text(re.compile("File B000001 is ready below"))).to_be_visible()
    expect(office.get_by_role("heading", name="Nothing waits")).to_be_visible()
    with taken(office, "Download file B000001", tmp_path).open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {each["status"] for each in rows} == {"NEW"}
    assert "98975" in {each["cpt"] for each in rows}
    assert {(each["dx1"], each["billing_npi"]) for each in rows} == {("M17.11", "1234567893")}

    # Anybody checks the packet; nothing is sent; one changed letter is refused and its entry named.
    public = browser.new_context(base_url=product.base_url).new_page()
    sent = []
    public.on("request", lambda request: sent.append(request.method))
    text = verdict(public, packet)
    assert "Unchanged since it was certified" in text
    assert "charge RTM000001" in text
    content = packet.read_bytes()
    assert content.count(b"Stairs go better") >= 1
    tampered = tmp_path / "tampered.json"
    tampered.write_bytes(content.replace(b"Stairs go better", b"Stairs go bettes", 1))
    text = verdict(public, tampered)
    assert "Refused: this is not what was certified" in text
    assert re.search(r"Entry \d+ was changed: part [789], ", text)
    assert set(sent) == {"GET"}
