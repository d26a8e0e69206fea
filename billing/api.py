"""Time entries and decided lines as resources of the API."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from billing.models import DecidedLine, TimeEntry
from billing.services import minutes, worked_time
from billing.services.decisions import refresh_touched
from networks import clock
from networks.api.filters import (
    BooleanFilter,
    CharFilter,
    ChoiceFilter,
    FilterSet,
    InstantsFrom,
    InstantsUntil,
    UUIDFilter,
    days_from,
    days_until,
)
from networks.api.views import ScopedDetail, ScopedList, ScopedRows
from networks.errors import DomainError
from networks.models import Clinician, User
from networks.permissions import Permission
from networks.selectors import clinician_of, person
from patients.models import Episode


class TimeEntryOut(serializers.ModelSerializer[TimeEntry]):
    """A span of one person's work on one episode."""

    patient = serializers.UUIDField(source="episode.patient_id")
    episode = serializers.UUIDField(source="episode_id")
    clinician = serializers.UUIDField(source="clinician_id", allow_null=True)
    voids = serializers.UUIDField(
        source="voids_id", allow_null=True, help_text="The entry that this one takes back."
    )

    class Meta:
        model = TimeEntry
        fields = (
            "id",
            "patient",
            "episode",
            "clinician",
            "credential",
            "started_at",
            "ended_at",
            "activity",
            "live_contact",
            "in_billed_visit",
            "mode",
            "topic",
            "origin",
            "reason",
            "voids",
            "recorded_at",
        )


class InstantField(serializers.DateTimeField):
    """An instant with its offset; one without is refused, since it could mean any zone's."""

    def enforce_timezone(self, value: datetime) -> datetime:
        """Refuse what has no offset."""
        if value.tzinfo is None:
            raise serializers.ValidationError("Add the offset, such as 2026-03-02T09:00:00-06:00.")
        return super().enforce_timezone(value)


class TimeEntryIn(serializers.Serializer[Any]):
    """Time that was worked. A conversation has a mode; other time has a reason."""

    episode = serializers.UUIDField()
    clinician = serializers.UUIDField(
        required=False,
        allow_null=True,
        help_text="Who worked; a signed-in person may leave it out, a token may not.",
    )
    started_at = InstantField()
    ended_at = InstantField()
    activity = serializers.ChoiceField(choices=TimeEntry.Activity.choices)
    mode = serializers.ChoiceField(
        choices=[each for each in TimeEntry.Mode.choices if each[0]],
        required=False,
        help_text="How you talked; for a conversation.",
    )
    reached = serializers.BooleanField(
        required=False, default=True, help_text="Whether somebody was reached; for a conversation."
    )
    topic = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    reason = serializers.CharField(
        max_length=200,
        required=False,
        allow_blank=True,
        default="",
        help_text="Why the time is entered by hand; for all but a conversation.",
    )
    in_billed_visit = serializers.BooleanField(required=False, default=False)


class TimeEntryFilters(FilterSet):  # type: ignore[misc] # django-filter has no types
    """Time entries by whose they are and when the work began."""

    patient = UUIDFilter("episode__patient_id")
    episode = UUIDFilter("episode_id")
    clinician = UUIDFilter("clinician_id")
    activity = ChoiceFilter(choices=TimeEntry.Activity.choices)
    live_contact = BooleanFilter()
    on_or_after = InstantsFrom("started_at")
    on_or_before = InstantsUntil("started_at")


class TimeEntryRows(ScopedRows):
    """The practice's time entries."""

    model = TimeEntry
    resource = "time_entries"
    required_permission = Permission.SEE_PATIENTS
    serializer_class = TimeEntryOut

    def shaped(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Load the episode."""
        return rows.select_related("episode")

    def patient_of(self, row: TimeEntry) -> UUID:
        """Whom the work was for."""
        return row.episode.patient_id


class TimeEntries(TimeEntryRows, ScopedList):
    """The practice's time entries, and logging time."""

    write_permission = Permission.LOG_TIME
    filterset_class = TimeEntryFilters

    @extend_schema(request=TimeEntryIn, responses={201: TimeEntryOut})
    def post(self, request: Request) -> Response:
        """Log time for oneself, or for a clinician by token; a second click is refused with 409."""
        given = TimeEntryIn(data=request.data)
        given.is_valid(raise_exception=True)
        data: dict[str, Any] = given.validated_data
        episode = self.scope.one(Episode, pk=data["episode"])
        clinician = self._clinician(data.get("clinician"))
        worked = _worked(data, episode=episode, clinician=clinician, by=self._worker(clinician))
        noted = minutes.log_many(
            [worked], practice_id=episode.practice_id, actor=self.scope.actor, now=clock.now()
        )[0]
        made = reverse("api-time-entry", kwargs={"time_entry_id": noted.pk}, request=request)
        return Response(TimeEntryOut(noted).data, status=201, headers={"Location": made})

    def _clinician(self, named: UUID | None) -> Clinician | None:
        if named is not None:
            return self.scope.one(Clinician, pk=named)
        if self.scope.practice_id is None:
            return None
        return clinician_of(self.scope.practice_id, self.scope.actor.user_id)

    def _worker(self, clinician: Clinician | None) -> User:
        """Who worked: the person signed in; behind a token the clinician it names."""
        user_id = self.scope.actor.user_id or (clinician.user_id if clinician else None)
        if user_id is None:
            raise DomainError("Name a clinician who has a sign-in of their own.", field="clinician")
        return person(user_id)


def _worked(
    data: dict[str, Any], *, episode: Episode, clinician: Clinician | None, by: User
) -> worked_time.WorkedTime:
    """Return what was given as time worked; DomainError for a conversation without a mode."""
    if data["activity"] == TimeEntry.Activity.CONVERSATION:
        return worked_time.call(
            episode,
            clinician=clinician,
            by=by,
            started_at=data["started_at"],
            ended_at=data["ended_at"],
            mode=data.get("mode", ""),
            topic=data["topic"],
            reached=data["reached"],
            in_billed_visit=data["in_billed_visit"],
        )
    return worked_time.WorkedTime(
        episode=episode,
        clinician=clinician,
        by=by,
        started_at=data["started_at"],
        ended_at=data["ended_at"],
        activity=data["activity"],
        reason=data["reason"],
        topic=data["topic"],
        in_billed_visit=data["in_billed_visit"],
    )


class TimeEntryDetail(TimeEntryRows, ScopedDetail):
    """One time entry."""

    lookup_url_kwarg = "time_entry_id"


class ReasonOut(serializers.Serializer[Any]):
    """One sentence of why a line stands as it does, with the rule's name."""

    rule = serializers.CharField()
    text = serializers.CharField()


class ChargeOut(serializers.ModelSerializer[DecidedLine]):
    """One code as the rules see it today, or as it was certified; a decision, not advice to bill."""

    patient = serializers.UUIDField(source="episode.patient_id")
    episode = serializers.UUIDField(source="episode_id")
    modifiers = serializers.ListField(child=serializers.CharField())
    reasons = ReasonOut(many=True)
    charge = serializers.CharField(
        source="charge.reference",
        default=None,
        allow_null=True,
        help_text="The charge's id once the line is certified; the same in files of charges and packets.",
    )
    certified_at = serializers.DateTimeField(source="charge.recorded_at", default=None, allow_null=True)

    class Meta:
        model = DecidedLine
        fields = (
            "id",
            "patient",
            "episode",
            "code",
            "units",
            "date_of_service",
            "modifiers",
            "status",
            "reasons",
            "charge",
            "certified_at",
        )


class ChargeFilters(FilterSet):  # type: ignore[misc] # django-filter has no types
    """Decided lines by whose they are, code, state and date of service."""

    patient = UUIDFilter("episode__patient_id")
    episode = UUIDFilter("episode_id")
    code = CharFilter(max_length=5)
    status = ChoiceFilter(choices=DecidedLine.Status.choices)
    on_or_after = days_from("date_of_service")
    on_or_before = days_until("date_of_service")


class ChargeRows(ScopedRows):
    """The practice's decided lines, as of this minute."""

    model = DecidedLine
    resource = "charges"
    required_permission = Permission.SEE_BILLING
    serializer_class = ChargeOut

    def get_queryset(self) -> QuerySet[Any]:
        """Decide what was touched since, as the board does, then return the lines."""
        if self.scope.practice_id is not None:
            refresh_touched(self.scope.practice_id, now=clock.now())
        return super().get_queryset()

    def shaped(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Load the episode and the charge."""
        return rows.select_related("episode", "charge")

    def patient_of(self, row: DecidedLine) -> UUID:
        """Whose care the line is for."""
        return row.episode.patient_id


class ChargeList(ChargeRows, ScopedList):
    """The practice's decided lines."""

    filterset_class = ChargeFilters


class ChargeDetail(ChargeRows, ScopedDetail):
    """One decided line."""

    lookup_url_kwarg = "charge_id"
