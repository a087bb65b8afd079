"""Whatever is sent to any address, the answer is one that the description names, and has the shape it says.

The requests are made at random from the description: values that fit, values that nearly fit, and none that do.
`--proof` sends many more of them.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from agent.rest.schema import write_schema
from agent.tenancy import tenant_scope
from documents import tasks
from tests.orders.cast import make_client, make_desk, make_order
from tests.rest.test_access_table import ROWS, make_resource_row

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

SCHEMA = json.loads(write_schema())
OPERATIONS = [
    pytest.param(path, method, id=f"{method.upper()} {path}")
    for path, operations in SCHEMA["paths"].items()
    for method in operations
]
ODD = [
    "", " ", "0", "-1", "1e400", "2026-11-23", "2026-02-30", "2026-11-23T09:00:00-23:59", "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00", "held", "true", "NaN", "\x00", "\ud800", "a" * 5000, "🙂", "dana@client.test",
]  # fmt: skip
WORDS = st.text(max_size=20) | st.sampled_from(ODD)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


def resolve(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with its references followed and OpenAPI's `nullable` in JSON Schema's words."""
    if "$ref" in schema:
        return resolve(SCHEMA["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    found = {name: _resolve_part(part) for name, part in schema.items() if name != "nullable"}
    return {"anyOf": [found, {"type": "null"}]} if schema.get("nullable") else found


def _resolve_part(part: Any) -> Any:
    if isinstance(part, dict):
        return resolve(part)
    return [_resolve_part(entry) for entry in part] if isinstance(part, list) else part


def fitting(schema: dict[str, Any]) -> st.SearchStrategy:
    """Values that fit a described member, as far as the description goes."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema.get("type")
    if kind == "integer":
        return st.integers(schema.get("minimum", 0), min(schema.get("maximum", 99), 99))
    if kind == "boolean":
        return st.booleans()
    if kind == "array":
        return st.lists(fitting(schema["items"]), max_size=2)
    if schema.get("format") == "date-time":
        return st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat())
    return WORDS


def nearly(schema: dict[str, Any]) -> st.SearchStrategy:
    return st.one_of(fitting(schema), fitting(schema), VALUES)


@st.composite
def requests(draw: Any, operation: dict[str, Any], ids: list[int]) -> dict[str, Any]:
    """One request to an operation."""
    named = {"query": {}, "header": {}, "path": {}}
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "path":
            named["path"][parameter["name"]] = draw(st.sampled_from(ids) | st.integers(0, 2**70))
        elif draw(st.integers(0, 3)) == 0:
            value = draw(
                nearly(parameter["schema"])
                if parameter["in"] == "query"
                else st.text('abc"W/*, ', max_size=9)
            )
            named[parameter["in"]][parameter["name"]] = value
    body = None
    # Forms of files have tests of their own.
    if "application/json" in operation.get("requestBody", {}).get("content", {}):
        members = resolve(operation["requestBody"]["content"]["application/json"]["schema"]).get(
            "properties", {}
        )
        whole = st.fixed_dictionaries({}, optional={name: nearly(member) for name, member in members.items()})
        body = draw(st.one_of(whole, whole, whole, VALUES))
    return {**named, "body": body}


@pytest.fixture
def ids(meridian, harborpine, media, monkeypatch) -> dict[str, list[int]]:
    """Rows of both tenants for each resource, so that some requests meet one."""
    monkeypatch.setattr(tasks.sweep_library, "delay", lambda tenant_id: None)
    make_desk(meridian)
    found = {}
    for resource in ROWS:
        found[resource] = [make_resource_row(resource, tenant).pk for tenant in (meridian, harborpine)]
    with tenant_scope(meridian):
        found["orders"].append(make_order("MV-1", make_client(), zip="").pk)
    return found


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_no_request_gets_an_answer_that_is_not_described(path, method, ours, ids, proof):
    operation = SCHEMA["paths"][path][method]
    known = ids.get(operation["tags"][0], [1])

    @seed(proof.seed)
    @settings(
        max_examples=proof.size(short=8, long=400),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(request=requests(operation, known))
    def send(request):
        address = path.format(**{name: quote(str(value)) for name, value in request["path"].items()})
        query = urlencode({k: str(v) for k, v in request["query"].items()}, errors="surrogatepass")
        answer = ours(method.upper(), f"{address}?{query}", request["body"], **request["header"])
        check(operation, answer)

    send()


def check(operation: dict[str, Any], answer: Any) -> None:
    described = operation["responses"].get(str(answer.status_code))
    assert described is not None, (answer.status_code, answer.content)
    content = described.get("content")
    if content is None:
        assert answer.content == b""
        return
    ((content_type, media),) = content.items()
    assert answer["Content-Type"] == content_type
    if answer.streaming:
        answer.close()
        return
    errors = list(Draft202012Validator(resolve(media["schema"])).iter_errors(answer.json()))
    assert not errors, errors[0]
