"""The running product that system and fault tests share: started when first asked for, stopped behind the last."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from pytest_django.plugin import blocking_manager_key

from tests.system.product import Product, running_product

_GROUP = "product"
_KEY: pytest.StashKey[tuple[Product, ExitStack]] = pytest.StashKey()


def shared_product(config: pytest.Config) -> Product:
    """Return this run's product, started with a durable server of its own on the first call."""
    if _KEY not in config.stash:
        unblock = config.stash[blocking_manager_key].unblock
        stack = ExitStack()
        config.add_cleanup(stack.close)
        product = stack.enter_context(running_product(own_postgres=True, unblock=unblock))
        config.stash[_KEY] = (product, stack)
    return config.stash[_KEY][0]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Stop the product behind the last test of its group: its hurried schedule keeps a core busy."""
    yield
    if _KEY in item.config.stash and not _is_of_group(nextitem):
        _, stack = item.config.stash[_KEY]
        del item.config.stash[_KEY]
        stack.close()


def _is_of_group(item: pytest.Item | None) -> bool:
    marker = item.get_closest_marker("xdist_group") if item else None
    return marker is not None and _GROUP in (*marker.args, *marker.kwargs.values())
