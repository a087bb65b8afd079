"""Who calls the API, and what they may: programs by a token and its scopes, people by their console login.

A view names its `resource`: a token then needs `<resource>:read` or `<resource>:write`, a person the permission that
the console asks for (`read_permission`, `write_permission`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.throttling import BaseThrottle
from structlog.contextvars import bind_contextvars

from agent.rest.tokens import TokenRefused, TokenUse, use_token

SCHEME = "Bearer"


@dataclass(frozen=True)
class Program:
    """Who calls by a token: nobody of the console's people, and without their permissions."""

    name: str
    is_authenticated: bool = True
    is_active: bool = True
    is_staff: bool = False
    is_superuser: bool = False

    def get_username(self) -> str:
        return f"api: {self.name}"

    def has_perm(self, permission: str, obj: Any = None) -> bool:
        return False


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer vna_…`."""

    def authenticate(self, request: Any) -> tuple[Program, TokenUse] | None:
        """Prove the token; a header of another scheme is somebody else's business."""
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        try:
            use = use_token(text.strip(), now=timezone.now())
        except TokenRefused as refused:
            raise exceptions.AuthenticationFailed(str(refused), code="token_refused") from refused
        bind_contextvars(tenant=use.tenant.slug, api_token=use.token_id)
        return Program(use.name), use

    def authenticate_header(self, request: Any) -> str:
        return f'{SCHEME} realm="api"'


class StaffAuthentication(SessionAuthentication):
    """A person who is logged in to the console, with the CSRF token for what changes something."""


class MayUse(BasePermission):
    """Whether the caller may use the resource of the view in this way."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """Refuse in words that say what is missing. A method that is not there at all is answered as such."""
        if not hasattr(view, request.method.lower()):
            return True
        if isinstance(request.auth, TokenUse):
            scope = view.scope_of(request.method)
            if scope not in request.auth.scopes:
                raise exceptions.PermissionDenied(f"This token has no scope {scope}.", code="scope_missing")
            return True
        if not request.user.is_authenticated:
            return False
        permission = view.permission_of(request.method)
        if not (request.user.is_staff and request.user.has_perm(permission)):
            raise exceptions.PermissionDenied(f"Your login has no permission {permission}.")
        if getattr(request._request, "tenant", None) is None:
            raise exceptions.PermissionDenied("Your login sees no company. Ask who runs this installation.")
        return True


class TokenThrottle(BaseThrottle):
    """Each token has so many requests in a clock minute; the database counts them, whichever process answers."""

    def allow_request(self, request: Any, view: Any) -> bool:
        return not (isinstance(request.auth, TokenUse) and request.auth.is_over_limit)

    def wait(self) -> float:
        """Seconds until the minute is over."""
        return 60.0 - timezone.now().second


class Guarded:
    """What a view says of itself, so that callers can be told what they may."""

    resource: str
    read_permission: str
    write_permission: str
    # Methods that read although HTTP takes them for writing: a search with a body.
    reading_methods: frozenset[str] = frozenset()
    # Scopes that let a caller see more at the same address, with the permission that a person needs for that.
    further_scopes: Mapping[str, str] = MappingProxyType({})

    @classmethod
    def is_reading(cls, method: str) -> bool:
        return method in SAFE_METHODS or method in cls.reading_methods

    @classmethod
    def scope_of(cls, method: str) -> str:
        """The scope that a token needs."""
        return f"{cls.resource}:{'read' if cls.is_reading(method) else 'write'}"

    @classmethod
    def permission_of(cls, method: str) -> str:
        """The permission that a person needs."""
        return cls.read_permission if cls.is_reading(method) else cls.write_permission


def walk_views(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, type[Guarded]]]:
    """Every address of the API that asks for a scope, with its view."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk_views(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "cls", None) or getattr(pattern.callback, "view_class", None)
            if isinstance(view, type) and issubclass(view, Guarded):
                yield route, view


@cache
def list_scopes() -> dict[str, frozenset[str]]:
    """Every scope that some address asks for, with the permissions that a person needs for the same."""
    found: dict[str, set[str]] = {}
    for _, view in walk_views():
        for method in ("GET", "POST", "PATCH", "DELETE"):
            if hasattr(view, method.lower()):
                found.setdefault(view.scope_of(method), set()).add(view.permission_of(method))
        for scope, permission in view.further_scopes.items():
            found.setdefault(scope, set()).add(permission)
    return {scope: frozenset(found[scope]) for scope in sorted(found)}
