"""What has to be done once before the site can start: migrations and the demonstration network."""

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from config.local.servers import write_privately


class Preparation:
    """What was done to the embedded database, noted beside its data: a second start leaves it out."""

    def __init__(self, folder: Path, *, trusted: bool) -> None:
        self._note = folder / "postgres" / "prepared.json"
        self._done: dict[str, str] = {}
        self._trusted = trusted
        if trusted:
            with suppress(OSError, ValueError):
                self._done = json.loads(self._note.read_text())

    def is_done(self, step: str, state: str) -> bool:
        """Whether `step` was done when things were in `state`; never for a database that is not ours."""
        return self._done.get(step) == state

    def note(self, step: str, state: str) -> None:
        """Write down that `step` is done for `state`."""
        self._done[step] = state
        if self._trusted:
            write_privately(self._note, json.dumps(self._done))


def state_of_migrations(project: Path) -> str:
    """A digest of every migration, ours and those of the locked packages."""
    digest = hashlib.sha256()
    # Installed packages bring migrations too; their lock stands for them.
    for path in [project / "requirements-local.txt", *sorted(project.glob("*/migrations/*.py"))]:
        digest.update(path.relative_to(project).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
