"""Check-ins with what was answered, and the monitoring days they make; read only."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from rest_framework import serializers

from checkins.models import CheckIn, MonitoringDay, Reading
from networks.api.filters import ChoiceFilter, FilterSet, UUIDFilter, days_from, days_until
from networks.api.views import ScopedDetail, ScopedList, ScopedRows
from networks.permissions import Permission


class AnswerOut(serializers.ModelSerializer[Reading]):
    """One value that was read out of a reply; a range has two ends, a yes or no has a word."""

    class Meta:
        model = Reading
        fields = ("item", "low", "high", "word", "source", "received_at")


class CheckInOut(serializers.ModelSerializer[CheckIn]):
    """One ask on one local day, and its answers so far."""

    patient = serializers.UUIDField(source="episode.patient_id")
    episode = serializers.UUIDField(source="episode_id")
    items = serializers.ListField(child=serializers.CharField(), help_text="The questions asked, in order.")
    open_items = serializers.ListField(
        child=serializers.CharField(), help_text="Those of them without an answer yet."
    )
    answers = AnswerOut(source="values", many=True)

    class Meta:
        model = CheckIn
        fields = (
            "id",
            "patient",
            "episode",
            "local_date",
            "kind",
            "state",
            "closed_reason",
            "items",
            "open_items",
            "answers",
            "planned_at",
            "expires_at",
        )


class MonitoringDayOut(serializers.ModelSerializer[MonitoringDay]):
    """A date, in the patient's time zone, on which data was received."""

    patient = serializers.UUIDField(source="episode.patient_id")
    episode = serializers.UUIDField(source="episode_id")

    class Meta:
        model = MonitoringDay
        fields = ("id", "patient", "episode", "local_date")


class _OfEpisode(FilterSet):  # type: ignore[misc] # django-filter has no types
    """Rows of an episode or a patient, by local date."""

    patient = UUIDFilter("episode__patient_id")
    episode = UUIDFilter("episode_id")
    on_or_after = days_from("local_date")
    on_or_before = days_until("local_date")


class CheckInFilters(_OfEpisode):
    """Check-ins by where they stand, besides."""

    state = ChoiceFilter(choices=CheckIn.State.choices)


class CheckInRows(ScopedRows):
    """The practice's check-ins."""

    model = CheckIn
    resource = "check_ins"
    required_permission = Permission.SEE_PATIENTS
    serializer_class = CheckInOut

    def shaped(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Load the episode and the answers; one query more."""
        answers = self.scope.of(Reading).order_by("received_at", "item")
        return rows.select_related("episode").prefetch_related(Prefetch("values", queryset=answers))

    def patient_of(self, row: CheckIn) -> UUID:
        """Whom was asked."""
        return row.episode.patient_id


class CheckInList(CheckInRows, ScopedList):
    """The practice's check-ins, those planned last first."""

    filterset_class = CheckInFilters


class CheckInDetail(CheckInRows, ScopedDetail):
    """One check-in."""

    lookup_url_kwarg = "check_in_id"


class MonitoringDayRows(ScopedRows):
    """The practice's monitoring days."""

    model = MonitoringDay
    resource = "monitoring_days"
    required_permission = Permission.SEE_PATIENTS
    serializer_class = MonitoringDayOut

    def shaped(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Load the episode."""
        return rows.select_related("episode")

    def patient_of(self, row: MonitoringDay) -> UUID:
        """Who sent the data."""
        return row.episode.patient_id


class MonitoringDayList(MonitoringDayRows, ScopedList):
    """The practice's monitoring days, those noted last first."""

    filterset_class = _OfEpisode


class MonitoringDayDetail(MonitoringDayRows, ScopedDetail):
    """One monitoring day."""

    lookup_url_kwarg = "monitoring_day_id"
