"""A text from a number that no patient has: heard for danger, a stop and the keyword, then left to a person."""

from datetime import datetime

from checkins import wording, wording_choice
from checkins.join_words import joining_in
from checkins.models import Alert, InboundMessage, InboundRow
from checkins.replies.reader import read
from checkins.replies.reading import Consent, Level, Reading, RedFlag, ReplyRequest
from checkins.services import alerts, joining, paging
from networks.cover import office_of
from networks.local_days import local_date
from networks.models import Practice


def hear(message: InboundMessage, *, now: datetime) -> InboundRow.State:
    """Read a stranger's text and do what follows; return what became of it.

    Danger goes before everything, a stop before the keyword. Nothing else is ever answered.
    """
    reading = read(
        ReplyRequest(texts=(message.body,), open=(), language="en", prompt=None, media=message.media)
    )
    if reading.red_flag is not None:
        _raise_danger(message, reading, reading.red_flag, now=now)
    if reading.consent is Consent.OPT_OUT:
        joining.stop(message, now=now)
    elif reading.red_flag is None and reading.consent is not Consent.CONFIRM_OPT_OUT:
        asked = joining_in(message.body)
        if asked and joining.ask(message, language=asked.language, now=now) is not None:
            return InboundRow.State.JOIN_REQUEST
    return InboundRow.State.UNKNOWN_SENDER


def _raise_danger(message: InboundMessage, reading: Reading, flag: RedFlag, *, now: datetime) -> Alert:
    """Open the practice's alert, which names no patient, even where the number once was one's.

    The fixed reply goes out at most once a day to a number, and only from a line of the practice that is ready.
    """
    alert = alerts.open_practice_alert(message, level=flag.level.value, sign=flag.danger.value, now=now)
    if flag.level is not Level.REVIEW:
        # Nobody knows the stranger's language; their own words tell it best.
        language = reading.language if reading.language in {"en", "es"} else "en"
        body = _reply(message, flag, language=language, now=now)
        paging.queue_reply_to_unknown(message, body=body, now=now)
    return alert


def _reply(message: InboundMessage, flag: RedFlag, *, language: str, now: datetime) -> str:
    practice = Practice.objects.get(pk=message.practice_id)
    office = office_of(practice.pk)
    template = wording_choice.reassuring(
        danger=flag.danger.value, level=flag.level.value, after_hours=not office.is_open(at=now)
    )
    if template is None:
        raise ValueError("A sign that a person only looks at has no reply.")
    return wording.render(
        template,
        language,
        practice=practice.text_name,
        phone=practice.phone,
        next_business_day=wording_choice.next_business_day(local_date(now, office.zone), language),
    ).text
