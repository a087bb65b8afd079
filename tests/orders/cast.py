"""The cast of the order tests: a small desk as plain facts for the rules, and the same desk in the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from agent.calendars import BusinessCalendar
from agent.models import Tenant
from agent.tenancy import tenant_scope
from engagement.models import Client, ClientStatus, ClientType, PaymentTerms
from orders.addresses import property_key
from orders.facts import (
    ClientFacts,
    CreditFacts,
    DeskFacts,
    EntitlementFacts,
    FeeLineFacts,
    OrderFacts,
    OrderRecord,
    ProductFacts,
    VendorFacts,
)
from orders.models import AddOn, ClientCreditTerms, FeeLine, Order, OrderDeskSettings, PriceRow, Product
from orders.pricing import AddOnFacts, PriceBook, PriceRowFacts
from orders.rules import RULES, Finding, Rule

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
LIST_FROM = TODAY - timedelta(days=365)
D = Decimal

# code: (base fee or None, turn time, looks inside, least credential, legacy form, sold by quote only)
PRODUCTS: dict[str, tuple[str | None, int, bool, str, str, bool]] = {
    "URAR-SF": ("625.00", 7, True, "licensed", "1004", False),
    "URAR-SF-FHA": ("675.00", 8, True, "certified_residential", "1004", False),
    "URAR-CONDO": ("650.00", 7, True, "licensed", "1073", False),
    "URAR-24": ("850.00", 10, True, "certified_residential", "1025", False),
    "URAR-MH": ("700.00", 9, True, "certified_residential", "1004C", False),
    "URAR-EXT": ("450.00", 5, False, "licensed", "2055", False),
    "RENT-SCH": ("125.00", 0, False, "licensed", "1007", False),
    "COMP-RPT": ("175.00", 3, True, "licensed", "1004D", False),
    "LAND": ("750.00", 10, True, "certified_residential", "", False),
    "COM-NARR": (None, 20, True, "certified_general", "", True),
    "ESTATE": ("550.00", 8, True, "certified_residential", "", False),
    "BPO": ("110.00", 4, False, "", "", False),
}
ADD_ONS = {
    "RUSH-3": "200.00",
    "RUSH-5": "125.00",
    "COMPLEX": "200.00",
    "ADU": "100.00",
    "ACRE": "125.00",
    "WATERFRONT": "150.00",
    "HIVAL-1": "150.00",
}
PRODUCT_IDS = {code: number for number, code in enumerate(PRODUCTS, start=1)}
CLIENT_ID, OTHER_CLIENT_ID = 1, 2

# A complete order with nothing wrong: what every other test order departs from.
CLEAN: dict[str, Any] = {
    "ordered_at": NOW - timedelta(hours=2),
    "due_date": date(2026, 12, 3),
    "property_type": "single_family",
    "units_excluding_adu": 1,
    "street": "311 Birch Ave",
    "city": "Boulder",
    "state": "CO",
    "zip": "80302",
    "county": "Boulder",
    "borrower_name": "Ana Ruiz",
    "borrower_phone": "303-555-0142",
    "borrower_email": "ana@example.com",
    "property_contact_name": "Ana Ruiz",
    "property_contact_phone": "303-555-0142",
    "occupancy": "owner",
    "loan_type": "conventional",
    "loan_purpose": "purchase",
    "loan_number": "26-41200",
    "has_contract": True,
    "fee_amount": D("625.00"),
    "tech_fee": D("20.00"),
    "total_amount": D("645.00"),
    "payment_type": "bill",
}


def product_facts(code: str) -> ProductFacts:
    """One product of the test catalogue."""
    _, turn_time, interior, credential, form, by_quote = PRODUCTS[code]
    return ProductFacts(
        id=PRODUCT_IDS[code],
        code=code,
        name=code,
        inspects_interior=interior,
        turn_time_days=turn_time,
        min_credential=credential,
        legacy_form=form,
        quote_required=by_quote,
        tech_fee=None,
        states_off=(),
    )


def price_row(**changes: Any) -> PriceRowFacts:
    """A row of the test price list; by default the base of URAR-SF."""
    row = PriceRowFacts(
        list_name="v3",
        client_id=None,
        product_id=PRODUCT_IDS["URAR-SF"],
        state="",
        county="",
        amount=D("625.00"),
        factor=None,
        effective_from=LIST_FROM,
        effective_to=None,
    )
    return replace(row, **changes)


def price_book(*extra: PriceRowFacts) -> PriceBook:
    """The test price list, with more rows."""
    base = [
        price_row(product_id=PRODUCT_IDS[code], amount=D(spec[0]))
        for code, spec in PRODUCTS.items()
        if spec[0] is not None
    ]
    add_ons = [AddOnFacts(code=code, price=D(price), percent_of_fee=None) for code, price in ADD_ONS.items()]
    return PriceBook.of([*base, *extra], add_ons)


def desk_facts(**changes: Any) -> DeskFacts:
    """The test desk on 23 November 2026."""
    products = {PRODUCT_IDS[code]: product_facts(code) for code in PRODUCTS}
    values: dict[str, Any] = {
        "tenant_name": "Meridian",
        "calendar": BusinessCalendar(zone=ZoneInfo("America/Denver")),
        "today": TODAY,
        "now": NOW,
        "currency": "USD",
        "states_served": frozenset({"CO", "OR", "WA"}),
        "tech_fee": D("20.00"),
        "fee_tolerance_amount": D("5.00"),
        "fee_tolerance_percent": D("2.00"),
        "fee_blocking_percent": D("15.00"),
        "upward_fix_limit": D("25.00"),
        "margin_floor_percent": D("15.00"),
        "credit_warning_percent": D("85.00"),
        "past_due_days": 30,
        "past_due_amount": D("50.00"),
        "eo_minimum_amount": D("1000000.00"),
        "certified_value_amount": D("1000000.00"),
        "certified_complex_amount": D("400000.00"),
        "uad36_effective_date": date(2026, 11, 2),
        "products": products,
        "products_by_code": {product.code: product for product in products.values()},
        "price_book": price_book(),
    }
    return DeskFacts(**values | changes)


def client_facts(**changes: Any) -> ClientFacts:
    """An active lender with an agreement in force."""
    values: dict[str, Any] = {
        "id": CLIENT_ID,
        "name": "Cascade Home Lending",
        "client_type": "mortgage_lender",
        "status": "active",
        "agreement_expires_date": date(2027, 6, 30),
        "terms": "net30",
    }
    return ClientFacts(**values | changes)


def credit_facts(**changes: Any) -> CreditFacts:
    """A payer with plenty of room."""
    values: dict[str, Any] = {
        "credit_limit": D("20000.00"),
        "open_receivable": D("0.00"),
        "unbilled": D("0.00"),
        "credits": D("0.00"),
    }
    return CreditFacts(**values | changes)


def vendor_facts(
    *,
    state: str = "CO",
    level: str = "certified_residential",
    license_ends: date | None = None,
    eo_ends: date | None = None,
    **changes: Any,
) -> VendorFacts:
    """A vendor entitled to work, but for what the test changes."""
    later, lately = TODAY + timedelta(days=400), TODAY - timedelta(days=30)
    values: dict[str, Any] = {
        "id": 1,
        "name": "Ida Kestrel",
        "email": "ida@kestrel.test",
        "phone_e164": "+17195550101",
        "credential_level": level,
        "w9_date": lately,
        "background_check_date": lately,
        "asc_checked_date": lately,
        "licenses": (license_facts(state=state, level=level, expires_date=license_ends or later),),
        "eo_policies": (policy_facts(expires_date=eo_ends or later),),
    }
    return VendorFacts(**values | changes)


def license_facts(
    *,
    expires_date: date,
    state: str = "CO",
    level: str = "certified_residential",
    starts_date: date | None = None,
) -> EntitlementFacts:
    """One licence."""
    return EntitlementFacts(
        starts_date=starts_date, expires_date=expires_date, state=state, credential_level=level
    )


def policy_facts(
    *, expires_date: date, per_claim: str = "1000000.00", aggregate: str = "1000000.00"
) -> EntitlementFacts:
    """One insurance policy."""
    return EntitlementFacts(
        starts_date=None,
        expires_date=expires_date,
        per_claim_limit=D(per_claim),
        aggregate_limit=D(aggregate),
    )


def order_facts(
    *,
    product: str | None = "URAR-SF",
    add_ons: tuple[str, ...] = (),
    client: ClientFacts | None = None,
    bill_to: ClientFacts | None = None,
    credit: CreditFacts | None = None,
    desk: DeskFacts | None = None,
    vendor: VendorFacts | None = None,
    others: dict[str, Any] | None = None,
    **order: Any,
) -> OrderFacts:
    """The clean order as facts, but for what the test changes; `others` are fields of the facts themselves."""
    client = client or client_facts()
    values = CLEAN | {"product_id": PRODUCT_IDS.get(product or "")} | order
    values.setdefault("ordered_by_id", client.id)
    values.setdefault("bill_to_id", (bill_to or client).id)
    values.setdefault("order_number", "MV-1")
    values.setdefault("vendor_id", vendor.id if vendor else None)
    values["property_key"] = property_key(
        street=values["street"], unit=values.get("unit", ""), zip_code=values["zip"]
    )
    lines = tuple(FeeLineFacts(kind="add_on", code=code, amount=D(ADD_ONS[code])) for code in add_ons)
    return OrderFacts(
        order=OrderRecord(**values),
        desk=desk or desk_facts(),
        client=client,
        bill_to=bill_to or client,
        credit=credit or credit_facts(),
        vendor=vendor,
        **{"fee_lines": lines} | (others or {}),
    )


def rule_of(code: str) -> Rule:
    """The rule of a code."""
    (found,) = [rule for rule in RULES if rule.code == code]
    return found


def findings_of(code: str, facts: OrderFacts) -> list[Finding]:
    """What the rule of that code finds."""
    return rule_of(code).judge(facts)


# The same desk in the database


def make_desk(tenant: Tenant, *, states: tuple[str, ...] = ("CO", "OR", "WA")) -> None:
    """Settings, catalogue and price list, inside a scope of their own."""
    with tenant_scope(tenant):
        OrderDeskSettings.objects.create(tech_fee=D("20.00"), states_served=list(states))
        products = Product.objects.bulk_create(
            Product(
                code=code,
                name=code,
                valuation_method="traditional",
                turn_time_days=turn_time,
                inspects_interior=interior,
                min_credential=credential,
                legacy_form=form,
                quote_required=by_quote,
            )
            for code, (_, turn_time, interior, credential, form, by_quote) in PRODUCTS.items()
        )
        PriceRow.objects.bulk_create(
            PriceRow(list_name="v3", product=product, amount=D(base), effective_from=LIST_FROM)
            for product in products
            if (base := PRODUCTS[product.code][0]) is not None
        )
        AddOn.objects.bulk_create(
            AddOn(code=code, name=code, price=D(price)) for code, price in ADD_ONS.items()
        )


def make_client(
    name: str = "Cascade Home Lending", *, limit: str | None = "20000.00", **changes: Any
) -> Client:
    """A client with credit terms; inside the caller's scope."""
    values: dict[str, Any] = {
        "reference": name.lower().replace(" ", "-").replace("&", "and"),
        "name": name,
        "client_type": ClientType.MORTGAGE_LENDER,
        "status": ClientStatus.ACTIVE,
        "terms": PaymentTerms.NET30,
        "agreement_expires_date": date(2027, 6, 30),
        "created_at": NOW,
    }
    client = Client.objects.create(**values | changes)
    ClientCreditTerms.objects.create(client=client, credit_limit=D(limit) if limit is not None else None)
    return client


def make_order(number: str, client: Client, *, product: str | None = "URAR-SF", **changes: Any) -> Order:
    """The clean order, stored, but for what the test changes; inside the caller's scope."""
    stored = Product.objects.get(code=product) if product else None
    values = CLEAN | {"bill_to": client, "product": stored, "created_at": NOW} | changes
    # Every order at a property of its own, so that none is a duplicate of another.
    values.setdefault("unit", number)
    values["property_key"] = property_key(
        street=values["street"], unit=values["unit"], zip_code=values["zip"]
    )
    order = Order.objects.create(order_number=number, ordered_by=client, **values)
    if stored:
        FeeLine.objects.create(order=order, kind="base", code=stored.code, amount=order.fee_amount)
    return order
