"""The files of a release, byte for byte as they were signed."""

import io
import zipfile
from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from networks import clock
from networks.access import ScopedRequest, requires
from networks.permissions import Permission
from reporting.models import Release
from reporting.selectors import all_files_of, file_named
from reporting.services.releasing import note_download

_ALL = "all.zip"


@requires(Permission.SEE_PROFILES)
@require_safe
def file(request: ScopedRequest, release_id: UUID, name: str) -> HttpResponse:
    """Send one file of a release, or all of them in one archive."""
    release = request.scope.one(Release, pk=release_id)
    if name == _ALL:
        content, media_type = _archive(release), "application/zip"
    else:
        found = file_named(release, name)
        if found is None:
            raise Http404
        content, media_type = bytes(found.content), found.media_type
    note_download(release, name=name, actor=request.scope.actor, now=clock.now())
    response = HttpResponse(content, content_type=media_type)
    stem, _, ending = name.rpartition(".")
    # The names inside the manifest stay; only the archive says which release it is.
    shown = f"{stem}-release-{release.number}.{ending}" if name == _ALL else name
    response["Content-Disposition"] = f'attachment; filename="{shown}"'
    return response


def _archive(release: Release) -> bytes:
    out = io.BytesIO()
    at = release.recorded_at
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in all_files_of(release):
            entry = zipfile.ZipInfo(each.name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
            archive.writestr(entry, bytes(each.content), zipfile.ZIP_DEFLATED)
    return out.getvalue()
