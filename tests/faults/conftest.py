"""The running product that the fault tests break: shared with the system tests, repaired after each."""

from collections.abc import Iterator

import pytest

from tests.system.product import Product
from tests.system.shared import shared_product


def pytest_configure(config: pytest.Config) -> None:
    """Make known the mark of tests that run for minutes, which `make test` leaves to `make faults`."""
    config.addinivalue_line("markers", "long: runs for minutes; only `make faults` runs it")


@pytest.fixture(scope="module")
def product(request: pytest.FixtureRequest) -> Product:
    """The product with a durable database server of its own."""
    return shared_product(request.config)


@pytest.fixture(autouse=True)
def repaired(request: pytest.FixtureRequest) -> Iterator[None]:
    """Switch every fault off, bring back what a test has ended, and let its clinics rest."""
    yield
    if "product" in request.fixturenames:
        product = request.getfixturevalue("product")
        product.simulator.clear_faults()
        product.repair()
        product.retire_clinics()
