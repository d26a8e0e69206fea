"""What was heard from a practice's patients lately: answers, silences, open alerts, words; one query in all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import (
    BooleanField,
    CharField,
    DateTimeField,
    F,
    JSONField,
    Q,
    QuerySet,
    UUIDField,
    Value,
)
from django.db.models.functions import JSONArray

from billing.marks.trend import PainPoint
from checkins.models import Alert, CheckIn, InboundMessage, Reading
from checkins.models.alerts import AlertQuerySet

_BODY = InboundMessage._meta.get_field("body")


@dataclass(frozen=True)
class OpenAlert:
    """An alert that nobody has closed, with the text that raised it."""

    pk: UUID
    kind: str
    level: str
    sign: str
    occurred_at: datetime
    was_acknowledged: bool
    body: str = ""
    said_at: datetime | None = None


@dataclass
class Heard:
    """What one episode's patient said and did not say; dates in the patient's zone, ascending."""

    pain: list[PainPoint] = field(default_factory=list)
    exercises: list[tuple[date, str]] = field(default_factory=list)
    unanswered: list[date] = field(default_factory=list)
    last_words: str = ""
    last_words_at: datetime | None = None


@dataclass(frozen=True)
class HeardFrom:
    """What was heard by episode; open alerts by their episode, or by their patient where they name none.

    `strangers` are open alerts about texts from numbers that no patient has.
    """

    episodes: Mapping[UUID, Heard]
    alerts: Mapping[UUID, Sequence[OpenAlert]]
    strangers: Sequence[OpenAlert] = ()


class _Row(NamedTuple):
    """A row of the one query: `part` tells which of its four parts it is from.

    `found` holds all answers, or all dates without one, of an episode: a row each would cost more to take apart
    than everything else that Today shows.
    """

    part: str
    episode_id: UUID | None
    patient_id: UUID | None
    id: UUID | None
    at: datetime | None
    found: Any
    item: str
    word: str
    sign: str
    flag: bool
    body: str | None
    said_at: datetime | None


# What a part does not have, by column.
_ABSENT: Mapping[str, tuple[object, Any]] = {
    "patient_id": (None, UUIDField()),
    "id": (None, UUIDField()),
    "at": (None, DateTimeField()),
    "found": (None, JSONField()),
    "item": ("", CharField()),
    "word": ("", CharField()),
    "sign": ("", CharField()),
    "flag": (False, BooleanField()),
    "body": (None, _BODY),
    "said_at": (None, DateTimeField()),
}


def heard_from(
    practice_id: UUID, episode_ids: Sequence[UUID] | None, *, answers_since: date, asked_since: date
) -> HeardFrom:
    """Return what was heard in a practice, or of some of its episodes; one query.

    Texts are opened only for alerts and for the latest answer of each episode.
    """
    readings = Reading.objects.filter(
        practice_id=practice_id, local_date__gte=answers_since, item__in=("pain", "exercises")
    )
    asked = CheckIn.objects.filter(practice_id=practice_id, local_date__gte=asked_since).exclude(
        Q(state=CheckIn.State.ANSWERED) | Q(closed_reason=CheckIn.Closed.NOT_SENT)
    )
    alerts = Alert.objects.filter(practice_id=practice_id).open()
    if episode_ids is not None:
        readings = readings.filter(episode_id__in=episode_ids)
        asked = asked.filter(episode_id__in=episode_ids)
        alerts = alerts.filter(patient__episodes__in=episode_ids)
    # Found before their texts are joined: of all the texts of two weeks only these are read.
    last = readings.exclude(message=None).order_by("episode_id", "-received_at", "-id").distinct("episode_id")
    latest = Reading.objects.filter(practice_id=practice_id, pk__in=last.values("pk"))
    answers = JSONBAgg(JSONArray("local_date", "item", "word", "low", "high"), order_by=("received_at", "id"))
    parts = (
        _part(_by_episode(readings, answers), "answers", found="found"),
        _part(latest, "latest", body="message__body", said_at="message__occurred_at"),
        _part(_by_episode(asked, JSONBAgg("local_date", order_by="local_date")), "asked", found="found"),
    )
    return _sorted_out(_Row(*each) for each in _alerts(alerts).union(*parts, all=True))


def _by_episode(rows: QuerySet[Any], every: JSONBAgg) -> QuerySet[Any, dict[str, Any]]:
    """Return one row an episode with all that its rows hold."""
    found: QuerySet[Any, dict[str, Any]] = rows.order_by().values("episode_id").annotate(found=every)
    return found


def _alerts(alerts: AlertQuerySet) -> QuerySet[Alert, tuple[Any, ...]]:
    return _part(
        alerts.with_acknowledged(),
        "alert",
        id="pk",
        at="occurred_at",
        patient_id="patient_id",
        item="kind",
        word="level",
        sign="sign",
        flag="was_acknowledged",
        body="message__body",
        said_at="message__occurred_at",
    )


def _part(rows: QuerySet[Any], part: str, **names: str) -> QuerySet[Any, tuple[Any, ...]]:
    """Return a part of the query with the columns of `_Row` in their order, absent ones empty."""
    given = {"episode_id": "episode_id"} | names
    made = {f"as_{column}": F(given[column]) for column in _Row._fields if column in given}
    empty = {
        f"as_{column}": Value(value, output_field=kind)
        for column, (value, kind) in _ABSENT.items()
        if column not in given
    }
    every = {"as_part": Value(part, output_field=CharField())} | made | empty
    found: QuerySet[Any, tuple[Any, ...]] = rows.annotate(**every).values_list(
        *(f"as_{column}" for column in _Row._fields)
    )
    return found


def _sorted_out(rows: Iterable[_Row]) -> HeardFrom:
    episodes: dict[UUID, Heard] = defaultdict(Heard)
    alerts: dict[UUID | None, list[OpenAlert]] = defaultdict(list)
    for row in rows:
        if row.part == "alert":
            alerts[row.episode_id or row.patient_id].append(_alert(row))
        elif row.episode_id is not None:
            _take(row, episodes[row.episode_id])
    # The latest alert comes first, as people read them.
    for found in alerts.values():
        found.sort(key=lambda each: (each.occurred_at, each.pk), reverse=True)
    strangers = alerts.pop(None, [])
    return HeardFrom(episodes, {key: found for key, found in alerts.items() if key}, strangers)


def _take(row: _Row, heard: Heard) -> None:
    if row.part == "latest":
        heard.last_words, heard.last_words_at = row.body or "", row.said_at
    elif row.part == "asked":
        heard.unanswered = [date.fromisoformat(day) for day in row.found]
    else:
        _take_answers(row.found, heard)


def _take_answers(found: Iterable[tuple[str, str, str, float | None, float | None]], heard: Heard) -> None:
    for day, item, word, low, high in found:
        if item == "exercises":
            heard.exercises.append((date.fromisoformat(day), word))
        elif low is not None and high is not None:
            # One decimal place, as they are kept: what a float's shortest form gives back exactly.
            heard.pain.append(PainPoint(date.fromisoformat(day), Decimal(str(low)), Decimal(str(high))))


def _alert(row: _Row) -> OpenAlert:
    return OpenAlert(
        cast("UUID", row.id),
        row.item,
        row.word,
        row.sign,
        cast("datetime", row.at),
        row.flag,
        body=row.body or "",
        said_at=row.said_at,
    )
