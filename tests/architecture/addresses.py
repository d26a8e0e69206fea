"""Every address of the product, what it asks for, and rows of one practice to put into it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from networks.permissions import Permission
from tests.architecture.house import APPS

# Names in addresses that are not called after their model.
CALLED_OTHERWISE = {
    "batch": "chargebatch",
    "charge": "decidedline",
    "entry": "timeentry",
    "line": "decidedline",
    "message": "inboundmessage",
    "person": "user",
    "plan": "plan",
    "text": "inboundmessage",
}
_PLACE = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
# What stands for the places of addresses that no permission guards: none of it is anybody's.
STAND_INS = {"str": "none", "int": "7", "uuid": "00000000-0000-7000-8000-000000000000", "slug": "none"}


@dataclass(frozen=True)
class Address:
    """One pattern of config.urls with the view behind it."""

    route: str
    view: Callable[..., Any]

    @property
    def is_api(self) -> bool:
        return self.route.startswith("api/")

    @property
    def places(self) -> list[str]:
        """The names of what varies in the address."""
        return [found["name"] for found in _PLACE.finditer(self.route)]

    def permission(self, method: str) -> Permission | None:
        """Return what the view, or the class behind it, asks for."""
        view = getattr(self.view, "cls", None) or getattr(self.view, "view_class", None) or self.view
        writing = getattr(view, "write_permission", None)
        if method == "POST" and writing is not None:
            return writing
        return getattr(view, "required_permission", None)

    def filled(self, values: dict[str, str]) -> str:
        """Return the address with its places filled."""
        filled = _PLACE.sub(
            lambda found: values.get(found["name"]) or STAND_INS[found["kind"] or "str"], self.route
        )
        return "/" + _plain(filled)


def _plain(route: str) -> str:
    """Return an address that was written as an expression, with something in the place of each group."""
    route = re.sub(r"\(\?P<\w+>[^)]*\)", "none", route)
    return route.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\", "")


@cache
def addresses() -> tuple[Address, ...]:
    """Return every address, in the order of config.urls."""
    return tuple(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, before: str) -> Iterator[Address]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield Address(route, each.callback)
        else:
            yield from _walk(each, route)


def model_of(place: str) -> type[Model] | None:
    """Return the model that a place such as `patient_id` names; None for a place that names none."""
    name = place.removesuffix("_id").replace("_", "")
    name = CALLED_OTHERWISE.get(place.removesuffix("_id"), name)
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            if model._meta.model_name == name:
                return model
    return None


def rows_for(places: set[str], *, known: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return an id of the open scope's rows for each place, and what is missing, in words."""
    values, missing = dict(known), []
    for place in sorted(places - known.keys()):
        model = model_of(place)
        row = model._default_manager.order_by("pk").first() if model else None
        if model is None:
            missing.append(f"<{place}>: no model is called so; add it to {__name__}.CALLED_OTHERWISE")
        elif row is None:
            label = model._meta.label
            missing.append(f"<{place}>: the walk's practice has no {label}; let its fixture make one")
        else:
            values[place] = str(row.pk)
    return values, missing
