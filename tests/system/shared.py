"""The running product that system and fault tests share: started when first asked for, stopped at the end."""

from contextlib import ExitStack

import pytest
from pytest_django.plugin import blocking_manager_key

from tests.system.product import Product, running_product

_KEY: pytest.StashKey[Product] = pytest.StashKey()


def shared_product(config: pytest.Config) -> Product:
    """Return this run's product, started with a durable server of its own on the first call."""
    if _KEY not in config.stash:
        unblock = config.stash[blocking_manager_key].unblock
        stack = ExitStack()
        config.add_cleanup(stack.close)
        config.stash[_KEY] = stack.enter_context(running_product(own_postgres=True, unblock=unblock))
    return config.stash[_KEY]
