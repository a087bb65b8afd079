"""The lookup by which a batch of rows is read: `id__any_of=ids` sends the values as one array.

Django's `in` writes a placeholder for every value, which costs more in Python than the rows take to read once there
are hundreds. The planner treats both alike.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.fields.related import ForeignObject
from django.db.models.lookups import Lookup


@models.Field.register_lookup
@ForeignObject.register_lookup
class AnyOf(Lookup):
    """Rows whose column holds one of the values, each as the database has it: keys, numbers or text."""

    lookup_name = "any_of"

    def get_prep_lookup(self) -> list[Any]:
        return list(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, params = self.process_lhs(compiler, connection)
        return f"{lhs} = ANY(%s)", (*params, self.rhs)
