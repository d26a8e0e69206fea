"""Texts in and out as one list, newest first; read only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from rest_framework import serializers
from rest_framework.request import Request

from checkins.models import InboundMessage, InboundRow, OutboundMessage, OutboxRow
from networks.api.filters import ChoiceFilter, FilterSet, InstantsFrom, InstantsUntil, UUIDFilter
from networks.api.pages import CursorPages
from networks.api.views import ScopedDetail, ScopedList, ScopedRows
from networks.permissions import Permission

_DIRECTIONS = (("in", "Written by the patient"), ("out", "Sent by the practice"))
_STATES = tuple(dict(InboundRow.State.choices) | dict(OutboxRow.State.choices))


@dataclass(frozen=True)
class TextView:
    """One text, whichever way it went; no phone number."""

    id: UUID
    direction: str
    patient_id: UUID | None
    episode_id: UUID | None
    check_in_id: UUID | None
    kind: str
    body: str
    media: int
    state: str
    carrier_status: str
    occurred_at: datetime

    @property
    def pk(self) -> UUID:
        """The text's id."""
        return self.id


class MessageOut(serializers.Serializer[TextView]):
    """One text in or out."""

    id = serializers.UUIDField()
    direction = serializers.ChoiceField(choices=_DIRECTIONS)
    patient = serializers.UUIDField(
        source="patient_id", allow_null=True, help_text="Null: from a number that no patient has."
    )
    episode = serializers.UUIDField(source="episode_id", allow_null=True)
    check_in = serializers.UUIDField(source="check_in_id", allow_null=True)
    kind = serializers.CharField(
        help_text="Out: why it was sent. In: how it was understood; empty until it was read."
    )
    body = serializers.CharField()
    media = serializers.IntegerField(help_text="How many pictures or files came with it; they are not kept.")
    state = serializers.ChoiceField(choices=_STATES)
    carrier_status = serializers.CharField(help_text="The carrier's latest word about a text out.")
    occurred_at = serializers.DateTimeField()


class TextsIn(FilterSet):  # type: ignore[misc] # django-filter has no types
    """Texts in, by the parameters that the whole list takes."""

    patient = UUIDFilter("row__patient_id")
    episode = UUIDFilter("row__episode_id")
    state = ChoiceFilter("row__state", choices=[(each, each) for each in _STATES])
    direction = ChoiceFilter(choices=_DIRECTIONS, method="by_direction")
    on_or_after = InstantsFrom("occurred_at")
    on_or_before = InstantsUntil("occurred_at")
    this_way = "in"

    def by_direction(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep all or none of this direction's texts."""
        return rows if value == self.this_way else rows.none()


class TextsOut(TextsIn):
    """Texts out, by the same parameters."""

    patient = UUIDFilter("patient_id")
    episode = UUIDFilter("episode_id")
    state = ChoiceFilter("outbox__state", choices=[(each, each) for each in _STATES])
    this_way = "out"


class MessageRows(ScopedRows):
    """The practice's texts."""

    model = InboundMessage
    resource = "messages"
    required_permission = Permission.SEE_MESSAGES
    serializer_class = MessageOut

    def texts_in(self) -> QuerySet[InboundMessage]:
        """Texts in with what became of them."""
        return self.scope.of(InboundMessage).select_related("row", "reading").defer("raw", "from_number")

    def texts_out(self) -> QuerySet[OutboundMessage]:
        """Texts out with where they stand."""
        return self.scope.of(OutboundMessage).select_related("outbox")


class MessageList(MessageRows, ScopedList):
    """The practice's texts both ways, newest first."""

    filterset_class = TextsIn

    def page(self, request: Request) -> Sequence[TextView]:
        """Merge a page of either direction by id, which is made in the order of time; two queries."""
        pages = self.paginator
        if not isinstance(pages, CursorPages):
            raise TypeError("Texts are paged by cursor.")
        pages.begin(request)
        written = [text_in(each) for each in pages.ahead(self._filtered(TextsIn, self.texts_in()))]
        sent = [text_out(each) for each in pages.ahead(self._filtered(TextsOut, self.texts_out()))]
        return pages.cut(sorted([*written, *sent], key=lambda each: each.id, reverse=True))

    def _filtered(self, filters: type[TextsIn], rows: QuerySet[Any]) -> QuerySet[Any]:
        found = filters(self.request.query_params, queryset=rows, request=self.request)
        if not found.is_valid():
            raise serializers.ValidationError(dict(found.errors))
        kept: QuerySet[Any] = found.qs
        return kept


class MessageDetail(MessageRows, ScopedDetail):
    """One text."""

    lookup_url_kwarg = "message_id"

    def find(self, row_id: UUID) -> TextView:
        """Return the text, whichever way it went; two queries at most."""
        written = self.texts_in().filter(pk=row_id).first()
        if written is not None:
            return text_in(written)
        sent = self.texts_out().filter(pk=row_id).first()
        if sent is None:
            raise Http404
        return text_out(sent)


def text_in(message: InboundMessage) -> TextView:
    """Return a text in as the list shows it."""
    row: InboundRow | None = getattr(message, "row", None)
    reading = getattr(message, "reading", None)
    return TextView(
        id=message.pk,
        direction="in",
        patient_id=row.patient_id if row else None,
        episode_id=row.episode_id if row else None,
        check_in_id=row.check_in_id if row else None,
        kind=reading.kind if reading else "",
        body=str(message.body),
        media=message.media,
        state=row.state if row else InboundRow.State.PENDING.value,
        carrier_status="",
        occurred_at=message.occurred_at,
    )


def text_out(message: OutboundMessage) -> TextView:
    """Return a text out as the list shows it."""
    outbox: OutboxRow | None = getattr(message, "outbox", None)
    return TextView(
        id=message.pk,
        direction="out",
        patient_id=message.patient_id,
        episode_id=message.episode_id,
        check_in_id=message.check_in_id,
        kind=message.kind,
        body=str(message.body),
        media=0,
        state=outbox.state if outbox else OutboxRow.State.SKIPPED.value,
        carrier_status=outbox.status if outbox else "",
        occurred_at=message.occurred_at,
    )
