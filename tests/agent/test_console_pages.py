"""Every page of the console, of every app: it opens, and it shows one tenant's rows only."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agent.tenancy import TenantModel, tenant_scope
from tests.agent.console_rows import SINGLE, make_row, registered_tenant_models

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

MODELS = registered_tenant_models()


def address_of(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def operator(client: Client, meridian, harborpine) -> Client:
    """A superuser's browser, working in Meridian."""
    client.force_login(User.objects.create_superuser("operator", password="unguessable"))
    client.post(reverse("agent:switch_tenant"), {"tenant": meridian.slug})
    return client


@pytest.fixture
def rows(meridian, harborpine):
    """For each table with a page, one row of each tenant."""
    made = {}
    for model in MODELS:
        for tenant in (meridian, harborpine):
            with tenant_scope(tenant):
                made[model, tenant.slug] = make_row(model)
    return made


def test_every_list_opens_and_links_to_the_rows_of_one_tenant_only(operator, rows):
    for model in MODELS:
        page = operator.get(address_of(model, "changelist"))
        assert page.status_code == 200, model
        shown = page.content.decode()
        assert address_of(model, "change", rows[model, "meridian"].pk) in shown, model
        assert address_of(model, "change", rows[model, "harborpine"].pk) not in shown, model


def test_every_page_of_a_row_opens(operator, rows):
    for model in MODELS:
        page = operator.get(address_of(model, "change", rows[model, "meridian"].pk))
        assert page.status_code == 200, model
        assert "object at 0x" not in page.content.decode(), model


def test_a_row_of_the_rival_does_not_exist(operator, rows):
    for model in MODELS:
        page = operator.get(address_of(model, "change", rows[model, "harborpine"].pk))
        assert (page.status_code, page.headers.get("Location")) in (
            (302, reverse("admin:index")),
            (404, None),
        )


def test_after_a_switch_the_other_tenants_rows_are_shown(operator, rows):
    operator.post(reverse("agent:switch_tenant"), {"tenant": "harborpine"})
    for model in MODELS:
        shown = operator.get(address_of(model, "changelist")).content.decode()
        assert address_of(model, "change", rows[model, "harborpine"].pk) in shown, model
        assert address_of(model, "change", rows[model, "meridian"].pk) not in shown, model


def test_an_empty_list_says_what_to_do_next(operator):
    for model in MODELS:
        page = operator.get(address_of(model, "changelist"))
        assert "Nothing here yet" in page.content.decode(), model


def test_a_list_asks_no_more_of_the_database_for_more_rows(operator, meridian):
    def count_queries(model):
        with CaptureQueriesContext(connection) as queries:
            operator.get(address_of(model, "changelist"))
        return len(queries)

    grown = {}
    for model in MODELS:
        if model._meta.label in SINGLE:
            continue
        with tenant_scope(meridian):
            make_row(model)
        count_queries(model)  # what a process learns once (content types) is not the list's
        few = count_queries(model)
        with tenant_scope(meridian):
            for _ in range(4):
                make_row(model)
        many = count_queries(model)
        if many != few:
            grown[model._meta.label] = (few, many)
    assert grown == {}


def test_every_tenant_table_has_a_page():
    tables = {model for model in apps.get_models() if issubclass(model, TenantModel)}
    assert {model._meta.label for model in tables - set(MODELS)} == set()
