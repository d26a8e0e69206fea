"""What differs between two years' rule sets, statement by statement, for people who approve one."""

from collections.abc import Iterator
from dataclasses import dataclass

from billing.rule_set_file import Figure, RuleSetFile


@dataclass(frozen=True, slots=True)
class Change:
    """One statement that differs between two rule sets; None where one of them does not make it."""

    what: str
    before: str | None
    after: str | None


def changes_between(before: RuleSetFile, after: RuleSetFile) -> tuple[Change, ...]:
    """What differs, in the order in which the later file says it; what was dropped stands last."""
    earlier, later = dict(statements(before)), dict(statements(after))
    found = [
        Change(what, earlier.get(what), later[what]) for what in later if earlier.get(what) != later[what]
    ]
    return (*found, *(Change(what, earlier[what], None) for what in earlier if what not in later))


def statements(file: RuleSetFile) -> Iterator[tuple[str, str]]:
    """Everything a file says, as what and how much, without the years that dates bear."""
    rules = file.rule_set
    yield "98975: data days needed", str(rules.setup_minimum_days)
    for system, tiers in rules.device_tiers.items():
        for tier in tiers:
            yield f"{tier.code}: data days needed ({system.value})", str(tier.minimum)
    for tier in rules.management_tiers:
        yield f"{tier.code}: minutes needed", str(tier.minimum)
    yield "98981: minutes of each unit", str(rules.add_on_step_minutes)
    yield "98981: units proposed without a person", str(rules.add_on_proposed_units)
    yield "Assistant's modifier above", f"{float(rules.assistant_share * 100):g}%"
    for code in file.codes:
        yield f"{code.code}: what it is", f"{code.meaning} (from {code.first_day})"
    for kind, effect in file.exclusions.items():
        yield f"Exclusion: {kind}", effect.replace("_", " ")
    for name, choice in file.payer_choices.items():
        yield f"Payer's choice: {name.replace('_', ' ')}", choice.replace("_", " ")
    yield from _money("Conversion factor", file.conversion_factors)
    yield from _money("Amount", file.amounts)
    yield "Sources", ", ".join(rules.source)
    yield "Confidence", rules.confidence.value


def _money(name: str, figures: tuple[Figure, ...]) -> Iterator[tuple[str, str]]:
    for each in figures:
        span = f"{each.first_day:%b} {each.first_day.day} to {each.last_day:%b} {each.last_day.day}"
        value = "priced by each contractor" if each.value is None else each.value
        yield f"{name}: {each.label}, {span}", f"{value} ({', '.join(each.source)}; {each.confidence})"
