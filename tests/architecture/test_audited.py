"""Every public write service leaves an audit entry, or stands on the list with a reason."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.architecture.house import ROOT, Module, modules, tree

WRITES = {
    "create",
    "create_user",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "save",
    "delete",
    "update",
}
SQL_WRITES = re.compile(
    r"\b(INSERT INTO|UPDATE|DELETE FROM)\b|\bdaybook_(claim|depart|end|receive|ring|status)(_many)?\b"
)

# Who writes without an entry of its own. A fact that stands for itself needs none beside it.
NOT_AUDITED: dict[str, str] = {
    "billing/services/activity.py:beat": "a beat is a fact; what is said of it has an entry",
    "billing/services/decisions.py:recreate": "derived rows: facts decide, nobody acts",
    "billing/services/decisions.py:refresh": "derived rows: facts decide, nobody acts",
    "billing/services/decisions.py:refresh_all": "derived rows: facts decide, nobody acts",
    "billing/services/decisions.py:refresh_touched": "derived rows: facts decide, nobody acts",
    "billing/services/decisions.py:work_off": "derived rows: facts decide, nobody acts",
    "billing/services/derived_rows.py:synchronize": "derived rows: facts decide, nobody acts",
    "billing/services/deriving.py:derive": "derived rows: facts decide, nobody acts",
    "billing/services/certified_rows.py:write": "part of certifying, which writes the entry",
    "billing/services/live_decisions.py:decide_live": "derived rows: facts decide, nobody acts",
    "billing/services/packets.py:file_packets": "part of certifying, which writes the entry",
    "billing/services/rereading.py:read_again": "derived rows made anew, which must change nothing",
    "billing/services/recounting.py:recount": "derived rows made anew, which must change nothing",
    "billing/services/rule_sets.py:load": "belongs to no tenant; the row says who, when and which file",
    "billing/services/rebuilding.py:rebuild": "derived rows made anew, which must change nothing",
    "checkins/services/alarming.py:clear_alarm": "a fault that is gone; nobody acts",
    "checkins/services/alarming.py:clear_unseen": "faults that are gone; nobody acts",
    "checkins/services/alarming.py:mail_operators": "notes that a mail left; nobody acts",
    "checkins/services/alarming.py:raise_alarm": "counts for the operator; nobody acts",
    "checkins/services/alerts.py:open_practice_alert": "an alert is a fact; it names nobody",
    "checkins/services/escalating.py:begin": "part of an alert, which is a fact",
    "checkins/services/escalating.py:begin_drill": "part of a drill, whose start has an entry",
    "checkins/services/escalating.py:follow": "follows an acknowledgement or a closing, which have entries",
    "checkins/services/escalating.py:walk_due": "each step is a fact, and so is each page",
    "checkins/services/paging.py:queue_pages": "each page is a fact that names its step",
    "checkins/services/paging.py:queue_reply_to_unknown": "the notice is a fact that names what it answers",
    "checkins/services/paging.py:take_back_answers": "follows a stop, which is a fact",
    "checkins/services/paging.py:send_due": "a lease, and the carrier's answer",
    "checkins/services/clock_watch.py:may_go_by_the_clock": "an alarm for the operator; nobody acts",
    "checkins/services/watching.py:watch_danger_work": "counts for the operator; nobody acts",
    "checkins/services/watching.py:watch_line": "counts for the operator; nobody acts",
    "checkins/services/alerts.py:open_alert": "an alert is a fact; the reading that opened it has an entry",
    "checkins/services/enrollment.py:welcome": "the text out is a fact that names its template",
    "checkins/services/page_answers.py:take_answer": "the answer is a fact, written by the patient",
    "checkins/services/page_answers.py:take_note": "the note is a fact, written by the patient",
    "checkins/services/keeping.py:keep": "part of reading, which writes the entry",
    "checkins/services/keeping.py:of_one_reply": "only words the statement that `keep` runs",
    "checkins/services/deriving.py:store": "part of reading, which writes the entry",
    "checkins/services/line.py:notice": "counts for the operator; nobody acts",
    "checkins/services/outbox.py:claim": "a lease",
    "checkins/services/outbox.py:depart": "its send attempt is a fact",
    "checkins/services/outbox.py:depart_together": "its send attempts are facts",
    "checkins/services/outbox.py:depart_many": "its send attempts are facts",
    "checkins/services/outbox.py:doubt": "a state of the outbox, settled by facts",
    "checkins/services/outbox.py:drop_waiting": "follows a withdrawn consent, which is a fact",
    "checkins/services/outbox.py:end": "a state of the outbox; why it ends is a fact of the caller",
    "checkins/services/outbox.py:fail": "a state of the outbox, after the carrier's answer",
    "checkins/services/outbox.py:put_back": "a state of the outbox, after the carrier's answer",
    "checkins/services/polling.py:poll": "the text in is a fact",
    "checkins/services/protocols.py:ship": "puts what is shipped in place; belongs to nobody",
    "checkins/services/callbacks.py:note_alone": "the status event is a fact; one round trip",
    "checkins/services/callbacks.py:note_callback": "the status events are facts; one round trip",
    "checkins/services/callbacks.py:note_many": "the status events are facts; one round trip",
    "checkins/services/receiving.py:receive": "the text in is a fact; one round trip",
    "checkins/services/receiving.py:receive_many": "the texts in are facts",
    "checkins/services/reconciling.py:sweep": "a lease that ran out",
    "checkins/services/planning.py:close_expired": "the row says until when; nobody acts",
    "checkins/services/reminding.py:remind": "part of planning a day, which writes the entry; the text is a fact",
    "checkins/services/stopping.py:end_texts": "follows a withdrawn consent, which is a fact",
    "checkins/services/unsent.py:close_unsent": "a state that follows from the carrier's answers, which are facts",
    "checkins/services/send_turn.py:send_due": "a lease and when to look again; attempts and answers are facts",
    "checkins/services/sending.py:note_status": "the status event is a fact; one round trip",
    "checkins/services/sending.py:note_statuses": "the status events are facts",
    "checkins/services/texts.py:queue_reply": "the text out is a fact that names what it answers",
    "checkins/services/texts.py:queue_text": "the text out is a fact that names who wrote it",
    "checkins/services/touching.py:forget": "a mark for the next decision",
    "checkins/services/touching.py:touch": "a mark for the next decision",
    "checkins/services/unread.py:hand_over": "the alert is a fact, and its text was read with an entry",
    "checkins/services/writing.py:write_texts": "the text out is a fact; that its day was planned has an entry",
    "networks/services/invitations.py:send": "notes that a mail left; the role has an entry",
    "networks/services/invitations.py:send_when_kept": "the same, after the commit",
    "networks/services/payers.py:add": "the directory of payers belongs to nobody",
    "networks/services/organizations.py:invite": "people belong to no practice; the role they get has an entry",
    "networks/services/sealing.py:seal_facts": "a seal is its own record, signed",
}


def services() -> list[Module]:
    return [module for module in modules() if module.kind == "services"]


@cache
def functions() -> dict[str, ast.FunctionDef]:
    """Every function of the services, by file and name; methods left out."""
    return {
        f"{module.name}:{node.name}": node
        for module in services()
        for node in tree(module.path).body
        if isinstance(node, ast.FunctionDef)
    }


@cache
def sql_constants(path: Path) -> frozenset[str]:
    """Names in a file that hold SQL which writes."""
    found = set()
    for node in tree(path).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            words = " ".join(
                each.value
                for each in ast.walk(node.value)
                if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )
            if SQL_WRITES.search(words):
                found.add(node.targets[0].id)
    return frozenset(found)


@cache
def imported(path: Path) -> dict[str, str]:
    """Names in a file that mean a service module (`outbox`) or a service (`receive`), by where they come from."""
    found = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module and ".services" in node.module:
            folder = node.module.replace(".", "/")
            for alias in node.names:
                name = alias.asname or alias.name
                is_module = (ROOT / folder / f"{alias.name}.py").exists()
                found[name] = f"{folder}/{alias.name}.py" if is_module else f"{folder}.py:{alias.name}"
    return found


@cache
def calls(key: str) -> tuple[str, ...]:
    """Keys of the services that a service names, in its own file and in others."""
    return tuple(_calls(key))


def _calls(key: str) -> Iterator[str]:
    file = key.split(":")[0]
    known = imported(ROOT / file)
    for node in ast.walk(functions()[key]):
        if isinstance(node, ast.Name):
            yield known.get(node.id, f"{file}:{node.id}")
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{known.get(node.value.id, '')}:{node.attr}"


def reached(key: str) -> set[str]:
    """A service and every service it may come to call."""
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        each = waiting.pop()
        if each in seen or each not in functions():
            continue
        seen.add(each)
        waiting.extend(calls(each))
    return seen


@cache
def writes(key: str) -> bool:
    """Whether a function itself changes the database."""
    constants = sql_constants(ROOT / key.split(":")[0])
    for node in ast.walk(functions()[key]):
        if isinstance(node, ast.Name) and node.id in constants:
            return True
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in WRITES
            and (node.func.attr != "update" or _is_query(node.func.value, within=functions()[key]))
        ):
            return True
    return False


def _is_query(receiver: ast.expr, *, within: ast.FunctionDef) -> bool:
    """Whether `.update` is asked of rows, and not of a dictionary, a set or a digest."""
    text = ast.unparse(receiver)
    if isinstance(receiver, ast.Name):
        return bool(re.search(rf"\b{text} = [^\n]*objects", ast.unparse(within)))
    return "objects" in text or "filter(" in text


@cache
def is_audited(key: str) -> bool:
    """Whether a function itself writes an entry."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in {"record", "build"}
        and isinstance(node.value, ast.Name)
        and node.value.id == "audit"
        for node in ast.walk(functions()[key])
    )


@cache
def unaudited() -> frozenset[str]:
    """Public services that write, by themselves or through others, without any entry."""
    return frozenset(
        key
        for key in functions()
        if not key.split(":")[1].startswith("_")
        and any(writes(each) for each in reached(key))
        and not any(is_audited(each) for each in reached(key))
    )


def test_every_write_service_leaves_an_entry_or_is_listed() -> None:
    assert sorted(unaudited() - set(NOT_AUDITED)) == []


def test_the_list_is_fresh() -> None:
    assert sorted(set(NOT_AUDITED) - unaudited()) == []


def test_the_walk_sees_writes_and_entries_at_all() -> None:
    assert not is_audited("checkins/services/outbox.py:claim")
    assert writes("checkins/services/outbox.py:claim")
    assert "networks/services/organizations.py:found_practice" not in unaudited()
    assert "checkins/services/receiving.py:receive" in unaudited()
