"""Deals of the desk: where each stands, how it came there, and what was last heard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from agent_site.demo.clients import DemoClient
from agent_site.demo.contacts import DemoContact, correspondent_of
from agent_site.demo.tenants import DemoTenant, Moment
from deals.models import DealActivityKind, DealStage, OutcomeReason

# Days without news after which a deal of a stage has stalled (the specification's note), and between follow-ups.
STALLED_AFTER_DAYS = {
    DealStage.LEAD: 10,
    DealStage.QUALIFIED: 10,
    DealStage.DISCOVERY: 14,
    DealStage.PROPOSAL: 7,
    DealStage.NEGOTIATION: 5,
}
_FOLLOW_UP_EVERY_DAYS = {stage: max(3, days // 2) for stage, days in STALLED_AFTER_DAYS.items()}
_LADDER = tuple(STALLED_AFTER_DAYS)
_DAYS_A_STAGE = 9
_DEFERRED_FOR_DAYS = 50
_OWNERS = {"meridian": ("Priya Nair", "Marcus Webb"), "harborpine": ("Inez Fontaine", "Caleb Moreau")}
_KINDS = (
    DealActivityKind.EMAIL_RECEIVED,
    DealActivityKind.CALL,
    DealActivityKind.EMAIL_SENT,
    DealActivityKind.MEETING,
)
_SUMMARIES = {
    DealActivityKind.EMAIL_RECEIVED: "They asked about fees and turn times.",
    DealActivityKind.CALL: "Went through coverage by county.",
    DealActivityKind.EMAIL_SENT: "Sent what they asked for.",
    DealActivityKind.MEETING: "Met their team.",
}


@dataclass(frozen=True, kw_only=True)
class DemoStageMove:
    """One move of one deal, with the time it stood in the old stage."""

    old: str
    new: str
    at: datetime
    duration: timedelta | None
    actor: str


@dataclass(frozen=True, kw_only=True)
class DemoDealActivity:
    """One thing done or heard about a deal."""

    kind: str
    at: datetime
    actor: str
    summary: str


@dataclass(frozen=True, kw_only=True)
class DemoDeal:
    """One deal; `columns` are the plain columns of `deals.Deal`, `contact` is an e-mail address."""

    client: str
    contact: str
    columns: Mapping[str, Any]
    moves: tuple[DemoStageMove, ...]
    activities: tuple[DemoDealActivity, ...]


@dataclass(frozen=True)
class _Entry:
    """One deal; `quiet_days` since anything was heard. Lost ones say why, deferred ones wait for a day."""

    client: str
    title: str
    stage: str
    value: int
    quiet_days: int
    reason: str = ""
    is_deferred: bool = False


L, Q, D, P, N = _LADDER
W, X = DealStage.WON, DealStage.LOST
_ENTRIES: dict[str, tuple[_Entry, ...]] = {
    "meridian": (
        _Entry("TrueNorth Home Loans", "TrueNorth Home Loans - new client", D, 38000, 6),
        _Entry("TrueNorth Home Loans", "TrueNorth - Grand Junction", L, 190000, 3),
        _Entry("Lakeshore Bank", "Lakeshore - Commerce City industrial", P, 4200, 3),
        _Entry("Northgate Savings Bank", "Northgate MSA renewal", N, 96000, 4),
        _Entry("Highline CRE Finance", "Highline CRE Finance", L, 60000, 2),
        _Entry("Blue Mesa Credit Union", "Blue Mesa - HELOC desktops", P, 42000, 21, is_deferred=True),
        _Entry("Cascade Home Lending", "Cascade - Washington branches", N, 120000, 2),
        _Entry("Cascade Home Lending", "Cascade - hybrid pilot", Q, 30000, 5),
        _Entry("Cascade Home Lending", "Cascade - two-year agreement", W, 210000, 24),
        _Entry("Blue Mesa Credit Union", "Blue Mesa - Western Slope", D, 54000, 6),
        _Entry("Northgate Savings Bank", "Northgate - Wyoming", Q, 25000, 14),
        _Entry("Summit Ridge Mortgage", "Summit Ridge - service review", N, 70000, 9),
        _Entry("Lakeshore Bank", "Lakeshore - Nebraska retail strip", P, 5200, 12),
        _Entry("Lakeshore Bank", "Lakeshore - portfolio reviews", D, 18000, 9),
        _Entry("Pioneer Farm Credit", "Pioneer - irrigated quarter section", P, 6800, 4),
        _Entry("Pioneer Farm Credit", "Pioneer - annual reviews", Q, 48000, 3),
        _Entry("Alder & Finch LLP", "Alder & Finch - expert panel", P, 14000, 9),
        _Entry("Prairie Gold Bank", "Prairie Gold - limit and volume", D, 36000, 18),
        _Entry("Aspen Key Lending", "Aspen Key - credit terms", L, 22000, 7),
        _Entry("Confluence CU", "Confluence - win back", L, 28000, 16),
        _Entry("Mile High Bridge Capital", "Mile High - rush programme", W, 33000, 31),
        _Entry("Sagebrush Servicing", "Sagebrush - exterior bundle", X, 46000, 37, OutcomeReason.COVERAGE),
        _Entry("Rainier First Bank", "Rainier - FHA volume", Q, 52000, 6),
        _Entry("Columbia Gorge Mortgage", "Columbia Gorge - price list 2027", P, 40000, 5),
        _Entry("Union Station Private Bank", "Union Station - high-value desk", P, 64000, 2),
        _Entry("Larimer Valley CU", "Larimer Valley - member business loans", W, 27000, 20),
        _Entry("Evergreen Estate Law", "Evergreen - probate panel", L, 9000, 5),
        _Entry("Bitterroot Lending", "Bitterroot - Wyoming only", L, 12000, 13),
    ),
    "harborpine": (
        _Entry("Gulf Coast Community Bank", "Gulf Coast - agreement renewal", N, 88000, 3),
        _Entry("Gulf Coast Community Bank", "Gulf Coast - limit to 25,000", Q, 20000, 2),
        _Entry("Palmetto Lending Group", "Palmetto - condo programme", L, 26000, 15),
        _Entry("Suncoast AMC Partners", "Suncoast - REO exteriors", P, 3740, 6),
        _Entry("Suncoast AMC Partners", "Suncoast - January batch", Q, 15000, 30, is_deferred=True),
        _Entry("Bayline Credit Union", "Bayline - home equity desktops", D, 21000, 8),
        _Entry("Manatee River Bank", "Manatee - commercial reviews", X, 31000, 29, OutcomeReason.INCUMBENT),
        _Entry("Osprey Reverse", "Osprey - second appraisals", D, 34000, 11),
        _Entry("Seminole Land Trust", "Seminole - easement", L, 5400, 4),
        _Entry(
            "Valley Investments",
            "Valley Investments - rental portfolio",
            X,
            17000,
            41,
            OutcomeReason.NO_RESPONSE,
        ),
        _Entry("Brightwater Law", "Brightwater - spring trials", Q, 11000, 12),
        _Entry("Hillsborough Heirs LLC", "Hillsborough - division of estate", W, 4100, 26),
    ),
}


def stage_configuration() -> list[dict[str, Any]]:
    """How long a deal may rest in each open stage, and how often it is followed up."""
    return [
        {
            "stage": stage,
            "stalled_after_days": days,
            "follow_up_every_days": _FOLLOW_UP_EVERY_DAYS[stage],
        }
        for stage, days in STALLED_AFTER_DAYS.items()
    ]


def demo_deals(
    tenant: DemoTenant, clients: Sequence[DemoClient], contacts: Sequence[DemoContact], at: Moment
) -> list[DemoDeal]:
    """The deals of one company."""
    references = {client.name: client.reference for client in clients}
    return [
        DemoDeal(
            client=references[entry.client],
            contact=correspondent_of(references[entry.client], contacts),
            columns=_columns(entry, number, tenant, at),
            moves=tuple(_moves(entry, number, tenant, at)),
            activities=tuple(_activities(entry, number, tenant, at)),
        )
        for number, entry in enumerate(_ENTRIES[tenant.slug])
    ]


def _is_finished(entry: _Entry) -> bool:
    return entry.stage in (W, X)


def _columns(entry: _Entry, number: int, tenant: DemoTenant, at: Moment) -> dict[str, Any]:
    last_at = at.ago(entry.quiet_days)
    is_open = not _is_finished(entry)
    limit = STALLED_AFTER_DAYS.get(DealStage(entry.stage))
    is_stalled = limit is not None and entry.quiet_days > limit and not entry.is_deferred
    next_at = None
    if is_open:
        every = _FOLLOW_UP_EVERY_DAYS[DealStage(entry.stage)]
        wait = timedelta(days=entry.quiet_days + _DEFERRED_FOR_DAYS if entry.is_deferred else every)
        next_at = last_at + wait
    return {
        "title": entry.title,
        "stage": entry.stage,
        "expected_value": Decimal(entry.value),
        "expected_close_date": at.day(20 + 7 * number % 70) if is_open else at.date_of(last_at),
        "owner": _OWNERS[tenant.slug][number % 2],
        "last_activity_at": last_at,
        "stalled_at": last_at + timedelta(days=limit) if is_stalled and limit is not None else None,
        "next_follow_up_at": next_at,
        "deferred_until_date": at.day(_DEFERRED_FOR_DAYS) if entry.is_deferred else None,
        "closed_at": None if is_open else last_at,
        "lost_reason": entry.reason,
        "created_at": last_at - timedelta(days=_DAYS_A_STAGE * len(_way(entry))),
    }


def _way(entry: _Entry) -> tuple[str, ...]:
    if _is_finished(entry):
        return (*_LADDER, entry.stage)
    return _LADDER[: _LADDER.index(DealStage(entry.stage)) + 1]


def _moves(entry: _Entry, number: int, tenant: DemoTenant, at: Moment) -> Iterator[DemoStageMove]:
    way = _way(entry)
    created_at = at.ago(entry.quiet_days + _DAYS_A_STAGE * len(way))
    stay = timedelta(days=_DAYS_A_STAGE)
    for position, (old, new) in enumerate(zip(("", *way), way, strict=False)):
        yield DemoStageMove(
            old=old,
            new=new,
            at=created_at + stay * position,
            duration=stay if old else None,
            actor=_OWNERS[tenant.slug][number % 2],
        )


def _activities(entry: _Entry, number: int, tenant: DemoTenant, at: Moment) -> Iterator[DemoDealActivity]:
    """Two things: the last one, and one nine days before it."""
    for position, days in enumerate((entry.quiet_days + _DAYS_A_STAGE, entry.quiet_days)):
        kind = _KINDS[(number + position) % len(_KINDS)]
        is_theirs = kind == DealActivityKind.EMAIL_RECEIVED
        yield DemoDealActivity(
            kind=kind,
            at=at.ago(days),
            actor=entry.client if is_theirs else _OWNERS[tenant.slug][number % 2],
            summary=_SUMMARIES[kind],
        )
