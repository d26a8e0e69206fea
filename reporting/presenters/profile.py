"""The profile page in words: which of the three steps stands where, and who may do what next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from networks.local_days import local_date
from reporting.models import ProfileDraft, Release, ReleaseFile
from reporting.profiles.sheet import ReleaseMark, sheet_of

_KINDS = {
    "profile.pdf": "PDF, tagged for screen readers",
    "profile.xlsx": "Workbook",
    "profile.csv": "CSV",
    "profile.json": "JSON",
    "manifest.json": "Signed manifest",
}


@dataclass(frozen=True)
class FileView:
    """One file to take."""

    name: str
    kind: str
    sha256: str


@dataclass(frozen=True)
class ProfilePage:
    """Everything that the page shows of a draft or release."""

    draft: ProfileDraft
    release: Release | None
    sheet: dict[str, Any]
    files: Sequence[FileView]
    state: str
    refusals: Sequence[str]
    may_approve: bool
    may_release: bool
    may_discard: bool
    waits_for: str


def profile_page(
    draft: ProfileDraft,
    *,
    release: Release | None,
    files: Sequence[ReleaseFile],
    is_drafter: bool,
    has_approving_role: bool,
    may_release: bool,
    zone: str,
) -> ProfilePage:
    """Return the page of a draft for one person; `release` comes with its people."""
    state = ProfileDraft.State(draft.state)
    waits = state is ProfileDraft.State.DRAFTED
    return ProfilePage(
        draft=draft,
        release=release,
        sheet=sheet_of(draft.document, mark=_mark(release, zone) if release else None),
        files=[FileView(each.name, _KINDS.get(each.name, ""), each.sha256) for each in files],
        state=state.label,
        refusals=draft.refusals,
        may_approve=waits and has_approving_role and not is_drafter and not draft.refusals,
        may_release=state is ProfileDraft.State.APPROVED and may_release,
        may_discard=state in {ProfileDraft.State.DRAFTED, ProfileDraft.State.APPROVED},
        waits_for=_waits_for(
            draft, waits=waits, is_drafter=is_drafter, has_role=has_approving_role, may_release=may_release
        ),
    )


def _mark(release: Release, zone: str) -> ReleaseMark:
    day = local_date(release.recorded_at, ZoneInfo(zone))
    return ReleaseMark(
        number=release.number,
        released_on=f"{day.day} {day:%b %Y}",
        approved_by=release.approved_by.name,
        key_id=release.key_id,
        previous=release.previous_sha256,
    )


def _waits_for(
    draft: ProfileDraft, *, waits: bool, is_drafter: bool, has_role: bool, may_release: bool
) -> str:
    if draft.refusals:
        return "It cannot be released as it is."
    if ProfileDraft.State(draft.state) is ProfileDraft.State.APPROVED and not may_release:
        return "It is approved; somebody whose role may release profiles signs it now."
    if not waits:
        return ""
    if is_drafter:
        return "You drafted it: the quality lead or the administrator must look at it and approve it."
    if not has_role:
        return "It waits for the quality lead or the network's administrator."
    return ""
