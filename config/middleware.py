"""The outermost layers: carrier calls take a short path, and every request is timed."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from config.observability import REQUESTS

_Handler = Callable[[HttpRequest], HttpResponseBase]


class CarrierFirst:
    """Answer the carrier without sessions, sign-in or cookies: its calls prove themselves by signature."""

    def __init__(self, get_response: _Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Call the webhook at once, or pass any other request on."""
        if not request.path_info.startswith("/webhooks/"):
            return self.get_response(request)
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return HttpResponse(status=404)
        answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return answer


class RequestMetrics:
    """Time each request by the name of its address, so that no id reaches the figures."""

    def __init__(self, get_response: _Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request and note how long it took."""
        started = time.perf_counter()
        response = self.get_response(request)
        route = request.resolver_match.view_name if request.resolver_match else "unmatched"
        REQUESTS.labels(route, request.method or "", response.status_code).observe(
            time.perf_counter() - started
        )
        return response
