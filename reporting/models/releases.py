"""Profiles in the making and released: a draft may change, a release and its files never do."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from networks.models import NetworkOwned, Payer
from networks.models.owned import Fact
from networks.tenancy import AppendOnly, SameTenant


class ProfileDraft(NetworkOwned):
    """A profile as somebody looked at it: the document is frozen, approval and release refer to its digest."""

    class State(models.TextChoices):
        DRAFTED = "drafted", "Waiting for approval"
        APPROVED = "approved", "Approved"
        RELEASED = "released", "Released"
        DISCARDED = "discarded", "Set aside"

    payer = models.ForeignKey(Payer, models.PROTECT, related_name="+", db_index=False)
    first_day = models.DateField()
    cut_off = models.DateField()
    conditions = models.JSONField(default=list, blank=True, help_text="Empty: all.")
    document = models.JSONField()
    document_sha256 = models.CharField(max_length=64)
    shown_counts = models.JSONField(
        help_text="Cell and keyed digests of its patients, for the ledger; never shown."
    )
    refusals = models.JSONField(default=list, blank=True, help_text="Why it must not be released.")
    wall = models.JSONField(help_text="The wall's decisions and what they rested on.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFTED)
    drafted_by = models.ForeignKey("networks.User", models.PROTECT, related_name="+", db_index=False)
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        "networks.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkOwned.Meta):
        constraints: ClassVar = [
            *NetworkOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="reporting_profiledraft_approved_by_and_when",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("drafted_by")),
                name="reporting_profiledraft_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "released"]) | Q(approved_by__isnull=False),
                name="reporting_profiledraft_approved_before_release",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["network", "drafted_at"], name="reporting_profiledraft_latest"),
        ]

    def __str__(self) -> str:
        return f"Profile draft {self.pk}"


class Release(NetworkOwned, Fact):
    """A profile that left the network: what it said, under which definitions, signed, chained to the one before."""

    draft = models.OneToOneField(ProfileDraft, models.PROTECT, related_name="release", db_index=False)
    number = models.PositiveIntegerField(help_text="Counted per network, from 1.")
    payer = models.ForeignKey(Payer, models.PROTECT, related_name="+", db_index=False)
    first_day = models.DateField()
    cut_off = models.DateField()
    cohort = models.JSONField(help_text="The definition in words and the counts of whom it holds.")
    measures = models.JSONField(help_text="The measures' definitions as they were.")
    document = models.JSONField()
    suppression = models.JSONField()
    manifest = models.JSONField()
    manifest_sha256 = models.CharField(max_length=64)
    previous_sha256 = models.CharField(max_length=64)
    signature = models.CharField(max_length=88)
    key_id = models.CharField(max_length=16)
    approved_by = models.ForeignKey("networks.User", models.PROTECT, related_name="+", db_index=False)
    approved_at = models.DateTimeField()
    released_by = models.ForeignKey("networks.User", models.PROTECT, related_name="+", db_index=False)

    class Meta(NetworkOwned.Meta):
        constraints: ClassVar = [
            *NetworkOwned.Meta.constraints,
            AppendOnly(name="reporting_release_fact"),
            SameTenant(name="reporting_release_draft_tenant", field="draft", key="network"),
            models.UniqueConstraint(fields=["network", "number"], name="reporting_release_number"),
        ]

    def __str__(self) -> str:
        return f"Release {self.number}"


class ReleaseFile(NetworkOwned):
    """One file of a release, byte for byte: made again it might differ, and the manifest would not match."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="files", db_index=False)
    name = models.CharField(max_length=80)
    media_type = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta(NetworkOwned.Meta):
        constraints: ClassVar = [
            *NetworkOwned.Meta.constraints,
            AppendOnly(name="reporting_releasefile_fact"),
            SameTenant(name="reporting_releasefile_release_tenant", field="release", key="network"),
            models.UniqueConstraint(fields=["network", "release", "name"], name="reporting_releasefile_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ReleasedCount(NetworkOwned):
    """A count that a release shows and whom it counts, as keyed digests: the ledger against differencing."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="counts", db_index=False)
    cell = models.CharField(max_length=120)
    members = models.JSONField()

    class Meta(NetworkOwned.Meta):
        constraints: ClassVar = [
            *NetworkOwned.Meta.constraints,
            AppendOnly(name="reporting_releasedcount_fact"),
            SameTenant(name="reporting_releasedcount_release_tenant", field="release", key="network"),
            models.UniqueConstraint(
                fields=["network", "release", "cell"], name="reporting_releasedcount_cell"
            ),
        ]

    def __str__(self) -> str:
        return f"Released count {self.pk}"
