"""Callers of the API: programs with tokens, and what the rival has."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agent.models import Tenant
from agent.rest.authentication import list_scopes
from agent.rest.tokens import create_token
from agent.tenancy import tenant_scope


@dataclass
class Caller:
    """One program with one token, or without."""

    token: str = ""

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """Ask; underscores of a header's name stand for hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            named.setdefault("Authorization", f"Bearer {self.token}")
        data = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
        return Client(raise_request_exception=False).generic(method, path, headers=named, **data)

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self("POST", path, {} if body is None else body, **headers)


CallerMaker = Callable[..., Caller]


@pytest.fixture
def make_caller() -> CallerMaker:
    """A program of a tenant with these scopes; with all of them when none is named."""

    def make(tenant: Tenant, *scopes: str, **others: Any) -> Caller:
        now = timezone.now()
        with tenant_scope(tenant):
            row, text = create_token(
                name=others.pop("name", f"program {now.timestamp()}"),
                scopes=scopes or list_scopes(),
                known_scopes=list_scopes(),
                expires_at=now + timedelta(days=1),
                actor="maria",
                now=now,
                **others,
            )
        return Caller(text)

    return make


@pytest.fixture
def stranger(db: None) -> Caller:
    return Caller()


@pytest.fixture
def ours(meridian: Tenant, make_caller: CallerMaker) -> Caller:
    """A program of Meridian's that may do everything."""
    return make_caller(meridian)


@pytest.fixture
def theirs(harborpine: Tenant, make_caller: CallerMaker) -> Caller:
    """The rival's program, which may do everything over there."""
    return make_caller(harborpine)


@pytest.fixture
def operator(meridian: Tenant) -> Client:
    """A superuser's browser, working in Meridian."""
    """A superuser's browser, working in Meridian."""
    browser = Client(raise_request_exception=False)
    browser.force_login(User.objects.create_superuser("operator", password="unguessable"))
    browser.post(reverse("agent:switch_tenant"), {"tenant": meridian.slug})
    return browser
