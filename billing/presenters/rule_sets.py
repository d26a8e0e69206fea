"""Rule sets in words: what holds, what waits, what differs from the year before; no queries, no rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from billing.rule_set_changes import Change, changes_between, statements
from billing.rule_set_file import RuleSetFile
from billing.selectors.rule_sets import LoadedRuleSet

_NEEDED = 2


@dataclass(frozen=True)
class RuleSetRow:
    """One line of the list of rule sets."""

    key: str
    title: str
    first_day: date
    last_day: date
    words: str
    tone: str
    is_current: bool


@dataclass(frozen=True)
class RuleSetView:
    """One rule set opened: what it says, what differs from the year before, who approved it."""

    key: str
    title: str
    before: str
    changes: Sequence[Change]
    says: Sequence[tuple[str, str]]
    loaded: str
    approvals: Sequence[tuple[str, object]]
    missing: int
    is_shipped: bool
    is_approved_by_me: bool
    digest: str


@dataclass(frozen=True)
class RuleSetsView:
    """The whole page."""

    rows: Sequence[RuleSetRow]
    chosen: RuleSetView | None


def rule_sets_view(
    shipped: Sequence[RuleSetFile], loaded: Sequence[LoadedRuleSet], *, chosen: str, me: UUID | None
) -> RuleSetsView:
    """Return the list, and the one that is chosen by its key, opened; the newest where none is."""
    keys = [str(each.edition.pk) for each in loaded] + [each.rule_set.id for each in reversed(shipped)]
    key = chosen if chosen in keys else keys[0]
    rows = [_loaded_row(each, key=key) for each in loaded]
    rows += [_shipped_row(each, key=key) for each in reversed(shipped)]
    return RuleSetsView(rows, _opened(shipped, loaded, key=key, me=me))


def _loaded_row(each: LoadedRuleSet, *, key: str) -> RuleSetRow:
    missing = max(0, _NEEDED - len(each.approvals))
    words = "approved" if not missing else f"waits for {missing} approval{'' if missing == 1 else 's'}"
    rules, own = each.file.rule_set, str(each.edition.pk)
    tone = "attention" if missing else "done"
    return RuleSetRow(own, rules.id, rules.first_day, rules.last_day, words, tone, own == key)


def _shipped_row(file: RuleSetFile, *, key: str) -> RuleSetRow:
    rules = file.rule_set
    return RuleSetRow(
        rules.id, rules.id, rules.first_day, rules.last_day, "ships with Daybook", "done", rules.id == key
    )


def _opened(
    shipped: Sequence[RuleSetFile], loaded: Sequence[LoadedRuleSet], *, key: str, me: UUID | None
) -> RuleSetView:
    own = next((each for each in loaded if str(each.edition.pk) == key), None)
    file = own.file if own else next(each for each in shipped if each.rule_set.id == key)
    before = _year_before(file, shipped=shipped, loaded=loaded)
    approvals = own.approvals if own else ()
    return RuleSetView(
        key=key,
        title=file.rule_set.id,
        before=before.rule_set.id if before else "",
        changes=changes_between(before, file) if before else (),
        says=list(statements(file)),
        loaded=own.edition.loaded_by.name if own else "",
        approvals=[(each.approved_by.name, each.approved_at) for each in approvals],
        missing=max(0, _NEEDED - len(approvals)) if own else 0,
        is_shipped=own is None,
        is_approved_by_me=any(each.approved_by_id == me for each in approvals),
        digest=own.edition.sha256 if own else "",
    )


def _year_before(
    file: RuleSetFile, *, shipped: Sequence[RuleSetFile], loaded: Sequence[LoadedRuleSet]
) -> RuleSetFile | None:
    """The newest earlier year: approved where it was loaded, else the last that ships."""
    approved = [each.file for each in loaded if len(each.approvals) >= _NEEDED]
    earlier = [
        each for each in (*shipped, *reversed(approved)) if each.rule_set.first_day < file.rule_set.first_day
    ]
    return max(earlier, key=lambda each: each.rule_set.first_day, default=None)
