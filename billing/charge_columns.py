"""The columns of a file of charges, by the system that takes it: which fields, under which heads, dates how.

The field names are those of `charges_export.csv`, in its order, and Daybook's own after them:
`estimated_amount` stands where the practice has no fee and is no amount to claim, `left_empty` names the cells
that a claim needs and nobody entered. A system's own heads are data, so that another system is
another entry here. No system's import specification was at hand (2026): check heads with a trial file first.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

FIELDS = (
    "charge_id",
    "claim_id",
    "batch_id",
    "practice_external_id",
    "patient_external_id",
    "mrn",
    "patient_last",
    "patient_first",
    "birth_date",
    "episode_external_id",
    "service_from",
    "service_to",
    "cpt",
    "mod1",
    "mod2",
    "mod3",
    "mod4",
    "units",
    "charge_amount",
    "pos",
    "dx1",
    "dx2",
    "dx3",
    "dx4",
    "dx_pointers",
    "rendering_npi",
    "billing_npi",
    "referring_npi",
    "payer_id",
    "member_id",
    "auth_number",
    "evidence_sha256",
    "status",
    "replaces_charge_id",
    # Daybook's own, after those: never part of a claim.
    "rtm_only",
    "payer_name",
    "estimated_amount",
    "left_empty",
)
_DATES = frozenset({"birth_date", "service_from", "service_to"})
# What makes a spreadsheet take a cell for a formula (OWASP, CSV injection, 2021).
_LIVE = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """One system's file: heads with the field below each, and whether dates are written the American way.

    `rtm_only` marks every row as belonging to no visit, so that it does not use up an authorised one: some
    systems keep that as a setting of the company (WebPT help 2188).
    """

    key: str
    title: str
    columns: tuple[tuple[str, str], ...]
    american_dates: bool = False
    rtm_only: bool = True

    @property
    def fields(self) -> frozenset[str]:
        """The fields that stand in the file."""
        return frozenset(field for _, field in self.columns)


def _same(fields: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((each, each) for each in fields)


MAPPINGS: tuple[ColumnMapping, ...] = (
    ColumnMapping("daybook", "All columns, Daybook's own names", _same(FIELDS)),
    ColumnMapping(
        "webpt",
        "WebPT and Therabill: patient and case by the EHR's numbers",
        (
            ("Charge ID", "charge_id"),
            ("Claim ID", "claim_id"),
            ("Patient ID", "mrn"),
            ("Last Name", "patient_last"),
            ("First Name", "patient_first"),
            ("DOB", "birth_date"),
            ("Case ID", "episode_external_id"),
            ("Date of Service", "service_from"),
            ("CPT", "cpt"),
            ("Mod 1", "mod1"),
            ("Mod 2", "mod2"),
            ("Mod 3", "mod3"),
            ("Mod 4", "mod4"),
            ("Units", "units"),
            ("POS", "pos"),
            ("Rendering NPI", "rendering_npi"),
            ("Payer", "payer_name"),
            ("RTM Only", "rtm_only"),
            ("Status", "status"),
            ("Replaces", "replaces_charge_id"),
        ),
        american_dates=True,
    ),
    ColumnMapping(
        "prompt",
        "Prompt: one line a code, dates as year-month-day",
        (
            ("charge_id", "charge_id"),
            ("patient_number", "mrn"),
            ("patient_last_name", "patient_last"),
            ("patient_first_name", "patient_first"),
            ("date_of_birth", "birth_date"),
            ("case_id", "episode_external_id"),
            ("date_of_service", "service_from"),
            ("cpt_code", "cpt"),
            ("modifier_1", "mod1"),
            ("modifier_2", "mod2"),
            ("modifier_3", "mod3"),
            ("modifier_4", "mod4"),
            ("units", "units"),
            ("provider_npi", "rendering_npi"),
            ("rtm", "rtm_only"),
            ("status", "status"),
            ("replaces_charge_id", "replaces_charge_id"),
        ),
    ),
)


def mapping_named(key: str) -> ColumnMapping | None:
    """The mapping with this key; None for any other."""
    return next((each for each in MAPPINGS if each.key == key), None)


def as_csv(rows: Sequence[Mapping[str, str]], *, mapping: ColumnMapping) -> bytes:
    """The file: heads, then a row for each charge, UTF-8, lines ended as RFC 4180 (2005) says.

    Text that a spreadsheet would run gets an apostrophe in front; nothing else is changed.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([head for head, _ in mapping.columns])
    for row in rows:
        writer.writerow([_cell(row, field, mapping=mapping) for _, field in mapping.columns])
    return out.getvalue().encode("utf-8", "backslashreplace")


def inert(text: str) -> str:
    """A cell that no spreadsheet runs.

    >>> inert("=1+1"), inert("Ortiz"), inert(" @x")
    ("'=1+1", 'Ortiz', "' @x")
    """
    return f"'{text}" if text.startswith(_LIVE) or text.lstrip(" ").startswith(_LIVE) else text


def _cell(row: Mapping[str, str], field: str, *, mapping: ColumnMapping) -> str:
    if field == "rtm_only":
        return "Y" if mapping.rtm_only else "N"
    value = row.get(field, "")
    if field in _DATES and mapping.american_dates and value:
        year, month, day = value.split("-")
        return f"{month}/{day}/{year}"
    return inert(value)
