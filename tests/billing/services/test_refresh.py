"""Deciding episodes anew from their facts, against the real database."""

import json
import random
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.exchange import decide_text
from billing.models import DecidedLine, EpisodeDecision, EpisodeMonth, EpisodeWindow
from billing.services import decisions, documents, gates, minutes
from billing.services.document_json import document_as_json
from networks.scoping import practice_scope
from patients.models import ConsentEvent
from patients.services import consents, registration
from tests.billing.services import clinic
from tests.billing.services.clinic import JULY, after, enrol, lines, report, talk
from tests.world import SYSTEM, Home, World

pytestmark = pytest.mark.django_db


def refresh(*episodes, now=JULY):
    return decisions.refresh([each.pk for each in episodes], practice_id=episodes[0].practice_id, now=now)


def test_a_month_of_care_gives_set_up_device_and_management_lines(oak: Home) -> None:
    episode = enrol(oak)
    report(episode, *range(16))
    talk(oak, episode, 3, length=20)
    assert refresh(episode) > 0
    assert lines(episode) == [
        ("98975", 1, "2026-03-02", "billable"),
        ("98977", 1, "2026-03-31", "billable"),
        ("98980", 1, "2026-03-31", "billable"),
    ]
    window, open_window = EpisodeWindow.objects.filter(episode=episode).order_by("starts_on")
    assert (window.starts_on, window.ends_on, window.days) == (after(0), after(29), 16)
    assert (open_window.days, open_window.is_closed) == (0, False)
    assert window.dates[0] == "2026-03-02"
    assert window.is_closed
    month = EpisodeMonth.objects.get(episode=episode)
    assert (month.month.isoformat(), month.seconds, month.minutes) == ("2026-03-01", 1200, 20)
    assert month.live_contacts == 1
    decision = EpisodeDecision.objects.get(episode=episode)
    assert (decision.as_of.isoformat(), decision.engine) == ("2026-07-01", "2026.1")


def test_reasons_name_the_readings_they_rest_on(oak: Home) -> None:
    episode = enrol(oak)
    readings = report(episode, 0, 1)
    refresh(episode)
    line = DecidedLine.objects.get(episode=episode, code="98985")
    evidence = {each for reason in line.reasons for each in reason.get("evidence", [])}
    assert {str(each.pk) for each in readings} <= evidence


def test_a_second_refresh_changes_nothing_and_keeps_every_row(oak: Home) -> None:
    episode = enrol(oak)
    report(episode, 0, 1, 2)
    talk(oak, episode, 3)
    refresh(episode)
    before = clinic.derived(oak.practice.pk)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert refresh(episode) == 0
    assert clinic.derived(oak.practice.pk) == before
    assert not [each for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_only_rows_that_differ_are_written(oak: Home) -> None:
    episode = enrol(oak)
    report(episode, 0, 1, 40, 41)
    refresh(episode)
    window = EpisodeWindow.objects.get(episode=episode, starts_on=after(30))
    report(episode, 42)
    # The second window, its line, the decision; the set-up and the first window stay as they are.
    assert refresh(episode) == 3
    changed = EpisodeWindow.objects.get(episode=episode, starts_on=after(30))
    assert (changed.pk, changed.days) == (window.pk, 3)


def test_rows_that_no_longer_follow_are_removed(oak: Home) -> None:
    episode = enrol(oak)
    readings = report(episode, 0, 1, 40)
    refresh(episode)
    window = EpisodeWindow.objects.filter(episode=episode, starts_on=after(30))
    assert window.exists()
    readings[-1].delete()
    refresh(episode)
    assert not window.exists()
    assert [code for code, *_ in lines(episode)] == ["98975", "98985"]


def test_a_new_day_alone_changes_the_date_of_the_decision_only(oak: Home) -> None:
    episode = enrol(oak)
    report(episode, 0, 1)
    refresh(episode)
    assert refresh(episode, now=JULY + timedelta(days=1)) == 1


def test_the_order_of_facts_is_irrelevant(oak: Home) -> None:
    straight, shuffled = enrol(oak, number=1), enrol(oak, number=2)
    days = list(range(0, 40, 2))
    report(straight, *days)
    for day in (3, 9, 35):
        talk(oak, straight, day)
    mixed = random.Random(4).sample(days, len(days))
    for day in (35, 3, 9):
        talk(oak, shuffled, day)
    for day in mixed:
        report(shuffled, day)
    refresh(shuffled)
    refresh(straight)
    assert lines(straight) == lines(shuffled)
    assert list(EpisodeWindow.objects.filter(episode=straight).values_list("starts_on", "dates")) == list(
        EpisodeWindow.objects.filter(episode=shuffled).values_list("starts_on", "dates")
    )


def test_the_clinics_date_is_the_day_of_the_decision(oak: Home) -> None:
    episode = enrol(oak)
    refresh(episode, now=clinic.on(after(10), hour=3))
    assert EpisodeDecision.objects.get(episode=episode).as_of == after(9)


def test_the_same_document_outside_gives_the_same_lines(oak: Home) -> None:
    episode = enrol(oak)
    report(episode, *range(0, 34, 2), hour=4)
    entry = talk(oak, episode, 3, length=45)
    talk(oak, episode, 5)
    minutes.void(entry, reason="Wrong patient", actor=SYSTEM, now=JULY)
    refresh(episode)
    rows = documents.load_episodes([episode.pk], practice_id=oak.practice.pk)
    (case,) = documents.assemble(
        rows, earlier={}, as_of={episode.pk: JULY.date()}, practice_id=oak.practice.pk
    ).values()
    (document,) = case.documents()
    outside = json.loads(decide_text(json.dumps(document_as_json(document)).encode()))
    kept = DecidedLine.objects.filter(episode=episode).order_by("position")
    assert [(each["code"], each["status"], each["reasons"]) for each in outside["lines"]] == [
        (each.code, each.status, each.reasons) for each in kept
    ]


def test_voided_time_no_longer_counts(oak: Home) -> None:
    episode = enrol(oak)
    report(episode, 0, 1)
    entry = talk(oak, episode, 3, length=20)
    refresh(episode)
    assert ("98980", 1, "2026-03-31", "billable") in lines(episode)
    minutes.void(entry, reason="Talked to somebody else", actor=SYSTEM, now=JULY)
    refresh(episode)
    assert not EpisodeMonth.objects.filter(episode=episode).exists()
    assert [code for code, *_ in lines(episode)] == ["98975", "98985"]


def test_nothing_is_billable_without_a_device_determination(world: World) -> None:
    with practice_scope(world.elm.practice.pk):
        episode = enrol(world.elm)
        report(episode, 0, 1)
        refresh(episode)
        assert {status for *_, status in lines(episode)} == {"refused"}


def test_a_determination_counts_from_its_first_date(oak: Home) -> None:
    early = enrol(oak, starts_on=after(-60))
    report(early, -60, -59)
    refresh(early)
    assert [(code, status) for code, _, _, status in lines(early)] == [
        ("98975", "refused"),
        ("98985", "refused"),
    ]


def test_an_exclusion_refuses_what_shares_a_date_with_it(oak: Home) -> None:
    episode = enrol(oak)
    report(episode, 0, 1, 40, 41)
    gates.record_exclusion(
        episode, kind="home_health", starts_on=after(10), ends_on=after(12), actor=SYSTEM, now=JULY
    )
    refresh(episode)
    assert [(code, status) for code, _, _, status in lines(episode)] == [
        ("98975", "refused"),
        ("98985", "refused"),
        ("98985", "billable"),
    ]


def test_withdrawn_consent_clips_the_window(oak: Home) -> None:
    episode = enrol(oak)
    report(episode, *range(20))
    withdraw(episode, day=9)
    refresh(episode)
    assert lines(episode) == [
        ("98975", 1, "2026-03-02", "billable"),
        ("98985", 1, "2026-03-11", "billable"),
    ]


def test_consent_given_anew_begins_a_new_window_and_leaves_the_first(oak: Home) -> None:
    episode = enrol(oak)
    report(episode, *range(10), *range(35, 55))
    withdraw(episode, day=9)
    consents.give(
        episode.patient,
        kind=ConsentEvent.Kind.MONITORING,
        method="paper",
        actor=SYSTEM,
        now=JULY,
        occurred_at=clinic.on(after(35)),
    )
    refresh(episode)
    assert lines(episode) == [
        ("98975", 1, "2026-03-02", "billable"),
        ("98985", 1, "2026-03-11", "billable"),
        ("98977", 1, "2026-05-05", "billable"),
    ]


def test_the_window_of_an_earlier_episode_keeps_the_next_one_away(oak: Home) -> None:
    first = enrol(oak)
    report(first, *range(5))
    registration.discharge(first, ends_on=after(6), reason="goals met", actor=SYSTEM, now=JULY)
    second = clinic.enrol_again(oak, first.patient, starts_on=after(10))
    report(second, *range(10, 60))
    refresh(first, second)
    window = EpisodeWindow.objects.filter(episode=second).order_by("starts_on").first()
    assert window is not None
    assert window.starts_on == after(30)


def test_a_change_in_an_earlier_episode_reaches_the_later_one(oak: Home) -> None:
    first = enrol(oak)
    registration.discharge(first, ends_on=after(6), reason="goals met", actor=SYSTEM, now=JULY)
    second = clinic.enrol_again(oak, first.patient, starts_on=after(10))
    report(second, *range(10, 60))
    refresh(first, second)
    assert EpisodeWindow.objects.filter(episode=second, starts_on=after(10)).exists()
    report(first, *range(5))
    refresh(first)
    assert EpisodeWindow.objects.filter(episode=second, starts_on=after(30)).exists()
    assert not EpisodeWindow.objects.filter(episode=second, starts_on=after(10)).exists()


def test_a_refused_window_of_an_earlier_episode_keeps_nobody_away(oak: Home) -> None:
    first = enrol(oak)
    report(first, 0)
    registration.discharge(first, ends_on=after(6), reason="goals met", actor=SYSTEM, now=JULY)
    second = clinic.enrol_again(oak, first.patient, starts_on=after(10))
    report(second, *range(10, 60))
    refresh(first, second)
    assert EpisodeWindow.objects.filter(episode=second, starts_on=after(10)).exists()


def queries_of_one_reply_each(oak: Home, episodes) -> int:
    for each in episodes:
        report(each, 50)
    with CaptureQueriesContext(connection) as queries:
        refresh(*episodes)
    return len(queries)


def test_forty_episodes_take_as_many_queries_as_one(oak: Home) -> None:
    episodes = [enrol(oak, number=number) for number in range(41)]
    for each in episodes:
        report(each, 0, 1, 2)
        talk(oak, each, 3)
    refresh(*episodes)
    alone = queries_of_one_reply_each(oak, episodes[:1])
    assert alone == queries_of_one_reply_each(oak, episodes[1:])
    assert alone <= 20


def test_another_tenants_episodes_are_neither_seen_nor_decided(oak: Home, world: World) -> None:
    with practice_scope(world.elm.practice.pk):
        theirs = enrol(world.elm)
        report(theirs, 0, 1)
    assert decisions.refresh([theirs.pk], practice_id=oak.practice.pk, now=JULY) == 0
    assert decisions.refresh([theirs.pk], practice_id=world.elm.practice.pk, now=JULY) == 0
    with practice_scope(world.elm.practice.pk):
        assert decisions.refresh([theirs.pk], practice_id=oak.practice.pk, now=JULY) == 0
        assert not EpisodeDecision.objects.exists()


def test_an_id_of_no_episode_is_passed_over(oak: Home) -> None:
    assert decisions.refresh([uuid4()], practice_id=oak.practice.pk, now=JULY) == 0
    assert decisions.refresh([], practice_id=oak.practice.pk, now=JULY) == 0


def test_refresh_all_decides_every_episode(oak: Home) -> None:
    episodes = [enrol(oak, number=number) for number in range(3)]
    report(episodes[2], 0, 1)
    assert decisions.refresh_all(oak.practice.pk, now=JULY) > 0
    assert EpisodeDecision.objects.count() == 3
    assert decisions.refresh_all(oak.practice.pk, now=JULY) == 0


def test_recreating_on_a_later_day_changes_nothing(oak: Home) -> None:
    episode = enrol(oak)
    report(episode, 0, 1, 2)
    refresh(episode, now=clinic.on(after(10)))
    assert decisions.recreate(oak.practice.pk, now=JULY).total == 0
    EpisodeWindow.objects.filter(episode=episode).update(days=9)
    DecidedLine.objects.filter(episode=episode, code="98975").delete()
    changes = decisions.recreate(oak.practice.pk, now=JULY)
    assert changes.rows["billing_episodewindow"] == 1
    assert changes.rows["billing_decidedline"] == 1
    assert EpisodeWindow.objects.get(episode=episode).days == 3


def test_outdated_are_those_that_a_new_day_can_change(oak: Home) -> None:
    running, ended, new = (enrol(oak, number=number) for number in range(3))
    registration.discharge(ended, ends_on=after(20), reason="goals met", actor=SYSTEM, now=JULY)
    refresh(running, ended, now=JULY)
    assert decisions.outdated(oak.practice.pk, now=JULY) == [new.pk]
    refresh(new, now=JULY)
    tomorrow = JULY + timedelta(days=1)
    assert set(decisions.outdated(oak.practice.pk, now=tomorrow)) == {running.pk, new.pk}
    EpisodeDecision.objects.filter(episode=ended).update(engine="2025.9")
    assert ended.pk in decisions.outdated(oak.practice.pk, now=JULY)


def withdraw(episode, *, day):
    consents.withdraw(
        episode.patient,
        kind=ConsentEvent.Kind.MONITORING,
        method="phone",
        actor=SYSTEM,
        now=JULY,
        occurred_at=clinic.on(after(day)),
    )
