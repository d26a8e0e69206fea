"""Reads shaped for the network's pages; each says how many queries it needs."""

from uuid import UUID

from django.db.models import QuerySet

from networks.models import Network, Payer
from reporting.models import ProfileDraft, Release, ReleaseFile


def network_of(network_id: UUID) -> Network | None:
    """Return the active workspace's network; None where the scope does not show it; one query."""
    return Network.objects.filter(pk=network_id).first()


def payers() -> QuerySet[Payer]:
    """Return the payers' directory by name."""
    return Payer.objects.order_by("name")


def waiting_drafts(network_id: UUID) -> list[ProfileDraft]:
    """Return the newest drafts that wait for approval or release, documents left out; one query."""
    states = [ProfileDraft.State.DRAFTED, ProfileDraft.State.APPROVED]
    rows = ProfileDraft.objects.filter(network_id=network_id, state__in=states)
    return list(
        rows.select_related("payer", "drafted_by")
        .defer("document", "shown_counts")
        .order_by("-drafted_at")[:20]
    )


def releases_of(network_id: UUID) -> list[Release]:
    """Return the newest releases, documents left out; one query."""
    rows = Release.objects.filter(network_id=network_id).select_related("payer", "released_by")
    return list(rows.defer("document", "manifest").order_by("-number")[:50])


def release_of(draft: ProfileDraft) -> Release | None:
    """Return the release that a draft became; one query."""
    rows = Release.objects.filter(network_id=draft.network_id, draft=draft)
    return rows.select_related("released_by", "approved_by").first()


def files_of(release: Release) -> list[ReleaseFile]:
    """Return a release's files by name, without their contents; one query."""
    rows = ReleaseFile.objects.filter(network_id=release.network_id, release=release)
    return list(rows.defer("content").order_by("name"))


def file_named(release: Release, name: str) -> ReleaseFile | None:
    """Return one file of a release with its content; one query."""
    return ReleaseFile.objects.filter(network_id=release.network_id, release=release, name=name).first()


def all_files_of(release: Release) -> list[ReleaseFile]:
    """Return a release's files with their contents; one query."""
    return list(ReleaseFile.objects.filter(network_id=release.network_id, release=release).order_by("name"))
