"""A database whose transactions really end, for what only shows after a commit."""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest

from networks.models import Practice
from networks.services import organizations
from tests.system.databases import fresh_database, pointed_at
from tests.world import NOW, SYSTEM


@dataclass
class Committed:
    """A database of its own: this process works on it as the app role, `owner` runs SQL as its owner."""

    owner_url: str
    made: int = 0

    def practice(self) -> Practice:
        """Found another practice, committed."""
        self.made += 1
        return organizations.found_practice(
            name=f"Sealed {self.made}",
            text_name="Sealed",
            phone="312-555-0100",
            time_zone="America/Chicago",
            state="IL",
            actor=SYSTEM,
            now=NOW,
        )

    def owner(
        self, sql: str, parameters: object = None, *, redaction: bool = False
    ) -> list[tuple[object, ...]]:
        """Run SQL as the owner in a transaction, with or without the flag of redaction."""
        with psycopg.connect(self.owner_url) as link:
            if redaction:
                link.execute("SELECT set_config('daybook.redaction', 'on', true)")
            cursor = link.execute(sql.encode(), parameters)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="module")
def committed_database() -> Iterator[dict[str, str]]:
    with fresh_database() as addresses:
        yield addresses


@pytest.fixture
def committed(committed_database, django_db_blocker, settings, tmp_path) -> Iterator[Committed]:
    """This process's connections lead to a committed database until the test ends."""
    settings.SEAL_ROOTS_FILE = str(tmp_path / "roots.jsonl")
    with pointed_at(committed_database["DATABASE_URL"], unblock=django_db_blocker.unblock):
        yield Committed(owner_url=committed_database["DATABASE_OWNER_URL"])
