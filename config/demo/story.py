"""Some weeks in a practice, told through the product's own services with their own times."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from uuid import UUID

from billing.services import coverages, decisions, gates, minutes, worked_time
from checkins.models import Alert, InboundRow, OutboundMessage
from checkins.services import (
    alerts,
    batch_reading,
    enrollment,
    outbox,
    planning,
    reading,
    receiving,
    sending,
    snoozes,
    writing,
)
from checkins.services.line import Route
from config.demo import claims, closing
from config.demo.cast import Character, House, cast_of
from config.demo.replies import TURNS, reply
from networks.actors import Actor
from networks.local_days import instant_of, local_date, zone_named
from networks.models import Clinician, Payer, Practice, User
from networks.scoping import practice_scope
from patients.models import Episode, Phone

_STORYTELLER = Actor.part("demonstration")
_ASK_AT = time(9, 0)
_AWAKE = 6  # so many patients are asked right after midnight, so that the phones have texts at any hour
_CALLS = frozenset({9, 24, 37, 52, 66})
_SCORE_DAYS = 55
_QUIET = frozenset({"silent", "aside"})  # these do not answer on the last days
_ASIDE_DAYS = 4
_SPLIT_DAYS = 4  # answers told in two texts are read one by one, which costs: the newest days have them


@dataclass
class Monitored:
    """One patient's part in the story."""

    character: Character
    episode: Episode
    number: str
    begins: date
    clinician: Clinician
    left: bool = False


@dataclass
class Story:
    """One practice's last weeks."""

    house: House
    practice: Practice
    route: Route
    clinicians: list[Clinician]
    people: dict[Clinician, User]
    payers: list[Payer]
    now: datetime
    days: int
    with_others: bool
    luck: random.Random = field(default_factory=lambda: random.Random(2026))  # noqa: S311 - invented replies, no secret
    monitored: list[Monitored] = field(default_factory=list)
    _sid: int = 0

    @property
    def today(self) -> date:
        return local_date(self.now, zone_named(self.house.time_zone))

    def tell(self) -> str:
        """Make the whole history of the practice, day by day; return how large it became."""
        cast = cast_of(self.house, with_others=self.with_others)
        with practice_scope(self.practice.pk):
            for ago in range(self.days, 0, -1):
                day = self.today - timedelta(days=ago)
                self._enroll_whoever_begins(cast, day)
                self._morning(day)
                self._replies(day)
                self._care(day)
            self._set_aside(self.today - timedelta(days=1))
            decisions.refresh_all(self.practice.pk, now=self.now)
            if self.house.key == closing.CLOSING_HOUSE:
                self._close_months()
        return f"{self.house.name}: {len(self.monitored)} patients, {self.days} days"

    def _close_months(self) -> None:
        therapists = {each: self.people[each] for each in self.clinicians[:2]}
        first = self.today - timedelta(days=self.days)
        closing.close_months(self.practice, therapists, first=first, today=self.today, now=self.now)

    def let_pass(self, day: date, *, since: datetime, until: datetime) -> int:
        """Let what lies between two instants of one more day happen; return how many texts were written.

        What a patient writes hangs on the patient and the day alone, so that hour after hour makes the same
        day as all of it at once.
        """
        morning = self._at(day, time(9, 2))
        if morning > until:
            return 0
        if morning > since:
            self._morning(day)
        texts = []
        for each in self._asked_on(day):
            self.luck.seed(f"{each.number} {day}")
            texts += [(text, at) for text, at in self._texts(each, day) if since < at <= until]
        self._receive(texts, read_at=min(until, self._at(day, time(18, 15))))
        return len(texts)

    def number_texts_from(self, first: int) -> None:
        """Have the carrier's ids of texts begin at a number that no earlier text has."""
        self._sid = first

    def _at(self, day: date, clock: time) -> datetime:
        return instant_of(day, clock, zone_named(self.house.time_zone))

    def _enroll_whoever_begins(self, cast: list[Character], day: date) -> None:
        for place, character in enumerate(cast):
            # The first ones begin at once, the others over the first weeks.
            begins = self.today - timedelta(
                days=self.days - (2 * (place % 5) if place < 10 else (place * 7) % 48)
            )
            if begins == day:
                self._enroll(place, character, day)

    def _enroll(self, place: int, character: Character, day: date) -> None:
        at = self._at(day, time(8, 10))
        number = f"+1{self.house.area_codes[place // 100]}55501{place % 100:02d}"
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
                birth_date=date(character.born, 1 + place % 12, 1 + place % 28),
                evaluated_on=day,
                surgery_on=day - timedelta(days=14) if character.condition in {"knee", "hip"} else None,
                send_at=time(0, 5) if place < _AWAKE else _ASK_AT,
                consent_method="paper",
                welcome=False,
            ),
            actor=_STORYTELLER,
            now=at,
        )
        self._open_gates(place, episode, clinician, day, at)
        self.monitored.append(Monitored(character, episode, number, day, clinician))

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
        status = "unknown" if place % 20 == 7 else "covered"
        coverages.record_coverage(
            episode.patient,
            # Two patients of three have the first payer, one of ten the last.
            payer=self.payers[0 if place % 3 else 2 if place % 10 == 0 else 1],
            status=status,
            starts_on=day.replace(day=1),
            evidence="" if status == "unknown" else "Payer's portal, RTM policy page",
            member_id=f"INV{self.house.key[:2].upper()}{1001 + place}",
            checked_on=None if status == "unknown" else day,
            actor=_STORYTELLER,
            now=at,
        )
        claims.record_episode(episode, place=place, starts_on=day, actor=_STORYTELLER, now=at)

    def _morning(self, day: date) -> None:
        at = self._at(day, time(9, 2))
        planning.close_expired(self.practice.pk, now=at)
        planning.plan_day(self.practice.pk, now=at)
        writing.write_texts(self.practice.pk, now=at)
        self._let_go(at)

    def _let_go(self, at: datetime) -> None:
        """Let every text that is due leave, and the carrier say that it arrived."""
        claimed = outbox.claim(self.practice.pk, now=at, limit=1000)
        if not claimed:
            return
        departures = outbox.depart_many(self.practice.pk, claimed, now=at)
        sending.note_statuses(
            self.practice.pk,
            [
                sending.Word(each.attempt_id, self._new_sid(), "delivered", at + timedelta(seconds=6))
                for each in departures
            ],
            source="callback",
        )

    def _new_sid(self) -> str:
        self._sid += 1
        return f"SM{int(self.practice.pk.hex[-8:], 16):016x}{self._sid:016x}"

    def _replies(self, day: date) -> None:
        """Let patients answer between 9:10 and 18:00; plain answers are read at once, the others one by one."""
        texts = [text for each in self._who_writes_on(day) for text in self._texts(each, day)]
        self._receive(texts, read_at=self._at(day, time(18, 15)))

    def _asked_on(self, day: date) -> list[Monitored]:
        asked = set(
            OutboundMessage.objects.filter(
                practice=self.practice, kind="check_in", check_in__local_date=day
            ).values_list("episode_id", flat=True)
        )
        return [each for each in self.monitored if each.episode.pk in asked]

    def _who_writes_on(self, day: date) -> list[Monitored]:
        """Return who is asked on a day, and whose turn of events does not wait for a question."""
        asked = {each.episode.pk for each in self._asked_on(day)}
        return [
            each for each in self.monitored if each.episode.pk in asked or self._turn(each, day) is not None
        ]

    def _receive(self, texts: list[tuple[receiving.TextIn, datetime]], *, read_at: datetime) -> None:
        receiving.receive_many(self.route, texts)
        batch_reading.read_plain_answers(self.practice.pk, now=read_at, limit=2000)
        self._read_the_others()

    def _read_the_others(self) -> None:
        waiting = InboundRow.objects.filter(practice=self.practice, state=InboundRow.State.PENDING)
        last: dict[bytes, datetime] = {}
        for row in waiting.order_by("received_at"):
            last[bytes(row.from_index)] = row.received_at
        for from_index, at in last.items():
            reading.read_phone(self.practice.pk, from_index, now=partial(_same, at))
            self._let_go(at + timedelta(seconds=2))

    def _texts(self, each: Monitored, day: date) -> list[tuple[receiving.TextIn, datetime]]:
        at = self._at(day, time(9, 10)) + timedelta(minutes=int(self.luck.triangular(0, 530, 25)))
        return [
            (self._text(each.number, words), at + timedelta(minutes=place))
            for place, words in enumerate(self._words(each, day))
        ]

    def _text(self, number: str, words: str) -> receiving.TextIn:
        return receiving.text_from(
            {
                "MessageSid": [self._new_sid()],
                "AccountSid": [self.route.account_sid],
                "From": [number],
                "To": [self.house.number],
                "Body": [words],
                "NumMedia": ["0"],
            }
        )

    def _ago(self, day: date) -> int:
        return (self.today - day).days - 1

    def _turn(self, each: Monitored, day: date) -> str | None:
        turns = TURNS.get(each.character.turn, ())
        return next((words for ago, words in turns if ago == self._ago(day)), None)

    def _words(self, each: Monitored, day: date) -> list[str]:
        character, ago = each.character, self._ago(day)
        if (turn := self._turn(each, day)) is not None:
            return [turn]
        if character.turn in _QUIET and ago < 4:
            return []
        if self.luck.random() > character.answers:
            return []
        course = min(1.0, (day - each.begins).days / _SCORE_DAYS)
        level = character.pain_from + (character.pain_to - character.pain_from) * course
        if character.turn == "worse" and ago < 3:
            level = min(8, character.pain_to + 1)
        pain = max(0, min(8, round(level + self.luck.uniform(-1, 1))))
        return reply(
            character.style,
            pain=pain,
            done=self.luck.random() < 0.75,
            luck=self.luck,
            may_split=ago < _SPLIT_DAYS,
        )

    def _care(self, day: date) -> None:
        """The clinicians look through the data once a week and call now and then; alerts get answered."""
        for clinician in self.clinicians[:2]:
            worked = [
                entry
                for place, each in enumerate(self.monitored)
                if each.clinician == clinician and not each.left
                for entry in self._work_on(each, place, day)
            ]
            minutes.log_many(
                worked,
                practice_id=self.practice.pk,
                actor=Actor.person(self.people[clinician].pk),
                now=self._at(day, time(23, 30)),
            )
        self._discharge(day)
        self._close_old_alerts(day)

    def _work_on(self, each: Monitored, place: int, day: date) -> list[worked_time.WorkedTime]:
        since = (day - each.begins).days
        user = self.people[each.clinician]
        done = []
        if since > 0 and since % 7 == place % 7:
            begin = self._at(day, time(11, 0)) + timedelta(minutes=7 * (place // 2))
            done.append(
                worked_time.WorkedTime(
                    episode=each.episode,
                    clinician=each.clinician,
                    by=user,
                    started_at=begin,
                    ended_at=begin + timedelta(minutes=4 + place % 3, seconds=20),
                    activity="review",
                    reason="Weekly look at pain and exercises",
                )
            )
        if since in _CALLS and each.character.turn != "silent" and each.character.answers > 0.5:
            begin = self._at(day, time(16, 0)) + timedelta(minutes=9 * (place // 2))
            done.append(
                worked_time.call(
                    each.episode,
                    clinician=each.clinician,
                    by=user,
                    started_at=begin,
                    ended_at=begin + timedelta(minutes=6, seconds=30),
                    mode="phone",
                    topic="How the exercises go, next steps",
                    reached=True,
                )
            )
        return done

    def _discharge(self, day: date) -> None:
        for each in self.monitored:
            if (
                each.character.turn == "left"
                and not each.left
                and (day - each.begins).days == _SCORE_DAYS - 10
            ):
                enrollment.discharge(
                    each.episode,
                    ends_on=day,
                    reason="goals_met",
                    actor=Actor.person(self.people[each.clinician].pk),
                    now=self._at(day, time(17, 0)),
                )
                each.left = True

    def _set_aside(self, day: date) -> None:
        """Patients who said that they are away are set aside, so that their silence asks for nobody."""
        for each in self.monitored:
            if each.character.turn == "aside":
                snoozes.snooze(
                    each.episode,
                    until=day + timedelta(days=_ASIDE_DAYS),
                    reason="Away with family, said so on the phone; texts again after that",
                    actor=Actor.person(self.people[each.clinician].pk),
                    now=self._at(day, time(17, 30)),
                )

    def _close_old_alerts(self, day: date) -> None:
        if (self.today - day).days <= 2:
            return
        at = self._at(day, time(23, 40))
        carers: dict[UUID, User] = {each.episode.pk: self.people[each.clinician] for each in self.monitored}
        for alert in Alert.objects.open().filter(practice=self.practice).exclude(kind="opted_out"):
            if alert.episode_id in carers:
                actor = Actor.person(carers[alert.episode_id].pk)
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
