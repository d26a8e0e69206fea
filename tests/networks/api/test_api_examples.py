"""Every example of docs/api.md is run as it stands there."""

import json
import re
import shlex
from base64 import b64encode
from string import Template

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.architecture.house import ROOT
from tests.callers import machine_of, token_of
from tests.clinic import Clinic

PAGE = (ROOT / "docs" / "api.md").read_text()
BLOCKS = re.findall(r"```(bash|json)\n(.*?)```", PAGE, flags=re.DOTALL)


def _examples() -> list[tuple[str, int, dict | None]]:
    """Return each command with the status it promises and, for the last of a block, the document shown."""
    found: list[tuple[str, int, dict | None]] = []
    for kind, text in BLOCKS:
        if kind == "json":
            command, status, _ = found.pop()
            found.append((command, status, json.loads(text)))
            continue
        for line in text.strip().splitlines():
            command, _, status = line.rpartition("  # ")
            found.append((command, int(status), None))
    return found


def _run(command: str) -> HttpResponse:
    """Do in this process what curl would do over the wire; an option that is not known here fails."""
    words = shlex.split(command)
    assert words.pop(0) == "curl"
    headers, body, kind = {}, None, "application/x-www-form-urlencoded"
    while len(words) > 1:
        option, value = words.pop(0), words.pop(0)
        if option == "-H":
            name, _, rest = value.partition(": ")
            headers[name] = rest
        elif option == "-u":
            headers["Authorization"] = "Basic " + b64encode(value.encode()).decode()
        else:
            kind = {"-d": kind, "--json": "application/json"}[option]
            body = value
    address = words[0].removeprefix("https://daybook.example")
    if body is None:
        return Client().get(address, headers=headers)
    return Client().post(address, body, content_type=kind, headers=headers)


def _shape(value: object) -> object:
    """Return the names in a document and nothing else."""
    if isinstance(value, dict):
        return {name: _shape(inner) for name, inner in value.items()}
    return [_shape(value[0])] if isinstance(value, list) and value else None


def test_the_page_has_examples() -> None:
    assert len(_examples()) >= 6


@pytest.mark.parametrize(("command", "status", "shown"), _examples(), ids=lambda value: str(value)[-60:])
def test_the_example_does_what_it_says(clinic: Clinic, command: str, status: int, shown: dict | None) -> None:
    machine = machine_of(clinic.home.practice)
    vera = clinic.people["Vera"]
    given = {
        "DAYBOOK": "https://daybook.example",
        "CLIENT_ID": machine.client_id,
        "CLIENT_SECRET": machine.secret,
        "TOKEN": token_of(machine),
        "PATIENT": str(vera.patient_id),
        "EPISODE": str(vera.episode.pk),
        "CLINICIAN": str(clinic.home.clinician.pk),
    }
    answer = _run(Template(command).substitute(given))
    assert answer.status_code == status, answer.content
    if shown is not None:
        assert _shape(answer.json()) == _shape(shown)


def test_every_scope_and_resource_is_on_the_page(db) -> None:
    document = Client().get("/api/schema/").json()
    scopes = document["components"]["securitySchemes"]["token"]["flows"]["clientCredentials"]["scopes"]
    assert [name for name in scopes if f"`{name}`" not in PAGE] == []
    for address, operations in document["paths"].items():
        resource = address.removeprefix("/api/v1/")
        if "{" in resource or "get" not in operations:
            continue
        (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{resource}`")]
        taken = {each["name"] for each in operations["get"]["parameters"]} - {"cursor", "limit"}
        assert taken == set(
            re.findall(r"`(\w+)`", row.rpartition("| ")[0].rpartition("| ")[2] + row.split("|")[3])
        )
