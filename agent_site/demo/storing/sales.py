"""Writing the sales of a book: quotes with what orders keep of the accepted ones, deals, and the month's goals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from agent.goals.services import set_goal
from agent_site.demo.book import DemoBook
from agent_site.demo.deals import stage_configuration
from agent_site.demo.quotes import DemoQuote
from deals.models import Deal, DealActivity, DealStageConfig, DealStageHistory
from engagement.models import Client, Contact
from orders.services.quotes import record_accepted_quotes
from quotes.models import Quote, QuoteActivity, QuoteLine


def store_quotes(book: DemoBook, clients: Mapping[str, Client], contacts: Mapping[str, Contact]) -> None:
    """The quotes with lines and activities."""
    quotes = Quote.objects.bulk_create(
        Quote(**row.columns, client=clients[row.client], contact=contacts[row.contact]) for row in book.quotes
    )
    pairs = list(zip(quotes, book.quotes, strict=True))
    QuoteLine.objects.bulk_create(
        QuoteLine(quote=quote, code=code, description=description, amount=amount)
        for quote, row in pairs
        for code, description, amount in row.lines
    )
    QuoteActivity.objects.bulk_create(
        QuoteActivity(
            quote=quote, kind=activity.kind, at=activity.at, actor=activity.actor, summary=activity.summary
        )
        for quote, row in pairs
        for activity in row.activities
    )
    accepted = [_as_event(row, clients[row.client]) for row in book.quotes if row.is_accepted]
    record_accepted_quotes(quotes=accepted, now=book.at.now)


def _as_event(quote: DemoQuote, client: Client) -> dict[str, Any]:
    """What the event `quote.accepted` tells of a quote."""
    columns = quote.columns
    until = columns["valid_until_date"]
    return {
        "quote_number": quote.number,
        "client_id": client.pk,
        "product_code": columns["product_code"],
        "street": columns["street"],
        "unit": columns["unit"],
        "zip": columns["zip"],
        "fee_amount": str(columns["fee_amount"]),
        "accepted_at": columns["decided_at"].isoformat(),
        "valid_until_date": until.isoformat(),
    }


def store_deals(book: DemoBook, clients: Mapping[str, Client], contacts: Mapping[str, Contact]) -> None:
    """The configuration of the stages, and the deals with their history and activities."""
    DealStageConfig.objects.bulk_create(DealStageConfig(**row) for row in stage_configuration())
    deals = Deal.objects.bulk_create(
        Deal(**row.columns, client=clients[row.client], contact=contacts[row.contact]) for row in book.deals
    )
    pairs = list(zip(deals, book.deals, strict=True))
    DealStageHistory.objects.bulk_create(
        DealStageHistory(
            deal=deal, old=move.old, new=move.new, at=move.at, duration=move.duration, actor=move.actor
        )
        for deal, row in pairs
        for move in row.moves
    )
    DealActivity.objects.bulk_create(
        DealActivity(
            deal=deal, kind=activity.kind, at=activity.at, actor=activity.actor, summary=activity.summary
        )
        for deal, row in pairs
        for activity in row.activities
    )


def store_goals(book: DemoBook) -> None:
    """The goals of the month of loading, as if somebody had set them just now."""
    for goal in book.goals:
        set_goal(
            month=book.at.today, metric=goal.metric, target=goal.target, actor=goal.set_by, now=book.at.now
        )
