"""Compose file, image and settings list say the same as the product."""

import re
import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest
import yaml

from config.celery import QUEUES
from config.local.embedded_postgres import start_postgres
from config.local.folders import PROJECT
from config.local.ports import Ports
from config.local.postgres_cluster import ROLES, programs
from config.local.programs import daybook_programs

COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
# Read by the settings of `make run` and the tests alone, or refused in production.
NOT_FOR_PRODUCTION = {
    "DEBUG",
    "DEMO_CLOCK_FILE",
    "EMAIL_FILE_PATH",
    "KEEP_STATE_HOURS",
    "MFA_REQUIRED",
    "PORT",
    "SIMULATOR_PORT",
    "TWILIO_API_BASE",
}


def names_read_by_settings() -> set[str]:
    text = "\n".join(path.read_text() for path in (PROJECT / "config" / "settings").glob("*.py"))
    return set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', text)) - NOT_FOR_PRODUCTION


def names_in_example() -> set[str]:
    return set(re.findall(r"^(?:# )?([A-Z_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE))


def test_the_example_lists_every_setting_of_production():
    assert names_read_by_settings() - names_in_example() == set()


def test_the_example_lists_nothing_that_nobody_reads():
    compose = set(re.findall(r"\$\{([A-Z_]+)", (PROJECT / "docker-compose.yml").read_text()))

    assert names_in_example() - names_read_by_settings() - compose == set()


def test_compose_accepts_the_file():
    command = ["docker-compose"] if shutil.which("docker-compose") else ["docker", "compose"]
    known = (
        shutil.which(command[0])
        and subprocess.run([*command, "version"], capture_output=True).returncode == 0
    )
    if not known:
        pytest.skip("no docker compose on this machine")

    done = subprocess.run([*command, "config", "-q"], cwd=PROJECT, capture_output=True, text=True, timeout=60)

    assert done.returncode == 0, done.stderr


def queues_of(command: str) -> list[str]:
    found = re.search(r" -Q (\S+)", command)
    return found.group(1).split(",") if found else []


def test_every_queue_has_exactly_one_kind_of_worker_here_and_there():
    there = [queue for service in SERVICES.values() for queue in queues_of(str(service.get("command", "")))]
    started = daybook_programs(Ports(web=1, simulator=2), folder=Path("x"))
    here = [queue for program in started for queue in queues_of(" ".join(program.arguments))]

    assert sorted(there) == sorted(here) == sorted(QUEUES)


def test_only_migrations_know_the_owners_address():
    knowing = [
        name for name, service in SERVICES.items() if "DATABASE_OWNER_URL" in service.get("environment", {})
    ]

    assert knowing == ["migrate"]


def test_the_product_runs_without_root_or_rights_and_on_a_read_only_disk():
    ours = [service for service in SERVICES.values() if "build" in service]

    assert len(ours) == 8
    assert all(one["read_only"] and one["cap_drop"] == ["ALL"] for one in ours)
    assert re.search(r"^USER daybook$", (PROJECT / "Dockerfile").read_text(), re.MULTILINE)


def test_roles_sql_gives_the_rights_that_the_embedded_server_gives(tmp_path):
    passwords = {f"DAYBOOK_{name}_PASSWORD": f"it's {name}" for name in ("OWNER", "APP", "BACKUP")}
    flags = "rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolcanlogin"
    rights = f"SELECT {flags} FROM pg_roles WHERE rolname"
    belongs = (
        "SELECT roleid::regrole::text, member::regrole::text FROM pg_auth_members WHERE member::regrole::text"
    )
    with start_postgres(tmp_path, durable=False) as server:
        superuser = server.url(role="postgres", database="postgres")

        def facts():
            with psycopg.connect(superuser) as connection:
                return [
                    sorted(connection.execute(f"{sql} LIKE 'daybook%'").fetchall())
                    for sql in (rights, belongs)
                ] + [
                    connection.execute(
                        "SELECT datacl::text FROM pg_database WHERE datname = 'daybook'"
                    ).fetchall()
                ]

        embedded = facts()
        with psycopg.connect(superuser, autocommit=True) as connection:
            connection.execute("DROP DATABASE daybook")
            for role in ROLES:
                connection.execute(f"DROP ROLE {role}")

        command = [programs() / "psql", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "-d", superuser]
        done = subprocess.run(
            [*command, "-f", PROJECT / "config" / "local" / "roles.sql"],
            env=passwords,
            capture_output=True,
            text=True,
            timeout=60,
        )

        assert done.returncode == 0, done.stderr
        assert facts() == embedded
