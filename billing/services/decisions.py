"""Deciding episodes anew: when something was touched, every night, when a page opens, and to rebuild."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q

from billing.models import EpisodeDecision
from billing.services.derived_rows import Changes
from billing.services.deriving import AsOf, derive
from billing.services.documents import EpisodeRow
from billing.services.rules_in_force import rules_in_force
from checkins.services import touching
from networks import work
from networks.local_days import local_date, zone_named
from networks.models import Practice
from patients.models import Episode

BATCH = 200
DRAINED_AT_ONCE = 1000


def refresh(episode_ids: Iterable[UUID], *, practice_id: UUID, now: datetime) -> int:
    """Decide episodes of a practice anew; return how many rows changed, 0 when nothing did.

    Runs inside the practice's scope, in a constant number of queries however many patients.
    """
    changes = Changes()
    derive(set(episode_ids), practice_id=practice_id, as_of=_today(now), changes=changes)
    return changes.total


def refresh_touched(
    practice_id: UUID, *, now: datetime, patient_id: UUID | None = None, most: int = DRAINED_AT_ONCE
) -> int:
    """Decide the episodes touched in a practice, or those of one patient; return how many there were.

    One query when there are none. Touched again meanwhile, an episode stays for the next time. Pages name
    their patient or a small `most`, so that nobody waits for the whole practice.
    """
    worked = touching.touched(practice_id, most=most, patient_id=patient_id)
    if not worked:
        return 0
    with transaction.atomic():
        if not _have_turn(practice_id):
            return 0
        refresh([each.episode_id for each in worked], practice_id=practice_id, now=now)
        touching.forget(worked, practice_id=practice_id)
    return len(worked)


def work_off(practice_id: UUID, *, now: datetime) -> int:
    """Decide what was touched in a practice and set the next look; return how many episodes there were."""
    worked = refresh_touched(practice_id, now=now, most=DRAINED_AT_ONCE)
    if worked < DRAINED_AT_ONCE:
        work.put_off(practice_id, work.Queue.DECIDE, until=work.rest(now))
    return worked


def refresh_all(practice_id: UUID, *, now: datetime) -> int:
    """Decide every episode of a practice anew, in batches; return how many rows changed."""
    batches = in_batches(_all_episodes(practice_id))
    return sum(refresh(batch, practice_id=practice_id, now=now) for batch in batches)


def recreate(practice_id: UUID, *, now: datetime) -> Changes:
    """Decide every episode anew as of the date on which it was last decided; return what changed, by table.

    That is nothing on an untouched database, on whatever day: a newer date is the night's business.
    """
    changes = Changes()
    rows = EpisodeDecision.objects.filter(practice_id=practice_id).values_list("episode_id", "as_of")
    decided: dict[UUID, date] = dict(rows)
    today = _today(now)

    def as_decided(episode: EpisodeRow) -> date:
        return decided.get(episode.id) or today(episode)

    for batch in in_batches(_all_episodes(practice_id)):
        derive(set(batch), practice_id=practice_id, as_of=as_decided, changes=changes)
    return changes


def outdated(practice_id: UUID, *, now: datetime) -> list[UUID]:
    """Return the episodes whose decision a new date or new rules can change; three queries.

    An episode decided after its end stays as it is: all its windows and months have closed.
    """
    zone = zone_named(Practice.objects.values_list("time_zone", flat=True).get(pk=practice_id))
    passing = Q(ends_on=None) | Q(decision__as_of__lte=F("ends_on"))
    rows = Episode.objects.filter(practice_id=practice_id).filter(
        Q(decision=None)
        | ~Q(decision__engine=rules_in_force().engine)
        | (Q(decision__as_of__lt=local_date(now, zone)) & passing)
    )
    return list(rows.order_by("patient_id", "starts_on", "pk").values_list("pk", flat=True))


def practices_to_decide() -> list[UUID]:
    """Return every practice in which something was ever touched; one query that needs no scope."""
    return work.due(work.Queue.DECIDE, now=datetime.max.replace(tzinfo=UTC))


def in_batches(episode_ids: Sequence[UUID]) -> list[Sequence[UUID]]:
    """Return ids in batches such as one transaction takes."""
    return [episode_ids[start : start + BATCH] for start in range(0, len(episode_ids), BATCH)]


def _all_episodes(practice_id: UUID) -> list[UUID]:
    # A patient's episodes lie together, the earlier first, as in the order in which rows are locked.
    rows = Episode.objects.filter(practice_id=practice_id).order_by("patient_id", "starts_on", "pk")
    return list(rows.values_list("pk", flat=True))


def _have_turn(practice_id: UUID) -> bool:
    """Whether no other worker decides this practice's touched episodes; until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 2))", [f"decide:{practice_id}"])
        return bool(cursor.fetchone()[0])


def _today(now: datetime) -> AsOf:
    return lambda episode: local_date(now, zone_named(episode.clinic_zone))
