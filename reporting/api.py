"""Released profiles as a resource of the API: what left the network, with what proves it."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from rest_framework import serializers

from networks.api.filters import FilterSet, InstantsFrom, InstantsUntil, UUIDFilter
from networks.api.views import ScopedDetail, ScopedList, ScopedRows
from networks.permissions import Permission
from reporting.models import Release, ReleaseFile


class ProfileFileOut(serializers.ModelSerializer[ReleaseFile]):
    """One file of a release; its digest stands in the signed manifest."""

    class Meta:
        model = ReleaseFile
        fields = ("id", "name", "media_type", "sha256")


class ProfileOut(serializers.ModelSerializer[Release]):
    """A profile that left the network: whom it is for, which days, and what proves it."""

    payer = serializers.UUIDField(source="payer_id")
    payer_name = serializers.CharField(source="payer.name")
    released_at = serializers.DateTimeField(source="recorded_at")
    files = ProfileFileOut(many=True)

    class Meta:
        model = Release
        fields = (
            "id",
            "number",
            "payer",
            "payer_name",
            "first_day",
            "cut_off",
            "manifest_sha256",
            "previous_sha256",
            "signature",
            "key_id",
            "released_at",
            "files",
        )


class ProfileFilters(FilterSet):  # type: ignore[misc] # django-filter has no types
    """Released profiles by payer and by when they were released."""

    payer = UUIDFilter("payer_id")
    on_or_after = InstantsFrom("recorded_at")
    on_or_before = InstantsUntil("recorded_at")


class ProfileRows(ScopedRows):
    """The network's released profiles."""

    model = Release
    resource = "profiles"
    look = "profile"
    required_permission = Permission.SEE_PROFILES
    serializer_class = ProfileOut

    def shaped(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Load the payer and the files without their contents; one query more."""
        files = self.scope.of(ReleaseFile).defer("content").order_by("name")
        found = rows.select_related("payer").prefetch_related(Prefetch("files", queryset=files))
        return found.defer("document", "manifest", "suppression", "measures", "cohort")

    def patient_of(self, row: Release) -> UUID | None:
        """A released profile is about no one patient."""
        return None


class ProfileList(ProfileRows, ScopedList):
    """The network's released profiles, the newest first."""

    filterset_class = ProfileFilters


class ProfileDetail(ProfileRows, ScopedDetail):
    """One released profile."""

    lookup_url_kwarg = "profile_id"
