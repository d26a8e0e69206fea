"""The strict reading of the JSON document of `manage.py decide_billing` into typed facts."""

from billing.document import (
    Activity,
    Condition,
    Coverage,
    Credential,
    DateRange,
    Discipline,
    Document,
    Episode,
    Exclusion,
    ExclusionKind,
    LastDateRule,
    LiveContactRule,
    Payer,
    PlanOfCare,
    PriorWindow,
    Reading,
    ReadingSource,
    SetUp,
    SetUpDateRule,
    TimeEntry,
)
from billing.json_field import JsonField

DOCUMENT_KEYS = (
    "as_of",
    "patient_time_zone",
    "clinic_time_zone",
    "episode",
    "consent",
    "plans_of_care",
    "setup",
    "setup_already_billed",
    "device_determination",
    "payer",
    "exclusions",
    "prior_windows",
    "readings",
    "time_entries",
)
TIME_ENTRY_KEYS = (
    "started_at",
    "ended_at",
    "credential",
    "activity",
    "live_contact",
    "in_billed_visit",
    "voided",
)


def read_document(value: JsonField) -> Document:
    """The typed document of a JSON value; raises DocumentError with the first field that does not fit."""
    field = value.members(*DOCUMENT_KEYS)
    return Document(
        as_of=field["as_of"].calendar_date(),
        patient_time_zone=field["patient_time_zone"].zone(),
        clinic_time_zone=field["clinic_time_zone"].zone(),
        episode=_episode(field["episode"]),
        consent=None if field["consent"].is_null else _open_range(field["consent"]),
        plans_of_care=tuple(_plan_of_care(each) for each in field["plans_of_care"].items()),
        setup=None if field["setup"].is_null else _setup(field["setup"]),
        setup_already_billed=field["setup_already_billed"].flag(),
        device_determination=field["device_determination"].flag(),
        payer=_payer(field["payer"]),
        exclusions=tuple(_exclusion(each) for each in field["exclusions"].items()),
        prior_windows=tuple(_prior_window(each) for each in field["prior_windows"].items()),
        readings=tuple(_reading(each) for each in field["readings"].items()),
        time_entries=tuple(_time_entry(each) for each in field["time_entries"].items()),
    )


def _episode(field: JsonField) -> Episode:
    members = field.members("id", "start", "end", "discipline", "condition")
    return Episode(
        id=members["id"].text(),
        dates=DateRange(members["start"].calendar_date(), members["end"].calendar_date_or_none()),
        discipline=members["discipline"].choice(Discipline),
        condition=members["condition"].choice(Condition),
    )


def _open_range(field: JsonField) -> DateRange:
    members = field.members("from", "to")
    return DateRange(members["from"].calendar_date(), members["to"].calendar_date_or_none())


def _prior_window(field: JsonField) -> PriorWindow:
    members = field.members("from", "to")
    return PriorWindow(members["from"].calendar_date(), members["to"].calendar_date())


def _plan_of_care(field: JsonField) -> PlanOfCare:
    members = field.members("from", "to", "names_rtm", optional=("id",))
    return PlanOfCare(
        dates=DateRange(members["from"].calendar_date(), members["to"].calendar_date_or_none()),
        names_rtm=members["names_rtm"].flag(),
        id=_id(members),
    )


def _setup(field: JsonField) -> SetUp:
    members = field.members("completed_on", "pt_minutes", "pta_minutes")
    return SetUp(
        completed_on=members["completed_on"].calendar_date(),
        pt_minutes=members["pt_minutes"].minutes(),
        pta_minutes=members["pta_minutes"].minutes(),
    )


def _payer(field: JsonField) -> Payer:
    members = field.members(
        "coverage",
        "covered_from",
        "covered_codes",
        "live_contact_rule",
        "set_up_date_rule",
        "device_date_rule",
        "management_date_rule",
    )
    codes = members["covered_codes"]
    return Payer(
        coverage=members["coverage"].choice(Coverage),
        covered_from=members["covered_from"].calendar_date_or_none(),
        covered_codes=None if codes.is_null else frozenset(each.text() for each in codes.items()),
        live_contact_rule=members["live_contact_rule"].choice(LiveContactRule),
        set_up_date_rule=members["set_up_date_rule"].choice(SetUpDateRule),
        device_date_rule=members["device_date_rule"].choice(LastDateRule),
        management_date_rule=members["management_date_rule"].choice(LastDateRule),
    )


def _exclusion(field: JsonField) -> Exclusion:
    members = field.members("kind", "from", "to")
    return Exclusion(
        kind=members["kind"].choice(ExclusionKind),
        dates=DateRange(members["from"].calendar_date(), members["to"].calendar_date_or_none()),
    )


def _reading(field: JsonField) -> Reading:
    members = field.members("at", "source", optional=("id",))
    return Reading(
        at=members["at"].instant(),
        source=members["source"].choice(ReadingSource),
        id=_id(members),
    )


def _time_entry(field: JsonField) -> TimeEntry:
    members = field.members(*TIME_ENTRY_KEYS, optional=("id",))
    entry = TimeEntry(
        started_at=members["started_at"].instant(),
        ended_at=members["ended_at"].instant(),
        credential=members["credential"].choice(Credential),
        activity=members["activity"].choice(Activity),
        live_contact=members["live_contact"].flag(),
        in_billed_visit=members["in_billed_visit"].flag(),
        voided=members["voided"].flag(),
        id=_id(members),
    )
    if entry.ended_at <= entry.started_at:
        raise members["ended_at"].refuse("must be later than started_at.")
    return entry


def _id(members: dict[str, JsonField]) -> str | None:
    return members["id"].text() if "id" in members else None
