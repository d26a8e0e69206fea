"""Machines: which token opens what, and that everything else opens nothing."""

from datetime import timedelta

import pytest
import time_machine
from allauth.idp.oidc.models import Client as OAuthClient
from allauth.idp.oidc.models import Token
from django.core.management import CommandError, call_command
from django.test import Client

from networks.errors import DomainError
from networks.models import ApiClient, AuditEntry
from networks.permissions import Role
from networks.services.api_clients import end_client
from tests.callers import as_machine, by_token, machine_of, problem, token_of
from tests.clinic import Clinic
from tests.world import NOW, SYSTEM

PATIENTS = "/api/v1/patients/"
REFUSED = "This token is unknown, past or taken back: ask for a new one."


def test_a_token_opens_the_scope_of_its_practice_and_no_other(clinic: Clinic) -> None:
    assert len(as_machine(clinic.home.practice).get(PATIENTS).json()["results"]) == 3
    assert as_machine(clinic.world.elm.practice).get(PATIENTS).json()["results"] == []


def test_a_token_may_only_what_both_role_and_scopes_allow(clinic: Clinic) -> None:
    machine = machine_of(clinic.home.practice, role=Role.BILLER, scopes=["patients:read", "messages:read"])
    caller = by_token(token_of(machine))
    assert caller.get(PATIENTS).status_code == 200
    assert caller.get("/api/v1/messages/").status_code == 403, "a biller does not read texts"
    assert caller.get("/api/v1/charges/").status_code == 403, "no scope lets billing through"


def test_a_token_for_fewer_scopes_may_less(clinic: Clinic) -> None:
    machine = machine_of(clinic.home.practice)
    caller = by_token(token_of(machine, scope="billing:read"))
    assert caller.get("/api/v1/charges/").status_code == 200
    assert caller.get(PATIENTS).status_code == 403


def test_a_machine_of_a_network_reads_no_patient(clinic: Clinic) -> None:
    caller = as_machine(clinic.world.cin, role=Role.NETWORK_ADMIN, scopes=["patients:read", "profiles:read"])
    assert caller.get(PATIENTS).status_code == 403


@pytest.mark.parametrize("value", ["", "nonsense", "x" * 5000, "ü", "a b"], ids=str)
def test_a_token_that_is_none_is_refused(clinic: Clinic, value: str) -> None:
    answer = Client().get(PATIENTS, headers={"Authorization": f"Bearer {value}"})
    assert answer.status_code == 401
    assert problem(answer)["detail"] == REFUSED
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Daybook"'


def test_a_bad_token_is_not_rescued_by_a_session(clinic: Clinic) -> None:
    signed_in = clinic.as_(Role.PRACTICE_ADMIN)
    assert signed_in.get(PATIENTS).status_code == 200
    assert signed_in.get(PATIENTS, headers={"Authorization": "Bearer nonsense"}).status_code == 401


def test_a_good_token_decides_whatever_the_session(clinic: Clinic) -> None:
    signed_in = clinic.as_(Role.PRACTICE_ADMIN)
    elm = token_of(machine_of(clinic.world.elm.practice))
    answer = signed_in.get(PATIENTS, headers={"Authorization": f"Bearer {elm}"})
    assert answer.json()["results"] == []


def test_a_token_counts_for_nothing_on_pages(clinic: Clinic) -> None:
    assert as_machine(clinic.home.practice).get("/patients/").status_code == 302


def test_a_past_token_is_refused(clinic: Clinic) -> None:
    caller = as_machine(clinic.home.practice)
    with time_machine.travel(NOW + timedelta(minutes=59)):
        assert caller.get(PATIENTS).status_code == 200
    with time_machine.travel(NOW + timedelta(minutes=61)):
        assert caller.get(PATIENTS).status_code == 401


def test_an_ended_machine_is_refused_at_once(clinic: Clinic) -> None:
    machine = machine_of(clinic.home.practice)
    caller = by_token(token_of(machine))
    with clinic.scope():
        end_client(machine.known, actor=SYSTEM, now=NOW)
        assert AuditEntry.objects.filter(action="api_client.ended", subject_id=machine.known.pk).count() == 1
    assert caller.get(PATIENTS).status_code == 401


def test_a_revoked_token_is_refused(clinic: Clinic) -> None:
    machine = machine_of(clinic.home.practice)
    token = token_of(machine)
    fields = {"token": token, "client_id": machine.client_id, "client_secret": machine.secret}
    assert Client().post("/api/token/revoke/", fields).status_code == 200
    assert by_token(token).get(PATIENTS).status_code == 401


@pytest.mark.parametrize("stray", ["of a person", "for another resource", "of another grant", "of no home"])
def test_tokens_of_another_kind_open_nothing(clinic: Clinic, stray: str) -> None:
    machine = machine_of(clinic.home.practice)
    token = token_of(machine)
    row = Token.objects.by_value(token).get()
    if stray == "of a person":
        row.user = clinic.home.people[Role.PRACTICE_ADMIN]
    elif stray == "for another resource":
        row.set_resources(["https://elsewhere.test/"])
    elif stray == "of another grant":
        OAuthClient.objects.filter(pk=machine.client_id).update(grant_types="authorization_code")
    else:
        ApiClient.objects.filter(pk=machine.known.pk).update(client_id="gone")
    row.save()
    assert by_token(token).get(PATIENTS).status_code == 401


def test_a_wrong_secret_gets_no_token(clinic: Clinic) -> None:
    machine = machine_of(clinic.home.practice)
    fields = {
        "grant_type": "client_credentials",
        "client_id": machine.client_id,
        "client_secret": machine.secret + "x",
    }
    assert Client().post("/api/token/", fields).status_code == 401


def test_a_scope_that_was_not_registered_gets_no_token(clinic: Clinic) -> None:
    machine = machine_of(clinic.home.practice, scopes=["billing:read"])
    fields = {
        "grant_type": "client_credentials",
        "scope": "patients:read",
        "client_id": machine.client_id,
        "client_secret": machine.secret,
    }
    assert Client().post("/api/token/", fields).json()["error"] == "invalid_scope"


def test_roles_and_scopes_are_checked_when_a_machine_is_registered(clinic: Clinic) -> None:
    with pytest.raises(DomainError, match="practice roles go to practices"):
        machine_of(clinic.home.practice, role=Role.QUALITY)
    with pytest.raises(DomainError, match="Choose scopes from this list"):
        machine_of(clinic.home.practice, scopes=["everything"])
    with pytest.raises(DomainError, match="Choose scopes from this list"):
        machine_of(clinic.home.practice, scopes=[])


def test_what_a_machine_reads_is_in_the_audit_log_under_its_id(clinic: Clinic) -> None:
    machine = machine_of(clinic.home.practice)
    by_token(token_of(machine)).get(PATIENTS)
    with clinic.scope():
        entry = AuditEntry.objects.get(action="patient.listed")
    assert (entry.user_id, entry.system) == (None, f"api:{machine.client_id}")
    assert sorted(entry.details["patients"]) == sorted(
        str(each.patient_id) for each in clinic.people.values()
    )


def test_the_command_registers_a_machine_and_shows_its_secret_once(clinic: Clinic, capsys) -> None:
    practice = clinic.home.practice
    words = ["EHR bridge", "--practice", str(practice.pk), "--role", "biller", "--scope", "billing:read"]
    call_command("add_api_client", *words)
    shown = capsys.readouterr().out
    known = ApiClient.objects.get()
    assert known.client_id in shown
    assert "shown this once" in shown
    assert (known.practice_id, known.role) == (practice.pk, "biller")


def test_the_command_says_when_the_home_or_role_does_not_fit(clinic: Clinic) -> None:
    nowhere = "00000000-0000-7000-8000-000000000000"
    with pytest.raises(CommandError, match="no practice or network"):
        call_command(
            "add_api_client", "x", "--network", nowhere, "--role", "quality", "--scope", "profiles:read"
        )
    oak = str(clinic.home.practice.pk)
    with pytest.raises(CommandError, match="practice roles go to practices"):
        call_command(
            "add_api_client", "x", "--practice", oak, "--role", "quality", "--scope", "profiles:read"
        )
