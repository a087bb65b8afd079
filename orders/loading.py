"""Reading the facts of many orders in a number of statements that does not grow with them.

All inside the caller's scope. What the facts mean is said in `orders.facts`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, Exists, Min, OuterRef, Q, Sum, Value
from django.db.models.functions import Greatest

from agent.models import Tenant
from agent.tenancy import scoped_tenant_id
from engagement.models import Client, Contact, ContactAddress, ContactAffiliation
from engagement.models.contacts import PHONE_FIELDS
from orders.addresses import phone_digits, property_key
from orders.facts import (
    ClientFacts,
    CreditFacts,
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
    Invoice,
    InvoiceState,
    Order,
    OrderDeskSettings,
    Payment,
    PaymentType,
    PriceRow,
    Product,
)
from orders.neighbours import read_duplicates, read_portal_twins
from orders.panel import read_restricted_parties, read_vendors
from orders.pricing import AddOnFacts, PriceBook, PriceRowFacts
from orders.states import Stage

ZERO = Decimal("0.00")
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


def read_records(order_ids: Sequence[int]) -> list[OrderRecord]:
    """The rule-relevant columns of stored orders, by id; the rows stay locked for the fixes.

    Where the stored spelling of the property is not the current one, it is brought up to date.
    """
    rows = list(
        Order.objects.filter(pk__in=order_ids).order_by("pk").select_for_update().values(*RECORD_COLUMNS)
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
) -> list[OrderFacts]:
    """The facts of many orders, in their order. The payers' credit terms stay locked.

    With `stated_lines`, the fee lines of each, the orders are those of a file: they are only looked at, so nothing is
    locked.
    """
    terms = _terms({record.bill_to_id for record in records}, lock=stated_lines is None)
    client_ids = {record.ordered_by_id for record in records} | {record.bill_to_id for record in records}
    clients = _clients(client_ids, _tech_fees(client_ids))
    credit = _credit(records, terms, desk)
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
    rows = ClientCreditTerms.objects.filter(client__in=client_ids).order_by("client_id")
    return {terms.client_id: terms for terms in (rows.select_for_update() if lock else rows)}


def _tech_fees(client_ids: set[int]) -> dict[int, Decimal]:
    rows = ClientCreditTerms.objects.filter(client__in=client_ids, tech_fee__isnull=False)
    return dict(rows.values_list("client_id", "tech_fee"))


def _clients(client_ids: set[int], tech_fees: Mapping[int, Decimal]) -> dict[int, ClientFacts]:
    rows = Client.objects.filter(pk__in=client_ids)
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
    contacts = Contact.objects.filter(client__in=client_ids).values_list("pk", "client_id")
    further = ContactAffiliation.objects.filter(client__in=client_ids).values_list("contact_id", "client_id")
    for contact_id, client_id in (*contacts, *further):
        people[contact_id].add(client_id)
    emails: dict[int, set[str]] = defaultdict(set)
    addresses = ContactAddress.objects.filter(contact__in=people)
    for contact_id, email in addresses.values_list("contact_id", "email_normalised"):
        for client_id in people[contact_id]:
            emails[client_id].add(email)
    phones: dict[int, set[str]] = defaultdict(set)
    for contact_id, *numbers in Contact.objects.filter(pk__in=people).values_list("pk", *PHONE_FIELDS):
        for client_id in people[contact_id]:
            phones[client_id].update(digits for number in numbers if (digits := phone_digits(number)))
    return emails, phones


def _fee_lines(records: Sequence[OrderRecord]) -> list[tuple[FeeLineFacts, ...]]:
    rows = FeeLine.objects.filter(order__in=[record.id for record in records if record.id is not None])
    lines: dict[int | None, list[FeeLineFacts]] = defaultdict(list)
    for order_id, kind, code, amount in rows.order_by("id").values_list("order_id", "kind", "code", "amount"):
        lines[order_id].append(FeeLineFacts(kind=kind, code=code, amount=amount))
    return [tuple(lines.get(record.id, ())) for record in records]


# Credit


def _credit(
    records: Sequence[OrderRecord], terms: Mapping[int, ClientCreditTerms], desk: DeskFacts
) -> list[CreditFacts]:
    """The payer's credit for each order, without what the order itself stands in it for."""
    client_ids = {record.bill_to_id for record in records}
    base = _credit_of_clients(client_ids, terms, desk)
    own_invoices = _own_invoices(records)
    unbilled_ids = _counted_as_unbilled(records)
    credit = []
    for record in records:
        facts, own = base[record.bill_to_id], own_invoices.get(record.id)
        if own is not None and own[0] == record.bill_to_id:
            facts = replace(facts, open_receivable=facts.open_receivable - own[1], own_invoice_balance=own[1])
        elif record.id in unbilled_ids:
            facts = replace(facts, unbilled=facts.unbilled - (unbilled_amount(record) or ZERO))
        credit.append(facts)
    return credit


def unbilled_amount(record: OrderRecord) -> Decimal | None:
    """What an order without invoice counts for: its total, or once cancelled its cancellation fee.

    An amount below zero, which is a mistake, makes no room.
    """
    amount = record.cancellation_fee if record.stage == Stage.CANCELLED else record.total_amount
    return None if amount is None else max(amount, ZERO)


def _credit_of_clients(
    client_ids: set[int], terms: Mapping[int, ClientCreditTerms], desk: DeskFacts
) -> dict[int, CreditFacts]:
    invoices = _receivables(client_ids, desk)
    unbilled = _unbilled(client_ids)
    unapplied = _unapplied(client_ids)
    facts = {}
    for client_id in client_ids:
        agreed = terms.get(client_id)
        facts[client_id] = CreditFacts(
            credit_limit=agreed.credit_limit if agreed else None,
            held_by=agreed.held_by if agreed else "",
            hold_reason=agreed.hold_reason if agreed else "",
            unbilled=unbilled.get(client_id, ZERO),
            credits=unapplied.get(client_id, ZERO),
            **invoices.get(client_id, {"open_receivable": ZERO}),
        )
    return facts


def _receivables(client_ids: set[int], desk: DeskFacts) -> dict[int, dict[str, Any]]:
    past_due = Q(due_date__lt=desk.today, balance_due__gt=0)
    late = past_due & Q(due_date__lt=_late_before(desk), is_disputed=False)
    rows = (
        Invoice.objects.receivable()
        .filter(client__in=client_ids)
        .values("client_id")
        .annotate(
            open_receivable=Sum("balance_due", default=ZERO),
            late_count=Count("id", filter=late),
            late_amount=Sum("balance_due", filter=late, default=ZERO),
            past_due_amount=Sum("balance_due", filter=past_due & Q(is_disputed=False), default=ZERO),
            oldest_due_date=Min("due_date", filter=past_due & Q(is_disputed=False)),
            disputed_past_due_amount=Sum("balance_due", filter=past_due & Q(is_disputed=True), default=ZERO),
        )
    )
    return {row.pop("client_id"): row for row in rows}


def _late_before(desk: DeskFacts) -> date:
    """An invoice due before this day is more than the desk's past-due days late."""
    return desk.today - timedelta(days=desk.past_due_days)


def _open_bill_orders() -> Any:
    """Billed orders that count in `unbilled`: without an invoice, and not cancelled without a fee."""
    invoiced = Invoice.objects.filter(order=OuterRef("pk"), state=InvoiceState.ISSUED)
    orders = Order.objects.filter(payment_type=PaymentType.BILL)
    return orders.exclude(stage=Stage.CANCELLED, cancellation_fee=None).filter(~Exists(invoiced))


def _unbilled(client_ids: set[int]) -> dict[int, Decimal]:
    rows = _open_bill_orders().filter(bill_to__in=client_ids).values("bill_to_id")
    sums = rows.annotate(
        total=Sum(_not_below_zero("total_amount"), filter=~Q(stage=Stage.CANCELLED), default=ZERO),
        fees=Sum(_not_below_zero("cancellation_fee"), filter=Q(stage=Stage.CANCELLED), default=ZERO),
    )
    return {row["bill_to_id"]: row["total"] + row["fees"] for row in sums}


def _not_below_zero(column: str) -> Greatest:
    return Greatest(column, Value(ZERO), output_field=DecimalField(max_digits=12, decimal_places=2))


def _counted_as_unbilled(records: Sequence[OrderRecord]) -> set[int]:
    stored = [record.id for record in records if record.id is not None]
    return set(_open_bill_orders().filter(pk__in=stored).values_list("pk", flat=True))


def _unapplied(client_ids: set[int]) -> dict[int, Decimal]:
    rows = Payment.objects.filter(client__in=client_ids, unapplied_amount__gt=0).values("client_id")
    return {row["client_id"]: row["sum"] for row in rows.annotate(sum=Sum("unapplied_amount"))}


def _own_invoices(records: Sequence[OrderRecord]) -> dict[int | None, tuple[int, Decimal]]:
    stored = [record.id for record in records if record.id is not None]
    rows = Invoice.objects.receivable().filter(order__in=stored)
    return {
        order_id: (client_id, balance)
        for order_id, client_id, balance in rows.values_list("order_id", "client_id", "balance_due")
    }


# Quotes


def _quotes(numbers: set[str]) -> dict[str, QuoteFacts]:
    columns = [column.name for column in fields(QuoteFacts)]
    rows = AcceptedQuote.objects.filter(quote_number__in=numbers).values(*columns)
    return {row["quote_number"]: QuoteFacts(**row) for row in rows}
