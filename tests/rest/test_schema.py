"""The description of the API and its page: complete, valid, open to all, and made of nothing from elsewhere."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.urls import reverse

from agent.rest.authentication import list_scopes, walk_views
from agent.rest.schema import write_schema

pytestmark = pytest.mark.django_db


def read_schema():
    return json.loads(write_schema())


def test_the_description_is_valid_and_raises_no_warning(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yml"))


def test_every_address_that_asks_for_a_scope_is_described():
    described = {
        (re.sub(r"\{[^}]+\}", "{}", path), method.upper())
        for path, operations in read_schema()["paths"].items()
        for method in operations
    }
    served = {
        ("/" + re.sub(r"<[^>]+>", "{}", route), method)
        for route, view in walk_views()
        for method in ("GET", "POST", "PATCH", "DELETE", "PUT")
        if hasattr(view, method.lower())
    }
    assert served and served <= described


def test_every_operation_names_its_scope_and_says_what_it_does():
    for path, operations in read_schema()["paths"].items():
        for method, operation in operations.items():
            assert re.search(r"Needs the scope `[a-z_]+:(read|write)`\.$", operation["description"]), (
                path,
                method,
            )
            assert operation["summary"] and operation["tags"], (path, method)
            named = re.search(r"`([a-z_]+:\w+)`", operation["description"])[1]
            assert named in list_scopes()


def test_no_two_operations_have_one_id():
    ids = [
        operation["operationId"]
        for operations in read_schema()["paths"].values()
        for operation in operations.values()
    ]
    assert len(ids) == len(set(ids))


def test_anybody_may_read_the_description_and_its_page(client):
    answer = client.get(reverse("rest:schema"))
    assert (answer.status_code, answer.json()["openapi"][:2]) == (200, "3.")
    page = client.get(reverse("rest:docs"))
    assert page.status_code == 200
    words = page.content.decode()
    assert not re.search(r"https?://", words) and "<style" not in words and not re.search(r"<script>", words)
    assert "script-src 'self';" in page["Content-Security-Policy"]
    for address in re.findall(r'(?:src|href)="/static/([^"]+)"', words):
        assert finders.find(address), address
