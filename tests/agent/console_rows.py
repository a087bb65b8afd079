"""A row of any table, for tests that visit every page of the console."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db import models
from django.db.models.fields import NOT_PROVIDED

from agent.tenancy import TenantModel
from tests.conftest import NOW

numbers = itertools.count(1)

# What a table demands beyond the types of its fields (CHECK constraints); by label.
DEMANDS: dict[str, Callable[[], dict[str, Any]]] = {
    "alerts.Alert": lambda: {"subject": f"Subject {next(numbers)}"},
    "goals.Goal": lambda: {"month": date(2000 + next(numbers), 1, 1)},
    "alerts.Notice": lambda: {"state": "sent", "frozen_at": NOW, "sent_at": NOW},
    "agent.Run": lambda: {"state": "completed", "finished_at": NOW},
    "agent.Card": lambda: {"evidence": [{"type": "mail", "id": "<1@client.test>", "quote": "Please call."}]},
    "agent.Verdict": lambda: {"kind": "allow"},
    "documents.DocumentChunk": lambda: {"page_from": 1, "page_to": 1, "char_from": 0, "char_to": 0},
    "documents.Embedding": lambda: {"embedding": "[1]"},
    "documents.DocumentSource": lambda: {"document": make_row(apps.get_model("documents.Document"))},
    "documents.ExtractionJob": lambda: {"state": "waiting"},
    "engagement.EngagementClock": lambda: {"contact": make_row(apps.get_model("engagement.Contact"))},
    "engagement.ContactAddress": lambda: {"email_normalised": f"person{next(numbers)}@client.test"},
    "engagement.ContactDetail": lambda: {"field": "title", "state": "current"},
    "enrichment.ContactMerge": lambda: {"other": make_row(apps.get_model("engagement.Contact"))},
    "enrichment.EnrichmentJob": lambda: {"state": "pending"},
    "enrichment.OpportunitySignal": lambda: {"strength": 0.5},
    "engagement.VendorTie": lambda: {"person_name": "Ana Ruiz"},
    "engagement.License": lambda: {"state": "CO"},
    "orders.AddOn": lambda: {"price": Decimal("1.00")},
    "orders.PriceRow": lambda: {
        "product": make_row(apps.get_model("orders.Product")),
        "amount": Decimal("1.00"),
    },
    "orders.OrderDocument": lambda: {"kind": "report"},
    "orders.OrderException": lambda: {"state": "open"},
    "orders.OrderOverride": lambda: {
        "state": "in_force",
        "words": "Accounts spoke to them today.",
        "covers": [
            {"code": "CRD-303", "subject": "", "message": "Needs 645.00; only 400.00 of 400.00 is free."}
        ],
        "basis": {"total_amount": "645.00"},
        "expires_at": NOW + timedelta(days=7000),
    },
    "orders.OrderOverrideChange": lambda: {"new": "in_force", "codes": ["CRD-303"]},
    "orders.OrderChange": lambda: {"changes": [{"field": "city", "before": "", "after": "Boulder"}]},
    "orders.OrderHold": lambda: {"reason": "title_issue", "from_stage": "accepted"},
    "quotes.Quote": lambda: {"status": "draft"},
}
# Tables of which a tenant has one row only.
SINGLE = {"agent.Lease", "alerts.Watched", "deals.DealStageConfig", "orders.OrderDeskSettings"}


def registered_tenant_models() -> list[type[models.Model]]:
    """Every tenant table with a page in the console, in a fixed order."""
    found = [model for model in admin.site._registry if issubclass(model, TenantModel)]
    return sorted(found, key=lambda model: model._meta.label)


def make_row(model: type[models.Model], **changes: Any) -> models.Model:
    """A row of the open scope's tenant with parents of its own; text fields are all different."""
    number = next(numbers)
    values = {
        field.name: make_row(field.remote_field.model) if field.is_relation else _value_of(field, number)
        for field in model._meta.concrete_fields
        if _needs_value(field)
    }
    return model._base_manager.create(**values | DEMANDS.get(model._meta.label, dict)() | changes)


def _needs_value(field: models.Field) -> bool:
    if field.primary_key or field.name == "tenant" or field.generated:
        return False
    has_default = field.default is not NOT_PROVIDED or field.db_default is not NOT_PROVIDED
    return not (has_default or field.null or (field.blank and field.empty_strings_allowed))


def _value_of(field: models.Field, number: int) -> Any:
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.DateTimeField):
        return NOW + timedelta(minutes=number)
    if isinstance(field, models.DateField):
        return NOW.date() + timedelta(days=number)
    if isinstance(field, models.DecimalField):
        return Decimal("1.00")
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.IntegerField | models.FloatField):
        return number
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.BinaryField):
        return b"content"
    if isinstance(field, models.EmailField):
        return f"person{number}@client.test"
    if isinstance(field, models.CharField | models.TextField):
        return f"row-{number}"[: field.max_length]
    raise TypeError(f"Say in DEMANDS what {field} gets.")
