"""What orders keep of accepted quotes. Quotes themselves live in their own app and tell of acceptance by event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery

from orders.addresses import property_key
from orders.models import AcceptedQuote, JobReason, Order
from orders.services.queue import enqueue_orders


def record_accepted_quotes(*, quotes: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Keep accepted quotes, give their fee to orders that name them, and have those looked at again.

    Each mapping is the data of a `quote.accepted` event: quote_number, client_id, product_code, street, unit, zip,
    fee_amount (text, dollars), accepted_at (ISO 8601), valid_until_date (ISO date or None). Recording one twice
    changes nothing. In the caller's scope, four statements.
    """
    rows = {quote["quote_number"]: _row(quote) for quote in quotes}
    AcceptedQuote.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["tenant", "quote_number"],
        update_fields=["client", "product_code", "property_key", "fee_amount", "accepted_at", "expires_date"],
    )
    agreed = AcceptedQuote.objects.filter(
        quote_number=OuterRef("quote_number"), client=OuterRef("ordered_by")
    )
    orders = Order.objects.filter(quote_number__in=rows).in_intake()
    changed = [
        pk
        for pk, number, client_id, price in orders.values_list(
            "pk", "quote_number", "ordered_by_id", "agreed_price"
        )
        if rows[number].client_id == client_id and rows[number].fee_amount != price
    ]
    Order.objects.filter(pk__in=changed).update(agreed_price=Subquery(agreed.values("fee_amount")[:1]))
    enqueue_orders(order_ids=changed, reason=JobReason.CHANGED, now=now)


def _row(quote: Mapping[str, Any]) -> AcceptedQuote:
    until = quote["valid_until_date"]
    return AcceptedQuote(
        quote_number=quote["quote_number"],
        client_id=quote["client_id"],
        product_code=quote["product_code"],
        property_key=property_key(street=quote["street"], unit=quote["unit"], zip_code=quote["zip"]),
        fee_amount=Decimal(quote["fee_amount"]),
        accepted_at=datetime.fromisoformat(quote["accepted_at"]),
        expires_date=date.fromisoformat(until) if until else None,
    )
