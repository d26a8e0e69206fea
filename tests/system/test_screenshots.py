"""The list of pictures against config.urls: nothing forgotten, nothing that is gone."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from config.demo.cast import SMALL
from config.demo.loading import sign_ins
from tests.system.screen_list import NOT_SHOWN, NOT_SHOWN_FAMILIES, SCREENS, SIMULATOR, VISITORS


def _patterns(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield f"{space}{each.name}", each.callback
        else:
            yield from _patterns(each, f"{space}{each.namespace}:" if each.namespace else space)


def _is_act(view: Callable[..., Any] | None) -> bool:
    """Whether one of the view's decorators lets POST alone through."""
    while view is not None:
        if inspect.isfunction(view) and inspect.getclosurevars(view).nonlocals.get("request_method_list") == [
            "POST"
        ]:
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def _left_out(route: str) -> bool:
    return route in NOT_SHOWN or route.startswith(tuple(NOT_SHOWN_FAMILIES))


def test_every_address_has_its_picture_or_a_reason_for_having_none() -> None:
    shown = {each.route for each in SCREENS}
    forgotten = [
        name
        for name, view in _patterns(get_resolver())
        if name not in shown and not _left_out(name) and not _is_act(view)
    ]
    assert not forgotten, f"{forgotten}: add each to SCREENS, or to NOT_SHOWN with the reason"


def test_acts_are_known_from_pages() -> None:
    views = dict(_patterns(get_resolver()))
    assert _is_act(views["billing:sign"])
    assert not _is_act(views["billing:certify"])


def test_nothing_listed_is_gone_or_listed_twice() -> None:
    known = {name for name, _ in _patterns(get_resolver())}
    shown = {route for each in SCREENS for route in (each.route, each.over)} - {"", SIMULATOR}
    assert shown <= known
    assert NOT_SHOWN.keys() <= known
    assert not shown & NOT_SHOWN.keys()
    assert all(any(name.startswith(family) for name in known) for family in NOT_SHOWN_FAMILIES)
    assert all(reason.strip() for reason in [*NOT_SHOWN.values(), *NOT_SHOWN_FAMILIES.values()])


def test_each_picture_has_its_own_name_and_somebody_of_the_small_demonstration_looking() -> None:
    names = [each.name for each in SCREENS]
    assert len(names) == len(set(names))
    assert {each.visitor for each in SCREENS} <= VISITORS.keys()
    homes = {house.key for house in SMALL.houses} | {"cin", "ipa", "daybook"}
    assert {email.split("@")[1].removesuffix(".demo") for email in VISITORS.values() if email} <= homes
    assert {"dana@lakeside.demo", "operator@daybook.demo"} <= {email for _, email in sign_ins()}
