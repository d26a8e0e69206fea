"""Documents for the tests, built from one ordinary case: set-up on 2026-03-02, first window to 2026-03-31."""

import copy
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from billing.decision import Decision, Line
from billing.document import Document
from billing.exchange import decide_text
from billing.intake import read_document
from billing.json_field import JsonField
from billing.rules import decide

Json = dict[str, Any]

ORDINARY: Json = {
    "as_of": "2026-05-31",
    "patient_time_zone": "America/Chicago",
    "clinic_time_zone": "America/Chicago",
    "episode": {
        "id": "E1",
        "start": "2026-03-01",
        "end": None,
        "discipline": "PT",
        "condition": "musculoskeletal",
    },
    "consent": {"from": "2026-03-02", "to": None},
    "plans_of_care": [{"from": "2026-03-01", "to": None, "names_rtm": True}],
    "setup": {"completed_on": "2026-03-02", "pt_minutes": 12, "pta_minutes": 0},
    "setup_already_billed": False,
    "device_determination": True,
    "payer": {
        "coverage": "covered",
        "covered_from": None,
        "covered_codes": None,
        "live_contact_rule": "strict",
        "set_up_date_rule": "set_up",
        "device_date_rule": "last_day",
        "management_date_rule": "last_day",
    },
    "exclusions": [],
    "prior_windows": [],
    "readings": [],
    "time_entries": [],
}


def document(**changes: Any) -> Json:
    """The ordinary document with some members replaced; `episode` and `payer` are merged, not replaced."""
    made = copy.deepcopy(ORDINARY)
    for key, value in changes.items():
        made[key] = {**made[key], **value} if key in {"episode", "payer"} else value
    return made


def year(start: str, **changes: Any) -> Json:
    """The ordinary document of an episode, consent, plan and set-up that all begin on that date."""
    begun = {
        "episode": {"start": start},
        "consent": {"from": start, "to": None},
        "plans_of_care": [{"from": start, "to": None, "names_rtm": True}],
        "setup": {"completed_on": start, "pt_minutes": 12, "pta_minutes": 0},
    }
    return document(**{**begun, **changes})


def reading(at: str, source: str = "patient", **extra: str) -> Json:
    """A reading at an instant written without its Z."""
    return {"at": f"{at}Z", "source": source, **extra}


def days(first: str, count: int = 1, *, source: str = "patient") -> list[Json]:
    """One reading a day, early afternoon in Chicago."""
    begin = date.fromisoformat(first)
    return [reading(f"{begin + timedelta(days=step)}T18:00:00", source) for step in range(count)]


def entry(start: str, minutes: int = 0, *, seconds: int = 0, **changes: Any) -> Json:
    """A therapist's review from an instant written without its Z, or from 16:00 UTC on a date."""
    begin = datetime.fromisoformat(start if "T" in start else f"{start}T16:00:00").replace(tzinfo=UTC)
    end = begin + timedelta(minutes=minutes, seconds=seconds)
    return {
        "started_at": f"{begin:%Y-%m-%dT%H:%M:%SZ}",
        "ended_at": f"{end:%Y-%m-%dT%H:%M:%SZ}",
        "credential": "PT",
        "activity": "review",
        "live_contact": False,
        "in_billed_visit": False,
        "voided": False,
        **changes,
    }


def call(start: str, minutes: int = 2, *, seconds: int = 0, **changes: Any) -> Json:
    """A therapist's live conversation."""
    return entry(
        start, minutes, seconds=seconds, **{"activity": "conversation", "live_contact": True, **changes}
    )


def calls(count: int, *, month: str = "2026-03") -> list[Json]:
    """Live conversations of two minutes on as many days."""
    return [call(f"{month}-{9 + step:02}") for step in range(count)]


def read(made: Json) -> Document:
    """The typed document."""
    return read_document(JsonField(made))


def decided(made: Json) -> Decision:
    """The decision."""
    return decide(read(made))


def answer(made: Json) -> Json:
    """The decision as the command prints it."""
    found: Json = json.loads(decide_text(json.dumps(made).encode()))
    return found


def summary(made: Json) -> list[str]:
    """The lines in short: `98981 x2 2026-03-31 GP CQ billable`."""
    return [_short(line) for line in decided(made).lines]


def management(made: Json) -> list[str]:
    """The management lines in short."""
    return [each for each in summary(made) if each[:5] in {"98979", "98980", "98981"}]


def line_of(made: Json, code: str) -> Line:
    """The only line with that code."""
    (found,) = [line for line in decided(made).lines if line.code == code]
    return found


def rules_of(made: Json, code: str) -> list[str]:
    """The rule ids of the only line with that code."""
    return [reason.rule for reason in line_of(made, code).reasons]


def _short(line: Line) -> str:
    return " ".join(
        (line.code, f"x{line.units}", str(line.date_of_service), *line.modifiers, line.status.value)
    )
