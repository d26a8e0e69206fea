"""Noting calls and other time, and taking entries back."""

from datetime import datetime, timedelta

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext

from billing.models import TimeEntry
from billing.services import minutes
from billing.services.worked_time import (
    NOT_REACHED,
    NOTED_BY_HAND,
    TOO_SHORT,
    WorkedTime,
    call,
    credential_of,
)
from checkins.models import TouchedEpisode
from networks import work
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.models import AuditEntry
from networks.permissions import Role
from networks.scoping import practice_scope
from networks.services import organizations
from tests.billing.services.clinic import JULY, after, enrol, on, talk
from tests.world import SYSTEM, Home, World

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def note(oak: Home, episode, **changes) -> TimeEntry:
    started_at = on(after(4), 18)
    wanted = {
        "clinician": oak.clinician,
        "by": oak.people[Role.CLINICIAN],
        "started_at": started_at,
        "ended_at": started_at + timedelta(minutes=6),
        "activity": "review",
        "reason": "Looked at the week on paper",
        "actor": SYSTEM,
        "now": JULY,
    } | changes
    return minutes.log_time(episode, **wanted)


def test_a_call_is_a_live_contact_and_says_when_it_happened(oak: Home) -> None:
    episode = enrol(oak)
    entry = talk(oak, episode, 3)
    entry.refresh_from_db()
    assert (entry.activity, entry.live_contact, entry.credential) == ("conversation", True, "PT")
    assert (entry.mode, entry.topic, entry.origin) == ("phone", "Pain after the stairs", "manual")
    assert entry.reason == NOTED_BY_HAND
    assert (entry.occurred_at, entry.recorded_at) == (entry.ended_at, JULY)


@pytest.mark.parametrize(
    ("length", "reached", "live", "reason", "activity"),
    [
        (timedelta(seconds=60), True, True, NOTED_BY_HAND, "conversation"),
        (timedelta(seconds=59), True, False, TOO_SHORT, "conversation"),
        (timedelta(minutes=4), False, False, NOT_REACHED, "administrative"),
        (timedelta(seconds=5), False, False, NOT_REACHED, "administrative"),
    ],
    ids=["a minute", "under a minute", "not reached", "not reached, short"],
)
def test_what_makes_a_live_contact(oak: Home, length, reached, live, reason, activity) -> None:
    started_at = on(after(3), 17)
    entry = talk(oak, enrol(oak), 3, started_at=started_at, ended_at=started_at + length, reached=reached)
    assert (entry.live_contact, entry.reason, entry.activity) == (live, reason, activity)


def test_only_seconds_worked_in_full_are_kept(oak: Home) -> None:
    started_at = on(after(3), 17) + timedelta(milliseconds=400)
    entry = talk(
        oak,
        enrol(oak),
        3,
        started_at=started_at,
        ended_at=started_at + timedelta(seconds=60, milliseconds=200),
    )
    assert entry.started_at == on(after(3), 17, 0, 1)
    assert entry.ended_at == on(after(3), 17, 1, 0)
    assert not entry.live_contact


def test_time_entered_by_hand_keeps_its_reason(oak: Home) -> None:
    entry = note(oak, enrol(oak), reason="  Read the week  ")
    assert (entry.origin, entry.reason, entry.live_contact) == ("manual", "Read the week", False)


@pytest.mark.parametrize(
    ("credential", "discipline", "counted_as"),
    [
        ("PT", "PT", "PT"),
        ("PTA", "PT", "PTA"),
        ("OT", "OT", "PT"),
        ("OTA", "OT", "PTA"),
        ("SLP", "SLP", "PT"),
        ("OT", "PT", "OTHER"),
        ("PTA", "SLP", "OTHER"),
    ],
)
def test_whose_minutes_count_as_whose(oak: Home, credential, discipline, counted_as) -> None:
    clinician = organizations.add_clinician(
        oak.practice, name="Sam", npi="1234567893", credential=credential, actor=SYSTEM, now=JULY
    )
    episode = enrol(oak, discipline=discipline)
    entry = note(oak, episode, clinician=clinician, by=oak.people[Role.ASSISTANT])
    assert entry.credential == counted_as


def test_who_is_no_clinician_is_an_other(oak: Home) -> None:
    assert credential_of(None, discipline="PT") == "OTHER"
    entry = note(oak, enrol(oak), clinician=None, by=oak.people[Role.FRONT_DESK])
    assert entry.credential == "OTHER"


START = on(after(4), 18)
BAD = {
    "in the future": ({"ended_at": JULY + SECOND}, "ended_at", "The end lies in the future"),
    "end before start": ({"ended_at": START - SECOND}, "ended_at", "The end must lie after the start"),
    "no time at all": ({"ended_at": START}, "ended_at", "The end must lie after the start"),
    "too long": ({"ended_at": START + timedelta(hours=5)}, "ended_at", "more than four hours"),
    "before the evaluation": (
        {"started_at": on(after(-1)), "ended_at": on(after(-1)) + timedelta(minutes=5)},
        "started_at",
        "before the evaluation",
    ),
    "no reason": ({"reason": " "}, "reason", "Say why the time is entered by hand"),
    "long reason": ({"reason": "x" * 201}, "reason", "Shorten the text"),
    "NUL": ({"reason": "x\x00"}, "reason", "cannot be stored"),
    "no such activity": ({"activity": "walking"}, "activity", "Choose what the time was spent on"),
}


@pytest.mark.parametrize(("changes", "field", "sentence"), BAD.values(), ids=BAD.keys())
def test_time_that_cannot_be(oak: Home, changes, field, sentence) -> None:
    episode = enrol(oak)
    with pytest.raises(DomainError, match=sentence) as refused:
        note(oak, episode, **changes)
    assert refused.value.field == field
    assert not TimeEntry.objects.exists()


def test_an_instant_without_an_offset_is_a_mistake_of_ours(oak: Home) -> None:
    naive = datetime(2026, 3, 6, 18, 0)  # noqa: DTZ001 - the very mistake
    with pytest.raises(ValueError, match="offset"):
        note(oak, enrol(oak), started_at=naive, ended_at=naive + SECOND)


@pytest.mark.parametrize("mode", ["", "letter"])
def test_a_call_says_how_one_talked(oak: Home, mode) -> None:
    with pytest.raises(DomainError, match="Choose how you talked"):
        talk(oak, enrol(oak), 3, mode=mode)


def test_time_is_entered_for_the_person_who_worked_it(oak: Home) -> None:
    with pytest.raises(DomainError, match="for the person who worked it"):
        note(oak, enrol(oak), by=oak.people[Role.FRONT_DESK])


def test_another_practices_clinician_is_refused(oak: Home, world: World) -> None:
    with pytest.raises(DomainError, match="works for another practice"):
        note(oak, enrol(oak), clinician=world.elm.clinician)


def test_another_practices_patient_is_refused(oak: Home, world: World) -> None:
    with practice_scope(world.elm.practice.pk):
        theirs = enrol(world.elm)
    worked = call(
        theirs,
        clinician=oak.clinician,
        by=oak.people[Role.CLINICIAN],
        started_at=START,
        ended_at=START + timedelta(minutes=5),
        mode="phone",
        topic="",
        reached=True,
    )
    with pytest.raises(DomainError, match="another practice"):
        minutes.log_many([worked], practice_id=oak.practice.pk, actor=SYSTEM, now=JULY)


def test_a_second_click_is_told_so(oak: Home) -> None:
    episode = enrol(oak)
    talk(oak, episode, 3)
    with pytest.raises(Conflict, match="noted already"):
        talk(oak, episode, 3)
    assert TimeEntry.objects.count() == 1


def test_noting_is_audited_touches_and_rings(oak: Home) -> None:
    episode = enrol(oak)
    TouchedEpisode.objects.all().delete()
    work.put_off(oak.practice.pk, work.Queue.DECIDE, until=JULY + timedelta(days=1))
    entry = talk(oak, episode, 3, actor=Actor.person(oak.people[Role.CLINICIAN].pk))
    audited = AuditEntry.objects.get(action="time.logged")
    assert (audited.subject_id, audited.patient_id) == (entry.pk, episode.patient_id)
    assert audited.user_id == oak.people[Role.CLINICIAN].pk
    assert TouchedEpisode.objects.filter(episode=episode).exists()
    assert work.due(work.Queue.DECIDE, now=JULY) == [oak.practice.pk]


def worked_on(oak: Home, episodes) -> list[WorkedTime]:
    return [
        WorkedTime(
            episode=each,
            clinician=oak.clinician,
            by=oak.people[Role.CLINICIAN],
            started_at=START + timedelta(minutes=place),
            ended_at=START + timedelta(minutes=place + 1),
            activity="review",
            reason="History",
        )
        for place, each in enumerate(episodes)
    ]


def test_many_are_noted_with_as_many_queries_as_one(oak: Home) -> None:
    episodes = [enrol(oak, number=number) for number in range(13)]
    counts = []
    for some in (episodes[:1], episodes[1:]):
        with CaptureQueriesContext(connection) as queries:
            minutes.log_many(worked_on(oak, some), practice_id=oak.practice.pk, actor=SYSTEM, now=JULY)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
    assert TimeEntry.objects.count() == AuditEntry.objects.filter(action="time.logged").count() == 13
    assert minutes.log_many([], practice_id=oak.practice.pk, actor=SYSTEM, now=JULY) == []


def test_of_many_all_are_noted_or_none(oak: Home) -> None:
    one, two = worked_on(oak, [enrol(oak, number=1), enrol(oak, number=2)])
    with pytest.raises(Conflict):
        minutes.log_many([one, two, one], practice_id=oak.practice.pk, actor=SYSTEM, now=JULY)
    assert not TimeEntry.objects.exists()


def test_an_entry_is_taken_back_by_a_new_one(oak: Home) -> None:
    episode = enrol(oak)
    entry = talk(oak, episode, 3)
    biller = oak.people[Role.BILLER]
    back = minutes.void(entry, reason=" Wrong patient ", actor=Actor.person(biller.pk), now=JULY)
    back.refresh_from_db()
    assert (back.voids_id, back.reason, back.by_id) == (entry.pk, "Wrong patient", biller.pk)
    assert not back.live_contact
    assert AuditEntry.objects.get(action="time.voided").subject_id == back.pk
    assert TimeEntry.objects.count() == 2


def test_what_was_taken_back_can_be_noted_anew(oak: Home) -> None:
    episode = enrol(oak)
    minutes.void(talk(oak, episode, 3), reason="Wrong mode", actor=SYSTEM, now=JULY)
    assert talk(oak, episode, 3, mode="video").mode == "video"


def test_an_entry_is_taken_back_once_with_a_reason(oak: Home) -> None:
    entry = talk(oak, enrol(oak), 3)
    with pytest.raises(DomainError, match="Say why"):
        minutes.void(entry, reason=" ", actor=SYSTEM, now=JULY)
    back = minutes.void(entry, reason="Wrong patient", actor=SYSTEM, now=JULY)
    with pytest.raises(Conflict, match="taken back already"):
        minutes.void(entry, reason="Again", actor=SYSTEM, now=JULY)
    with pytest.raises(DomainError, match="takes another one back"):
        minutes.void(back, reason="Undo", actor=SYSTEM, now=JULY)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_an_entry_is_never_changed(oak: Home, change) -> None:
    entry = talk(oak, enrol(oak), 3)
    rows = TimeEntry.objects.filter(pk=entry.pk)
    with pytest.raises(Error), transaction.atomic():
        rows.update(live_contact=False) if change == "update" else rows._raw_delete(rows.db)
