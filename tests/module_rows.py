"""Rows that the tests of one module share: made once in a transaction around them, undone behind the last.

A test's own transaction is a savepoint inside, so that no test sees what another did. A module whose tests
ask for such rows has no test that needs an empty practice, and none that commits.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from django.db import transaction

Unblocked = Callable[[], AbstractContextManager[None]]


@pytest.fixture(scope="module")
def module_rows(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Unblocked]:
    """Open the transaction around a module's tests; give the way to make rows in it."""
    unblock: Unblocked = django_db_blocker.unblock  # type: ignore[attr-defined] # pytest-django names no type
    around = transaction.atomic()
    with unblock():
        around.__enter__()
    yield unblock
    with unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)
