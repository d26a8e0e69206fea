"""Which test process gets what: a module's tests stay together, and what takes longest begins first."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import LoadGroupScheduling

# Minutes each, and one process must do each alone: begun last, they would be waited for by an idle core.
LONGEST_FIRST = ("product", "walk", "make-run")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long groups to the front; all else keeps its order."""
    items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    names = [name for mark in item.iter_markers("xdist_group") for name in mark.args]
    return min(
        (LONGEST_FIRST.index(name) for name in names if name in LONGEST_FIRST), default=len(LONGEST_FIRST)
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: "Producer") -> "LoadGroupScheduling | None":
    """Hand out groups and, beside them, whole modules: what the tests of a module share is made once.

    Test by test, both processes would make it, and the one that hands out would count all that it
    handed out so far at each step.
    """
    from xdist.scheduler import LoadGroupScheduling

    class ModuleScheduling(LoadGroupScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return super()._split_scope(nodeid).partition("::")[0]

    if config.getoption("dist") != "loadgroup":
        return None
    # As they come, not the module with most tests first.
    config.option.loadscopereorder = False
    return ModuleScheduling(config, log)
