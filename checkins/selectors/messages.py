"""The lists of the Messages page: what on the line needs a person, who is not reached, who stopped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from checkins.models import Alert, AlertEvent, InboundRow, OutboundMessage, OutboxRow, PutAside
from checkins.models.alerts import AlertQuerySet
from checkins.models.aside import PutAsideQuerySet
from checkins.selectors.pages import ALERT_EVENTS, corrections
from checkins.statuses import RANKS
from patients.models import ConsentEvent, ConsentLink, Enrollment, Patient, Phone

MOST_LISTED = 100  # our choice: entries of a list, of which a page says that there may be more
# Our choice: one text lost says little, a second with none arriving in between says to call.
REPEATED = 2
_FAILURES_WITHIN = timedelta(days=14)


@dataclass(frozen=True)
class Failing:
    """A patient at whose number texts are lost again and again."""

    patient_id: UUID
    name: str
    failures: int
    last_at: datetime
    codes: Sequence[str]


@dataclass(frozen=True)
class Unagreed:
    """A patient in monitoring without a consent to it: when they said no, and how long their latest link lasts.

    `link_until` is None without a link, and for one that was made before they said no.
    """

    patient_id: UUID
    name: str
    said_no_at: datetime | None
    link_until: datetime | None
    is_link_open: bool


@dataclass(frozen=True)
class Inbox:
    """The lists of the Messages page, each newest first, each cut at `limit`; strangers' open dangers before all.

    `replies` are the texts to the patients of the unclear ones since then, by patient, oldest first; `cut` names
    the lists of which there may be more.
    """

    unclear: Sequence[Alert]
    replies: dict[UUID, list[OutboundMessage]]
    unknown: Sequence[InboundRow]
    failed: Sequence[OutboxRow]
    suspended: Sequence[Phone]
    failing: Sequence[Failing]
    unagreed: Sequence[Unagreed]
    stopped: Sequence[ConsentEvent]
    cut: frozenset[str] = frozenset()


def inbox(practice_id: UUID, *, now: datetime, limit: int = MOST_LISTED) -> Inbox:
    """Return what a person must look at on the line; seven queries, two more where replies are unclear."""
    unclear = list(_unclear(practice_id)[:limit])
    lists: dict[str, Sequence[Any]] = {
        "unclear": unclear,
        "unknown": list(_unknown(practice_id, since=now - timedelta(days=30))[:limit]),
        "failed": list(_failed(practice_id, since=now - timedelta(days=7))[:limit]),
        "suspended": list(_suspended(practice_id)[:limit]),
        "failing": _failing(practice_id, since=now - _FAILURES_WITHIN)[:limit],
        "unagreed": _unagreed(practice_id, now=now, limit=limit),
        "stopped": list(_stopped(practice_id)[:limit]),
    }
    cut = frozenset(name for name, rows in lists.items() if len(rows) == limit)
    return Inbox(replies=_replies(practice_id, unclear), cut=cut, **lists)


def _unclear(practice_id: UUID) -> QuerySet[Alert]:
    wanted = (Alert.Kind.UNCLEAR, Alert.Kind.WRONG_NUMBER, Alert.Kind.UNREACHABLE)
    return (
        Alert.objects.filter(practice_id=practice_id, kind__in=wanted)
        .open()
        .select_related("patient", "message", "message__reading", "message__row")
        .prefetch_related(ALERT_EVENTS)
        .annotate(corrections=corrections())
        .order_by("-occurred_at", "-id")
    )


def _replies(practice_id: UUID, alerts: Iterable[Alert]) -> dict[UUID, list[OutboundMessage]]:
    since = {each.patient_id: each.occurred_at for each in alerts if each.patient_id}
    if not since:
        return {}
    wanted = (OutboundMessage.Kind.STAFF, OutboundMessage.Kind.CLARIFY)
    texts = OutboundMessage.objects.filter(
        practice_id=practice_id,
        patient_id__in=list(since),
        kind__in=wanted,
        occurred_at__gte=min(since.values()),
    )
    found: dict[UUID, list[OutboundMessage]] = {}
    for each in texts.select_related("outbox", "written_by").order_by("occurred_at", "id"):
        found.setdefault(each.patient_id, []).append(each)
    return found


def _unknown(practice_id: UUID, *, since: datetime) -> QuerySet[InboundRow]:
    """Texts of strangers that nobody put aside, each with `danger`, its danger alert as `_dangers` tells it."""
    dangers = _dangers()
    return (
        InboundRow.objects.filter(
            practice_id=practice_id,
            patient=None,
            state__in=(InboundRow.State.UNKNOWN_SENDER, InboundRow.State.QUARANTINED),
            received_at__gte=since,
        )
        .exclude(Exists(_aside()))
        .select_related("message")
        .annotate(
            danger=Subquery(
                dangers.values(
                    found=JSONObject(
                        id="pk",
                        level="level",
                        sign="sign",
                        is_acknowledged="was_acknowledged",
                        is_closed="was_closed",
                    )
                )
            ),
            has_open_danger=Exists(dangers.open()),
        )
        .order_by("-has_open_danger", "-received_at", "-id")
    )


def _aside() -> PutAsideQuerySet:
    """What says that the outer text is aside; a danger that opens later does not come with a text that is."""
    rows = PutAside.objects.filter(practice_id=OuterRef("practice_id"), message_id=OuterRef("message_id"))
    return rows.standing()


def _dangers() -> AlertQuerySet:
    """Danger alerts of the outer text, open or closed; there is one at most, as a constraint says."""
    closing = AlertEvent.objects.filter(
        practice_id=OuterRef("practice_id"), alert_id=OuterRef("pk"), act=AlertEvent.Act.CLOSED
    )
    found: AlertQuerySet = (
        Alert.objects.filter(
            practice_id=OuterRef("practice_id"),
            message_id=OuterRef("message_id"),
            kind=Alert.Kind.RED_FLAG,
        )
        .with_acknowledged()
        .annotate(was_closed=Exists(closing))
    )
    return found


def _failed(practice_id: UUID, *, since: datetime) -> QuerySet[OutboxRow]:
    return (
        OutboxRow.objects.filter(
            Q(state__in=(OutboxRow.State.FAILED, OutboxRow.State.UNKNOWN))
            | Q(status__in=("failed", "undelivered")),
            practice_id=practice_id,
            not_before__gte=since,
        )
        .select_related("message", "message__patient", "phone")
        .order_by("-not_before", "-message_id")
    )


def _suspended(practice_id: UUID) -> QuerySet[Phone]:
    """Patients in monitoring whose number is set aside and who have no other in use."""
    phones = Phone.objects.filter(practice_id=practice_id, patient_id=OuterRef("patient_id"))
    monitored = Enrollment.objects.filter(
        practice_id=practice_id, episode__patient_id=OuterRef("patient_id"), ends_on=None
    )
    return (
        Phone.objects.filter(Exists(monitored), practice_id=practice_id, state=Phone.State.SUSPENDED)
        .exclude(Exists(phones.filter(state=Phone.State.ACTIVE)))
        .select_related("patient")
        .order_by("-added_at", "-id")
    )


def _failing(practice_id: UUID, *, since: datetime) -> list[Failing]:
    """Patients whose number in use lost two texts or more of late, none having arrived after them; one query."""
    lost = Q(status_rank=RANKS["failed"])
    rows = (
        OutboxRow.objects.filter(
            practice_id=practice_id, attempted_at__gte=since, phone__state=Phone.State.ACTIVE
        )
        .order_by()
        .values("message__patient_id", "message__patient__given_name", "message__patient__family_name")
        .annotate(
            failures=Count("pk", filter=lost),
            last_at=Max("attempted_at", filter=lost),
            arrived_at=Max("attempted_at", filter=Q(status_rank__gte=RANKS["delivered"])),
            codes=ArrayAgg("error_code", filter=lost & ~Q(error_code=""), distinct=True, default=[]),
        )
        .filter(Q(arrived_at=None) | Q(arrived_at__lt=F("last_at")), failures__gte=REPEATED)
        .order_by("-last_at")
    )
    return [
        Failing(
            patient_id=each["message__patient_id"],
            name=f"{each['message__patient__given_name']} {each['message__patient__family_name']}".strip(),
            failures=each["failures"],
            last_at=each["last_at"],
            codes=each["codes"],
        )
        for each in rows
    ]


def _unagreed(practice_id: UUID, *, now: datetime, limit: int) -> list[Unagreed]:
    """Patients in monitoring whose latest word about it is no, or who never said one; one query."""
    of_patient = {"practice_id": practice_id, "patient_id": OuterRef("pk")}
    said = ConsentEvent.objects.filter(kind=ConsentEvent.Kind.MONITORING, **of_patient)
    said = said.order_by("-occurred_at", "-id")
    links = ConsentLink.objects.filter(**of_patient).order_by("-occurred_at", "-id")
    monitored = Enrollment.objects.filter(
        practice_id=practice_id, episode__patient_id=OuterRef("pk"), ends_on=None
    )
    patients = (
        Patient.objects.filter(Exists(monitored), practice_id=practice_id)
        .annotate(said=Subquery(said.values("act")[:1]), said_at=Subquery(said.values("occurred_at")[:1]))
        .filter(Q(said=None) | Q(said=ConsentEvent.Act.WITHDRAWN))
        .annotate(
            link_at=Subquery(links.values("occurred_at")[:1]),
            link_until=Subquery(links.values("expires_at")[:1]),
        )
        .order_by("-created_at", "-id")
        .values("pk", "given_name", "family_name", "said_at", "link_at", "link_until")
    )
    return [_unagreed_of(each, now=now) for each in patients[:limit]]


def _unagreed_of(found: Mapping[str, Any], *, now: datetime) -> Unagreed:
    said_at, link_at = found["said_at"], found["link_at"]
    until = found["link_until"] if link_at and (said_at is None or link_at > said_at) else None
    return Unagreed(
        patient_id=found["pk"],
        name=f"{found['given_name']} {found['family_name']}".strip(),
        said_no_at=said_at,
        link_until=until,
        is_link_open=until is not None and now < until,
    )


def _stopped(practice_id: UUID) -> QuerySet[ConsentEvent]:
    """Patients whose latest word about texts is a stop, with their latest word about monitoring beside it."""
    said = ConsentEvent.objects.filter(practice_id=practice_id, patient_id=OuterRef("patient_id"))
    later = said.filter(kind=ConsentEvent.Kind.TEXTS, occurred_at__gt=OuterRef("occurred_at"))
    monitoring = said.filter(kind=ConsentEvent.Kind.MONITORING).order_by("-occurred_at", "-id")
    return (
        ConsentEvent.objects.filter(
            practice_id=practice_id, kind=ConsentEvent.Kind.TEXTS, act=ConsentEvent.Act.WITHDRAWN
        )
        .exclude(Exists(later))
        .annotate(
            monitoring_act=Subquery(monitoring.values("act")[:1]),
            monitoring_at=Subquery(monitoring.values("occurred_at")[:1]),
        )
        .select_related("patient", "recorded_by")
        .order_by("-occurred_at", "-id")
    )


def stranger(message_id: UUID, *, practice_id: UUID) -> InboundRow | None:
    """Return a text of a number that no patient had when it came, or None; one query."""
    return (
        InboundRow.objects.filter(
            practice_id=practice_id,
            message_id=message_id,
            patient=None,
            state__in=(InboundRow.State.UNKNOWN_SENDER, InboundRow.State.QUARANTINED),
        )
        .select_related("message")
        .first()
    )


def put_aside_of(practice_id: UUID, *, since: datetime, limit: int = MOST_LISTED) -> list[PutAside]:
    """Return the strangers' texts that are aside, the last put aside first, with their texts; one query.

    Of as many as `limit` there may be more.
    """
    rows = PutAside.objects.filter(practice_id=practice_id, occurred_at__gte=since).standing()
    return list(rows.select_related("message__row", "by").order_by("-occurred_at", "-id")[:limit])
