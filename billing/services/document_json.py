"""A typed document in the contract's JSON shape: what the product decided can be decided again outside."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime

from billing.document import DateRange, Document, Payer, PlanOfCare, Reading, SetUp, TimeEntry


def document_as_json(document: Document) -> dict[str, object]:
    """The document with every key of the contract, ready for `json.dumps` and `manage.py decide_billing`."""
    episode = document.episode
    return {
        "as_of": document.as_of.isoformat(),
        "patient_time_zone": document.patient_time_zone.key,
        "clinic_time_zone": document.clinic_time_zone.key,
        "episode": {
            "id": episode.id,
            "start": episode.dates.first.isoformat(),
            "end": _day(episode.dates.last),
            "discipline": episode.discipline.value,
            "condition": episode.condition.value,
        },
        "consent": None if document.consent is None else _range(document.consent),
        "plans_of_care": [_plan(each) for each in document.plans_of_care],
        "setup": None if document.setup is None else _setup(document.setup),
        "setup_already_billed": document.setup_already_billed,
        "device_determination": document.device_determination,
        "payer": _payer(document.payer),
        "exclusions": [{"kind": each.kind.value, **_range(each.dates)} for each in document.exclusions],
        "prior_windows": [
            {"from": each.first.isoformat(), "to": each.last.isoformat()} for each in document.prior_windows
        ],
        "readings": [_reading(each) for each in document.readings],
        "time_entries": [_entry(each) for each in document.time_entries],
    }


def digest_of(documents: Iterable[Document]) -> str:
    """SHA-256, in hex, of the facts in an episode's documents, without the date on which they are judged."""
    facts = [{**document_as_json(each), "as_of": None} for each in documents]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _range(dates: DateRange) -> dict[str, object]:
    return {"from": dates.first.isoformat(), "to": _day(dates.last)}


def _plan(plan: PlanOfCare) -> dict[str, object]:
    return {**_range(plan.dates), "names_rtm": plan.names_rtm, **_identified(plan.id)}


def _setup(setup: SetUp) -> dict[str, object]:
    return {
        "completed_on": setup.completed_on.isoformat(),
        "pt_minutes": setup.pt_minutes,
        "pta_minutes": setup.pta_minutes,
    }


def _payer(payer: Payer) -> dict[str, object]:
    return {
        "coverage": payer.coverage.value,
        "covered_from": _day(payer.covered_from),
        "covered_codes": None if payer.covered_codes is None else sorted(payer.covered_codes),
        "live_contact_rule": payer.live_contact_rule.value,
        "set_up_date_rule": payer.set_up_date_rule.value,
        "device_date_rule": payer.device_date_rule.value,
        "management_date_rule": payer.management_date_rule.value,
    }


def _reading(reading: Reading) -> dict[str, object]:
    return {"at": _instant(reading.at), "source": reading.source.value, **_identified(reading.id)}


def _entry(entry: TimeEntry) -> dict[str, object]:
    return {
        "started_at": _instant(entry.started_at),
        "ended_at": _instant(entry.ended_at),
        "credential": entry.credential.value,
        "activity": entry.activity.value,
        "live_contact": entry.live_contact,
        "in_billed_visit": entry.in_billed_visit,
        "voided": entry.voided,
        **_identified(entry.id),
    }


def _identified(fact_id: str | None) -> dict[str, object]:
    return {} if fact_id is None else {"id": fact_id}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _instant(instant: datetime) -> str:
    return instant.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
