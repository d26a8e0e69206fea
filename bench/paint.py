"""How soon a clinician sees Today: first paint in Chromium from the running product, with 50 and 500 patients."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from bench.bed import Bed
from bench.charts import PATIENTS
from bench.results import LEAST_RUNS, Result
from config.local.browser import browser as browser_path
from tests.system.desk import found_desk, signed_in

FEW = 50
LOADS = LEAST_RUNS + 4
# Of ten patients six do well; the others grow worse, are silent, unclear or in danger: every group is drawn.
_STORIES: tuple[tuple[str | None, ...], ...] = (
    *[("3 Y", "3 Y", "2 N", None, "2 Y", "2 Y", "1 Y")] * 6,
    ("2 Y", "2 Y", "3 Y", "2 N", "3 Y", "6 N", "7 N"),
    ("4 Y", "4 N", "4 Y", None, None, None, None),
    ("3 Y", "3 Y", "3 Y", "3 Y", "3 Y", "3 Y", "the brace rubs, what can I do"),
    ("5 N", "5 N", None, "4 Y", "5 Y", "4 N", "4 Y"),
)
_TIMES = """() => new Promise(done => new PerformanceObserver(seen => {
    const paint = seen.getEntriesByName('first-contentful-paint')[0]
    const [page] = performance.getEntriesByType('navigation')
    if (paint) done([page.responseStart - page.requestStart, paint.startTime, document.all.length])
}).observe({type: 'paint', buffered: true}))"""


@dataclass(frozen=True)
class Load:
    """Milliseconds of one load: the server's until its first byte, all until the first paint; nodes of the page."""

    server: float
    painted: float
    nodes: float


def first_paint(bed: Bed) -> list[Result]:
    """Milliseconds from the click to the first contentful paint of Today with 500 patients, nothing cached.

    The notes tell the server's part from the browser's, and what a visitor sees whose browser kept the files.
    """
    desks = {
        patients: found_desk(bed.product, _stories(patients), family=f"Of{patients}x")[1]
        for patients in (FEW, PATIENTS)
    }
    with _chromium() as browser:
        pages = {patients: signed_in(browser, bed.product, email) for patients, email in desks.items()}
        for page in pages.values():
            _loaded(page, empty_cache=False)
        cold: dict[int, list[Load]] = {patients: [] for patients in pages}
        warm: dict[int, list[Load]] = {patients: [] for patients in pages}
        for _ in range(LOADS):
            for patients, page in pages.items():
                cold[patients].append(_loaded(page, empty_cache=True))
                warm[patients].append(_loaded(page, empty_cache=False))
    few, many = _middle(cold[FEW]), _middle(cold[PATIENTS])
    again = _middle(warm[PATIENTS])
    note = (
        f"server {many.server:.0f} ms, {many.nodes:,.0f} nodes; {again.painted:.0f} ms with the files kept; "
        f"with {FEW} patients {few.painted:.0f} ms, server {few.server:.0f} ms, {few.nodes:,.0f} nodes"
    )
    return [Result("dash.paint", many.painted, None, "ms", 1000, 500, LOADS, lower_is_better=True, note=note)]


def _stories(patients: int) -> dict[str, tuple[str | None, ...]]:
    return {f"Patient{place}": _STORIES[place % len(_STORIES)] for place in range(patients)}


@contextmanager
def _chromium() -> Iterator[Browser]:
    # The browser's library keeps an event loop in this thread, in which Django would refuse its database.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path(), args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


def _loaded(page: Page, *, empty_cache: bool) -> Load:
    """Load Today anew and return what it took."""
    if empty_cache:
        link = page.context.new_cdp_session(page)
        link.send("Network.clearBrowserCache")
        link.detach()
    page.goto("/today/", wait_until="load")
    load = Load(*page.evaluate(_TIMES))
    # Away from the page: it looks for news every few seconds.
    page.goto("about:blank")
    return load


def _middle(loads: list[Load]) -> Load:
    return Load(*[median(getattr(each, name) for each in loads) for name in ("server", "painted", "nodes")])
