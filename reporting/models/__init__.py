"""What it adds up to: profiles in the making, releases, their files and the ledger of what they showed."""

from reporting.models.releases import ProfileDraft, Release, ReleasedCount, ReleaseFile

__all__ = ["ProfileDraft", "Release", "ReleaseFile", "ReleasedCount"]
