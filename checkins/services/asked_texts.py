"""The texts that planning sends: of each set of questions a protocol has, of each patient's own activity."""

import json
from collections.abc import Iterator
from datetime import date, time
from itertools import product
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery

from checkins.asking import Asked, asking_text, words_asked
from checkins.cadence import Asking, Content, Phase, asked_in, asked_on, parse_content
from checkins.models import AdoptedProtocol, CheckIn, OutboundMessage, OwnActivity, Plan
from checkins.segments import count_segments
from networks.encryption import encrypt
from networks.models import Practice
from patients.models import Language, Phone

_BODY = f"{OutboundMessage._meta.db_table}.body"
Columns = dict[str, list[Any]]


def texts_of(practice: Practice) -> Columns:
    """Return the phases and the wordings of the practice's protocols, column by column.

    These words hold nothing of the patient, so each is sealed once and shared by its rows.
    """
    phases = ("protocols", "sets", "firsts", "lasts", "weekdays")
    texts = ("protocols", "sets", "languages", "holders", "bodies", "templates", "segments", "items", "words")
    columns: Columns = {f"phase_{name}": [] for name in phases} | {f"text_{name}": [] for name in texts}
    for protocol in AdoptedProtocol.objects.filter(practice=practice).followed():
        content = parse_content(protocol.content)
        sets: list[Asking] = []
        for phase, asking, weekdays in _days(content):
            if asking not in sets:
                sets.append(asking)
            day = (protocol.pk, sets.index(asking), phase.first, phase.last, weekdays)
            _add(columns, "phase", phases, day)
        for (number, asking), language, holder in product(
            enumerate(sets), Language.values, Phone.Holder.values
        ):
            asked = asking_text(
                content,
                language,
                practice=practice.text_name,
                version=protocol.version,
                by_caregiver=holder == Phone.Holder.CAREGIVER,
                asking=asking,
            )
            words = words_asked(content, asking, language)
            row = (
                protocol.pk,
                number,
                language,
                holder,
                *_sealed(asked),
                json.dumps(asking.items),
                json.dumps(words),
            )
            _add(columns, "text", texts, row)
    return columns


def own_texts_of(practice: Practice, *, zones: dict[str, Any]) -> Columns:
    """Return, column by column, the texts of patients who are asked about an activity of their own today.

    Only for plans whose hour has come and that have no check-in yet; each text is sealed by itself.
    """
    names = ("plans", "bodies", "templates", "segments", "words")
    columns: Columns = {f"own_{name}": [] for name in names}
    contents: dict[Any, Content] = {}
    for zone, day, clock in zip(zones["zones"], zones["days"], zones["clocks"], strict=True):
        for plan in _due_with_own(practice, zone=zone, day=day, clock=clock):
            content = contents.setdefault(plan.protocol_id, parse_content(plan.protocol.content))
            asking = asked_on(content, day=day, starts_on=plan.starts_on)
            if asking is None or "function" not in asking.items:
                continue
            language, activity = plan.language, plan.activity
            asked = asking_text(
                content,
                language,
                practice=practice.text_name,
                version=plan.protocol.version,
                by_caregiver=plan.phone.holder == Phone.Holder.CAREGIVER,
                asking=asking,
                activity=activity,
            )
            words = words_asked(content, asking, language, activity=activity)
            row = (plan.pk, *_sealed(asked), json.dumps(words))
            _add(columns, "own", names, row)
    return columns


def _days(content: Content) -> Iterator[tuple[Phase, Asking, str]]:
    """Yield for each phase what it asks and on which weekdays, as "1,3,5"; a weekday stands once in a phase."""
    for phase in content.phases:
        groups: list[tuple[Asking, list[int]]] = []
        for weekday in sorted(phase.weekdays):
            asking = asked_in(content, phase, weekday=weekday)
            known = next((days for each, days in groups if each == asking), None)
            if known is not None:
                known.append(weekday)
            elif asking is not None:
                groups.append((asking, [weekday]))
        for asking, weekdays in groups:
            yield phase, asking, ",".join(map(str, weekdays))


def _due_with_own(practice: Practice, *, zone: str, day: date, clock: time) -> Iterator[Any]:
    """Yield running plans of a zone that are due and unasked on a date, with language and own activity."""
    own = OwnActivity.objects.standing().filter(practice=practice, episode=OuterRef("episode"))
    asked = CheckIn.objects.filter(practice=practice, episode=OuterRef("episode"), local_date=day)
    yield from (
        Plan.objects.filter(practice=practice, time_zone=zone, ends_on=None, send_at__lte=clock)
        .exclude(Exists(asked))
        .annotate(activity=Subquery(own.values("words")[:1]), language=F("episode__patient__language"))
        .exclude(activity=None)
        .select_related("protocol", "phone")
    )


def _add(columns: Columns, table: str, names: tuple[str, ...], row: tuple[Any, ...]) -> None:
    for name, value in zip(names, row, strict=True):
        columns[f"{table}_{name}"].append(value)


def _sealed(asked: Asked) -> tuple[bytes, str, int]:
    return encrypt(asked.text, column=_BODY), asked.template, count_segments(asked.text).count
