"""A year's rule set as a JSON document: read strictly, with source and confidence for every part.

What the product can vary from year to year stands in `RuleSet`. What it can not (the length of a window, the
seconds of a live contact, what excludes RTM, the add-on's codes) must be as it is; other values are refused in
words, because deciding by them needs a new version of Daybook.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from billing.code_set import (
    ADD_ON_BASE,
    ADD_ON_CODE,
    LIVE_CONTACT_SECONDS,
    SETUP_CODE,
    WINDOW_DATES,
    Code,
    Confidence,
    Family,
    RuleSet,
    System,
    Tier,
)
from billing.document import ExclusionKind
from billing.gates import REFUSING_KINDS
from billing.json_field import DocumentError, JsonField

_CODE = re.compile(r"[0-9]{5}")
_DECIMAL = re.compile(r"[0-9]{1,5}(\.[0-9]{1,4})?")
_SHARE = re.compile(r"(0|[1-9][0-9]?)%")
_PAYER_CHOICES = ("live_contact_rule", "set_up_date_rule", "device_date_rule", "management_date_rule")


@dataclass(frozen=True, slots=True)
class Figure:
    """One dated figure of money, or None where no national one exists, with where it was read."""

    label: str
    first_day: date
    last_day: date
    value: str | None
    source: tuple[str, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class RuleSetFile:
    """Everything that one file says."""

    rule_set: RuleSet
    codes: tuple[Code, ...]
    conversion_factors: tuple[Figure, ...]
    amounts: tuple[Figure, ...]
    exclusions: Mapping[str, str]
    payer_choices: Mapping[str, str]


def read_rule_set(text: bytes) -> RuleSetFile:
    """The typed rule set of a JSON text; raises DocumentError with the first field that does not fit."""
    try:
        return parse_rule_set(json.loads(text.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise DocumentError("document", "must be text in UTF-8.") from error
    except json.JSONDecodeError as error:
        raise DocumentError("document", f"must be JSON; line {error.lineno}: {error.msg}.") from error
    except (ValueError, RecursionError) as error:
        if isinstance(error, DocumentError):
            raise
        raise DocumentError("document", "must be JSON of a reasonable size.") from error


def parse_rule_set(document: object) -> RuleSetFile:
    """The typed rule set of a JSON value; raises DocumentError with the first field that does not fit."""
    field = JsonField(document).members(
        "id",
        "from",
        "to",
        "setup",
        "device",
        "management",
        "assistant_share",
        "codes",
        "exclusions",
        "conversion_factors",
        "amounts",
        "payer_choices",
        "source",
        "confidence",
    )
    first, last = field["from"].calendar_date(), field["to"].calendar_date()
    if (first.month, first.day, last) != (1, 1, date(first.year, 12, 31)):
        raise field["to"].refuse("a rule set holds for one calendar year, from January 1 to December 31.")
    if field["id"].text() != f"R{first.year}":
        raise field["id"].refuse(f"must be R{first.year}, the year of its dates.")
    codes = tuple(_code(each, last=last) for each in field["codes"].items())
    rule_set = _rule_set(field, codes={each.code: each for each in codes}, first=first, last=last)
    return RuleSetFile(
        rule_set=rule_set,
        codes=codes,
        conversion_factors=tuple(_factor(each) for each in field["conversion_factors"].items()),
        amounts=tuple(_amount(each, known={c.code for c in codes}) for each in field["amounts"].items()),
        exclusions=_exclusions(field["exclusions"]),
        payer_choices=_payer_choices(field["payer_choices"]),
    )


def _rule_set(
    field: Mapping[str, JsonField], *, codes: Mapping[str, Code], first: date, last: date
) -> RuleSet:
    setup = field["setup"].members("code", "minimum_days")
    management = field["management"].members("tiers", "add_on", "live_contact_seconds")
    add_on = management["add_on"].members("code", "base", "step_minutes", "proposed_units")
    _must_be(setup["code"], SETUP_CODE)
    _must_be(add_on["code"], ADD_ON_CODE)
    _must_be(add_on["base"], ADD_ON_BASE)
    _must_be(management["live_contact_seconds"], LIVE_CONTACT_SECONDS)
    for where, code in ((setup["code"], SETUP_CODE), (add_on["code"], ADD_ON_CODE)):
        if code not in codes:
            raise where.refuse(f"{code} is not among the codes of this file.")
    return RuleSet(
        id=field["id"].text(),
        first_day=first,
        last_day=last,
        setup_minimum_days=_positive(setup["minimum_days"], most=WINDOW_DATES),
        device_tiers=_device_tiers(field["device"], codes=codes),
        management_tiers=_management_tiers(management["tiers"], codes=codes),
        source=_sources(field["source"]),
        confidence=field["confidence"].choice(Confidence),
        add_on_step_minutes=_positive(add_on["step_minutes"], most=600),
        add_on_proposed_units=_positive(add_on["proposed_units"], most=10),
        assistant_share=_share(field["assistant_share"]),
    )


def _device_tiers(field: JsonField, *, codes: Mapping[str, Code]) -> dict[System, tuple[Tier, ...]]:
    device = field.members("window_dates", "tiers")
    _must_be(device["window_dates"], WINDOW_DATES)
    found: dict[System, list[Tier]] = {}
    for each in device["tiers"].items():
        tier = each.members("system", "code", "minimum_days")
        system = tier["system"].choice(System)
        listed = _listed(tier["code"], codes=codes, family=Family.DEVICE)
        if listed.system is not system:
            raise tier["system"].refuse(f"{listed.code} is listed for {listed.system.value}.")
        found.setdefault(system, []).append(
            Tier(_positive(tier["minimum_days"], most=WINDOW_DATES), listed.code)
        )
    if System.MUSCULOSKELETAL not in found:
        raise device["tiers"].refuse("must hold at least one tier for musculoskeletal.")
    for tiers in found.values():
        _ascending(device["tiers"], tiers)
    return {system: tuple(tiers) for system, tiers in found.items()}


def _management_tiers(field: JsonField, *, codes: Mapping[str, Code]) -> tuple[Tier, ...]:
    tiers = []
    for each in field.items():
        tier = each.members("code", "minimum_minutes")
        listed = _listed(tier["code"], codes=codes, family=Family.MANAGEMENT)
        tiers.append(Tier(_positive(tier["minimum_minutes"], most=600), listed.code))
    if not tiers or tiers[-1].code != ADD_ON_BASE:
        raise field.refuse(f"must end with {ADD_ON_BASE}, the base of {ADD_ON_CODE}.")
    _ascending(field, tiers)
    return tuple(tiers)


def _ascending(field: JsonField, tiers: list[Tier]) -> None:
    minima = [each.minimum for each in tiers]
    if minima != sorted(set(minima)):
        raise field.refuse("tiers must rise from the lowest threshold to the highest, each different.")


def _listed(field: JsonField, *, codes: Mapping[str, Code], family: Family) -> Code:
    code = codes.get(field.text())
    if code is None:
        raise field.refuse(f"{field.text()} is not among the codes of this file.")
    if code.family is not family:
        raise field.refuse(f"{code.code} is listed as {code.family.value}.")
    return code


def _code(field: JsonField, *, last: date) -> Code:
    code = field.members("code", "family", "system", "from", "meaning")
    if not _CODE.fullmatch(code["code"].text()):
        raise code["code"].refuse("must be five digits.")
    if code["from"].calendar_date() > last:
        raise code["from"].refuse("lies after the rule set's last date.")
    return Code(
        code["code"].text(),
        code["family"].choice(Family),
        code["system"].choice(System),
        code["from"].calendar_date(),
        _words(code["meaning"]),
    )


def _factor(field: JsonField) -> Figure:
    factor = field.members("from", "to", "kind", "value", "source", "confidence")
    return _figure(factor, label=_words(factor["kind"]), value=_decimal(factor["value"]))


def _amount(field: JsonField, *, known: set[str]) -> Figure:
    amount = field.members("code", "from", "to", "setting", "factor", "value", "source", "confidence")
    if amount["code"].text() not in known:
        raise amount["code"].refuse(f"{amount['code'].text()} is not among the codes of this file.")
    label = f"{amount['code'].text()}, {_words(amount['setting'])}, {_words(amount['factor'])}"
    value = None if amount["value"].is_null else _decimal(amount["value"])
    return _figure(amount, label=label, value=value)


def _figure(field: Mapping[str, JsonField], *, label: str, value: str | None) -> Figure:
    first, last = field["from"].calendar_date(), field["to"].calendar_date()
    if last < first:
        raise field["to"].refuse("lies before the first date.")
    confidence = _words(field["confidence"])
    return Figure(label, first, last, value, _sources(field["source"]), confidence)


def _exclusions(field: JsonField) -> dict[str, str]:
    found = {}
    for each in field.items():
        exclusion = each.members("kind", "effect", "source", "confidence")
        kind = exclusion["kind"].choice(ExclusionKind)
        _must_be(exclusion["effect"], "refuses_lines" if kind in REFUSING_KINDS else "removes_days")
        _sources(exclusion["source"])
        found[kind.value] = f"{exclusion['effect'].text()}, {_words(exclusion['confidence'])}"
    missing = [each.value for each in ExclusionKind if each.value not in found]
    if missing:
        raise field.refuse(f"must say what these do: {', '.join(missing)}.")
    return found


def _payer_choices(field: JsonField) -> dict[str, str]:
    found = {}
    choices = field.members(*_PAYER_CHOICES)
    for name in _PAYER_CHOICES:
        choice = choices[name].members("default", "source", "confidence")
        _sources(choice["source"])
        found[name] = f"{_words(choice['default'])}, {_words(choice['confidence'])}"
    return found


def _must_be(field: JsonField, value: str | int) -> None:
    if field.value != value or isinstance(field.value, bool):
        shown = json.dumps(field.value)[:40]
        raise field.refuse(
            f"this version of Daybook decides only with {value}, not {shown}; other rules need an update."
        )


def _positive(field: JsonField, *, most: int) -> int:
    number = field.minutes()
    if not 1 <= number <= most:
        raise field.refuse(f"must be from 1 to {most}.")
    return number


def _share(field: JsonField) -> Fraction:
    found = _SHARE.fullmatch(field.text())
    if found is None:
        raise field.refuse('must be whole percent, written "10%".')
    return Fraction(int(found[1]), 100)


def _decimal(field: JsonField) -> str:
    if not _DECIMAL.fullmatch(field.text()):
        raise field.refuse('must be a number written as text, such as "33.4009".')
    return field.text()


def _words(field: JsonField) -> str:
    text = field.text().strip()
    if not text:
        raise field.refuse("must not be empty.")
    return text


def _sources(field: JsonField) -> tuple[str, ...]:
    found = tuple(_words(each) for each in field.items())
    if not found:
        raise field.refuse("name at least one source.")
    return found
