"""Calls that wait at the same time share a commit: who goes with whom, what each is told, and what a failure does."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from networks.group_commit import GroupCommit

PATIENCE = 10.0  # seconds after which a test has hung


class Away(Exception):
    """Nothing can be stored for anybody."""


@dataclass
class Store:
    """Takes note of what was committed how; holds a commit up, refuses rows or fails where a test says so."""

    poison: frozenset[str] = frozenset()
    undecided: frozenset[str] = frozenset()
    is_away: bool = False
    answers: int = 0  # how many answers too few
    commits: list[tuple[str, list[str]]] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)
    held: dict[str, threading.Event] = field(default_factory=dict)
    begun: dict[str, threading.Event] = field(default_factory=dict)

    def hold(self, row: str) -> None:
        """Let the commit with this row last until `let` is called."""
        self.held[row], self.begun[row] = threading.Event(), threading.Event()

    def let(self, row: str) -> None:
        self.held[row].set()

    def store_alone(self, group: str, row: str) -> str:
        self._pass([row])
        self.alone.append(row)
        return f"{row} in {group}"

    def store_together(self, group: str, rows: Sequence[str]) -> list[str | None]:
        self._pass(rows)
        self.commits.append((group, list(rows)))
        said = [None if row in self.undecided else f"{row} in {group}" for row in rows]
        return said[: len(said) - self.answers]

    def _pass(self, rows: Sequence[str]) -> None:
        for row in rows:
            if row in self.held:
                self.begun[row].set()
                assert self.held[row].wait(PATIENCE)
        if self.is_away:
            raise Away
        if self.poison.intersection(rows):
            raise ValueError("refused")


@dataclass
class Desk:
    """A group commit over a store, and threads that call it."""

    store: Store
    pool: ThreadPoolExecutor
    most: int = 100
    calls: "dict[str, Future[str]]" = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shared: GroupCommit[str, str, str] = GroupCommit(
            together=self.store.store_together,
            alone=self.store.store_alone,
            concerns_all=lambda error: isinstance(error, Away),
            most=self.most,
        )

    def begin(self, row: str, *, group: str = "a") -> None:
        """Call from a thread of its own, and wait until the call is stored or stands in line."""
        before = self.waiting(group)
        self.calls[row] = self.pool.submit(self.shared.store, group, row)
        self.until(
            lambda: (
                self.calls[row].done()
                or self.waiting(group) > before
                or (row in self.store.begun and self.store.begun[row].is_set())
            )
        )

    def line_up(self, *rows: str) -> None:
        """Hold a first call's commit up and let others come meanwhile."""
        self.store.hold("first")
        for row in ("first", *rows):
            self.begin(row)

    def waiting(self, group: str) -> int:
        return len(self.shared._lines.get(group, ()))

    def until(self, is_so: Callable[[], bool]) -> None:
        pause = threading.Event()
        for _ in range(int(PATIENCE * 1000)):
            if is_so():
                return
            pause.wait(0.001)
        raise AssertionError("did not come true")

    def said(self, *rows: str) -> list[str]:
        """What each call was told: its answer, or the name of its error."""
        return [self._of(self.calls[row]) for row in rows]

    def _of(self, call: "Future[str]") -> str:
        error = call.exception(PATIENCE)
        return type(error).__name__ if error else call.result()


@pytest.fixture
def desk(request: pytest.FixtureRequest):
    store = Store(**getattr(request, "param", {}))
    with ThreadPoolExecutor(40) as pool:
        made = Desk(store, pool)
        yield made
        for held in store.held.values():
            held.set()


def test_a_call_that_finds_nobody_is_stored_at_once_by_itself(desk: Desk) -> None:
    desk.begin("x")
    assert desk.said("x") == ["x in a"]
    assert (desk.store.alone, desk.store.commits) == (["x"], [])


def test_those_who_come_during_a_commit_share_the_next(desk: Desk) -> None:
    desk.line_up("x", "y", "z")
    assert not any(call.done() for call in desk.calls.values())
    desk.store.let("first")
    assert desk.said("first", "x", "y", "z") == ["first in a", "x in a", "y in a", "z in a"]
    assert (desk.store.alone, desk.store.commits) == (["first"], [("a", ["x", "y", "z"])])


def test_nobody_is_told_of_a_commit_before_it_was_made(desk: Desk) -> None:
    desk.store.hold("y")
    desk.line_up("x", "y", "z")
    desk.store.let("first")
    desk.until(desk.store.begun["y"].is_set)
    assert [desk.calls[row].done() for row in ("x", "y", "z")] == [False] * 3
    desk.store.let("y")
    assert desk.said("x", "y", "z") == ["x in a", "y in a", "z in a"]


def test_one_group_neither_waits_for_another_nor_shares_its_commit(desk: Desk) -> None:
    desk.line_up("x", "y")
    desk.begin("other", group="b")
    assert desk.said("other") == ["other in b"]
    assert not desk.calls["x"].done()
    desk.store.let("first")
    desk.said("x", "y")
    assert desk.store.commits == [("a", ["x", "y"])]


def test_a_commit_holds_at_most_so_many(desk: Desk) -> None:
    desk.most = 2
    desk.__post_init__()
    desk.line_up(*"vwxyz")
    desk.store.let("first")
    assert desk.said(*"vwxyz") == [f"{row} in a" for row in "vwxyz"]
    assert [rows for _, rows in desk.store.commits] == [["v", "w"], ["x", "y"]]
    assert desk.store.alone == ["first", "z"]


@pytest.mark.parametrize(
    ("desk", "said", "alone"),
    [
        ({"poison": frozenset("y")}, ["x in a", "ValueError", "z in a"], ["x", "z"]),
        ({"undecided": frozenset("xz")}, ["x in a", "y in a", "z in a"], ["x", "z"]),
        ({"answers": 1}, ["x in a", "y in a", "z in a"], ["x", "y", "z"]),
        ({"answers": 3}, ["x in a", "y in a", "z in a"], ["x", "y", "z"]),
    ],
    indirect=["desk"],
    ids=["one is refused", "some undecided", "an answer short", "no answers"],
)
def test_a_commit_that_fails_harms_only_whom_it_must(desk: Desk, said: list[str], alone: list[str]) -> None:
    desk.line_up("x", "y", "z")
    desk.store.let("first")
    assert desk.said("x", "y", "z") == said
    assert sorted(desk.store.alone) == ["first", *alone]
    desk.begin("later")
    assert desk.said("later") == ["later in a"]


def test_an_error_of_a_call_by_itself_is_its_own(desk: Desk) -> None:
    desk.store.poison = frozenset({"first"})
    desk.line_up("x", "y")
    desk.store.let("first")
    assert desk.said("first", "x", "y") == ["ValueError", "x in a", "y in a"]


@pytest.mark.parametrize("leader", ["alone", "of several"])
def test_what_concerns_all_is_told_everybody_in_line_and_tried_once(desk: Desk, leader: str) -> None:
    rows = ["x", "y"]
    desk.line_up(*rows)
    if leader == "of several":
        desk.store.hold("x")
        desk.store.let("first")
        desk.until(desk.store.begun["x"].is_set)
        rows.append("z")
        desk.begin("z")
    stored = list(desk.store.alone)
    desk.store.is_away = True
    desk.store.let("x" if leader == "of several" else "first")
    assert desk.said(*rows) == ["Away"] * len(rows)
    assert desk.store.alone == stored
    desk.store.is_away = False
    desk.begin("later")
    assert desk.said("later") == ["later in a"]


def test_many_threads_are_each_told_of_their_own_rows_and_nothing_is_left_behind(desk: Desk) -> None:
    desk.store.poison = frozenset(f"{place}-7" for place in range(32))
    rows = [(f"{place}-{turn}", "ab"[place % 2]) for turn in range(25) for place in range(32)]
    for row, group in rows:
        desk.calls[row] = desk.pool.submit(desk.shared.store, group, row)
    expected = ["ValueError" if row in desk.store.poison else f"{row} in {group}" for row, group in rows]
    assert desk.said(*(row for row, _ in rows)) == expected
    committed = [row for _, part in desk.store.commits for row in part] + desk.store.alone
    assert sorted(committed) == sorted(row for row, _ in rows if row not in desk.store.poison)
    assert desk.shared._lines == {}
