"""Time in a patient's record: beats kept as they come, stays made from them, and what people say they were."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from billing import activity_clock
from billing.activity_clock import Beat, BeatKind, Span, Stay
from billing.models import ActivityBeat, TimeEntry
from billing.services import minutes, worked_time
from billing.services.worked_time import TOO_SHORT, WorkedTime
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.models import Clinician, User
from patients.models import Episode

GONE = "This time was written down already, or it is too long ago to say what it was."
# What a stay may have been; set-up has its own record, and the rest is entered by hand.
SAID = (TimeEntry.Activity.REVIEW, TimeEntry.Activity.CONVERSATION, TimeEntry.Activity.ADMINISTRATIVE)


@dataclass(frozen=True, kw_only=True)
class WhatItWas:
    """What somebody says a stay was; `seconds` None means all that the server saw."""

    activity: str
    seconds: int | None = None
    mode: str = TimeEntry.Mode.NONE
    topic: str = ""


def beat(episode: Episode, *, kind: str, by: User, now: datetime) -> ActivityBeat:
    """Keep a sign that somebody has the record open; the time is the server's, never the page's."""
    if kind not in ActivityBeat.Kind.values:
        raise DomainError("There is no such sign of activity.", field="kind")
    kept = ActivityBeat(
        practice_id=episode.practice_id,
        episode=episode,
        by=by,
        kind=kind,
        occurred_at=now,
        recorded_at=now,
    )
    kept.save(force_insert=True)
    return kept


def unexplained(practice_id: UUID, *, by: User, now: datetime) -> list[Stay]:
    """Return a person's stays of which nobody has said yet what they were; `record` is the episode's id.

    What visits and the person's own entries cover is cut out. Two queries.
    """
    since = now - activity_clock.LAPSE - activity_clock.IDLE
    rows = ActivityBeat.objects.filter(practice_id=practice_id, by=by, occurred_at__gte=since)
    beats = [
        Beat(episode, at.replace(microsecond=0), BeatKind(kind))
        for episode, at, kind in rows.values_list("episode_id", "occurred_at", "kind")
    ]
    found = activity_clock.stays(beats)
    records = [each.record for each in found]
    entries = _entries_near(practice_id, by=by, records=records, span=Span(since, now))
    cut = [(stay, activity_clock.without(stay, taken=_taken(stay, entries, by=by))) for stay in found]
    return [
        free
        for stay, free in cut
        if activity_clock.is_asked_about(free, confirmed_at=_confirmed_at(stay, entries, by=by), now=now)
    ]


def _confirmed_at(stay: Stay, entries: list[TimeEntry], *, by: User) -> list[datetime]:
    """When the entry begins that says what a stay was: with its first free second, unlike a call amid it."""
    timed = [each for each in entries if each.origin == TimeEntry.Origin.TIMED]
    by_hand = [each for each in entries if each.origin != TimeEntry.Origin.TIMED]
    free = activity_clock.without(stay, taken=_taken(stay, by_hand, by=by)).pieces
    return [
        each.started_at
        for each in timed
        if each.by_id == by.pk
        and each.episode_id == stay.record
        and free
        and each.started_at == free[0].first
    ]


def explain(
    episode: Episode,
    *,
    began_at: datetime,
    was: WhatItWas,
    by: User,
    clinician: Clinician | None,
    actor: Actor,
    now: datetime,
) -> list[TimeEntry]:
    """Write down what a stay was and return its entries, one for each piece; never more than the server saw.

    DomainError for an activity or a length that cannot be, Conflict when the stay was explained or lapsed.
    """
    if was.activity not in SAID:
        raise DomainError("Choose what it was.", field="activity")
    with transaction.atomic():
        # Two clicks at once follow one another.
        Episode.objects.select_for_update(no_key=True).get(practice_id=episode.practice_id, pk=episode.pk)
        # What comes after this moment is another stay.
        beat(episode, kind=BeatKind.LEFT, by=by, now=now)
        stay = next(
            (
                each
                for each in unexplained(episode.practice_id, by=by, now=now)
                if each.record == episode.pk and each.span.first == began_at
            ),
            None,
        )
        if stay is None:
            raise Conflict(GONE)
        wanted = stay.seconds if was.seconds is None else was.seconds
        if not 0 < wanted <= stay.seconds:
            raise DomainError("That is more than was seen here: enter less, or all of it.", field="minutes")
        pieces = activity_clock.first_seconds(stay, seconds=wanted)
        worked = [_worked(each, episode, was=was, by=by, clinician=clinician) for each in pieces]
        return minutes.log_many(worked, practice_id=episode.practice_id, actor=actor, now=now)


def _worked(
    piece: Span, episode: Episode, *, was: WhatItWas, by: User, clinician: Clinician | None
) -> WorkedTime:
    if was.activity == TimeEntry.Activity.CONVERSATION:
        talk = worked_time.call(
            episode,
            clinician=clinician,
            by=by,
            started_at=piece.first,
            ended_at=piece.last,
            mode=was.mode,
            topic=was.topic,
            reached=True,
        )
        reason = "" if talk.live_contact else TOO_SHORT
        return replace(talk, origin=TimeEntry.Origin.TIMED, reason=reason)
    return WorkedTime(
        episode=episode,
        clinician=clinician,
        by=by,
        started_at=piece.first,
        ended_at=piece.last,
        activity=was.activity,
        reason="",
        topic=was.topic,
        origin=TimeEntry.Origin.TIMED,
    )


def _entries_near(practice_id: UUID, *, by: User, records: list[UUID], span: Span) -> list[TimeEntry]:
    """The standing entries of the person, and billed visits of these episodes, that touch a span of time."""
    rows = TimeEntry.objects.filter(
        Q(by=by) | Q(in_billed_visit=True, episode_id__in=records),
        practice_id=practice_id,
        voids=None,
        voided_by=None,
        started_at__lt=span.last,
        ended_at__gt=span.first,
    )
    return list(rows.order_by("started_at", "pk"))


def _taken(stay: Stay, entries: list[TimeEntry], *, by: User) -> list[Span]:
    """What of a stay is written down elsewhere: the person's own entries, and visits of this episode."""
    spans = [
        Span(each.started_at, each.ended_at)
        for each in entries
        if each.by_id == by.pk or each.episode_id == stay.record
    ]
    return [each for each in spans if each.meets(stay.span)]
