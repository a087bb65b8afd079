"""The list of the desk's quotes and bids, one entry each; `quotes` makes rows of it."""

from __future__ import annotations

from dataclasses import dataclass

from agent_site.demo.orders.places import Place
from quotes.models import OutcomeReason, QuoteKind, QuoteStatus


@dataclass(frozen=True, kw_only=True)
class QuoteEntry:
    """What is particular about one quote; `days_ago` is when it was made.

    Fee and place of the accepted ones from which an order came are that order's plan's.
    """

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

QUOTE_ENTRIES: dict[str, tuple[QuoteEntry, ...]] = {
    "meridian": (
        QuoteEntry(
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
        QuoteEntry(
            number="Q-2001",
            client="Cascade Home Lending",
            product="URAR-SF",
            status=_ACCEPTED,
            days_ago=12,
            fee="640.00",
            place=_ALDER,
        ),
        QuoteEntry(
            number="Q-2002",
            client="Cascade Home Lending",
            product="URAR-SF",
            status=_EXPIRED,
            days_ago=62,
            fee="615.00",
            place=_FIR,
            reason=OutcomeReason.NO_RESPONSE,
        ),
        QuoteEntry(
            number="Q-2003", client="Lakeshore Bank", product="COM-REST", status=_ACCEPTED, days_ago=11
        ),
        QuoteEntry(
            number="Q-2004", client="Larimer Valley CU", product="COM-NARR", status=_ACCEPTED, days_ago=9
        ),
        QuoteEntry(
            number="Q-2005", client="Copperline Relocation", product="COM-NARR", status=_ACCEPTED, days_ago=13
        ),
        QuoteEntry(
            number="Q-2006", client="Prairie Gold Bank", product="COM-NARR", status=_ACCEPTED, days_ago=10
        ),
        QuoteEntry(
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
        QuoteEntry(
            number="Q-2008",
            client="Alder & Finch LLP",
            product="TESTIMONY",
            status=_VIEWED,
            days_ago=9,
            fee="2400.00",
            title="Deposition, eight hours",
            follow_ups=1,
        ),
        QuoteEntry(
            number="Q-2009",
            client="Northgate Savings Bank",
            product="URAR-24",
            status=_VIEWED,
            days_ago=4,
            fee="850.00",
        ),
        QuoteEntry(
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
        QuoteEntry(
            number="Q-2011",
            client="Union Station Private Bank",
            product="COM-NARR",
            status=_SENT,
            days_ago=2,
            fee="5200.00",
            title="Mixed-use building on Market Street",
        ),
        QuoteEntry(
            number="Q-2012",
            client="Evergreen Estate Law",
            product="ESTATE",
            status=_SENT,
            days_ago=11,
            fee="550.00",
            follow_ups=2,
        ),
        QuoteEntry(
            number="Q-2013",
            client="Columbia Gorge Mortgage",
            product="LAND",
            status=_SENT,
            days_ago=7,
            fee="690.00",
            follow_ups=1,
        ),
        QuoteEntry(
            number="Q-2014",
            client="Highline CRE Finance",
            product="COM-NARR",
            status=_DRAFT,
            days_ago=1,
            fee="3900.00",
            title="Small-bay industrial, Front Range",
        ),
        QuoteEntry(
            number="Q-2015",
            client="Mile High Bridge Capital",
            product="COM-REST",
            status=_DRAFT,
            days_ago=2,
            fee="2600.00",
        ),
        QuoteEntry(
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
        QuoteEntry(
            number="Q-2017",
            client="Rainier First Bank",
            product="URAR-24",
            status=_REJECTED,
            days_ago=33,
            fee="875.00",
            reason=OutcomeReason.TURN_TIME,
            detail="They needed it in six business days.",
        ),
        QuoteEntry(
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
        QuoteEntry(
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
        QuoteEntry(
            number="Q-1191",
            client="Coral Way Tax Advisors",
            product="ESTATE",
            status=_SENT,
            days_ago=24,
            fee="506.00",
            follow_ups=4,
        ),
        QuoteEntry(
            number="Q-1192",
            client="Gulf Coast Community Bank",
            product="COM-NARR",
            status=_VIEWED,
            days_ago=5,
            fee="3600.00",
            title="Marina with dry storage",
            turn_time=18,
        ),
        QuoteEntry(
            number="Q-1193",
            client="Seminole Land Trust",
            product="AG-NARR",
            status=_DRAFT,
            days_ago=1,
            fee="5400.00",
            title="Conservation easement, before and after",
        ),
        QuoteEntry(
            number="Q-1194",
            client="Manatee River Bank",
            product="COM-REST",
            status=_REJECTED,
            days_ago=29,
            fee="2300.00",
            reason=OutcomeReason.INCUMBENT,
            detail="They stayed with the firm they know.",
        ),
        QuoteEntry(
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
