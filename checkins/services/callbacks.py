"""The carrier's statuses as it calls them in: noted in one commit with those that wait at the same moment."""

from collections.abc import Sequence
from uuid import UUID

from checkins.services.sending import Word, note_status
from checkins.statuses import rank
from networks import round_trips
from networks.group_commit import GroupCommit

_SOURCE = "callback"
_STATUS_MANY = "SELECT daybook_status_many(%s, %b, %b, %b, %b, %b, %s, %b)"


def note_callback(practice_id: UUID, word: Word) -> bool:
    """Write down one word of the carrier and move its text forward, never back.

    Returns False when no text of the practice belongs to it; the word is kept all the same. Not inside a
    transaction: the connection of another thread may be the one that stores it.
    """
    if word.attempt_id is None:
        return note_alone(practice_id, word)
    return _shared.store(practice_id, word)


def note_alone(practice_id: UUID, word: Word) -> bool:
    """Do the same in a statement of its own, as the view does for the calls that the door left to it."""
    return note_status(
        practice_id,
        attempt_id=word.attempt_id,
        sid=word.sid,
        status=word.status,
        error_code=word.error_code,
        source=_SOURCE,
        now=word.at,
    )


def note_many(practice_id: UUID, words: Sequence[Word]) -> list[bool | None]:
    """Note the words of one practice; None for one whose text is not known or not free at this moment."""
    given = [(each.attempt_id, each.sid, each.status, rank(each.status), each.error_code) for each in words]
    attempts, sids, said, ranks, errors = map(list, zip(*given, strict=True))
    ats = [each.at for each in words]
    done = set(
        round_trips.ask(_STATUS_MANY, [practice_id, attempts, sids, said, ranks, errors, _SOURCE, ats])
    )
    return [True if each.attempt_id in done else None for each in words]


_shared: GroupCommit[UUID, Word, bool] = GroupCommit(
    together=note_many, alone=note_alone, concerns_all=round_trips.had_no_connection
)
