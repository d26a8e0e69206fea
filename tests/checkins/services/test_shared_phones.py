"""Two patients with one mobile, each texted from another number of the practice: nobody gets the other's."""

from datetime import timedelta

import pytest

from checkins.models import CheckIn, InboundRow, OutboundMessage, Plan, Reading, Sender
from checkins.selectors import is_blocked, start_number
from checkins.services import conversation, line, planning, reaching, shared_phones
from networks.actors import Actor
from networks.errors import Conflict
from networks.permissions import Role
from networks.scoping import Scope, open_scope
from patients.models import ConsentEvent, Phone
from patients.phones import shown
from patients.services import registration
from tests import factories
from tests.factories import Enrolled
from tests.world import NOW, SYSTEM, Home, World

MOBILE = "+13125550142"
SECOND = "+13125550188"


class Household:
    """Ana and her husband Ben at one mobile; `second` is the number of ours from which Ben is texted."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.ana = factories.enrolled(home, now=NOW - timedelta(days=2), given_name="Ana", mobile=MOBILE)
        self.second = line.add_sender(
            home.practice,
            number=SECOND,
            account_sid="AC" + "1" * 32,
            token="b" * 32,
            actor=SYSTEM,
            now=NOW - timedelta(days=2),
        )
        ben = enrolled_sharing(home, "Ben")
        self.ben = Enrolled(ben.episode, MOBILE, self.second)

    def says(self, who: Enrolled, body: str, *, minutes: int = 5) -> InboundRow:
        at = NOW + timedelta(minutes=minutes)
        factories.writes(who, body, at=at)
        factories.read_all(self.home, at=at)
        return InboundRow.objects.latest("received_at")

    def check_in(self, who: Enrolled) -> CheckIn:
        return CheckIn.objects.get(episode=who.episode, planned_at=NOW)

    def phone(self, who: Enrolled) -> Phone:
        return Phone.objects.get(patient=who.patient_id)

    def values(self, who: Enrolled) -> dict[str, object]:
        return {each.item: each.low or each.word for each in Reading.objects.filter(episode=who.episode)}


def enrolled_sharing(home: Home, name: str) -> Enrolled:
    return factories.enrolled(
        home, now=NOW - timedelta(days=2), given_name=name, mobile=MOBILE, shares_phone=True
    )


@pytest.fixture
def home(world: World):
    with open_scope(Scope.of_practice(world.oak.practice.pk)):
        yield world.oak


@pytest.fixture
def household(home: Home) -> Household:
    both = Household(home)
    factories.asked(home, at=NOW)
    return both


def test_each_is_asked_from_a_number_of_their_own(household: Household) -> None:
    asked = OutboundMessage.objects.filter(kind="check_in", occurred_at=NOW)
    assert {(each.patient_id, each.sender.number) for each in asked.select_related("sender")} == {
        (household.ana.patient_id, household.ana.route.number),
        (household.ben.patient_id, SECOND),
    }


def test_an_answer_counts_for_the_one_whose_number_it_came_to(household: Household) -> None:
    assert household.says(household.ben, "6 y").patient_id == household.ben.patient_id
    assert household.says(household.ana, "2 n", minutes=6).patient_id == household.ana.patient_id
    assert household.values(household.ben) == {"pain": 6, "exercises": "yes"}
    assert household.values(household.ana) == {"pain": 2, "exercises": "no"}


def test_answers_read_in_one_go_go_to_the_right_one(household: Household) -> None:
    others = [factories.enrolled(household.home, now=NOW - timedelta(days=2)) for _ in range(3)]
    at = NOW + timedelta(minutes=5)
    planning.plan_day(household.home.practice.pk, now=at)
    factories.asked(household.home, at=at)
    for who in (household.ben, *others):
        factories.writes(who, "6 y", at=at + timedelta(minutes=1))
    factories.read_all(household.home, at=at + timedelta(minutes=2))
    assert household.values(household.ben) == {"pain": 6, "exercises": "yes"}
    assert household.values(household.ana) == {}


def test_half_an_answer_is_not_completed_by_the_others_text(household: Household) -> None:
    household.says(household.ana, "6")
    household.says(household.ben, "yes", minutes=6)
    assert household.values(household.ana) == {"pain": 6}
    assert household.values(household.ben) == {"exercises": "yes"}


def test_a_start_ends_the_block_of_the_number_it_was_texted_to(household: Household) -> None:
    household.says(household.ben, "STOP")
    household.says(household.ana, "START", minutes=6)
    assert is_blocked(household.phone(household.ben))
    # Texted from another number by now: the carrier still holds back the one that was stopped.
    Plan.objects.filter(episode=household.ben.episode).update(
        sender=Sender.objects.get(number=household.ana.route.number)
    )
    assert start_number(household.phone(household.ben)) == shown(SECOND)
    assert not is_blocked(household.phone(household.ana))
    household.says(household.ben, "START", minutes=7)
    assert not is_blocked(household.phone(household.ben))


def test_a_stop_ends_the_texts_of_one_only(household: Household) -> None:
    household.says(household.ben, "STOP")
    assert household.check_in(household.ben).closed_reason == CheckIn.Closed.OPTED_OUT
    assert household.check_in(household.ana).state == CheckIn.State.OPEN
    stopped = ConsentEvent.objects.get(kind="texts", act="withdrawn")
    assert (stopped.patient_id, stopped.phone_id) == (
        household.ben.patient_id,
        household.phone(household.ben).pk,
    )
    planning.plan_day(household.home.practice.pk, now=NOW + timedelta(days=1))
    tomorrow = CheckIn.objects.filter(planned_at=NOW + timedelta(days=1))
    assert [each.episode_id for each in tomorrow] == [household.ana.episode.pk]


def test_a_wrong_number_sets_aside_one_only(household: Household) -> None:
    household.says(household.ana, "wrong number")
    assert household.phone(household.ana).state == Phone.State.SUSPENDED
    assert household.phone(household.ben).state == Phone.State.ACTIVE


def test_what_staff_write_goes_from_the_patients_own_number(household: Household) -> None:
    # The first number pauses: Ana waits for it rather than being texted from Ben's.
    Sender.objects.exclude(number=SECOND).update(state=Sender.State.PAUSED)
    actor = Actor.person(household.home.people[Role.CLINICIAN].pk)
    for who, number in ((household.ana, household.ana.route.number), (household.ben, SECOND)):
        written = conversation.write_to_patient(
            household.phone(who).patient, body="See you on Friday", actor=actor, now=NOW
        )
        assert written.sender.number == number


def test_a_third_at_the_same_mobile_is_refused(household: Household) -> None:
    with pytest.raises(Conflict, match="ask your administrator for a second sending number"):
        enrolled_sharing(household.home, "Cid")


def test_nobody_shares_a_mobile_unless_somebody_says_so(home: Home) -> None:
    both = Household(home)
    Phone.objects.filter(pk=both.phone(both.ben).pk).update(state=Phone.State.REPLACED)
    with pytest.raises(Conflict, match="If they share the phone, say so below"):
        factories.enrolled(home, now=NOW, given_name="Cid", mobile=MOBILE)


def test_without_a_second_number_a_mobile_stays_one_patients(home: Home) -> None:
    factories.enrolled(home, now=NOW, given_name="Ana", mobile=MOBILE)
    with pytest.raises(Conflict, match="ask your administrator for a second sending number"):
        enrolled_sharing(home, "Ben")


def test_a_number_that_nobody_has_is_not_shared(home: Home) -> None:
    alone = enrolled_sharing(home, "Ana")
    assert Phone.objects.get(patient=alone.patient_id).line is None
    assert shared_phones.line_for(home.practice.pk, "+13125550177", shares=True) is None


def test_the_database_refuses_two_patients_at_one_mobile_and_line(household: Household) -> None:
    with pytest.raises(Conflict, match="Another patient"):
        registration.add_phone(
            household.phone(household.ana).patient,
            typed=MOBILE,
            actor=SYSTEM,
            now=NOW,
            line=household.second.sender_id,
        )


def test_moving_to_a_shared_mobile_moves_to_its_own_line(household: Household) -> None:
    other = factories.enrolled(household.home, now=NOW - timedelta(days=2), given_name="Eva")
    Phone.objects.filter(pk=household.phone(household.ben).pk).update(state=Phone.State.REPLACED)
    reaching.change_number(
        household_patient(other),
        number=reaching.NewNumber(MOBILE, shares_phone=True),
        said=reaching.Said("phone", NOW, Actor.person(household.home.people[Role.FRONT_DESK].pk)),
        now=NOW,
    )
    plan = Plan.objects.get(episode=other.episode, ends_on=None)
    assert (plan.sender.number, plan.phone.number) == (SECOND, MOBILE)


def household_patient(who: Enrolled):
    return who.episode.patient
