"""Headers of every answer, and no orders from other websites."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class ProtectPages:
    """Strict content policy; a browser page of another origin may not post here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        origin = request.headers.get("Origin", "")
        if request.method == "POST" and origin and origin != f"http://{request.get_host()}":
            return self._protect(
                JsonResponse({"error": "Posts from other websites are refused."}, status=403)
            )
        return self._protect(self.get_response(request))

    def _protect(self, response: HttpResponseBase) -> HttpResponseBase:
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        if isinstance(response, HttpResponse) and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response
