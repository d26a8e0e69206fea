"""Reading every text of a practice again, in the order in which they came, and correcting rows that differ.

Rows that are right keep their ids: the reasons of decided lines name readings by them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from uuid import UUID

from django.db import models

from checkins.models import InboundRow, MonitoringDay, Reading, ReplyReading
from checkins.replies.reading import RECORDED
from checkins.services.correcting import corrected, corrections_of
from checkins.services.deriving import reply_fields, value_fields
from checkins.services.understanding import Understanding, understand

Fields = dict[str, object]
# The rows that stand of a text, by table.
Standing = Mapping[type[models.Model], Sequence[models.Model]]
_AT_ONCE = 500


def read_again(practice_id: UUID) -> Counter[str]:
    """Derive replies' readings, values and monitoring days again; return how many rows changed, by table."""
    changed: Counter[str] = Counter()
    read = InboundRow.objects.filter(
        practice_id=practice_id, state=InboundRow.State.READ, phone__isnull=False
    )
    for model in (ReplyReading, Reading):
        strays = model._default_manager.filter(practice_id=practice_id, message__isnull=False)
        changed[model._meta.db_table] += strays.exclude(message_id__in=read.values("message_id")).delete()[0]
    corrections = corrections_of(practice_id)
    rows = read.select_related("message", "phone__patient", "check_in__episode")
    for row, standing in _with_standing(rows.order_by("received_at", "message_id").iterator(_AT_ONCE)):
        if row.phone is not None:
            understood = understand(row, row.message, row.phone, check_in=row.check_in)
            counted = corrected(understood, corrections)
            changed.update(_correct(understood, counted=counted, standing=standing))
    changed[MonitoringDay._meta.db_table] += _correct_days(practice_id)
    return changed


def _with_standing(rows: Iterable[InboundRow]) -> Iterator[tuple[InboundRow, Standing]]:
    """Give each text with the rows that stand of it; two queries for 500 texts, as each has rows of its own."""
    ahead = iter(rows)
    while some := list(islice(ahead, _AT_ONCE)):
        standing: dict[UUID | None, dict[type[models.Model], list[models.Model]]] = defaultdict(
            lambda: {ReplyReading: [], Reading: []}
        )
        for model in (ReplyReading, Reading):
            for made in model._default_manager.filter(message_id__in=[row.message_id for row in some]):
                standing[made.message_id][model].append(made)
        yield from ((row, standing[row.message_id]) for row in some)


def _correct(understood: Understanding, *, counted: Understanding, standing: Standing) -> Counter[str]:
    """Keep what the reader read beside what counts, which a person may have corrected."""
    message = {"practice_id": understood.row.practice_id, "message": understood.message}
    items = [item for item in RECORDED if item.value in counted.answers]
    values = {item.value: value_fields(counted, item) for item in items if counted.episode is not None}
    for fields in values.values():
        fields["episode"] = understood.episode
    return Counter(
        {
            ReplyReading._meta.db_table: _match(
                standing[ReplyReading], {"": reply_fields(understood)}, new=lambda: ReplyReading(**message)
            ),
            Reading._meta.db_table: _match(
                standing[Reading], values, new=lambda: Reading(**message), key="item"
            ),
        }
    )


def _match(
    rows: Sequence[models.Model],
    wanted: Mapping[str, Fields],
    *,
    new: Callable[[], models.Model],
    key: str = "",
) -> int:
    """Make the rows that stand equal to the wanted ones, told apart by `key`; return how many differed."""
    standing = {getattr(row, key) if key else "": row for row in rows}
    changed = 0
    for name, fields in wanted.items():
        row = standing.pop(name, None) or new()
        if row._state.adding or any(_stored(row, field) != _plain(fields[field]) for field in fields):
            for field, value in fields.items():
                setattr(row, field, value)
            row.save()
            changed += 1
    for row in standing.values():
        row.delete()
    return changed + len(standing)


def _stored(row: models.Model, field: str) -> object:
    return getattr(row, row._meta.get_field(field).attname)  # type: ignore[union-attr] # concrete fields only


def _plain(value: object) -> object:
    return value.pk if isinstance(value, models.Model) else value


def _correct_days(practice_id: UUID) -> int:
    """Keep one monitoring day for each date on which patient or caregiver reported; return how many differed."""
    reported = Reading.objects.filter(practice_id=practice_id).exclude(source=Reading.Source.STAFF)
    wanted = set(reported.values_list("episode_id", "local_date"))
    standing = {
        (episode, day): pk
        for pk, episode, day in MonitoringDay.objects.filter(practice_id=practice_id).values_list(
            "pk", "episode_id", "local_date"
        )
    }
    unneeded = [pk for key, pk in standing.items() if key not in wanted]
    missing = sorted(wanted - standing.keys())
    MonitoringDay.objects.filter(practice_id=practice_id, pk__in=unneeded).delete()
    MonitoringDay.objects.bulk_create(
        MonitoringDay(practice_id=practice_id, episode_id=episode, local_date=day) for episode, day in missing
    )
    return len(unneeded) + len(missing)
