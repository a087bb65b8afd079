"""Reading the facts of many orders in a number of statements that does not grow with them.

All inside the caller's scope. What the facts mean is said in `orders.facts`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from decimal import Decimal

from agent.models import Tenant
from agent.tenancy import scoped_tenant_id
from engagement.models import Client, Contact, ContactAddress, ContactAffiliation
from engagement.models.contacts import PHONE_FIELDS
from orders.addresses import phone_digits, property_key
from orders.exposure import read_credit
from orders.facts import (
    ClientFacts,
    DeskFacts,
    FeeLineFacts,
    OrderFacts,
    OrderRecord,
    ProductFacts,
    QuoteFacts,
)
from orders.models import (
    AcceptedQuote,
    AddOn,
    ClientCreditTerms,
    FeeLine,
    Order,
    OrderDeskSettings,
    PriceRow,
    Product,
)
from orders.neighbours import read_duplicates, read_portal_twins
from orders.panel import read_restricted_parties, read_vendors
from orders.pricing import AddOnFacts, PriceBook, PriceRowFacts

_CLIENT_COLUMNS = tuple(
    column.name for column in fields(ClientFacts) if column.name not in ("tech_fee", "emails", "phones")
)
RECORD_COLUMNS = tuple(column.name for column in fields(OrderRecord))


class DeskNotSetUp(RuntimeError):
    """The tenant has no order desk settings, so no order can be judged."""


def load_desk(*, now: datetime) -> DeskFacts:
    """What holds for every order of the tenant in scope: settings, catalogue, price lists. Five statements."""
    settings = OrderDeskSettings.objects.first()
    tenant = Tenant.objects.get(pk=scoped_tenant_id())
    if settings is None:
        raise DeskNotSetUp(f"{tenant.name} has no order desk settings. Add them in the console under Orders.")
    products = {product.id: product for product in _products()}
    values = {
        column.name: getattr(settings, column.name)
        for column in fields(DeskFacts)
        if hasattr(settings, column.name)
    }
    calendar = tenant.settings.calendar(tenant.zone)
    values["states_served"] = frozenset(settings.states_served)
    return DeskFacts(
        **values,
        tenant_name=tenant.name,
        calendar=calendar,
        today=calendar.local_date(now),
        now=now,
        products=products,
        products_by_code={product.code: product for product in products.values() if product.is_active},
        price_book=_price_book(),
    )


def _products() -> Iterable[ProductFacts]:
    columns = [column.name for column in fields(ProductFacts)]
    for row in Product.objects.values(*columns):
        yield ProductFacts(**row | {"states_off": tuple(row["states_off"])})


def _price_book() -> PriceBook:
    rows = PriceRow.objects.values(*[column.name for column in fields(PriceRowFacts)])
    add_ons = AddOn.objects.filter(is_active=True).values("code", "price", "percent_of_fee")
    return PriceBook.of((PriceRowFacts(**row) for row in rows), (AddOnFacts(**row) for row in add_ons))


def read_order_facts(order_id: int, *, now: datetime) -> OrderFacts:
    """The facts of one stored order as they are now, to be looked at: nothing is locked, nothing changes."""
    (facts,) = look_at_orders([order_id], now=now)
    return facts


def look_at_orders(order_ids: Collection[int], *, now: datetime) -> list[OrderFacts]:
    """The facts of stored orders as they are now, by id, to be looked at: nothing is locked, nothing changes."""
    rows = Order.objects.filter(pk__any_of=order_ids).order_by("pk").values(*RECORD_COLUMNS)
    records = [
        OrderRecord(**row | {"vendor_hidden_fields": tuple(row["vendor_hidden_fields"])}) for row in rows
    ]
    return load_facts(records, desk=load_desk(now=now), lock=False)


def read_records(order_ids: Sequence[int]) -> list[OrderRecord]:
    """The rule-relevant columns of stored orders, by id; the rows stay locked for the fixes.

    Without their keys: whoever holds a payer's terms and puts one of its orders into the queue must not wait for us,
    who may be waiting for the terms.

    Where the stored spelling of the property is not the current one, it is brought up to date.
    """
    rows = list(
        Order.objects.filter(pk__any_of=order_ids)
        .order_by("pk")
        .select_for_update(no_key=True)
        .values(*RECORD_COLUMNS)
    )
    outdated = []
    for row in rows:
        row["vendor_hidden_fields"] = tuple(row["vendor_hidden_fields"])
        key = property_key(street=row["street"], unit=row["unit"], zip_code=row["zip"])
        if key != row["property_key"]:
            row["property_key"] = key
            outdated.append(Order(pk=row["id"], property_key=key))
    Order.objects.bulk_update(outdated, ["property_key"])
    return [OrderRecord(**row) for row in rows]


def load_facts(
    records: Sequence[OrderRecord],
    *,
    desk: DeskFacts,
    stated_lines: Sequence[tuple[FeeLineFacts, ...]] | None = None,
    lock: bool = True,
) -> list[OrderFacts]:
    """The facts of many orders, in their order.

    The payers' credit terms stay locked, unless the orders are only looked at. `stated_lines` are the fee lines of
    each where they are not the stored ones.
    """
    terms = _terms({record.bill_to_id for record in records}, lock=lock)
    client_ids = {record.ordered_by_id for record in records} | {record.bill_to_id for record in records}
    clients = _clients(client_ids, _tech_fees(client_ids))
    credit = read_credit(records, terms, desk)
    lines = stated_lines if stated_lines is not None else _fee_lines(records)
    vendors = read_vendors(
        {record.vendor_id for record in records if record.vendor_id is not None}, desk.today
    )
    restricted = read_restricted_parties(records)
    duplicates = read_duplicates(records, desk)
    twins = read_portal_twins(records)
    quotes = _quotes({record.quote_number for record in records if record.quote_number})
    return [
        OrderFacts(
            order=record,
            desk=desk,
            client=clients[record.ordered_by_id],
            bill_to=clients[record.bill_to_id],
            credit=credit[index],
            fee_lines=lines[index],
            vendor=vendors[record.vendor_id] if record.vendor_id is not None else None,
            restricted_party=restricted[index],
            duplicates=duplicates[index],
            portal_twin=twins[index],
            quote=quotes.get(record.quote_number),
        )
        for index, record in enumerate(records)
    ]


def _terms(client_ids: set[int], *, lock: bool) -> dict[int, ClientCreditTerms]:
    """The payers' terms, locked in one order, so that two orders cannot use the same room (domain, 2.2)."""
    rows = ClientCreditTerms.objects.filter(client__any_of=client_ids).order_by("client_id")
    return {terms.client_id: terms for terms in (rows.select_for_update() if lock else rows)}


def _tech_fees(client_ids: set[int]) -> dict[int, Decimal]:
    rows = ClientCreditTerms.objects.filter(client__any_of=client_ids, tech_fee__isnull=False)
    return dict(rows.values_list("client_id", "tech_fee"))


def _clients(client_ids: set[int], tech_fees: Mapping[int, Decimal]) -> dict[int, ClientFacts]:
    rows = Client.objects.filter(pk__any_of=client_ids)
    emails, phones = _reach(client_ids)
    return {
        row["id"]: ClientFacts(
            **row,
            tech_fee=tech_fees.get(row["id"]),
            emails=frozenset(emails[row["id"]]),
            phones=frozenset(phones[row["id"]]),
        )
        for row in rows.values(*_CLIENT_COLUMNS)
    }


def _reach(client_ids: set[int]) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """The addresses and telephone numbers of each client's contacts, those who work for several among them."""
    people: dict[int, set[int]] = defaultdict(set)
    contacts = Contact.objects.filter(client__any_of=client_ids).values_list("pk", "client_id")
    further = ContactAffiliation.objects.filter(client__any_of=client_ids).values_list(
        "contact_id", "client_id"
    )
    for contact_id, client_id in (*contacts, *further):
        people[contact_id].add(client_id)
    emails: dict[int, set[str]] = defaultdict(set)
    addresses = ContactAddress.objects.filter(contact__any_of=people)
    for contact_id, email in addresses.values_list("contact_id", "email_normalised"):
        for client_id in people[contact_id]:
            emails[client_id].add(email)
    phones: dict[int, set[str]] = defaultdict(set)
    for contact_id, *numbers in Contact.objects.filter(pk__any_of=people).values_list("pk", *PHONE_FIELDS):
        for client_id in people[contact_id]:
            phones[client_id].update(digits for number in numbers if (digits := phone_digits(number)))
    return emails, phones


def _fee_lines(records: Sequence[OrderRecord]) -> list[tuple[FeeLineFacts, ...]]:
    rows = FeeLine.objects.filter(order__any_of=[record.id for record in records if record.id is not None])
    lines: dict[int | None, list[FeeLineFacts]] = defaultdict(list)
    for order_id, kind, code, amount in rows.order_by("id").values_list("order_id", "kind", "code", "amount"):
        lines[order_id].append(FeeLineFacts(kind=kind, code=code, amount=amount))
    return [tuple(lines.get(record.id, ())) for record in records]


def _quotes(numbers: set[str]) -> dict[str, QuoteFacts]:
    columns = [column.name for column in fields(QuoteFacts)]
    rows = AcceptedQuote.objects.filter(quote_number__any_of=numbers).values(*columns)
    return {row["quote_number"]: QuoteFacts(**row) for row in rows}
