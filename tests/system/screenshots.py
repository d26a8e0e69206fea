"""Pictures of every page, on two widths, light and dark, into `screenshots/`.

python -m tests.system.screenshots [--full] [NAME ...]

Starts the whole product on free ports with the demonstration (the small one, unless `--full`), signs in as
each role and takes the pages of `screen_list.py`, or those whose names begin with one that is given. Prints
a line a picture; the exit code is 1 when a page answered otherwise than listed.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from config.demo.cast import PASSWORD
from config.local.browser import browser as browser_path
from config.local.folders import PROJECT
from tests.system.screen_list import SCREENS, SIMULATOR, VISITORS, Screen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.system.product import Product

FOLDER = PROJECT / "screenshots"
SIZES = {1280: 800, 390: 844}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TEXTS_SECONDS = 180.0  # until the demonstration's first texts of the day have left
_QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")


@dataclass(frozen=True)
class Site:
    """Where the pages are and what fills the places of their addresses."""

    base_url: str
    simulator_url: str
    values: Mapping[str, str]

    def fills(self, screen: Screen) -> bool:
        """Whether there is something for every place in the page's addresses."""
        try:
            self.address(screen.route, places=screen.places)
            self.address(screen.over or screen.route, places=screen.places)
        except KeyError:
            return False
        return True

    def address(self, route: str, *, places: Mapping[str, str], query: str = "") -> str:
        """Return a page's address; KeyError names a place that nothing fills."""
        from django.urls import get_resolver, reverse

        if route == SIMULATOR:
            return self.simulator_url + "/"
        if not route:
            return f"{self.base_url}/nobody-has-this-address/"
        *spaces, name = route.split(":")
        resolver = get_resolver()
        for space in spaces:
            resolver = resolver.namespace_dict[space][1]
        pattern = resolver.reverse_dict.getlist(name)[0][0][0][1]
        asked = {place: places.get(place) or self.values[place] for place in pattern}
        return self.base_url + reverse(route, kwargs=asked) + (f"?{query}" if query else "")


@dataclass(frozen=True)
class Taken:
    """One picture: where it lies, what the page answered, how much wider than the window it is."""

    path: Path
    status: int
    expected: int
    wider_px: int

    @property
    def line(self) -> str:
        """What is printed about it."""
        wrong = f"  answered {self.status}, not {self.expected}" if self.status != self.expected else ""
        wide = f"  {self.wider_px} px wider than the window" if self.wider_px > 0 else ""
        return f"{self.path.name}{wrong}{wide}"


def sign_in(context: "BrowserContext", base_url: str, email: str) -> None:
    """Sign in through the form."""
    page = context.new_page()
    page.goto(f"{base_url}/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(re.compile(r"^(?!.*/accounts/login/)"))
    page.close()


def take(browser: "Browser", site: Site, screens: Sequence[Screen], folder: Path) -> list[Taken]:
    """Take every page in every size and theme; the pictures overwrite former ones."""
    folder.mkdir(exist_ok=True)
    taken: list[Taken] = []
    by_visitor = sorted(screens, key=lambda each: each.visitor)
    for visitor, theirs in groupby(by_visitor, key=lambda each: each.visitor):
        context = browser.new_context(reduced_motion="reduce")
        if VISITORS[visitor]:
            sign_in(context, site.base_url, VISITORS[visitor])
        page = context.new_page()
        for screen in theirs:
            if not site.fills(screen):
                sys.stdout.write(f"{screen.name}: not taken, the demonstration has no row for it\n")
                continue
            taken += _all_looks(page, site, screen, folder)
            sys.stdout.write("".join(f"{each.line}\n" for each in taken[-4:]))
            sys.stdout.flush()
        context.close()
    return taken


def _all_looks(page: "Page", site: Site, screen: Screen, folder: Path) -> list[Taken]:
    looks = []
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for theme in THEMES:
            page.context.add_cookies([{"name": "theme", "value": theme, "url": site.base_url}])
            page.emulate_media(color_scheme=theme)
            status = _open(page, site, screen)
            wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            path = folder / f"{screen.name}-{width}-{theme}.png"
            page.screenshot(path=path, full_page=not screen.over)
            looks.append(Taken(path, status, screen.status, int(wider)))
    return looks


def _open(page: "Page", site: Site, screen: Screen) -> int:
    """Open a page, or a panel over its page; return the answer's status."""
    address = site.address(screen.route, places=screen.places, query=screen.query)
    if not screen.over:
        answer = page.goto(address, wait_until="load")
        if screen.drawn:
            page.wait_for_selector(screen.drawn)
        page.wait_for_timeout(150)
        return answer.status if answer else 0
    page.goto(site.address(screen.over, places={}), wait_until="load")
    path = address.removeprefix(site.base_url)
    with page.expect_response(lambda each: each.url.endswith(path)) as answered:
        page.evaluate("path => htmx.ajax('GET', path, {target: '#drawer', swap: 'innerHTML'})", path)
    page.wait_for_timeout(300)
    return answered.value.status


def _load(product: "Product", *, full: bool) -> None:
    environment = {
        **product.environment,
        "DATABASE_OWNER_URL": product.addresses["DATABASE_OWNER_URL"],
    }
    words = ["manage.py", "load_demo", *([] if full else ["--small"])]
    subprocess.run([sys.executable, "-W", "ignore", *words], cwd=PROJECT, env=environment, check=True)


def _wait_for_texts(product: "Product") -> None:
    """Wait until today's first check-ins were planned and have left."""
    product.wait(
        lambda: product.count("checkins_checkin", "state = 'open' AND expires_at > now()"),
        seconds=TEXTS_SECONDS,
        pause=1.0,
        what="a check-in of today",
    )
    product.wait(
        lambda: not product.count("checkins_outboxrow", "state IN ('claimed', 'sending')"),
        seconds=TEXTS_SECONDS,
        pause=1.0,
        what="the end of sending",
    )


def _chosen(names: Sequence[str]) -> list[Screen]:
    return [each for each in SCREENS if not names or each.name.startswith(tuple(names))]


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures; return the exit code."""
    parser = argparse.ArgumentParser(prog="make screenshots")
    parser.add_argument("--full", action="store_true", help="the whole demonstration; some minutes more")
    parser.add_argument("names", nargs="*", metavar="NAME", help="beginnings of the names to take")
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    import django

    django.setup()
    from playwright.sync_api import sync_playwright

    from tests.system.product import running_product
    from tests.system.screen_stage import set_stage

    with running_product(own_postgres=True, workers=False, scheduler=False) as product:
        _load(product, full=chosen.full)
        product.start_worker()
        product.start_scheduler()
        _wait_for_texts(product)
        site = Site(product.base_url, product.simulator.base_url, set_stage(product))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path(), args=list(_QUIET))
            taken = take(browser, site, _chosen(chosen.names), FOLDER)
            browser.close()
    wrong = [each for each in taken if each.status != each.expected]
    sys.stdout.write(f"{len(taken)} pictures in {FOLDER.name}/, {len(wrong)} pages answered wrongly.\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
