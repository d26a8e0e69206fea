"""Patients and their episodes of care, read only; enrolling is one address of checkins."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from rest_framework import serializers

from networks.api.filters import (
    BooleanFilter,
    ChoiceFilter,
    FilterSet,
    InstantsFrom,
    InstantsUntil,
    UUIDFilter,
    days_from,
    days_until,
)
from networks.api.views import ScopedDetail, ScopedList, ScopedRows
from networks.permissions import Permission
from patients.models import Enrollment, Episode, Patient
from patients.selectors import shared_phones_of


class PatientOut(serializers.ModelSerializer[Patient]):
    """A patient as the practice knows them."""

    is_monitored = serializers.BooleanField(help_text="An episode of theirs is inside monitoring now.")
    shares_phone = serializers.BooleanField(help_text="Another patient is texted at the same mobile.")

    class Meta:
        model = Patient
        fields = (
            "id",
            "given_name",
            "family_name",
            "record_number",
            "birth_date",
            "language",
            "time_zone",
            "created_at",
            "is_monitored",
            "shares_phone",
        )


class EpisodeOut(serializers.ModelSerializer[Episode]):
    """One problem treated from evaluation to discharge."""

    patient = serializers.UUIDField(source="patient_id")
    clinician = serializers.UUIDField(source="clinician_id")
    is_monitored = serializers.BooleanField(help_text="The episode is inside monitoring now.")
    shares_phone = serializers.BooleanField(help_text="The patient shares a mobile with another patient.")

    class Meta:
        model = Episode
        fields = (
            "id",
            "patient",
            "clinician",
            "discipline",
            "condition",
            "side",
            "starts_on",
            "ends_on",
            "surgery_on",
            "end_reason",
            "is_monitored",
            "shares_phone",
        )


class PatientFilters(FilterSet):  # type: ignore[misc] # django-filter has no types
    """Patients by when they were registered and whether they are monitored."""

    created_on_or_after = InstantsFrom("created_at")
    created_on_or_before = InstantsUntil("created_at")
    is_monitored = BooleanFilter()


class EpisodeFilters(FilterSet):  # type: ignore[misc] # django-filter has no types
    """Episodes by whose they are, when they ran and how they stand."""

    patient = UUIDFilter("patient_id")
    clinician = UUIDFilter("clinician_id")
    condition = ChoiceFilter(choices=Episode.Condition.choices)
    starts_on_or_after = days_from("starts_on")
    starts_on_or_before = days_until("starts_on")
    is_monitored = BooleanFilter()
    state = ChoiceFilter(choices=(("open", "Not ended"), ("ended", "Ended")), method="by_state")

    def by_state(self, rows: QuerySet[Episode], name: str, value: str) -> QuerySet[Episode]:
        """Keep episodes that have an end, or have none yet."""
        return rows.filter(ends_on__isnull=value == "open")


class PatientRows(ScopedRows):
    """The practice's patients."""

    model = Patient
    resource = "patients"
    required_permission = Permission.SEE_PATIENTS
    serializer_class = PatientOut

    def shaped(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Tell whether somebody is monitored now and shares a mobile, in the same query."""
        running = self.scope.of(Enrollment).filter(episode__patient_id=OuterRef("pk"), ends_on=None)
        shown: QuerySet[Any] = rows.annotate(
            is_monitored=Exists(running), shares_phone=Exists(shared_phones_of("pk"))
        )
        return shown

    def patient_of(self, row: Patient) -> UUID:
        """A patient's row is about themselves."""
        return row.pk


class PatientList(PatientRows, ScopedList):
    """The practice's patients, those registered last first."""

    filterset_class = PatientFilters


class PatientDetail(PatientRows, ScopedDetail):
    """One patient."""

    lookup_url_kwarg = "patient_id"


class EpisodeRows(ScopedRows):
    """The practice's episodes of care."""

    model = Episode
    resource = "episodes"
    required_permission = Permission.SEE_PATIENTS
    serializer_class = EpisodeOut

    def shaped(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Tell whether an episode is monitored now and its patient shares a mobile, in the same query."""
        running = self.scope.of(Enrollment).filter(episode_id=OuterRef("pk"), ends_on=None)
        shown: QuerySet[Any] = rows.annotate(
            is_monitored=Exists(running), shares_phone=Exists(shared_phones_of("patient_id"))
        )
        return shown


class EpisodeList(EpisodeRows, ScopedList):
    """The practice's episodes, those opened last first."""

    filterset_class = EpisodeFilters


class EpisodeDetail(EpisodeRows, ScopedDetail):
    """One episode of care."""

    lookup_url_kwarg = "episode_id"
