"""Every address of the API × every kind of caller, made from the addresses themselves: a new one is in it at once.

What each may is worked out here from the address alone; which rows there are is told by `ROWS`, and a resource that
is missing there fails the table.
"""

from __future__ import annotations

import itertools
import re

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from agent.access import set_viewers
from agent.rest.authentication import list_scopes, walk_views
from agent.rest.bodies import Body
from agent.tenancy import tenant_scope
from documents.models import DocumentText
from tests.agent.console_rows import make_row
from tests.conftest import NOW
from tests.documents.library import bring

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "owner"]),
    pytest.mark.usefixtures("media"),
]

numbers = itertools.count(1)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# The table behind each resource that has rows of its own, and what such a row must be.
ROWS = {
    "alerts": ("alerts.Alert", {}),
    "approvals": ("agent.Card", {"state": "held", "held_until": "2030-01-01T00:00:00Z"}),
    "cards": ("agent.Card", {}),
    "contacts": ("engagement.Contact", {}),
    "documents": ("documents.Document", {}),
    "events": ("agent.Event", {}),
    "exceptions": ("orders.OrderException", {}),
    "orders": ("orders.Order", {}),
    "runs": ("agent.Run", {}),
    "suppressions": ("mail.EmailSuppression", {}),
}
# 400, 409 and 415 come from what was asked, not from who asked.
LET_IN = {200, 201, 202, 204, 400, 409, 415}
OPERATIONS = [
    pytest.param("/" + route, view, method, id=f"{method} /{route}")
    for route, view in walk_views()
    for method in METHODS
    if hasattr(view, method.lower())
]


def has_row(route):
    return "<int:pk>" in route


def make_resource_row(resource, tenant):
    """A row of a resource; a document has its file in the storage."""
    if resource == "documents":
        document = bring(tenant, f"Text {next(numbers)}".encode()).document
        with tenant_scope(tenant):
            DocumentText.objects.create(document=document, content="Text", page_starts=[0], read_at=NOW)
        return document
    label, changes = ROWS[resource]
    with tenant_scope(tenant):
        return make_row(apps.get_model(label), **changes)


@pytest.fixture
def row_of(meridian, harborpine):
    """The address of a row of either tenant."""

    def find(route, view, tenant):
        if not has_row(route):
            return route.replace("<slug:source>", "nowhere")
        return re.sub(r"<[^>]+>", str(make_resource_row(view.resource, tenant).pk), route)

    return find


def test_the_table_is_not_empty_and_every_resource_with_rows_is_in_it():
    resources = {view.resource for route, view in walk_views() if has_row(route)}
    assert resources == ROWS.keys()
    assert len(OPERATIONS) > 25


@pytest.mark.parametrize(("route", "view", "method"), OPERATIONS)
def test_who_may_and_who_may_not(route, view, method, meridian, harborpine, make_caller, stranger, row_of):
    ours, rivals = row_of(route, view, meridian), row_of(route, view, harborpine)
    needed = view.scope_of(method)
    body = None if method == "GET" else {}

    assert stranger(method, ours, body).status_code == 401
    others = make_caller(meridian, *(scope for scope in list_scopes() if scope != needed))
    refused = others(method, ours, body)
    assert (refused.status_code, needed in refused.json()["detail"]) == (403, True)

    right = make_caller(meridian, needed)
    answer = right(method, ours, body)
    assert answer.status_code in LET_IN | ({404} if "<slug:source>" in route else set()), answer
    if method == "GET" and view.resource != "approvals":
        assert answer.status_code == 200, answer
    answer.close()
    if has_row(route):
        foreign = right(method, rivals, body)
        assert foreign.status_code in {400, 404}, foreign.content
        valid = right(method, rivals, _body_of(view)) if method != "GET" else foreign
        assert valid.status_code == 404, valid.content


def _body_of(view):
    """A body that is right, so that only whose row it is can be wrong."""
    serializer = view.serializer_class() if view.serializer_class else None
    if not isinstance(serializer, Body):
        return {}
    samples = {"content_hash": "0" * 64, "reason": "Because a test asks."}
    return {name: samples[name] for name, field in serializer.fields.items() if field.required}


@pytest.mark.parametrize(("route", "view", "method"), OPERATIONS)
def test_what_people_need(route, view, method, meridian, harborpine, row_of):
    address, body = row_of(route, view, meridian), {} if method != "GET" else None
    needed = view.permission_of(method)

    def ask(*codenames, is_staff=True):
        person = User.objects.create_user(f"person{next(numbers)}", is_staff=is_staff)
        person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        set_viewers(tenant=meridian, users=[person])
        browser = Client(raise_request_exception=False)
        browser.force_login(person)
        return browser.generic(method, address, "" if body is None else "{}", content_type="application/json")

    codename = needed.partition(".")[2]
    assert Permission.objects.filter(codename=codename).exists(), needed
    assert ask().status_code == 403
    assert ask(codename, is_staff=False).status_code == 403
    answer = ask(codename)
    answer.close()
    assert answer.status_code in LET_IN | ({404} if "<slug:source>" in route else set())


def test_a_person_works_in_the_company_they_chose(operator, meridian, harborpine, row_of):
    route, view = "/api/v1/cards/<int:pk>", dict(walk_views())["api/v1/cards/<int:pk>"]
    ours, rivals = row_of(route, view, meridian), row_of(route, view, harborpine)
    assert (operator.get(ours).status_code, operator.get(rivals).status_code) == (200, 404)
    operator.post(reverse("agent:switch_tenant"), {"tenant": "harborpine"})
    assert (operator.get(ours).status_code, operator.get(rivals).status_code) == (404, 200)
