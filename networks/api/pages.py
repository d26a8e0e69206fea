"""Pages of a list: newest first, each page begins after the last id of the one before, in one query."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

USUAL, MOST = 50, 200


class CursorPages(BasePagination):
    """Keyset pages over ids, which are made in the order of time; a page never shifts under its reader."""

    PARAMETERS = frozenset({"cursor", "limit"})

    def paginate_queryset(
        self, queryset: QuerySet[Any] | Sequence[Any], request: Request, view: APIView | None = None
    ) -> list[Any]:
        """Return one page of rows."""
        if not isinstance(queryset, QuerySet):
            raise TypeError("Only rows of the database are paged here.")
        self.begin(request)
        return self.cut(self.ahead(queryset))

    def begin(self, request: Request) -> None:
        """Read the cursor and the size of the page; 400 where they are not what a page gave out."""
        self.request = request
        self.after = _id(request.query_params.get("cursor", ""))
        self.limit = _size(request.query_params.get("limit", ""))
        self.next_after: UUID | None = None

    def ahead(self, rows: QuerySet[Any]) -> list[Any]:
        """Return the page's rows and one more, which tells whether there is a next page."""
        if self.after is not None:
            rows = rows.filter(pk__lt=self.after)
        return list(rows.order_by("-pk")[: self.limit + 1])

    def cut(self, rows: list[Any]) -> list[Any]:
        """Return what fits on the page, and keep where the next one begins; rows have an `id` or are models."""
        page = rows[: self.limit]
        if len(rows) > self.limit:
            last = page[-1]
            self.next_after = last.pk if isinstance(last, Model) else last.id
        return page

    def get_paginated_response(self, data: Any) -> Response:  # noqa: ANN401 - the framework's signature
        """Return a page with the address of the next."""
        following = None
        if self.next_after is not None:
            here = self.request.build_absolute_uri()
            following = replace_query_param(here, "cursor", str(self.next_after))
        return Response({"next": following, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe a page."""
        following = {
            "type": ["string", "null"],
            "format": "uri",
            "description": "The next page; null on the last.",
        }
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {"next": following, "results": schema},
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        """Describe the two parameters."""
        cursor = {"type": "string", "format": "uuid"}
        limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
        return [
            _parameter("cursor", "Where the page begins; follow `next` instead of making one.", cursor),
            _parameter("limit", "How many rows a page holds.", limit),
        ]


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _id(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise ValidationError({"cursor": ["Follow the address under `next`: this is no cursor."]}) from None


def _size(text: str) -> int:
    if not text:
        return USUAL
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= MOST):
        raise ValidationError({"limit": [f"A page holds 1 to {MOST} rows."]})
    return int(text)
