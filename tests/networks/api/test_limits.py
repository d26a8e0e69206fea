"""The limit of calls a minute: for each caller by itself, and never a reason to fail."""

import pytest

from networks.permissions import Role
from tests.callers import problem
from tests.clinic import Clinic

PATIENTS = "/api/v1/patients/"


@pytest.fixture
def three_a_minute(settings) -> None:
    settings.API_CALLS_A_MINUTE = 3
    # Other runs of this test count under the same standing minute, but for other people.


def test_the_fourth_call_of_a_minute_waits_for_the_next(clinic: Clinic, three_a_minute: None) -> None:
    client = clinic.as_(Role.CLINICIAN)
    assert [client.get(PATIENTS).status_code for _ in range(3)] == [200, 200, 200]
    refused = client.get(PATIENTS)
    assert problem(refused) == {
        "type": "urn:daybook:problem:too-many",
        "title": "Too Many Requests",
        "status": 429,
        "detail": "Too many calls in this minute: wait for the seconds that Retry-After names.",
    }
    assert 0 < int(refused["Retry-After"]) <= 60
    # Somebody else has calls of their own.
    assert clinic.as_(Role.ASSISTANT).get(PATIENTS).status_code == 200


def test_without_redis_nobody_is_held_up(clinic: Clinic, three_a_minute: None, settings) -> None:
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1/0"}}
    client = clinic.as_(Role.CLINICIAN)
    assert [client.get(PATIENTS).status_code for _ in range(4)] == [200] * 4
