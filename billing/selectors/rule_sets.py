"""Rule sets for their page: those that ship, those that were loaded, and who approved them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch

from billing.code_set import RULE_SETS
from billing.models import RuleSetApproval, RuleSetEdition
from billing.rule_set_file import RuleSetFile, parse_rule_set, read_rule_set


@dataclass(frozen=True)
class LoadedRuleSet:
    """An edition with what its file says and, newest last, who approved it."""

    edition: RuleSetEdition
    file: RuleSetFile
    approvals: Sequence[RuleSetApproval]


@cache
def shipped_rule_sets() -> tuple[RuleSetFile, ...]:
    """Return the files of the years that ship with Daybook, ascending; no query."""
    folder = Path(settings.BASE_DIR) / "data" / "rule_sets"
    return tuple(read_rule_set((folder / f"{each.id}.json").read_bytes()) for each in RULE_SETS)


def loaded_rule_sets() -> list[LoadedRuleSet]:
    """Return every edition, the newest first; two queries."""
    approvals = RuleSetApproval.objects.select_related("approved_by").order_by("approved_at", "pk")
    editions = (
        RuleSetEdition.objects.select_related("loaded_by")
        .prefetch_related(Prefetch("approvals", approvals))
        .order_by("-rule_set", "-loaded_at", "-pk")
    )
    return [
        LoadedRuleSet(each, parse_rule_set(each.document), list(each.approvals.all())) for each in editions
    ]


def edition_named(text: str) -> RuleSetEdition | None:
    """Return the edition with this id, or None for anything else; at most one query."""
    try:
        return RuleSetEdition.objects.filter(pk=UUID(text)).first()
    except ValueError:
        return None
