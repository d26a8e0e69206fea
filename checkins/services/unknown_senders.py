"""A text from a number that no patient has is still heard for danger, before it is left to a person."""

from datetime import datetime

from checkins import wording, wording_choice
from checkins.models import Alert, InboundMessage
from checkins.replies.reader import read
from checkins.replies.reading import Level, RedFlag, ReplyRequest
from checkins.services import alerts, paging
from networks.cover import office_of
from networks.local_days import local_date
from networks.models import Practice


def look_for_danger(message: InboundMessage, *, now: datetime) -> Alert | None:
    """Read a stranger's text for danger; return the practice's alert where there is one.

    The alert names no patient, even where the number once was one's. The fixed reply goes out at most once
    a day to a number, and only from a line of the practice that is ready; nothing else is ever answered.
    """
    reading = read(
        ReplyRequest(texts=(message.body,), open=(), language="en", prompt=None, media=message.media)
    )
    flag = reading.red_flag
    if flag is None:
        return None
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
