"""Time that passes when the demonstration's clock is moved: check-ins go out, patients answer, days are decided."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from billing.services import decisions
from checkins.models import SenderRoute
from checkins.services import line
from config.demo.cast import HOUSES, House, cast_of
from config.demo.story import Monitored, Story
from networks.local_days import local_date, zone_named
from networks.models import Practice
from networks.scoping import practice_scope
from patients.models import Episode, Phone


def practices() -> list[UUID]:
    """Return the demonstration's practices, for which time can pass."""
    numbers = [house.number for house in HOUSES]
    return list(SenderRoute.objects.filter(number__in=numbers).values_list("practice_id", flat=True))


def let_pass(practice_id: UUID, *, since: datetime, until: datetime) -> int:
    """Let a practice's patients be asked and answer between two instants; return how many texts they wrote.

    The days pass in one transaction, each at its own time, by the product's services. Patients answer as
    their character does; what happened to them on the last days before is over. LookupError for a practice
    that is not of the demonstration.
    """
    house = _house_of(practice_id)
    with practice_scope(practice_id):
        story = _resumed(house, practice_id, until=until)
        first = local_date(since, zone_named(house.time_zone))
        days = (story.today - first).days
        wrote = sum(
            story.let_pass(first + timedelta(days=day), since=since, until=until) for day in range(days + 1)
        )
        decisions.refresh_all(practice_id, now=until)
    return wrote


def _house_of(practice_id: UUID) -> House:
    numbers = set(SenderRoute.objects.filter(practice_id=practice_id).values_list("number", flat=True))
    for house in HOUSES:
        if house.number in numbers:
            return house
    raise LookupError("This practice is not of the demonstration.")


def _resumed(house: House, practice_id: UUID, *, until: datetime) -> Story:
    practice = Practice.objects.get(pk=practice_id)
    (route,) = (each for each in line.routes_of(practice_id).values() if each.number == house.number)
    story = Story(
        house=house,
        practice=practice,
        route=route,
        clinicians=[],
        people={},
        payers=[],
        now=until,
        days=0,
        with_others=True,
        luck=random.Random(house.key),  # noqa: S311 - invented replies, no secret
        monitored=_monitored(house, practice_id),
    )
    story.number_texts_from(int(until.timestamp() * 1000))
    return story


def _monitored(house: House, practice_id: UUID) -> list[Monitored]:
    phones = {
        phone.patient_id: phone.number
        for phone in Phone.objects.filter(practice_id=practice_id).exclude(state=Phone.State.REPLACED)
    }
    cast = {(each.given, each.family): each for each in cast_of(house, with_others=True)}
    found = []
    for episode in Episode.objects.filter(practice_id=practice_id).select_related("patient", "clinician"):
        patient = episode.patient
        character = cast.get((patient.given_name, patient.family_name))
        if character is not None and patient.pk in phones:
            found.append(
                Monitored(
                    replace(character, turn=""),
                    episode,
                    phones[patient.pk],
                    episode.starts_on,
                    episode.clinician,
                )
            )
    return found
