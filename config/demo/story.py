"""Forty days in a practice, told through the product's own services with their own times."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial

from billing.services import coverages, decisions, gates, minutes
from checkins.models import AlertEvent, OutboundMessage
from checkins.services import alerts, enrollment, outbox, planning, reading, receiving, sending
from checkins.services.line import Route
from config.demo.cast import Character, House
from config.demo.replies import TURNS, reply
from networks.actors import Actor
from networks.local_days import instant_of, local_date, zone_named
from networks.models import Clinician, Payer, Practice, User
from networks.scoping import practice_scope
from patients.models import Episode, Phone

DAYS = 40
_STORYTELLER = Actor.part("demonstration")
_ASK_AT = time(9, 0)


@dataclass
class _Monitored:
    """One patient's part in the story."""

    character: Character
    episode: Episode
    number: str
    begins: date
    clinician: Clinician


@dataclass
class Story:
    """One practice's forty days."""

    house: House
    practice: Practice
    route: Route
    clinicians: list[Clinician]
    people: dict[Clinician, User]
    payers: list[Payer]
    now: datetime
    luck: random.Random = field(default_factory=lambda: random.Random(2026))  # noqa: S311 - invented replies, no secret
    monitored: list[_Monitored] = field(default_factory=list)
    _sid: int = 0

    @property
    def today(self) -> date:
        return local_date(self.now, zone_named(self.house.time_zone))

    def tell(self, progress: Callable[[str], None]) -> None:
        """Make the whole history of the practice, one transaction a day."""
        for ago in range(DAYS, 0, -1):
            day = self.today - timedelta(days=ago)
            with practice_scope(self.practice.pk):
                self._enroll_whoever_begins(day)
                self._morning(day)
            self._replies(day)
            with practice_scope(self.practice.pk):
                self._care(day)
        with practice_scope(self.practice.pk):
            decisions.refresh_all(self.practice.pk, now=self.now)
        progress(f"{self.house.name}: {len(self.monitored)} patients, {DAYS} days")

    def _at(self, day: date, clock: time) -> datetime:
        return instant_of(day, clock, zone_named(self.house.time_zone))

    def _enroll_whoever_begins(self, day: date) -> None:
        for place, character in enumerate(self.house.patients):
            begins = self.today - timedelta(days=DAYS - 2 * (place % 5))
            if begins == day:
                self._enroll(place, character, day)

    def _enroll(self, place: int, character: Character, day: date) -> None:
        at = self._at(day, time(8, 10))
        number = (
            f"+1{self.house.number[2:5]}55501{place + 60 if self.house.key == 'lakeside' else place + 70:02d}"
        )
        clinician = self.clinicians[place % 2]
        episode = enrollment.enroll(
            self.practice,
            request=enrollment.EnrollmentRequest(
                given_name=character.given,
                family_name=character.family,
                mobile=number,
                language=character.language,
                condition=character.condition,
                side=character.side,
                clinician_id=clinician.pk,
                time_zone=self.house.time_zone,
                record_number=f"{self.house.key[:2].upper()}{1001 + place}",
                birth_date=date(character.born, 1 + place, 3 + place),
                evaluated_on=day,
                surgery_on=day - timedelta(days=14) if character.condition in {"knee", "hip"} else None,
                # The first three are asked soon after midnight, so that the demonstration has texts at any hour.
                send_at=time(0, 5) if place < 3 else _ASK_AT,
                consent_method="paper",
                welcome=False,
            ),
            actor=_STORYTELLER,
            now=at,
        )
        self._open_gates(place, episode, clinician, day, at)
        self.monitored.append(_Monitored(character, episode, number, day, clinician))

    def _open_gates(
        self, place: int, episode: Episode, clinician: Clinician, day: date, at: datetime
    ) -> None:
        gates.record_set_up(
            episode,
            completed_on=day,
            pt_minutes=12,
            pta_minutes=0,
            taught_by=clinician,
            note="Showed the texts on the patient's own phone; the patient answered one.",
            actor=_STORYTELLER,
            now=at,
        )
        status = "unknown" if place == 7 else "covered"
        coverages.record_coverage(
            episode.patient,
            payer=self.payers[place % len(self.payers)],
            status=status,
            starts_on=day.replace(day=1),
            evidence="" if status == "unknown" else "Payer's portal, RTM policy page",
            checked_on=None if status == "unknown" else day,
            actor=_STORYTELLER,
            now=at,
        )

    def _morning(self, day: date) -> None:
        at = self._at(day, time(9, 2))
        planning.plan_day(self.practice.pk, now=at)
        for row_id in outbox.claim(self.practice.pk, now=at, limit=1000):
            departure = outbox.depart(self.practice.pk, row_id, now=at)
            if departure is None:
                continue
            sid = self._new_sid("SM")
            for status, after in (("sent", 3), ("delivered", 6)):
                sending.note_status(
                    self.practice.pk,
                    attempt_id=departure.attempt_id,
                    sid=sid,
                    status=status,
                    source="callback",
                    now=at + timedelta(seconds=after),
                )

    def _new_sid(self, prefix: str) -> str:
        self._sid += 1
        return f"{prefix}{int(self.practice.pk.hex[-8:], 16):016x}{self._sid:016x}"

    def _replies(self, day: date) -> None:
        """Let patients answer between 9:10 and 18:00, then read everything as of that evening."""
        evening = self._at(day, time(18, 30))
        with practice_scope(self.practice.pk):
            asked = set(
                OutboundMessage.objects.filter(
                    practice=self.practice, kind="check_in", check_in__local_date=day
                ).values_list("episode_id", flat=True)
            )
        for each in self.monitored:
            if each.episode.pk not in asked:
                continue
            at = self._at(day, time(9, 10)) + timedelta(minutes=int(self.luck.triangular(0, 530, 25)))
            for words in self._words(each, day):
                receiving.receive(self.route, self._text(each.number, words), now=at)
                at += timedelta(minutes=1)
                reading.read_pending(self.practice.pk, now=partial(_same, at))
        self._deliver_answers(evening)

    def _deliver_answers(self, at: datetime) -> None:
        """Our own answers of the day leave at once in real life; here they are let go the same evening."""
        with practice_scope(self.practice.pk):
            for message in OutboundMessage.objects.filter(
                practice=self.practice, outbox__state="pending", occurred_at__lt=at
            ).select_related("outbox"):
                moment = message.occurred_at + timedelta(seconds=2)
                claimed = outbox.claim(self.practice.pk, now=moment, limit=50)
                for row_id in claimed:
                    departure = outbox.depart(self.practice.pk, row_id, now=moment)
                    if departure:
                        sending.note_status(
                            self.practice.pk,
                            attempt_id=departure.attempt_id,
                            sid=self._new_sid("SM"),
                            status="delivered",
                            source="callback",
                            now=moment + timedelta(seconds=3),
                        )

    def _text(self, number: str, words: str) -> receiving.TextIn:
        return receiving.text_from(
            {
                "MessageSid": [self._new_sid("SM")],
                "AccountSid": [self.route.account_sid],
                "From": [number],
                "To": [self.house.number],
                "Body": [words],
                "NumMedia": ["0"],
            }
        )

    def _words(self, each: _Monitored, day: date) -> list[str]:
        character = each.character
        ago = (self.today - day).days - 1
        for turn_ago, words in TURNS.get(character.turn, ()):
            if turn_ago == ago:
                return [words]
        if character.turn == "silent" and ago < 4:
            return []
        if self.luck.random() > character.answers:
            return []
        span = max(1, (self.today - each.begins).days)
        course = (day - each.begins).days / span
        level = character.pain_from + (character.pain_to - character.pain_from) * course
        if character.turn == "worse" and ago < 3:
            level = min(8, character.pain_to + 1)
        pain = max(0, min(8, round(level + self.luck.uniform(-1, 1))))
        return reply(character.style, pain=pain, done=self.luck.random() < 0.75, luck=self.luck)

    def _care(self, day: date) -> None:
        """The clinician looks through the data once a week and calls twice a month; alerts get answered."""
        for place, each in enumerate(self.monitored):
            since = (day - each.begins).days
            user = self.people[each.clinician]
            actor = Actor.person(user.pk)
            if since > 0 and since % 7 == place % 7:
                begin = self._at(day, time(12, 0)) + timedelta(minutes=9 * place)
                minutes.log_time(
                    each.episode,
                    clinician=each.clinician,
                    by=user,
                    started_at=begin,
                    ended_at=begin + timedelta(minutes=4 + place % 3, seconds=20),
                    activity="review",
                    reason="Weekly look at pain and exercises",
                    actor=actor,
                    now=begin + timedelta(minutes=10),
                )
            if since in {9, 24, 37} and each.character.turn != "silent":
                begin = self._at(day, time(16, 0)) + timedelta(minutes=9 * place)
                minutes.log_call(
                    each.episode,
                    clinician=each.clinician,
                    by=user,
                    started_at=begin,
                    ended_at=begin + timedelta(minutes=6, seconds=30),
                    mode="phone",
                    topic="How the exercises go, next steps",
                    reached=True,
                    actor=actor,
                    now=begin + timedelta(minutes=8),
                )
        self._close_old_alerts(day)

    def _close_old_alerts(self, day: date) -> None:
        if (self.today - day).days <= 2:
            return
        at = self._at(day, time(17, 30))
        for each in self.monitored:
            for alert in each.episode.alerts.exclude(events__act=AlertEvent.Act.CLOSED).exclude(
                kind="opted_out"
            ):
                actor = Actor.person(self.people[each.clinician].pk)
                alerts.acknowledge(alert, actor=actor, now=at)
                alerts.close(alert, reason="Spoke with the patient, nothing further", actor=actor, now=at)


def _same(moment: datetime) -> datetime:
    return moment


def numbers_of(practice: Practice) -> list[tuple[str, str]]:
    """Return the practice's phones as number and label, for the simulator; the scope must be open."""
    return [
        (phone.number, f"{phone.patient.given_name} {phone.patient.family_name[:1]}.")
        for phone in Phone.objects.filter(practice=practice).select_related("patient")
    ]
