"""Released profiles over the API."""

import pytest
from django.test import Client

from networks.models import AuditEntry
from networks.permissions import Role
from tests.callers import as_machine, problem
from tests.clinic import signed_in
from tests.reporting.conftest import Integrated
from tests.world import NOW

ADDRESS = "/api/v1/profiles/"
# Session and person 2, workspaces 1, its members 6, the scope's transaction 5, the page 2, audit 1.
PINNED = 17


@pytest.fixture
def released(integrated: Integrated):
    """One profile released by the CIN."""
    with integrated.scope():
        draft = integrated.draft()
        integrated.approve(draft)
        return integrated.release(draft)


def _as(integrated: Integrated, role: Role, network: str = "cin") -> Client:
    return signed_in(integrated.world.network_people[network, role])


def test_lists_and_shows_what_was_released(integrated: Integrated, released) -> None:
    client = _as(integrated, Role.QUALITY)
    (row,) = client.get(ADDRESS).json()["results"]
    assert client.get(f"{ADDRESS}{row['id']}/").json() == row
    assert (row["id"], row["number"], row["payer_name"]) == (str(released.pk), 1, "Blue Harbor Health")
    assert row["manifest_sha256"] == released.manifest_sha256
    assert row["files"]
    with integrated.scope():
        acts = set(AuditEntry.objects.filter(action__startswith="profile.").values_list("action", flat=True))
    assert {"profile.listed", "profile.viewed"} <= acts


def test_drafts_do_not_appear(integrated: Integrated) -> None:
    with integrated.scope():
        integrated.draft()
    assert _as(integrated, Role.QUALITY).get(ADDRESS).json()["results"] == []


def test_filters_by_payer_and_day(integrated: Integrated, released) -> None:
    client = _as(integrated, Role.CONTRACTING)
    day = NOW.date().isoformat()
    for parameters, count in (
        ({"payer": str(released.payer_id)}, 1),
        ({"payer": str(integrated.small_payer.pk)}, 0),
        ({"on_or_after": day, "on_or_before": day}, 1),
        ({"on_or_before": "2026-03-01"}, 0),
    ):
        assert len(client.get(ADDRESS, parameters).json()["results"]) == count, parameters


def test_a_machine_of_the_network_reads_them(integrated: Integrated, released) -> None:
    caller = as_machine(integrated.network, role=Role.CONTRACTING, scopes=["profiles:read"])
    assert len(caller.get(ADDRESS).json()["results"]) == 1


def test_anonymous_wrong_role_and_other_network_see_nothing(integrated: Integrated, released) -> None:
    address = f"{ADDRESS}{released.pk}/"
    for each in (ADDRESS, address):
        assert problem(Client().get(each))["status"] == 401
        assert problem(_as(integrated, Role.CREDENTIALING).get(each))["status"] == 403
    ipa = _as(integrated, Role.QUALITY, "ipa")
    assert problem(ipa.get(address))["status"] == 404
    assert ipa.get(ADDRESS).json()["results"] == []


def test_what_cannot_be_read_is_named(integrated: Integrated) -> None:
    answer = _as(integrated, Role.QUALITY).get(ADDRESS, {"payer": "Blue"})
    assert problem(answer)["errors"] == [{"parameter": "payer", "detail": "Enter a valid UUID."}]


def test_the_queries_of_a_page_are_pinned(
    integrated: Integrated, released, django_assert_num_queries
) -> None:
    client = _as(integrated, Role.QUALITY)
    client.get(ADDRESS)  # the first request of a session also writes into it
    with django_assert_num_queries(PINNED):
        client.get(ADDRESS)
