"""What callers send: read as it is described, and refused by name where it is something else.

The framework's own fields take a number for a text and "on" for yes; a caller who sends those has made a mistake.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError


class Body(serializers.Serializer):
    """The body of a request. A member that is no field of it is refused, not quietly left out."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = sorted(str(name) for name in data if name not in self.fields)
            if unknown:
                known = ", ".join(sorted(self.fields)) or "none"
                raise ValidationError({name: [f"is unknown here. Known: {known}."] for name in unknown})
        return super().to_internal_value(data)


class Text(serializers.CharField):
    """A text, and nothing that could be written as one."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        text: str = super().to_internal_value(data)
        return text


class Flag(serializers.BooleanField):
    """`true` or `false`."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Count(serializers.IntegerField):
    """A whole number."""

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:
            self.fail("invalid")
        number: int = super().to_internal_value(data)
        return number
