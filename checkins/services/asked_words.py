"""What a check-in asked about beside the fixed questions, as it was asked."""

from checkins.asking import words_asked
from checkins.cadence import Asking, parse_content
from checkins.models import AskedWords, CheckIn


def words_of(check_in: CheckIn, language: str) -> dict[str, str]:
    """Return the words of a check-in's function, milestone and free questions, by item; one query or two.

    A check-in from before they were kept was asked in the words of its protocol.
    """
    kept = AskedWords.objects.filter(practice_id=check_in.practice_id, check_in=check_in).first()
    if kept is not None:
        return dict(kept.words)
    content = parse_content(check_in.plan.protocol.content)
    return words_asked(content, Asking(tuple(check_in.items)), language)
