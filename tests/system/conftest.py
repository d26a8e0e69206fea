"""One running product for the whole run, shared with the fault tests; each test founds a clinic of its own."""

from collections.abc import Iterator

import pytest

from tests.system.product import Product
from tests.system.shared import shared_product


@pytest.fixture(scope="module")
def product(request: pytest.FixtureRequest) -> Product:
    """The product with a durable database server of its own, which tests may restart."""
    return shared_product(request.config)


@pytest.fixture(autouse=True)
def without_faults(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave no fault switched on, and nothing to do for clinics that no test asks about any more."""
    yield
    if "product" in request.fixturenames:
        product = request.getfixturevalue("product")
        product.simulator.clear_faults()
        product.retire_clinics()


@pytest.fixture(autouse=True)
def closed_pages(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close what a test opened in the run's one browser: pages that look again each second keep a core busy."""
    yield
    if "browser" in request.fixturenames:
        for context in request.getfixturevalue("browser").contexts:
            context.close()
