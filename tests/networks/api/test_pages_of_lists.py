"""Pages: every row once, in order, whatever the size of a page."""

import pytest

from networks.permissions import Role
from tests.clinic import Clinic


@pytest.mark.parametrize("resource", ["patients", "check-ins", "messages", "monitoring-days", "charges"])
@pytest.mark.parametrize("limit", [1, 7])
def test_following_next_gives_every_row_once(clinic: Clinic, resource: str, limit: int) -> None:
    client = clinic.as_(Role.PRACTICE_ADMIN)
    whole = client.get(f"/api/v1/{resource}/", {"limit": 200}).json()
    assert whole["next"] is None
    ids, address = [], f"/api/v1/{resource}/?limit={limit}"
    while address:
        page = client.get(address).json()
        assert len(page["results"]) <= limit
        ids += [each["id"] for each in page["results"]]
        address = page["next"]
    assert ids == [each["id"] for each in whole["results"]]
    assert len(ids) == len(set(ids)) > 2
    assert ids == sorted(ids, reverse=True)


def test_next_keeps_the_filters(clinic: Clinic) -> None:
    page = clinic.as_(Role.PRACTICE_ADMIN).get("/api/v1/messages/", {"limit": 2, "direction": "in"}).json()
    assert "direction=in" in page["next"]
    assert "limit=2" in page["next"]


def test_a_page_holds_fifty_rows_unless_asked_otherwise(clinic: Clinic) -> None:
    page = clinic.as_(Role.PRACTICE_ADMIN).get("/api/v1/messages/").json()
    assert (len(page["results"]), page["next"] is None) in [(50, False), (len(page["results"]), True)]
