"""The OpenAPI description of the API, and the page that shows it. Both are open: they say nothing of anybody's rows.

What every operation has in common is added here: the caller's scope, the problems it may answer with, and the headers
of repeated and conditional requests.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_GET
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema

from agent.rest.authentication import Guarded
from agent.rest.bodies import Body
from agent.rest.pages import KeysetPagination
from agent.rest.problems import NAMESPACE, PROBLEM_TYPE

SCHEMA_TYPE = "application/vnd.oai.openapi+json"
# The page runs the viewer of the sidecar package and nothing else; the viewer writes style attributes.
DOCS_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
PROBLEMS = {
    "400": "The request cannot be read, or something in it is wrong: `errors` names each field.",
    "401": "Who calls is not known: no token, or one that opens nothing.",
    "403": "The caller may not do this; the detail names the scope or the permission that is missing.",
    "404": "There is nothing at this address, or it is not the caller's.",
    "405": "This address knows no such method.",
    "406": "No answer in the format that `Accept` asks for.",
    "409": "Refused as things stand, or the same request is under way.",
    "412": "It has changed since the caller read it.",
    "413": "The request is too large.",
    "415": "The body is in a format that this address does not read.",
    "422": "The `Idempotency-Key` was sent with another request before.",
    "429": "More requests in this minute than the token may make; `Retry-After` says when to go on.",
}
PROBLEM_SCHEMA = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri", "example": f"{NAMESPACE}invalid"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for whoever calls."},
        "instance": {"type": "string", "format": "uri-reference"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}


class TokenScheme(OpenApiAuthenticationExtension):
    """How the description names our tokens."""

    target_class = "agent.rest.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of the console (Behind the scenes, API tokens) or of `manage.py api_token`.",
        }


class StaffScheme(OpenApiAuthenticationExtension):
    """How the description names a login of the console."""

    target_class = "agent.rest.authentication.StaffAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}


class ResourceSchema(AutoSchema):
    """One operation: filed under its resource, its scope named, with what every operation may answer."""

    def get_tags(self) -> list[str]:
        return [self.view.resource] if isinstance(self.view, Guarded) else ["agent"]

    def get_operation_id(self) -> str:
        """The resource and what is done with it, such as `orders_create`."""
        words = self.path.removeprefix("/api/").removeprefix("v1/").replace("{id}", "").strip("/").split("/")
        acts = {"GET": "list" if self._is_list_view() else "read", "POST": "create", "PATCH": "update"}
        verb = acts.get(self.method, self.method.lower())
        return "_".join([*filter(None, words), verb]).replace("-", "_")

    def get_summary(self) -> str | None:
        """The first sentence of what it does."""
        sentence, _, _ = (self.get_description() or "").partition("\n")
        return sentence.rstrip(".")[:120] or None

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is None or not isinstance(self.view, Guarded):
            return operation
        scope = f"Needs the scope `{self.view.scope_of(self.method)}`."
        operation["description"] = "\n\n".join(filter(None, [operation.get("description"), scope]))
        parameters = operation.setdefault("parameters", [])
        statuses = {"400", "401", "403", "405", "406", "429"}
        if "{" in self.path:
            statuses |= {"404", *map(str, getattr(self.view, "refusals", {}).values())}
        if self.method == "GET":
            parameters.append(
                _header("If-None-Match", "The `ETag` of the answer that you have: 304 when it is still so.")
            )
            operation["responses"]["304"] = {"description": "As you have it."}
        else:
            statuses |= {"409", "413", "415"}
        if self.method == "POST":
            parameters.append(
                _header("Idempotency-Key", "Sent again with the same key, the request is carried out once.")
            )
            statuses.add("422")
        if self.method == "PATCH":
            parameters.append(
                _header("If-Match", "The `ETag` of what you read: refused when it has changed since.")
            )
            statuses.add("412")
        for status in sorted(statuses - operation["responses"].keys()):
            operation["responses"][status] = _problem(status)
        return operation

    def _map_basic_serializer(self, serializer: Any, direction: str) -> Any:
        """A body takes the members it names and no others."""
        described = super()._map_basic_serializer(serializer, direction)
        return described | {"additionalProperties": False} if isinstance(serializer, Body) else described

    def _get_paginator(self) -> Any:
        """Only lists have pages."""
        return KeysetPagination() if getattr(self.view, "is_list", False) else None


def _header(name: str, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": False,
        "description": description,
        "schema": {"type": "string"},
    }


def _problem(status: str) -> dict[str, Any]:
    content = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": PROBLEMS[status], "content": content}


def add_problem_schema(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """The framework's hook after the description is made."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM_SCHEMA
    return result


@cache
def write_schema() -> bytes:
    """The description, made once a process: it changes with the code alone."""
    return json.dumps(SchemaGenerator().get_schema(request=None, public=True)).encode()


@require_GET
def show_schema(request: HttpRequest) -> HttpResponse:
    """The description as JSON."""
    return HttpResponse(write_schema(), content_type=SCHEMA_TYPE)


@require_GET
def show_docs(request: HttpRequest) -> HttpResponse:
    """The description as a page to read and to try. Nothing of it comes from elsewhere."""
    viewer = {
        name: static(f"drf_spectacular_sidecar/swagger-ui-dist/swagger-ui{name}")
        for name in (".css", "-bundle.js")
    }
    response = render(request, "rest/docs.html", {"style": viewer[".css"], "script": viewer["-bundle.js"]})
    response["Content-Security-Policy"] = DOCS_POLICY
    return response
