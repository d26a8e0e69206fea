"""What a patient most wants to do again, in their own language: set at enrolment or later, asked about by text."""

from datetime import datetime

from django.db import transaction

from checkins.cadence import LONGEST_WORDS
from checkins.models import OwnActivity
from checkins.protocol_lint import lint_words
from checkins.selectors import own_activity_of
from networks import audit, work
from networks.actors import Actor
from networks.errors import DomainError
from networks.turns import take_turn
from patients.models import Episode


def set_activity(episode: Episode, *, words: str, actor: Actor, now: datetime) -> OwnActivity | None:
    """Keep what an episode's patient is asked to rate from the next check-in on, and return it.

    Empty words mean the protocol's activity again. DomainError names what does not belong into a text; the
    same words once more, as a double click does, change nothing. None where nothing was or is kept.
    """
    words = checked(words, episode)
    with transaction.atomic():
        take_turn("own-activity", episode.pk)
        standing = own_activity_of(episode.practice_id, episode.pk)
        if (standing.words if standing else "") == words:
            return standing
        made = OwnActivity.objects.create(
            practice_id=episode.practice_id,
            episode=episode,
            words=words,
            by_id=actor.user_id,
            occurred_at=now,
            recorded_at=now,
        )
        audit.record(
            "activity.set",
            actor=actor,
            subject_type="own_activity",
            subject_id=made.pk,
            now=now,
            practice_id=episode.practice_id,
            patient_id=episode.patient_id,
        )
        work.ring(episode.practice_id, work.Queue.SEAL, at=now)
    return made


def checked(words: str, episode: Episode) -> str:
    """Return the words as they are kept; DomainError says what must go: names, diagnoses, dates, links."""
    words = " ".join(words.replace("\x00", "").split()).rstrip(".?! ")
    if len(words) > LONGEST_WORDS:
        raise DomainError(f"Shorten this to {LONGEST_WORDS} letters.", field="activity")
    patient = episode.patient
    for finding in lint_words(words, names=(patient.given_name, patient.family_name)):
        raise DomainError(finding.sentence, field="activity")
    return words
