"""Beats kept, stays explained: never more than the server saw, never twice, never inside a visit."""

import copy
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from billing.models import ActivityBeat, EpisodeMonth, TimeEntry
from billing.services import activity, decisions, minutes
from billing.services.activity import WhatItWas
from billing.services.rebuilding import rebuild
from networks.errors import Conflict, DomainError
from networks.models import AuditEntry, User
from networks.permissions import Role
from tests.clinic import STEADY, Clinic, fill
from tests.module_rows import Unblocked
from tests.world import NOW, SYSTEM, World


@pytest.fixture(scope="module")
def filled_clinic(built_world: World, module_rows: Unblocked) -> Clinic:
    with module_rows():
        world = copy.deepcopy(built_world)
        return Clinic(world, fill(world.oak, {"Wendy": STEADY, "Sam": STEADY}))


@pytest.fixture
def clinic(filled_clinic: Clinic, db: None) -> Iterator[Clinic]:
    clinic = copy.deepcopy(filled_clinic)
    with clinic.scope():
        yield clinic


def at(second: int) -> datetime:
    return NOW + timedelta(seconds=second)


def _person(clinic: Clinic, role: Role = Role.CLINICIAN) -> User:
    return User.objects.get(pk=clinic.home.people[role].pk)


def _beats(clinic: Clinic, text: str, *, role: Role = Role.CLINICIAN) -> None:
    """Beats written as name, kind and second, such as "Wendy.opened.0"."""
    for each in text.split():
        name, kind, second = each.split(".")
        activity.beat(clinic.people[name].episode, kind=kind, by=_person(clinic, role), now=at(int(second)))


def _waiting(clinic: Clinic, second: int, *, role: Role = Role.CLINICIAN) -> list[tuple[str, int]]:
    names = {who.episode.pk: name for name, who in clinic.people.items()}
    found = activity.unexplained(clinic.home.practice.pk, by=_person(clinic, role), now=at(second))
    return [(names[each.record], each.seconds) for each in found]


def _explain(clinic: Clinic, second: int, *, began: int = 0, name: str = "Wendy", **was) -> list[TimeEntry]:
    return activity.explain(
        clinic.people[name].episode,
        began_at=at(began),
        was=WhatItWas(**({"activity": "review"} | was)),
        by=_person(clinic),
        clinician=clinic.home.clinician,
        actor=SYSTEM,
        now=at(second),
    )


MINUTE = "Wendy.opened.0 Wendy.seen.30 Wendy.acted.60"


def test_a_stay_waits_to_be_explained_and_then_counts(clinic: Clinic) -> None:
    _beats(clinic, MINUTE)
    assert _waiting(clinic, 60) == [("Wendy", 60)]
    (entry,) = _explain(clinic, 90)
    assert (entry.started_at, entry.ended_at) == (NOW, at(90))
    assert (entry.activity, entry.origin, entry.credential) == ("review", "timed", "PT")
    assert _waiting(clinic, 90) == []
    assert AuditEntry.objects.filter(action="time.logged", subject_id=entry.pk).exists()
    decisions.refresh_all(clinic.home.practice.pk, now=at(100))
    assert EpisodeMonth.objects.get(episode=entry.episode_id).seconds == 90
    assert sum(rebuild([clinic.home.practice.pk], now=at(100)).values()) == 0


def test_nothing_counts_by_itself(clinic: Clinic) -> None:
    _beats(clinic, MINUTE)
    assert not TimeEntry.objects.exists()
    assert _waiting(clinic, 60 + 12 * 3600) == [("Wendy", 60)]
    assert _waiting(clinic, 61 + 12 * 3600) == []
    with pytest.raises(Conflict, match="too long ago"):
        _explain(clinic, 61 + 12 * 3600)


def test_whoever_stays_on_is_asked_about_the_rest_only(clinic: Clinic) -> None:
    _beats(clinic, MINUTE)
    _explain(clinic, 90)
    _beats(clinic, "Wendy.acted.100 Wendy.acted.160")
    assert _waiting(clinic, 160) == [("Wendy", 60)]


def test_less_may_be_said_and_never_more(clinic: Clinic) -> None:
    _beats(clinic, "Wendy.opened.0 Wendy.acted.90 Wendy.acted.180 Wendy.left.200")
    with pytest.raises(DomainError, match="more than was seen"):
        _explain(clinic, 200, seconds=201)
    (entry,) = _explain(clinic, 200, seconds=120)
    assert entry.ended_at - entry.started_at == timedelta(seconds=120)
    assert _waiting(clinic, 200) == []


def test_two_tabs_share_one_clock(clinic: Clinic) -> None:
    _beats(clinic, "Wendy.opened.0 Sam.opened.40 Wendy.acted.80 Sam.acted.120 Sam.left.160")
    assert _waiting(clinic, 160) == [("Wendy", 40), ("Sam", 40), ("Wendy", 40), ("Sam", 40)]


def test_a_visit_is_cut_out(clinic: Clinic) -> None:
    minutes.log_time(
        clinic.people["Wendy"].episode,
        clinician=clinic.home.clinician,
        by=_person(clinic),
        started_at=at(-600),
        ended_at=at(40),
        activity="administrative",
        reason="Visit in the clinic, imported",
        in_billed_visit=True,
        actor=SYSTEM,
        now=at(60),
    )
    _beats(clinic, "Wendy.opened.0 Wendy.acted.90")
    assert _waiting(clinic, 90) == [("Wendy", 50)]
    (entry,) = _explain(clinic, 90)
    assert entry.started_at == at(40)


def test_a_call_noted_meanwhile_is_not_counted_again(clinic: Clinic) -> None:
    minutes.log_call(
        clinic.people["Wendy"].episode,
        clinician=clinic.home.clinician,
        by=_person(clinic),
        started_at=at(30),
        ended_at=at(90),
        mode="phone",
        topic="",
        reached=True,
        actor=SYSTEM,
        now=at(90),
    )
    _beats(clinic, "Wendy.opened.0 Wendy.acted.60 Wendy.acted.120")
    entries = _explain(clinic, 120)
    assert [(each.started_at, each.ended_at) for each in entries] == [(at(0), at(30)), (at(90), at(120))]


def test_a_timed_call_amid_a_stay_leaves_the_rest_to_be_explained(clinic: Clinic) -> None:
    _beats(clinic, "Wendy.opened.0 Wendy.acted.60 Wendy.acted.120")
    call = {
        "clinician": clinic.home.clinician,
        "by": _person(clinic),
        "started_at": at(30),
        "mode": "phone",
        "topic": "",
        "reached": True,
        "spoke_with": "caregiver",
        "is_timed": True,
        "actor": SYSTEM,
    }
    episode = clinic.people["Wendy"].episode
    entry = minutes.log_call(episode, ended_at=at(90), now=at(90), **call)
    assert (entry.origin, entry.reason, entry.spoke_with, entry.live_contact) == (
        "timed",
        "",
        "caregiver",
        True,
    )
    with pytest.raises(Conflict, match="noted already"):
        minutes.log_call(episode, ended_at=at(95), now=at(95), **call)
    assert _waiting(clinic, 120) == [("Wendy", 60)]


@pytest.mark.parametrize(("seconds", "is_live"), [(60, True), (59, False)])
def test_a_conversation_is_a_live_contact_from_a_minute_on(
    clinic: Clinic, seconds: int, is_live: bool
) -> None:
    _beats(clinic, MINUTE)
    (entry,) = _explain(clinic, 60, activity="conversation", mode="phone", topic="Stairs", seconds=seconds)
    assert (entry.live_contact, entry.origin, entry.topic) == (is_live, "timed", "Stairs")


@pytest.mark.parametrize(
    ("was", "field"),
    [
        ({"activity": "set_up"}, "activity"),
        ({"activity": "nap"}, "activity"),
        ({"activity": "conversation"}, "mode"),
    ],
    ids=["set-up", "unknown", "by which way"],
)
def test_what_cannot_be_is_refused(clinic: Clinic, was: dict[str, str], field: str) -> None:
    _beats(clinic, MINUTE)
    with pytest.raises(DomainError) as refused:
        _explain(clinic, 60, **was)
    assert refused.value.field == field


def test_a_second_click_and_a_wrong_stay_are_refused(clinic: Clinic) -> None:
    _beats(clinic, MINUTE)
    with pytest.raises(Conflict):
        _explain(clinic, 60, began=1)
    with pytest.raises(Conflict):
        _explain(clinic, 60, name="Sam")
    _explain(clinic, 60)
    with pytest.raises(Conflict):
        _explain(clinic, 60)


def test_an_explanation_taken_back_may_be_given_anew(clinic: Clinic) -> None:
    _beats(clinic, MINUTE)
    (entry,) = _explain(clinic, 60)
    minutes.void(entry, reason="It was office work", actor=SYSTEM, now=at(70))
    assert _waiting(clinic, 70) == [("Wendy", 60)]
    (entry,) = _explain(clinic, 80, activity="administrative")
    assert entry.activity == "administrative"


def test_others_stays_are_their_own(clinic: Clinic) -> None:
    _beats(clinic, MINUTE, role=Role.ASSISTANT)
    assert _waiting(clinic, 60) == []
    assert _waiting(clinic, 60, role=Role.ASSISTANT) == [("Wendy", 60)]


def test_a_beat_is_a_fact(clinic: Clinic) -> None:
    _beats(clinic, MINUTE)
    with pytest.raises(DatabaseError), transaction.atomic():
        ActivityBeat.objects.update(occurred_at=at(-900))
    with pytest.raises(DomainError):
        activity.beat(clinic.people["Wendy"].episode, kind="danced", by=_person(clinic), now=NOW)
