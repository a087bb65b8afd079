"""Pages of lists: they begin after the last row of the page before, so that the last page costs what the first does.

There is no total and no page number: either would have to count.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

PAGE = 50
LARGEST_PAGE = 200
LARGEST_KEY = 10**18
CURSOR, LIMIT = "cursor", "limit"


class KeysetPagination(BasePagination):
    """`limit` rows, and in `next` the address of those after them."""

    def paginate_queryset(self, queryset: QuerySet[Any], request: Any, view: Any = None) -> list[Any]:
        """One page, in the order of the view's `keyset`: columns that are unique together, one direction."""
        self.keyset: Sequence[str] = view.keyset
        self.follows: bool = view.follows
        self.address = request.get_full_path()
        limit = _read_limit(request.query_params.get(LIMIT))
        self.cursor = request.query_params.get(CURSOR, "")
        position = _read_cursor(self.cursor, len(self.keyset))
        rows = queryset.order_by(*self.keyset)
        if position is not None:
            rows = rows.filter(_after(self.keyset, position))
        found = list(rows[: limit + 1])
        self.has_more, page = len(found) > limit, found[:limit]
        if page:
            self.cursor = _write_cursor([getattr(page[-1], name.lstrip("-")) for name in self.keyset])
        return page

    def get_paginated_response(self, data: Any) -> Response:
        """A list that is followed always has a next page: what will have happened by then."""
        has_next = self.has_more or self.follows
        following = replace_query_param(self.address, CURSOR, self.cursor) if self.cursor else self.address
        return Response({"results": data, "next": following if has_next else None})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The page, for the OpenAPI schema."""
        following = {"type": "string", "format": "uri-reference", "nullable": True}
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {
                "results": schema,
                "next": following | {"description": "Where the rows after these are; null after the last."},
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The two parameters, for the OpenAPI schema."""
        limit = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE}
        return [
            _parameter(CURSOR, "As `next` of the page before gives it.", {"type": "string"}),
            _parameter(LIMIT, "How many rows.", limit),
        ]


def _after(keyset: Sequence[str], position: Sequence[int]) -> Q:
    """The rows after a position. The first column is bounded by itself as well, which an index can serve."""
    (name, *others), (value, *rest) = keyset, position
    column, past = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
    beyond = Q(**{f"{column}__{past}": value})
    if not others:
        return beyond
    return Q(**{f"{column}__{past}e": value}) & (beyond | Q(**{column: value}) & _after(others, rest))


def _read_limit(text: str | None) -> int:
    if text is None:
        return PAGE
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= LARGEST_PAGE):
        raise ValidationError({LIMIT: [f"Write a number from 1 to {LARGEST_PAGE}."]})
    return int(text)


def _write_cursor(position: Sequence[int]) -> str:
    return base64.urlsafe_b64encode(json.dumps(list(position)).encode()).decode().rstrip("=")


def _read_cursor(text: str, length: int) -> list[int] | None:
    if not text:
        return None
    try:
        found = json.loads(base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        found = None
    is_position = isinstance(found, list) and len(found) == length
    if not is_position or not all(type(key) is int and 0 <= key < LARGEST_KEY for key in found):
        raise ValidationError(
            {CURSOR: ["This is no cursor of this list. Take it from next of the page before."]}
        )
    position: list[int] = found
    return position


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
