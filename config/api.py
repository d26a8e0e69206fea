"""How the API says that something went wrong: problem documents (RFC 9457, 2023), one shape everywhere."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views import defaults
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from networks.errors import DomainError

MEDIA_TYPE = "application/problem+json"
SENTENCES = {
    400: "The request cannot be read: see `errors` for each fault.",
    401: "Sign in, or send a token of the client-credentials grant in the Authorization header.",
    403: "Your role, or the scopes of this token, do not include this: ask your administrator.",
    404: "Nothing with this address or id is in your workspace.",
    405: "This address does not take that method.",
    406: "The API answers in JSON: accept application/json.",
    409: "The record changed or exists already: look again.",
    415: "The API reads JSON: send application/json.",
    429: "Too many calls in this minute: wait for the seconds that Retry-After names.",
    500: "Daybook failed here. Nothing was changed; the failure is in its log.",
}
_SLUGS = {
    400: "invalid-input",
    401: "unauthenticated",
    403: "not-allowed",
    404: "not-found",
    409: "conflict",
    429: "too-many",
}


def problem(status: int, *, detail: str = "", errors: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Return a problem document; `errors` names each fault by JSON pointer or query parameter.

    >>> problem(404)["title"]
    'Not Found'
    """
    slug = _SLUGS.get(status)
    shown: dict[str, Any] = {
        "type": f"urn:daybook:problem:{slug}" if slug else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail or SENTENCES.get(status, HTTPStatus(status).description),
    }
    return shown | ({"errors": errors} if errors else {})


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception of a view into a problem document; None, and so a logged 500, for what is a bug."""
    if isinstance(error, DomainError):
        errors = [{"pointer": f"#/{error.field}", "detail": error.sentence}] if error.field else None
        return _answer(problem(error.status, detail=error.sentence, errors=errors), {})
    answer = exception_handler(error, context)
    if answer is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        is_query = context["request"].method in ("GET", "HEAD")
        errors = list(_faults(error.detail, place="", is_query=is_query))
        return _answer(problem(400, errors=errors), answer.headers)
    # The sentence of a 404 never tells whether the record is somebody else's.
    own = (exceptions.ParseError, exceptions.AuthenticationFailed)
    detail = str(error.detail) if isinstance(error, own) else ""
    return _answer(problem(answer.status_code, detail=detail), answer.headers)


def _answer(shown: dict[str, Any], headers: Any) -> Response:  # noqa: ANN401 - any mapping of headers
    response = Response(shown, status=shown["status"], content_type=MEDIA_TYPE)
    for name in ("WWW-Authenticate", "Allow", "Retry-After"):
        if name in headers:
            response[name] = headers[name]
    return response


def _faults(detail: Any, *, place: str, is_query: bool) -> Iterator[dict[str, str]]:  # noqa: ANN401 - nested lists and dicts
    if isinstance(detail, dict):
        for name, inner in detail.items():
            here = place if name == "non_field_errors" else f"{place}/{name}"
            yield from _faults(inner, place=here, is_query=is_query)
    elif isinstance(detail, list):
        for inner in detail:
            yield from _faults(inner, place=place, is_query=is_query)
    elif is_query:
        yield {"parameter": place.lstrip("/"), "detail": str(detail)}
    else:
        yield {"pointer": f"#{place}", "detail": str(detail)}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that does not exist: a problem document under /api/, the usual page elsewhere."""
    if request.path_info.startswith("/api/"):
        return JsonResponse(problem(404), status=404, content_type=MEDIA_TYPE)
    return defaults.page_not_found(request, exception if isinstance(exception, Http404) else Http404())


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a bug: a problem document under /api/, the usual page elsewhere; the log has the rest."""
    if request.path_info.startswith("/api/"):
        return JsonResponse(problem(500), status=500, content_type=MEDIA_TYPE)
    return defaults.server_error(request)
