"""Quotes and bids of the desk with their lines, follow-ups and outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from agent_site.demo.clients import DemoClient
from agent_site.demo.contacts import DemoContact, correspondent_of
from agent_site.demo.orders.places import Place, invented_places
from agent_site.demo.orders.scenarios import scenario_plans
from agent_site.demo.specification import read_specification
from agent_site.demo.tenants import DemoTenant, Moment
from quotes.models import OutcomeReason, QuoteActivityKind, QuoteKind, QuoteStatus

MAX_FOLLOW_UPS = 4
_FOLLOW_UP_DAYS, _VALID_DAYS = 4, 45
_ANSWER_DAYS = 6


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


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """What is particular about one quote; `days_ago` is when it was made."""

    number: str
    client: str
    product: str
    status: str
    days_ago: int
    fee: str = ""
    place: Place | None = None
    kind: str = QuoteKind.QUOTE
    title: str = ""
    turn_time: int | None = None
    follow_ups: int = 0
    wakes_in: int | None = None
    reason: str = ""
    detail: str = ""


_ALDER = Place(street="2210 Alder Ct", city="Portland", state="OR", zip="97212", county="Multnomah")
_FIR = Place(street="918 Fir St", city="Salem", state="OR", zip="97301", county="Marion")
_INDUSTRIAL = Place(street="6100 E 58th Ave", city="Commerce City", state="CO", zip="80022", county="Adams")
_ACCEPTED, _EXPIRED, _VIEWED = QuoteStatus.ACCEPTED, QuoteStatus.EXPIRED, QuoteStatus.VIEWED
_SENT, _DRAFT, _REJECTED = QuoteStatus.SENT, QuoteStatus.DRAFT, QuoteStatus.REJECTED

_ENTRIES: dict[str, tuple[_Entry, ...]] = {
    "meridian": (
        _Entry(
            number="Q-1187",
            client="Lakeshore Bank",
            product="COM-NARR",
            status=_VIEWED,
            days_ago=5,
            fee="4200.00",
            place=_INDUSTRIAL,
            kind=QuoteKind.BID,
            title="Commerce City industrial, narrative report",
            turn_time=15,
        ),
        _Entry(
            number="Q-2001",
            client="Cascade Home Lending",
            product="URAR-SF",
            status=_ACCEPTED,
            days_ago=12,
            fee="640.00",
            place=_ALDER,
        ),
        _Entry(
            number="Q-2002",
            client="Cascade Home Lending",
            product="URAR-SF",
            status=_EXPIRED,
            days_ago=62,
            fee="615.00",
            place=_FIR,
            reason=OutcomeReason.NO_RESPONSE,
        ),
        _Entry(number="Q-2003", client="Lakeshore Bank", product="COM-REST", status=_ACCEPTED, days_ago=11),
        _Entry(number="Q-2004", client="Larimer Valley CU", product="COM-NARR", status=_ACCEPTED, days_ago=9),
        _Entry(
            number="Q-2005", client="Copperline Relocation", product="COM-NARR", status=_ACCEPTED, days_ago=13
        ),
        _Entry(
            number="Q-2006", client="Prairie Gold Bank", product="COM-NARR", status=_ACCEPTED, days_ago=10
        ),
        _Entry(
            number="Q-2007",
            client="Pioneer Farm Credit",
            product="AG-NARR",
            status=_VIEWED,
            days_ago=6,
            fee="6800.00",
            title="Irrigated quarter section",
            turn_time=20,
            follow_ups=1,
        ),
        _Entry(
            number="Q-2008",
            client="Alder & Finch LLP",
            product="TESTIMONY",
            status=_VIEWED,
            days_ago=9,
            fee="2400.00",
            title="Deposition, eight hours",
            follow_ups=1,
        ),
        _Entry(
            number="Q-2009",
            client="Northgate Savings Bank",
            product="URAR-24",
            status=_VIEWED,
            days_ago=4,
            fee="850.00",
        ),
        _Entry(
            number="Q-2010",
            client="Blue Mesa Credit Union",
            product="URAR-DESK",
            status=_SENT,
            days_ago=21,
            fee="285.00",
            title="HELOC desktops, by volume",
            follow_ups=1,
            wakes_in=56,
            detail="The loan committee decides after the new year.",
        ),
        _Entry(
            number="Q-2011",
            client="Union Station Private Bank",
            product="COM-NARR",
            status=_SENT,
            days_ago=2,
            fee="5200.00",
            title="Mixed-use building on Market Street",
        ),
        _Entry(
            number="Q-2012",
            client="Evergreen Estate Law",
            product="ESTATE",
            status=_SENT,
            days_ago=11,
            fee="550.00",
            follow_ups=2,
        ),
        _Entry(
            number="Q-2013",
            client="Columbia Gorge Mortgage",
            product="LAND",
            status=_SENT,
            days_ago=7,
            fee="690.00",
            follow_ups=1,
        ),
        _Entry(
            number="Q-2014",
            client="Highline CRE Finance",
            product="COM-NARR",
            status=_DRAFT,
            days_ago=1,
            fee="3900.00",
            title="Small-bay industrial, Front Range",
        ),
        _Entry(
            number="Q-2015",
            client="Mile High Bridge Capital",
            product="COM-REST",
            status=_DRAFT,
            days_ago=2,
            fee="2600.00",
        ),
        _Entry(
            number="Q-2016",
            client="Lakeshore Bank",
            product="COM-NARR",
            status=_REJECTED,
            days_ago=40,
            fee="4800.00",
            kind=QuoteKind.BID,
            reason=OutcomeReason.PRICE,
            detail="Another bid came in at 4,150.",
        ),
        _Entry(
            number="Q-2017",
            client="Rainier First Bank",
            product="URAR-24",
            status=_REJECTED,
            days_ago=33,
            fee="875.00",
            reason=OutcomeReason.TURN_TIME,
            detail="They needed it in six business days.",
        ),
        _Entry(
            number="Q-2018",
            client="Sagebrush Servicing",
            product="URAR-EXT",
            status=_REJECTED,
            days_ago=51,
            fee="430.00",
            reason=OutcomeReason.COVERAGE,
            detail="Two of the counties have nobody on our panel.",
        ),
    ),
    "harborpine": (
        _Entry(
            number="Q-1190",
            client="Suncoast AMC Partners",
            product="URAR-EXT",
            status=_SENT,
            days_ago=15,
            fee="3740.00",
            kind=QuoteKind.BID,
            title="11 REO exteriors, Pinellas + Pasco",
            follow_ups=3,
        ),
        _Entry(
            number="Q-1191",
            client="Coral Way Tax Advisors",
            product="ESTATE",
            status=_SENT,
            days_ago=24,
            fee="506.00",
            follow_ups=4,
        ),
        _Entry(
            number="Q-1192",
            client="Gulf Coast Community Bank",
            product="COM-NARR",
            status=_VIEWED,
            days_ago=5,
            fee="3600.00",
            title="Marina with dry storage",
            turn_time=18,
        ),
        _Entry(
            number="Q-1193",
            client="Seminole Land Trust",
            product="AG-NARR",
            status=_DRAFT,
            days_ago=1,
            fee="5400.00",
            title="Conservation easement, before and after",
        ),
        _Entry(
            number="Q-1194",
            client="Manatee River Bank",
            product="COM-REST",
            status=_REJECTED,
            days_ago=29,
            fee="2300.00",
            reason=OutcomeReason.INCUMBENT,
            detail="They stayed with the firm they know.",
        ),
        _Entry(
            number="Q-1195",
            client="Brightwater Law",
            product="TESTIMONY",
            status=_EXPIRED,
            days_ago=70,
            fee="1800.00",
            reason=OutcomeReason.NO_RESPONSE,
        ),
    ),
}


def demo_quotes(
    tenant: DemoTenant, clients: Sequence[DemoClient], contacts: Sequence[DemoContact], at: Moment
) -> list[DemoQuote]:
    """The quotes and bids of one company."""
    by_name = {client.name: client for client in clients}
    ordered = {plan.quote: plan for plan in scenario_plans(tenant.slug) if plan.quote}
    turn_times = {entry["code"]: entry["turn_time_bd"] for entry in read_specification()["products"]}
    places: dict[str, Iterator[Place]] = {}
    quotes = []
    for entry in _ENTRIES[tenant.slug]:
        client, plan = by_name[entry.client], ordered.get(entry.number)
        state = client.states[0]
        place = (plan.place if plan else entry.place) or next(
            places.setdefault(state, invented_places(state, start=200))
        )
        fee = plan.fee if plan and plan.fee is not None else Decimal(entry.fee)
        columns = {
            "quote_number": entry.number,
            "kind": entry.kind,
            "status": entry.status,
            "title": entry.title,
            "product_code": entry.product,
            **vars(place),
            "fee_amount": fee,
            "tech_fee": tenant.tech_fee,
            "turn_time_days": entry.turn_time or turn_times[entry.product],
            "outcome_reason": entry.reason,
            "outcome_detail": entry.detail,
            **_dates(entry, at),
        }
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


def _dates(entry: _Entry, at: Moment) -> dict[str, Any]:
    """When it was made, sent, seen, answered and followed up. A bid is due two days after it was asked for."""
    made_at = at.ago(entry.days_ago)
    is_sent = entry.status != _DRAFT
    is_awaited = entry.status in (_SENT, _VIEWED)
    next_at = made_at + timedelta(days=_FOLLOW_UP_DAYS * (entry.follow_ups + 1))
    if entry.wakes_in is not None:
        next_at = at.now + timedelta(days=entry.wakes_in)
    is_followed = is_awaited and entry.follow_ups < MAX_FOLLOW_UPS
    answered_at = min(made_at + timedelta(days=_ANSWER_DAYS), at.ago(1))
    is_seen = entry.status in (_VIEWED, _ACCEPTED, _REJECTED)
    return {
        "created_at": made_at - timedelta(hours=2),
        "sent_at": made_at if is_sent else None,
        "first_viewed_at": made_at + timedelta(hours=5) if is_seen else None,
        "decided_at": answered_at if entry.status in (_ACCEPTED, _REJECTED) else None,
        "respond_by_at": made_at + timedelta(days=2) if entry.kind == QuoteKind.BID else None,
        "valid_until_date": at.date_of(made_at) + timedelta(days=_VALID_DAYS) if is_sent else None,
        "follow_up_count": entry.follow_ups,
        "auto_follow_up_enabled": is_followed or entry.status == _DRAFT,
        "next_follow_up_at": next_at if is_followed else None,
    }


def _activities(entry: _Entry, columns: Mapping[str, Any], company: str) -> Iterator[DemoQuoteActivity]:
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
