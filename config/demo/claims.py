"""What the demonstration's practices recorded for their claims; every number is invented."""

from datetime import date, datetime
from decimal import Decimal

from billing.services import claims
from config.demo.cast import HOUSES, House
from networks.actors import Actor
from networks.identifiers import npi_check_digit
from networks.models import Payer, Practice
from patients.models import Episode

_FEES = {
    "98975": "30.00",
    "98977": "72.00",
    "98985": "72.00",
    "98979": "40.00",
    "98980": "78.00",
    "98981": "60.00",
}
_DIAGNOSES = {
    "knee": ("M17.11", "M25.561"),
    "hip": ("M16.11", "M25.551"),
    "shoulder": ("M75.101", "M25.511"),
    "back": ("M54.50",),
    "neck": ("M54.2",),
    "other": ("R26.89",),
}


def record_practice(
    house: House, practice: Practice, payers: list[Payer], *, actor: Actor, now: datetime
) -> None:
    """Record as whom a practice bills, its fees and its payers' numbers."""
    starts_on = now.date().replace(month=1, day=1)
    claims.record_billing_provider(
        practice.pk,
        npi=invented_npi(200000090 + _place(house)),
        place_of_service="11",
        practice_number=house.key.upper(),
        starts_on=starts_on,
        actor=actor,
        now=now,
    )
    fees = {code: Decimal(dollars) for code, dollars in _FEES.items()}
    claims.record_fees(practice.pk, dollars=fees, starts_on=starts_on, actor=actor, now=now)
    for place, payer in enumerate(payers):
        claims.record_payer_number(practice.pk, payer=payer, number=f"TEST{place:03d}", actor=actor, now=now)


def record_episode(episode: Episode, *, place: int, starts_on: date, actor: Actor, now: datetime) -> None:
    """Record an episode's diagnoses and who referred the patient; one of nine waits for the referral."""
    referrer = "" if place % 9 == 4 else invented_npi(200000080)
    details = claims.Details(
        _DIAGNOSES[episode.condition], referrer, "Dr. Amal Idris" if referrer else "", f"CASE-{1001 + place}"
    )
    claims.record_details(episode, details=details, starts_on=starts_on, actor=actor, now=now)


def invented_npi(first_nine: int) -> str:
    """Return nine digits with their check digit."""
    return f"{first_nine}{npi_check_digit(str(first_nine))}"


def _place(house: House) -> int:
    return [each.key for each in HOUSES].index(house.key)
