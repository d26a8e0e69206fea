"""The API's own description: OpenAPI 3.1, what each operation asks for and how it may refuse."""

from typing import Any, Literal

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from config.api import MEDIA_TYPE, SENTENCES
from networks.api.views import permission_of
from networks.api_scopes import SCOPES, scopes_for

_PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "A problem document (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence that says what to do."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON pointer into the body."},
                    "parameter": {"type": "string", "description": "Name of the query parameter."},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}


class BearerTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # the library has no types there
    """OAuth 2, client credentials."""

    target_class = "networks.api.callers.BearerToken"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """Describe where a token comes from and what scopes there are."""
        scopes = {name: sentence for name, (_, sentence) in SCOPES.items()}
        return {
            "type": "oauth2",
            "flows": {"clientCredentials": {"tokenUrl": "/api/token/", "scopes": scopes}},
        }

    def get_security_requirement(self, auto_schema: AutoSchema) -> dict[str, list[str]]:
        """Name the scope that an operation asks for."""
        needed = permission_of(auto_schema.view, auto_schema.method)
        return {self.name: scopes_for(needed) if needed else []}


class DaybookSchema(AutoSchema):
    """Describe an operation with every way in which it may refuse."""

    def _get_response_bodies(self, direction: Literal["request", "response"] = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status in self._refusals():
            bodies[str(status)] = {
                "description": SENTENCES[status],
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            }
        return bodies

    def _refusals(self) -> tuple[int, ...]:
        usual = (401, 403, 404, 406, 429)
        if self.method == "POST":
            return (400, *usual, 409, 415)
        return (400, *usual) if self._is_list_view() else usual


def with_problems(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:  # noqa: ANN401 - a hook's signature
    """Add the problem document to the components; drf-spectacular calls this when all else is there."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = _PROBLEM
    return result
