"""The bases of every resource: permission first, then the row in the caller's scope, then the look is noted."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from networks import audit, clock
from networks.api.callers import scope_of_call
from networks.api.limits import CallsAMinute
from networks.api.pages import CursorPages
from networks.permissions import Permission
from networks.scoping import RequestScope


class MayOpen(BasePermission):
    """Let a view be opened only with the permission it declares; one that declares none opens for nobody."""

    message = "Your role, or the scopes of this token, do not include this: ask your administrator."

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Compare the view's permission with the caller's."""
        needed = permission_of(view, request.method or "")
        return needed is not None and scope_of_call(request).may(needed)


def permission_of(view: object, method: str) -> Permission | None:
    """Return what a view or its class asks for; writing may ask for something else than reading."""
    reading: Permission | None = getattr(view, "required_permission", None)
    writing: Permission | None = getattr(view, "write_permission", None)
    return writing if writing is not None and method.upper() == "POST" else reading


class ScopedView(GenericAPIView[Any]):
    """A resource in the caller's scope."""

    required_permission: ClassVar[Permission]
    write_permission: ClassVar[Permission | None] = None
    permission_classes = (MayOpen,)
    throttle_classes = (CallsAMinute,)
    pagination_class = CursorPages
    http_method_names = ("get", "head", "post")

    @property
    def scope(self) -> RequestScope:
        """What the caller may see and do."""
        return scope_of_call(getattr(self, "request", None))

    def note(
        self,
        action: str,
        *,
        subject_type: str,
        subject_id: UUID | None,
        patient_id: UUID | None,
        details: dict[str, object],
    ) -> None:
        """Write down who looked at what, in the same transaction as the look."""
        audit.record(
            action,
            actor=self.scope.actor,
            subject_type=subject_type,
            subject_id=subject_id,
            now=clock.now(),
            practice_id=self.scope.practice_id,
            network_id=None if self.scope.practice_id else self.scope.network_id,
            patient_id=patient_id,
            details=details,
        )


class ScopedRows(ScopedView):
    """Rows of one owned model; subclasses say which, what to load with them, and whose patient each is."""

    model: ClassVar[type[models.Model]]
    resource: ClassVar[str]
    look: ClassVar[str] = "patient"  # the family of the audit log's acts

    def get_queryset(self) -> QuerySet[Any]:
        """Return the scope's rows with what the output needs."""
        return self.shaped(self.scope.of(self.model))

    def shaped(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Add what the output needs, so that a page costs a constant number of queries."""
        return rows

    def patient_of(self, row: Any) -> UUID | None:  # noqa: ANN401 - a row of any resource
        """Return whose data a row holds."""
        found: UUID | None = row.patient_id
        return found


class ScopedList(ListModelMixin, ScopedRows):
    """A list: filtered by known parameters only, paged, and noted with the patients on the page."""

    def get(self, request: Request) -> Response:
        """List, newest first."""
        return self.list(request)

    def list(self, request: Request, *args: object, **kwargs: object) -> Response:
        """Return one page of rows."""
        self.refuse_unknown_parameters()
        page = self.page(request)
        self.note_page(page)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def page(self, request: Request) -> Sequence[Any]:
        """Return one page of the filtered rows."""
        return self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []

    def refuse_unknown_parameters(self) -> None:
        """Refuse a misspelt filter, which would otherwise list everything."""
        filters = getattr(self, "filterset_class", None)
        known = CursorPages.PARAMETERS | set(filters.base_filters if filters else ())
        unknown = sorted(set(self.request.query_params) - known)
        if unknown:
            sentence = f"There is no such parameter here; known are {', '.join(sorted(known))}."
            raise ValidationError({name[:40]: [sentence] for name in unknown[:10]})

    def note_page(self, page: Sequence[Any]) -> None:
        """Write down that these patients' rows were handed out."""
        patients = sorted({str(each) for row in page if (each := self.patient_of(row))})
        self.note(
            f"{self.look}.listed",
            subject_type=self.resource,
            subject_id=None,
            patient_id=UUID(patients[0]) if len(patients) == 1 else None,
            details={"page": f"api:{self.resource}", "rows": len(page), "patients": patients},
        )


class ScopedDetail(RetrieveModelMixin, ScopedRows):
    """One row by its id; another tenant's is a 404."""

    def get(self, request: Request, **ids: UUID) -> Response:
        """Return one row."""
        return self.retrieve(request)

    def get_object(self) -> Any:  # noqa: ANN401 - a row of any resource
        """Return the row in the caller's scope, and note the look."""
        row = self.find(self.kwargs[self.lookup_url_kwarg or "pk"])
        self.note(
            f"{self.look}.viewed",
            subject_type=self.resource,
            subject_id=row.pk,
            patient_id=self.patient_of(row),
            details={"page": f"api:{self.resource}"},
        )
        return row

    def find(self, row_id: UUID) -> Any:  # noqa: ANN401 - a row of any resource
        """Return the row of that id in the caller's scope, or raise Http404."""
        return get_object_or_404(self.get_queryset(), pk=row_id)
