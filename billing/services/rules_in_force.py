"""The rules by which the product decides: those that ship with it, and later years' approved ones."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, Exists, Max

from billing.code_set import CODE_SET, CodeSet
from billing.models import RuleSetEdition
from billing.rule_set_file import parse_rule_set

# The version of the rules in the code; under a new one the next night decides every episode anew.
ENGINE = "2026.1"
APPROVALS_NEEDED = 2


@dataclass(frozen=True)
class Rules:
    """A code set and the name of exactly these rules, at most 16 letters, kept with every decision."""

    code_set: CodeSet
    engine: str


def later_rules_exist() -> Exists:
    """Return the condition that some later year's rules are approved, for a query that runs anyway."""
    approved = RuleSetEdition.objects.annotate(approvals_count=Count("approvals"))
    return Exists(approved.filter(approvals_count__gte=APPROVALS_NEEDED))


def shipped_rules() -> Rules:
    """Return the rules that ship, which hold while no later year's are approved; no query."""
    return _rules(())


def rules_in_force() -> Rules:
    """Return what ships plus, of each later year, the edition approved last; one query."""
    approved = (
        RuleSetEdition.objects.annotate(
            approvals_count=Count("approvals"), last_approved_at=Max("approvals__approved_at")
        )
        .filter(approvals_count__gte=APPROVALS_NEEDED)
        .order_by("rule_set", "last_approved_at", "pk")
        .values_list("rule_set", "sha256")
    )
    # Of two editions of one year the later stands.
    return _rules(tuple(sorted(dict(approved).items())))


@lru_cache(maxsize=8)
def _rules(approved: tuple[tuple[str, str], ...]) -> Rules:
    if not approved:
        return Rules(CODE_SET, ENGINE)
    documents = RuleSetEdition.objects.filter(sha256__in=[digest for _, digest in approved])
    files = [parse_rule_set(document) for document in documents.values_list("document", flat=True)]
    mark = hashlib.sha256(repr(approved).encode()).hexdigest()[: 15 - len(ENGINE)]
    return Rules(CODE_SET.with_approved((each.rule_set, each.codes) for each in files), f"{ENGINE}+{mark}")


def approved_at(edition: RuleSetEdition) -> datetime | None:
    """Return when the second person approved an edition, or None while one is missing; one query."""
    times = sorted(edition.approvals.values_list("approved_at", flat=True))
    return times[APPROVALS_NEEDED - 1] if len(times) >= APPROVALS_NEEDED else None
