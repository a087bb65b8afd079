"""Views beside the console's pages: choosing the tenant to work in, and the two questions of a load balancer."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.views.decorators import staff_member_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from agent.middleware import SESSION_KEY


@require_POST
@staff_member_required
def switch_tenant(request: Any) -> HttpResponse:
    """Work in another tenant from the next page on; one the person may not see does not exist for them."""
    slug = request.POST.get("tenant", "")
    if slug not in {tenant.slug for tenant in request.allowed_tenants}:
        raise Http404("There is no such company.")
    request.session[SESSION_KEY] = slug
    return HttpResponseRedirect(reverse("admin:index"))


@require_GET
def show_alive(request: HttpRequest) -> HttpResponse:
    """Whether this process answers at all; asks nothing of the database."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_GET
def show_ready(request: HttpRequest) -> HttpResponse:
    """Whether this process can serve: the database answers and holds the tables of this code."""
    try:
        executor = MigrationExecutor(connection)
        is_behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return JsonResponse({"database": "unreachable", "migrations": "unknown"}, status=503)
    migrations = "behind: run manage.py migrate" if is_behind else "applied"
    return JsonResponse({"database": "ok", "migrations": migrations}, status=503 if is_behind else 200)
