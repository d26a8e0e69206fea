"""Parts 6 to 9 of a packet: dates with data and the texts behind them, time, live contacts, clinical use."""

from collections.abc import Iterator
from datetime import date

from billing.code_set import Family
from billing.counted_time import known_entries, objections_to
from billing.models import Charge, TimeEntry
from billing.packets.sealed_file import Entry
from billing.services.packet_subject import Subject, day_words, instant_words, plain_words
from checkins.models import AlertEvent, Reading
from networks.local_days import local_date, zone_named


def evidence_entries(subject: Subject, charge: Charge) -> Iterator[Entry]:
    """The entries of these parts; each part says so where there is nothing; three queries."""
    first, last = subject.span_of(charge)
    time = list(_time(subject, first, last))
    for part, found, nothing in (
        (6, list(_dates(subject, charge, first, last)), "No date with data lies in the span."),
        (7, time, "No time is recorded in the span."),
        (8, list(_contacts(subject, first, last)), "No live contact lies in the span."),
        (9, list(_use(subject, first, last)), "No clinical act is recorded in the span."),
    ):
        yield from found or [Entry(part, "nothing", "", {"words": nothing})]


def _dates(subject: Subject, charge: Charge, first: date, last: date) -> Iterator[Entry]:
    """The span, each date with data and why it counts or not, and each value with the text it came by."""
    judged = [each for each in subject.reading_dates() if first <= each.day <= last]
    counted = [each.day.isoformat() for each in judged if each.is_data_day]
    yield Entry(
        6,
        "month" if subject.live.code_set.family_of(charge.code) is Family.MANAGEMENT else "window",
        "",
        {
            "from": day_words(first),
            "to": day_words(last),
            "time_zone": subject.live.row.patient_zone,
            "data_days": len(counted),
            "dates": counted,
        },
    )
    for each in judged:
        yield Entry(
            6,
            "date",
            each.day.isoformat(),
            {
                "counts": each.is_data_day,
                "why_not": list(each.objections),
                "readings": [reading.id for reading in each.readings],
            },
        )
    rows = Reading.objects.filter(
        practice_id=subject.practice_id, episode_id=subject.episode.pk, local_date__range=(first, last)
    ).select_related("message")
    for reading in rows.order_by("received_at", "pk"):
        yield _reading(reading)


def _reading(reading: Reading) -> Entry:
    message = reading.message
    values = [None if each is None else str(each.normalize()) for each in (reading.low, reading.high)]
    return Entry(
        6,
        "reading",
        str(reading.pk),
        {
            "date": day_words(reading.local_date),
            "received_at": instant_words(reading.received_at),
            "item": reading.item,
            "low": values[0],
            "high": values[1],
            "word": reading.word,
            "source": reading.source,
            "text": plain_words(message.body) if message else None,
            "carrier_id": message.carrier_sid if message else None,
            "carrier_at": instant_words(message.occurred_at) if message else None,
        },
    )


def _time(subject: Subject, first: date, last: date) -> Iterator[Entry]:
    """Every entry of the span, counted or not, taken back or not."""
    objections = {
        dated.entry.id: list(objections_to(dated, document=document))
        for document in subject.live.case.documents()
        for dated in known_entries(document)
    }
    for each in subject.entries:
        if each.voids_id is not None or not first <= subject.day_of(each.started_at) <= last:
            continue
        yield Entry(7, "time entry", str(each.pk), _entry(each, subject, objections.get(str(each.pk), [])))
    for month in subject.live.decision.months:
        if first <= month.span.last and month.span.first <= last:
            yield Entry(
                7,
                "month",
                month.span.first.isoformat()[:7],
                {
                    "seconds": month.seconds,
                    "minutes": month.minutes,
                    "assistant_seconds": month.pta_seconds,
                    "live_contacts": len(month.contacts),
                },
            )


def _entry(entry: TimeEntry, subject: Subject, objections: list[str]) -> dict[str, object]:
    taken_back = getattr(entry, "voided_by", None)
    return {
        "person": entry.clinician.name if entry.clinician else subject.name_of(entry.by_id),
        "npi": entry.clinician.npi if entry.clinician else None,
        "credential": entry.credential,
        "started_at": instant_words(entry.started_at),
        "ended_at": instant_words(entry.ended_at),
        "seconds": int((entry.ended_at - entry.started_at).total_seconds()),
        "activity": entry.get_activity_display(),
        "mode": entry.get_mode_display(),
        "topic": plain_words(entry.topic),
        "live_contact": entry.live_contact,
        "in_billed_visit": entry.in_billed_visit,
        "origin": entry.get_origin_display(),
        "reason": plain_words(entry.reason),
        "recorded_at": instant_words(entry.recorded_at),
        "taken_back": plain_words(taken_back.reason) if taken_back else None,
        "why_not": objections,
    }


def _contacts(subject: Subject, first: date, last: date) -> Iterator[Entry]:
    """Each live contact with the conversations that make it."""
    known = {str(each.pk): each for each in subject.entries}
    for month in subject.live.decision.months:
        for contact in month.contacts:
            talks = [known[each] for each in contact.evidence if each in known]
            if not talks or not first <= subject.day_of(talks[0].started_at) <= last:
                continue
            yield Entry(
                8,
                "live contact",
                str(talks[0].pk),
                {
                    "at": instant_words(talks[0].started_at),
                    "date": day_words(subject.day_of(talks[0].started_at)),
                    "seconds": int(
                        (max(each.ended_at for each in talks) - talks[0].started_at).total_seconds()
                    ),
                    "mode": talks[0].get_mode_display(),
                    "with": talks[0].get_spoke_with_display().lower() or "the patient or a caregiver",
                    "summary": [plain_words(each.topic) for each in talks],
                    "by": [each.clinician.name if each.clinician else "" for each in talks],
                },
            )


def _use(subject: Subject, first: date, last: date) -> Iterator[Entry]:
    """What was done with the data: what the clinician reviewed or talked about, and alerts that were settled."""
    for each in subject.entries:
        is_in = first <= subject.day_of(each.started_at) <= last
        said = plain_words(each.topic or each.reason)
        if is_in and each.voids_id is None and said and each.activity in {"review", "conversation"}:
            yield Entry(
                9,
                "care",
                str(each.pk),
                {"date": day_words(subject.day_of(each.started_at)), "what": said, "activity": each.activity},
            )
    zone = zone_named(subject.live.row.clinic_zone)
    rows = AlertEvent.objects.filter(
        practice_id=subject.practice_id, alert__episode_id=subject.episode.pk
    ).select_related("alert", "by")
    for event in rows.order_by("occurred_at", "pk"):
        if first <= local_date(event.occurred_at, zone) <= last:
            yield Entry(
                9,
                "alert",
                str(event.pk),
                {
                    "at": instant_words(event.occurred_at),
                    "kind": event.alert.get_kind_display(),
                    "act": event.get_act_display(),
                    "reason": plain_words(event.reason),
                    "by": event.by.name if event.by else "Daybook",
                },
            )
