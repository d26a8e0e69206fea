"""Guided tours: one for each role, short, in plain words."""

import pytest

from networks.permissions import Permission, Role, permissions_of
from networks.tours import TOURS, Tour, tour_for

_EACH = {tour.key: tour for _, tour in TOURS}


@pytest.mark.parametrize(
    ("role", "key"),
    [
        (Role.CLINICIAN, "clinician"),
        (Role.ASSISTANT, "assistant"),
        (Role.FRONT_DESK, "front-desk"),
        (Role.PRACTICE_ADMIN, "front-desk"),
        (Role.BILLER, "biller"),
        (Role.NETWORK_ADMIN, "network-staff"),
        (Role.QUALITY, "network-staff"),
        (Role.CONTRACTING, "network-staff"),
        (Role.CREDENTIALING, "network-staff"),
        (Role.AUDITOR, ""),
        (Role.OPERATOR, ""),
    ],
)
def test_each_role_has_its_tour(role: Role, key: str) -> None:
    tour = tour_for(permissions_of([role]))
    assert (tour.key if tour else "") == key


def test_nobody_is_shown_a_page_they_may_not_open() -> None:
    held = permissions_of([Role.CREDENTIALING])
    tour = tour_for(held)
    assert tour
    assert all(each.permission in held for each in tour.steps)
    assert Permission.SEE_PROFILES not in {each.permission for each in tour.steps}
    assert tour_for(frozenset()) is None


@pytest.mark.parametrize("tour", _EACH.values(), ids=_EACH)
def test_a_tour_is_short_and_each_stop_says_two_sentences(tour: Tour) -> None:
    assert 5 <= len(tour.steps) <= 8
    assert not tour.steps[0].follows
    for step in tour.steps:
        assert len(step.heading) <= 50
        assert len(step.words) <= 220
        ends = sum(step.words.count(mark) for mark in (". ", "? ")) + step.words.endswith(".")
        assert ends == 2, step.words
