"""The two servers Daybook needs, embedded or given: where they are, starting them, finding them again."""

import atexit
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from config.local.embedded_postgres import PostgresServer, start_postgres
from config.local.embedded_redis import RedisServer, start_redis
from config.local.folders import RUN_FOLDER, FolderLock, LocalServerError

__all__ = [
    "LocalServerError",
    "PostgresServer",
    "RedisServer",
    "known_addresses",
    "lend_servers",
    "running_servers",
    "start_postgres",
    "start_redis",
]

ADDRESS_NAMES = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")


@contextmanager
def running_servers(
    folder: Path = RUN_FOLDER, *, durable: bool = True, environment: Mapping[str, str] = os.environ
) -> Iterator[dict[str, str]]:
    """Start PostgreSQL and Redis under `folder` unless `environment` names others; yield their addresses.

    The addresses also stand in `folder/addresses.json` while they run, for manage.py in another window.
    """
    check_given(environment)
    lock = FolderLock(folder)
    if not lock.acquire():
        raise LocalServerError(
            f"Daybook already runs in this folder (process {lock.holder()}): stop it there with Ctrl-C first."
        )
    with ExitStack() as stack:
        stack.callback(lock.release)
        addresses = {name: environment[name] for name in ADDRESS_NAMES if environment.get(name)}
        if "DATABASE_URL" not in addresses:
            postgres = stack.enter_context(start_postgres(folder / "postgres", durable=durable))
            addresses |= {"DATABASE_URL": postgres.app_url, "DATABASE_OWNER_URL": postgres.owner_url}
        if "REDIS_URL" not in addresses:
            addresses["REDIS_URL"] = stack.enter_context(start_redis(folder / "redis")).url
        note = folder / "addresses.json"
        write_privately(note, json.dumps(addresses))
        stack.callback(note.unlink, missing_ok=True)
        yield addresses


def check_given(environment: Mapping[str, str]) -> None:
    """Raise LocalServerError when only one of the two database addresses is given."""
    given = [name for name in ("DATABASE_URL", "DATABASE_OWNER_URL") if environment.get(name)]
    if len(given) == 1:
        raise LocalServerError(
            f"{given[0]} is set alone: set DATABASE_URL (role daybook_app) and DATABASE_OWNER_URL "
            "(role daybook_owner) together, or neither to use the embedded PostgreSQL."
        )


def known_addresses(folder: Path = RUN_FOLDER) -> dict[str, str]:
    """Addresses of the servers that run under `folder` now; empty when none run. Never raises."""
    with suppress(OSError, ValueError):
        found = json.loads((folder / "addresses.json").read_text())
        if not FolderLock(folder).is_held():  # left by a run that was killed
            return {}
        return {name: found[name] for name in ADDRESS_NAMES if name in found}
    return {}


def write_privately(path: Path, text: str) -> None:
    """Write a file that only its owner may read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def lend_servers(folder: Path = RUN_FOLDER) -> None:
    """Put the servers' addresses into this process's environment, for one command of manage.py.

    Those given or running are used; otherwise servers are started and end with this process. The owner's
    address may be missing: only migrations and their like need it.
    """
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return
    addresses = known_addresses(folder)
    if not addresses:
        servers = running_servers(folder)
        addresses = servers.__enter__()
        atexit.register(servers.__exit__, None, None, None)
    os.environ.update(addresses)
