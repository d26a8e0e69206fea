"""What is asked: the sets of questions and their texts, for each protocol and for each patient's own activity.

The statements that plan check-ins and write their texts take them as tables, column by column.
"""

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

# Which set of questions a protocol asks on which days of monitoring (counted from 1) and weekdays (1 is Monday).
PHASES = """
    phases (protocol, set, first, last, weekdays, items) AS (
        SELECT p, s, f, l, string_to_array(w, ',')::int[], i::jsonb
        FROM unnest(%(phase_protocols)s::uuid[], %(phase_sets)s::int[], %(phase_firsts)s::int[],
                    %(phase_lasts)s::int[], %(phase_weekdays)s::text[], %(phase_items)s::text[])
             AS u (p, s, f, l, w, i)
    )
"""
# Materialized, so that the documents of a wording are read once and not once a patient.
WORDINGS = """
    wordings (protocol, set, language, holder, body, template, segments, words) AS MATERIALIZED (
        SELECT p, n, l, h, b, t, s, a::jsonb
        FROM unnest(%(text_protocols)s::uuid[], %(text_sets)s::int[], %(text_languages)s::text[],
                    %(text_holders)s::text[], %(text_bodies)s::bytea[], %(text_templates)s::text[],
                    %(text_segments)s::smallint[], %(text_words)s::text[])
             AS u (p, n, l, h, b, t, s, a)
    )
"""


_PHASES = ("protocols", "sets", "firsts", "lasts", "weekdays", "items")
_TEXTS = ("protocols", "sets", "languages", "holders", "bodies", "templates", "segments", "words")


def phases_of(practice: Practice) -> Columns:
    """Return which sets of questions the practice's protocols ask when, for `PHASES`."""
    columns: Columns = {f"phase_{name}": [] for name in _PHASES}
    for protocol in AdoptedProtocol.objects.filter(practice=practice).followed():
        _add_phases(columns, protocol, parse_content(protocol.content))
    return columns


def texts_of(practice: Practice) -> Columns:
    """Return the phases and the wordings of the practice's protocols, for `PHASES` and `WORDINGS`.

    These words hold nothing of the patient, so each is sealed once and shared by its rows.
    """
    columns: Columns = {f"phase_{name}": [] for name in _PHASES} | {f"text_{name}": [] for name in _TEXTS}
    for protocol in AdoptedProtocol.objects.filter(practice=practice).followed():
        content = parse_content(protocol.content)
        sets = _add_phases(columns, protocol, content)
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
                json.dumps(words),
            )
            _add(columns, "text", _TEXTS, row)
    return columns


def _add_phases(columns: Columns, protocol: AdoptedProtocol, content: Content) -> list[Asking]:
    """Add a protocol's phases; return its sets of questions in the order of their numbers."""
    sets: list[Asking] = []
    for phase, asking, weekdays in _days(content):
        if asking not in sets:
            sets.append(asking)
        items = json.dumps(asking.items)
        day = (protocol.pk, sets.index(asking), phase.first, phase.last, weekdays, items)
        _add(columns, "phase", _PHASES, day)
    return sets


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
        Plan.objects.filter(Exists(own), practice=practice, time_zone=zone, ends_on=None, send_at__lte=clock)
        .exclude(Exists(asked))
        .annotate(activity=Subquery(own.values("words")[:1]), language=F("episode__patient__language"))
        .select_related("protocol", "phone")
    )


def _add(columns: Columns, table: str, names: tuple[str, ...], row: tuple[Any, ...]) -> None:
    for name, value in zip(names, row, strict=True):
        columns[f"{table}_{name}"].append(value)


def _sealed(asked: Asked) -> tuple[bytes, str, int]:
    return encrypt(asked.text, column=_BODY), asked.template, count_segments(asked.text).count
