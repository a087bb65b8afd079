"""The tenant scope of a web request: the view runs in the tenant its staff user has chosen.

The scope wraps the view and the rendering of its answer, not the chain of middleware: sessions, log-ins and static
files need no tenant. Which tenants a person may choose is `agent.access`; choosing one is `agent.views`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from structlog.contextvars import bind_contextvars

from agent.access import choose_tenant, list_allowed_tenants
from agent.models import Tenant
from agent.tenancy import TenantModel, tenant_scope

SESSION_KEY = "tenant"

View = TypeVar("View", bound=Callable[..., HttpResponse])


def opens_own_scope(view: View) -> View:
    """Mark a view that calls many-transaction services: it is run outside a scope, with `request.tenant` set."""
    view.opens_own_scope = True  # type: ignore[attr-defined]
    return view


class TenantScopeMiddleware:
    """Gives staff requests `request.tenant` and `request.allowed_tenants`, and runs their views in the scope.

    An answer of 400 or more, like an exception, rolls back what the view wrote. It must come last, so that what
    the other middleware refuses (a missing CSRF token) never reaches it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer in place of the view when the request works in a tenant; None leaves it to Django."""
        if not (request.user.is_active and request.user.is_staff):
            return None
        request.allowed_tenants = list_allowed_tenants(request.user)
        request.tenant = choose_tenant(request.allowed_tenants, request.session.get(SESSION_KEY))
        if request.tenant is None:
            return _refuse_without_tenant(request) if _shows_tenant_rows(view) else None
        bind_contextvars(tenant=request.tenant.slug)
        with timezone.override(request.tenant.zone):
            if getattr(view, "opens_own_scope", False):
                return view(request, *args, **kwargs)
            return _answer_in_scope(request.tenant, lambda: view(request, *args, **kwargs))


def _answer_in_scope(tenant: Tenant, call: Callable[[], HttpResponse]) -> HttpResponse:
    with tenant_scope(tenant):
        response = call()
        render_now = getattr(response, "render", None)
        if callable(render_now):
            response = render_now()
        if response.status_code >= 400:
            transaction.set_rollback(True)
    return response


def _shows_tenant_rows(view: Callable[..., HttpResponse]) -> bool:
    """Whether this is a console page of a tenant table; the other pages work without a tenant."""
    model_admin = getattr(view, "model_admin", None)
    return model_admin is not None and issubclass(model_admin.model, TenantModel)


def _refuse_without_tenant(request: HttpRequest) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": "No company to show"}
    return render(request, "agent/no_tenant.html", context, status=403)
