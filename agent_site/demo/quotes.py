"""Quotes and bids of the desk with their lines, follow-ups and outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from agent_site.demo.clients import DemoClient
from agent_site.demo.contacts import DemoContact, correspondent_of
from agent_site.demo.orders.parties import property_type_of
from agent_site.demo.orders.places import Place, invented_places
from agent_site.demo.orders.scenarios import scenario_plans
from agent_site.demo.quote_entries import QUOTE_ENTRIES, QuoteEntry
from agent_site.demo.specification import read_specification
from agent_site.demo.tenants import DemoTenant, Moment
from quotes.models import QuoteActivityKind, QuoteKind, QuoteStatus

MAX_FOLLOW_UPS = 4
_FOLLOW_UP_DAYS, _VALID_DAYS = 4, 45
_ANSWER_DAYS = 6
# Quotes begin far from the addresses that orders take.
_FIRST_PLACE = 200


@dataclass(frozen=True, kw_only=True)
class DemoQuoteActivity:
    """One thing that happened to a quote."""

    kind: str
    at: datetime
    actor: str
    summary: str


@dataclass(frozen=True, kw_only=True)
class DemoQuote:
    """One quote; `columns` are the plain columns of `quotes.Quote`, `contact` is an e-mail address."""

    client: str
    contact: str
    columns: Mapping[str, Any]
    lines: tuple[tuple[str, str, Decimal], ...]
    activities: tuple[DemoQuoteActivity, ...]

    @property
    def number(self) -> str:
        return str(self.columns["quote_number"])

    @property
    def is_accepted(self) -> bool:
        return bool(self.columns["status"] == QuoteStatus.ACCEPTED)


def demo_quotes(
    tenant: DemoTenant, clients: Sequence[DemoClient], contacts: Sequence[DemoContact], at: Moment
) -> list[DemoQuote]:
    """The quotes and bids of one company."""
    by_name = {client.name: client for client in clients}
    ordered = {plan.quote: plan for plan in scenario_plans(tenant.slug) if plan.quote}
    places: dict[str, Iterator[Place]] = {}
    quotes = []
    for entry in QUOTE_ENTRIES[tenant.slug]:
        client, plan = by_name[entry.client], ordered.get(entry.number)
        state = client.states[0]
        place = plan.place if plan else entry.place
        if place is None:
            place = next(places.setdefault(state, invented_places(state, start=_FIRST_PLACE)))
        fee = plan.fee if plan and plan.fee is not None else Decimal(entry.fee)
        columns = _columns(entry, place, fee, tenant, at)
        quotes.append(
            DemoQuote(
                client=client.reference,
                contact=correspondent_of(client.reference, contacts),
                columns=columns,
                lines=((entry.product, entry.title, fee),),
                activities=tuple(_activities(entry, columns, tenant.name)),
            )
        )
    return quotes


def _columns(entry: QuoteEntry, place: Place, fee: Decimal, tenant: DemoTenant, at: Moment) -> dict[str, Any]:
    turn_times = {product["code"]: product["turn_time_bd"] for product in read_specification()["products"]}
    return {
        "quote_number": entry.number,
        "kind": entry.kind,
        "status": entry.status,
        "title": entry.title,
        "product_code": entry.product,
        "property_type": property_type_of(entry.product),
        **vars(place),
        "fee_amount": fee,
        "tech_fee": tenant.tech_fee,
        "turn_time_days": entry.turn_time or turn_times[entry.product],
        "outcome_reason": entry.reason,
        "outcome_detail": entry.detail,
        **_dates(entry, at),
    }


def _dates(entry: QuoteEntry, at: Moment) -> dict[str, Any]:
    """When it was made, sent, seen, answered and followed up. A bid is due two days after it was asked for."""
    made_at = at.ago(entry.days_ago)
    is_sent = entry.status != QuoteStatus.DRAFT
    is_awaited = entry.status in (QuoteStatus.SENT, QuoteStatus.VIEWED)
    next_at = made_at + timedelta(days=_FOLLOW_UP_DAYS * (entry.follow_ups + 1))
    if entry.wakes_in is not None:
        next_at = at.now + timedelta(days=entry.wakes_in)
    is_followed = is_awaited and entry.follow_ups < MAX_FOLLOW_UPS
    answered_at = min(made_at + timedelta(days=_ANSWER_DAYS), at.ago(1))
    is_seen = entry.status in (QuoteStatus.VIEWED, QuoteStatus.ACCEPTED, QuoteStatus.REJECTED)
    return {
        "created_at": made_at - timedelta(hours=2),
        "sent_at": made_at if is_sent else None,
        "first_viewed_at": made_at + timedelta(hours=5) if is_seen else None,
        "decided_at": answered_at if entry.status in (QuoteStatus.ACCEPTED, QuoteStatus.REJECTED) else None,
        "respond_by_at": made_at + timedelta(days=2) if entry.kind == QuoteKind.BID else None,
        "valid_until_date": at.date_of(made_at) + timedelta(days=_VALID_DAYS) if is_sent else None,
        "follow_up_count": entry.follow_ups,
        "auto_follow_up_enabled": is_followed or entry.status == QuoteStatus.DRAFT,
        "next_follow_up_at": next_at if is_followed else None,
    }


def _activities(entry: QuoteEntry, columns: Mapping[str, Any], company: str) -> Iterator[DemoQuoteActivity]:
    kinds: list[tuple[str, datetime | None, str, str]] = [
        (QuoteActivityKind.CREATED, columns["created_at"], company, "Priced from the catalogue."),
        (QuoteActivityKind.SENT, columns["sent_at"], company, "Sent by e-mail."),
        (QuoteActivityKind.VIEWED, columns["first_viewed_at"], entry.client, "Opened."),
    ]
    for number in range(entry.follow_ups):
        at = columns["sent_at"] + timedelta(days=_FOLLOW_UP_DAYS * (number + 1))
        kinds.append((QuoteActivityKind.FOLLOWED_UP, at, company, f"Follow-up {number + 1}."))
    if columns["decided_at"]:
        kinds.append((entry.status, columns["decided_at"], entry.client, entry.detail))
    for kind, moment, actor, summary in kinds:
        if moment is not None:
            yield DemoQuoteActivity(kind=kind, at=moment, actor=actor, summary=summary)
