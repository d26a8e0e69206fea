"""Set-up, exclusions and device determination: recorded, audited, refused with sentences."""

from datetime import timedelta

import pytest

from billing.models import DeviceDetermination, Exclusion, SetUp
from billing.services import gates
from checkins.models import TouchedEpisode
from networks.errors import Conflict, DomainError
from networks.models import AuditEntry
from patients.services import registration
from tests.billing.services.clinic import JULY, after, enrol, on, set_up
from tests.world import SYSTEM, Home, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def episode(oak: Home):
    """An episode without its set-up."""
    patient = enrol(oak).patient
    return registration.open_episode(
        patient,
        clinician=oak.clinician,
        condition="hip",
        side="left",
        starts_on=after(0),
        actor=SYSTEM,
        now=on(after(0)),
    )


def test_a_set_up_is_recorded_once(oak: Home, episode) -> None:
    TouchedEpisode.objects.all().delete()
    made = set_up(oak, episode, completed_on=after(1), note=" Showed it back ", now=JULY)
    made.refresh_from_db()
    assert (made.completed_on, made.pt_minutes, made.note) == (after(1), 12, "Showed it back")
    # 00:00 in Chicago: the date is known, the hour is not.
    assert (made.occurred_at, made.recorded_at) == (on(after(1), 6), JULY)
    entry = AuditEntry.objects.get(action="set_up.recorded", subject_id=made.pk)
    assert entry.patient_id == episode.patient_id
    assert TouchedEpisode.objects.filter(episode=episode).exists()
    with pytest.raises(Conflict, match="recorded already"):
        set_up(oak, episode, completed_on=after(2), now=JULY)
    assert SetUp.objects.filter(episode=episode).count() == 1


def test_a_set_up_may_say_when_it_happened(oak: Home, episode) -> None:
    made = set_up(oak, episode, completed_on=after(1), occurred_at=on(after(1), 19), now=JULY)
    assert made.occurred_at == on(after(1), 19)


BAD_SET_UP = {
    "future": ({"completed_on": JULY.date() + timedelta(days=1)}, "completed_on", "lies in the future"),
    "before the evaluation": ({"completed_on": after(-1)}, "completed_on", "before the evaluation"),
    "after the discharge": ({"completed_on": after(31)}, "completed_on", "after the discharge"),
    "negative minutes": ({"pt_minutes": -1}, "pt_minutes", "from 0 to 480"),
    "too many minutes": ({"pta_minutes": 481}, "pta_minutes", "from 0 to 480"),
    "long note": ({"note": "x" * 301}, "note", "Shorten the text to 300 letters"),
}


@pytest.mark.parametrize(("changes", "field", "sentence"), BAD_SET_UP.values(), ids=BAD_SET_UP.keys())
def test_a_set_up_that_cannot_be(oak: Home, episode, changes, field, sentence) -> None:
    registration.discharge(episode, ends_on=after(30), reason="goals met", actor=SYSTEM, now=JULY)
    with pytest.raises(DomainError, match=sentence) as refused:
        set_up(oak, episode, now=JULY, **changes)
    assert refused.value.field == field
    assert not SetUp.objects.filter(episode=episode).exists()


def test_another_practices_clinician_teaches_nobody_here(oak: Home, world: World, episode) -> None:
    with pytest.raises(DomainError, match="works for another practice"):
        set_up(oak, episode, taught_by=world.elm.clinician, now=JULY)


def test_an_exclusion_is_recorded_and_ended(episode) -> None:
    TouchedEpisode.objects.all().delete()
    made = gates.record_exclusion(
        episode, kind="inpatient", starts_on=after(3), source="Daughter called", actor=SYSTEM, now=JULY
    )
    assert TouchedEpisode.objects.filter(episode=episode).exists()
    TouchedEpisode.objects.all().delete()
    gates.end_exclusion(made, ends_on=after(5), actor=SYSTEM, now=JULY)
    made.refresh_from_db()
    assert (made.kind, made.starts_on, made.ends_on) == ("inpatient", after(3), after(5))
    assert TouchedEpisode.objects.filter(episode=episode).exists()
    actions = AuditEntry.objects.filter(subject_id=made.pk).order_by("pk")
    assert [each.action for each in actions] == ["exclusion.recorded", "exclusion.ended"]
    with pytest.raises(DomainError, match="lies before the first"):
        gates.end_exclusion(made, ends_on=after(2), actor=SYSTEM, now=JULY)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"kind": "holiday"}, "kind", "Choose what excludes"),
        ({"ends_on": after(2)}, "ends_on", "The last date lies before the first"),
        ({"source": "x" * 201}, "source", "Shorten the text to 200 letters"),
    ],
    ids=["kind", "dates", "source"],
)
def test_an_exclusion_that_cannot_be(episode, changes, field, sentence) -> None:
    wanted = {"kind": "rpm", "starts_on": after(3), "actor": SYSTEM, "now": JULY} | changes
    with pytest.raises(DomainError, match=sentence) as refused:
        gates.record_exclusion(episode, **wanted)
    assert refused.value.field == field
    assert not Exclusion.objects.exists()


def determine(oak: Home, **changes) -> DeviceDetermination:
    wanted = {
        "basis": "Enforcement discretion",
        "memo": "Memo 2026-2",
        "software_version": "1.1",
        "signed_by": "Counsel",
        "starts_on": after(40),
        "actor": SYSTEM,
        "now": JULY,
    } | changes
    return gates.record_device_determination(oak.practice, **wanted)


def test_a_determination_touches_every_episode(oak: Home) -> None:
    episodes = {enrol(oak, number=number).pk for number in range(2)}
    TouchedEpisode.objects.all().delete()
    made = determine(oak)
    assert set(TouchedEpisode.objects.values_list("episode_id", flat=True)) == episodes
    assert AuditEntry.objects.filter(action="device_determination.recorded", subject_id=made.pk).exists()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"basis": ""}, "basis", "Say on which basis"),
        ({"memo": " "}, "memo", "Name the memo"),
        ({"software_version": ""}, "software_version", "Name the software version"),
        ({"signed_by": ""}, "signed_by", "Say who signed it"),
        ({"ends_on": after(39)}, "ends_on", "The last date lies before the first"),
    ],
    ids=["basis", "memo", "version", "signature", "dates"],
)
def test_a_determination_that_cannot_be(oak: Home, changes, field, sentence) -> None:
    before = DeviceDetermination.objects.count()
    with pytest.raises(DomainError, match=sentence) as refused:
        determine(oak, **changes)
    assert refused.value.field == field
    assert DeviceDetermination.objects.count() == before
