"""The months of the demonstration that are over: some certified, and taken by the billing office."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from billing.certification_statements import CURRENT_STATEMENT
from billing.closing_groups import Group
from billing.presenters.closing import shape_of
from billing.selectors.closing import month_list, months_of_episodes
from billing.services import certification, charges_out
from networks.actors import Actor
from networks.models import Clinician, Practice, User

# The one practice that closed months, so that the others show how it looks before.
CLOSING_HOUSE = "lakeside"
# Each certification writes the audit packet of its lines, which takes a moment: so many of a month, no more.
_OF_A_MONTH = 8


def close_months(
    practice: Practice, therapists: Mapping[Clinician, User], *, first: date, today: date, now: datetime
) -> None:
    """Certify some of what is plain in every month that is over; all but the newest went to the billing office.

    In the newest month only the last therapist has begun: the others' patients wait to be reviewed.
    """
    biller = Actor.person(User.objects.get(email=f"biller@{CLOSING_HOUSE}.demo").pk)
    months = list(_months_over(first, today))
    for month in months[:-1]:
        done = [_certify(practice, each, person, month=month, now=now) for each, person in therapists.items()]
        if any(done):
            charges_out.export(practice.pk, mapping="daybook", actor=biller, now=now)
    if months:
        last, person = list(therapists.items())[-1]
        _certify(practice, last, person, month=months[-1], now=now)


def _certify(practice: Practice, therapist: Clinician, person: User, *, month: date, now: datetime) -> bool:
    found = month_list(practice.pk, month=month, clinician_id=therapist.pk)
    plain = [each for each in found.ordered if each[1] is Group.READY][:_OF_A_MONTH]
    reviewed = [
        certification.Reviewed(each.episode.pk, certification.seen_digest(list(map(shape_of, each.lines))))
        for each in months_of_episodes(practice.pk, plain, month=month)
    ]
    if not reviewed:
        return False
    outcome = certification.certify(
        reviewed,
        practice_id=practice.pk,
        month=month,
        statement_version=CURRENT_STATEMENT,
        actor=Actor.person(person.pk),
        now=now,
    )
    return bool(outcome.certified)


def _months_over(first: date, today: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month < today.replace(day=1):
        yield month
        month = (month + timedelta(days=31)).replace(day=1)
