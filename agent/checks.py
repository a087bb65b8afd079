"""What would make the kernel unsafe to start, each under an id of its own (`manage.py check --database default`).

Web and worker processes run the checks of the wall before anything else (`refuse_unsafe_start`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connection
from django.utils.module_loading import module_has_submodule

from agent.registry import Engine, registry
from agent.tenancy import RoleNotBound, TenantModel, require_bound_role

WALL = "wall"
ROLE_NOT_BOUND = "agent.E001"
TABLE_NOT_WALLED = "agent.E002"
ENGINE_ABSENT = "agent.E003"
# Tables that a migration has yet to make are no hole.
UNWALLED_SQL = """
    SELECT c.relname FROM pg_class c
    WHERE c.oid IN (SELECT to_regclass(quote_ident(name)) FROM unnest(%s::text[]) AS name)
      AND NOT (c.relrowsecurity AND c.relforcerowsecurity
               AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid
                           AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL))
    ORDER BY 1
"""


def check_role(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """The wall holds only a role that neither owns the tables nor may look over it."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    try:
        require_bound_role()
    except RoleNotBound as error:
        return [checks.Error(str(error), id=ROLE_NOT_BOUND)]
    return []


def check_wall(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """Every table of a tenant has a policy that reads and writes obey, its owner too."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)]
    with connection.cursor() as cursor:
        cursor.execute(UNWALLED_SQL, [tables])
        unwalled = [name for (name,) in cursor.fetchall()]
    return [
        checks.Error(
            f"The table {name} shows every company's rows to every other: it has no tenant policy.",
            hint="Name its model in a `TenantTable` operation of a migration, and migrate.",
            id=TABLE_NOT_WALLED,
        )
        for name in unwalled
    ]


def check_engines(**kwargs: Any) -> list[checks.CheckMessage]:
    """An application that is installed and has an engine has registered it; otherwise its work is silently left out."""
    registered = {type(engine).__module__ for engine in registry}
    return [
        checks.Error(
            f"{name} has an engine, and nobody has registered it: its work is left out.",
            hint="Call `registry.register` with it in the `ready` of the application's AppConfig.",
            id=ENGINE_ABSENT,
        )
        for name in _modules_of_engines()
        if name not in registered
    ]


def refuse_unsafe_start() -> None:
    """Raise `ImproperlyConfigured`, naming every error, when the wall would not hold what this process does."""
    found = checks.run_checks(tags=[WALL], databases=[DEFAULT_DB_ALIAS])
    errors = [message for message in found if message.level >= checks.ERROR]
    if errors:
        raise ImproperlyConfigured(" ".join(f"{message.msg} ({message.id})" for message in errors))


def _modules_of_engines() -> Iterable[str]:
    """The `engine` modules of the installed applications that define an engine, or that nobody has imported."""
    for config in apps.get_app_configs():
        name = f"{config.name}.engine"
        if module_has_submodule(config.module, "engine") and _may_define_engine(name):
            yield name


def _may_define_engine(name: str) -> bool:
    module = sys.modules.get(name)
    if module is None:
        return True
    found = vars(module).values()
    return any(isinstance(one, type) and issubclass(one, Engine) and one.__module__ == name for one in found)
