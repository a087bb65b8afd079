"""What a rule may know of one order: frozen values, loaded beforehand. No ORM here.

How the facts of many orders are read in a bounded number of statements lives in `orders.loading`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from agent.calendars import BusinessCalendar
from orders.pricing import NoPrice, Price, PriceBook, resolve_price
from orders.states import FINISHED_STAGES, INTAKE_STAGES, Stage

# The columns that hold money, with the words an operator reads.
MONEY_FIELDS: dict[str, str] = {
    "fee_amount": "Fee",
    "tech_fee": "Tech fee",
    "total_amount": "Total",
    "vendor_fee": "Vendor fee",
    "estimated_value": "Estimated value",
    "loan_amount": "Loan amount",
}


class MissingFact(LookupError):
    """A rule needs a fact that was not loaded; the order cannot be judged by that rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRecord:
    """The columns of one order that rules read. An empty text or None is a fact nobody has told us."""

    id: int | None = None
    """None for an order that is judged without being stored."""
    order_number: str = ""
    ordered_by_id: int
    bill_to_id: int
    ordered_at: datetime
    due_date: date | None = None
    inspection_date: date | None = None
    stage: str = Stage.RECEIVED
    held_from_stage: str = ""
    delivered_at: datetime | None = None
    cancellation_fee: Decimal | None = None
    loan_number: str = ""
    portal_order_id: str = ""
    portal_deadline_at: datetime | None = None
    loan_officer_email: str = ""
    fha_case_number: str = ""
    source_message_id: int | None = None
    """The mail it was taken from."""
    product_id: int | None = None
    product_text: str = ""
    legacy_form: str = ""
    legacy_form_alias: str = ""
    property_type: str = ""
    units_excluding_adu: int | None = None
    adu_count: int | None = None
    is_waterfront: bool | None = None
    gross_living_area: int | None = None
    acres: Decimal | None = None
    street: str = ""
    unit: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    county: str = ""
    property_key: str = ""
    borrower_name: str = ""
    borrower_phone: str = ""
    borrower_email: str = ""
    co_borrower_name: str = ""
    owner_of_record: str = ""
    property_contact_name: str = ""
    property_contact_phone: str = ""
    occupancy: str = ""
    access_instructions: str = ""
    utilities_on: bool | None = None
    loan_type: str = ""
    loan_purpose: str = ""
    estimated_value: Decimal | None = None
    loan_amount: Decimal | None = None
    has_contract: bool | None = None
    intended_use: str = ""
    intended_users: str = ""
    effective_date: date | None = None
    fee_amount: Decimal | None = None
    tech_fee: Decimal | None = None
    total_amount: Decimal | None = None
    unbillable_amounts: Mapping[str, str] = field(default_factory=dict)
    quote_number: str = ""
    agreed_price: Decimal | None = None
    accepted_fee_amount: Decimal | None = None
    """The fee that the client accepted, with every change of it that the client approved since."""
    payment_type: str = ""
    payment_authorised: bool | None = None
    vendor_id: int | None = None
    vendor_fee: Decimal | None = None
    notes: str = ""
    vendor_instructions: str = ""
    vendor_hidden_fields: tuple[str, ...] = ()

    @property
    def is_finished(self) -> bool:
        """Whether nothing is due any more."""
        return self.stage in FINISHED_STAGES

    @property
    def is_in_intake(self) -> bool:
        """Whether its work has not been agreed yet, so that a safe fix may be applied."""
        return self.stage in INTAKE_STAGES

    @property
    def working_stage(self) -> str:
        """The stage, or for an order on hold the one it will return to."""
        return self.held_from_stage or self.stage


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLineFacts:
    """One line of the order's fee; the amount is None while it is contained in the stated fee."""

    kind: str
    code: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFacts:
    """One product of the catalogue."""

    id: int
    code: str
    name: str
    inspects_interior: bool
    turn_time_days: int
    min_credential: str
    legacy_form: str
    quote_required: bool
    tech_fee: Decimal | None
    states_off: tuple[str, ...]
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientFacts:
    """A party of the order, with what it agreed to pay for technology where that is not the usual."""

    id: int
    name: str
    client_type: str
    status: str
    agreement_expires_date: date | None
    terms: str = ""
    email_domain: str = ""
    eo_minimum_per_claim: Decimal | None = None
    """What it asks of an appraiser's insurance, where that is not what the desk asks."""
    eo_minimum_aggregate: Decimal | None = None
    tech_fee: Decimal | None = None
    emails: frozenset[str] = frozenset()
    """Addresses of its stored contacts, in lower case."""
    phones: frozenset[str] = frozenset()
    """Telephone numbers of its stored contacts, as `orders.addresses.phone_digits` reads them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditFacts:
    """What the payer owes and may owe (domain, 2.2), in dollars. None of it counts the order itself."""

    credit_limit: Decimal | None
    """None: no terms. Zero: prepaid only."""
    open_receivable: Decimal
    """Balances of issued invoices, due or not."""
    unbilled: Decimal
    """Totals of other billed orders that have no invoice."""
    credits: Decimal
    """Payments and credit memos not applied to an invoice."""
    late_count: int = 0
    """Undisputed invoices beyond the tenant's past-due days."""
    late_amount: Decimal = Decimal("0.00")
    past_due_amount: Decimal = Decimal("0.00")
    """Undisputed balances past due by any number of days, the late ones included."""
    oldest_due_date: date | None = None
    """The due date of the oldest of those."""
    disputed_past_due_amount: Decimal = Decimal("0.00")
    own_invoice_balance: Decimal | None = None
    """What is still to pay of the order's own invoice; None when it has none."""
    held_by: str = ""
    hold_reason: str = ""

    @property
    def exposure(self) -> Decimal:
        """What the payer owes besides this order."""
        return self.open_receivable + self.unbilled - self.credits

    @property
    def available(self) -> Decimal:
        """The room left under the limit; none without terms."""
        return (self.credit_limit or Decimal("0.00")) - self.exposure


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInvoice:
    """An issued invoice of a payer with something left to pay, in dollars."""

    invoice_number: str
    due_date: date
    balance_due: Decimal
    is_disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementFacts:
    """A licence (with its state and level) or an insurance policy (with its limits) of a vendor."""

    starts_date: date | None
    expires_date: date
    state: str = ""
    credential_level: str = ""
    per_claim_limit: Decimal = Decimal("0.00")
    aggregate_limit: Decimal = Decimal("0.00")

    def covers(self, day: date) -> bool:
        """Whether it is in force on that day, both ends included."""
        return (self.starts_date is None or self.starts_date <= day) and day <= self.expires_date


@dataclass(frozen=True, slots=True, kw_only=True)
class TieFacts:
    """A party to whom a vendor is close: a client, or a person by name."""

    relation: str
    client_id: int | None
    person_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentFacts:
    """An order for which a vendor still owes the report."""

    order_id: int
    ordered_by_id: int
    is_late: bool
    """Whether the report should have been there before today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorFacts:
    """The vendor that holds the file, with everything that may speak against it."""

    id: int
    name: str
    email: str = ""
    phone_e164: str = ""
    credential_level: str = ""
    capacity: int | None = None
    """The most orders at once; None: no limit."""
    w9_date: date | None = None
    background_check_date: date | None = None
    asc_checked_date: date | None = None
    licenses: tuple[EntitlementFacts, ...] = ()
    eo_policies: tuple[EntitlementFacts, ...] = ()
    excluded_by: Mapping[int, str] = field(default_factory=dict)
    """Ids of the clients that will not have the vendor, each with the reason."""
    ties: tuple[TieFacts, ...] = ()
    assignments: tuple[AssignmentFacts, ...] = ()
    """What it has in hand, the order that is judged among it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateFacts:
    """Another stored order of the same tenant at the same property, cancelled ones left out."""

    order_number: str
    ordered_by_id: int
    product_code: str
    is_delivered: bool
    delivered_date: date | None
    portal_order_id: str = ""
    is_earlier: bool = True
    """Whether it came before the order that is judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteFacts:
    """The accepted quote that the order names."""

    quote_number: str
    client_id: int
    product_code: str
    property_key: str
    fee_amount: Decimal
    expires_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFacts:
    """What holds for every order of the tenant at one moment: settings, catalogue, price lists."""

    tenant_name: str
    calendar: BusinessCalendar
    """The desk's business days, in the tenant's zone."""
    today: date
    """The date in the tenant's zone."""
    now: datetime
    currency: str
    states_served: frozenset[str]
    tech_fee: Decimal
    fee_tolerance_amount: Decimal
    fee_tolerance_percent: Decimal
    fee_blocking_percent: Decimal
    upward_fix_limit: Decimal
    margin_floor_percent: Decimal
    credit_warning_percent: Decimal
    past_due_days: int
    past_due_amount: Decimal
    eo_minimum_amount: Decimal
    certified_value_amount: Decimal
    """From this value on a residential appraiser must be certified."""
    certified_complex_amount: Decimal
    """The same for a complex property."""
    uad36_effective_date: date
    products: Mapping[int, ProductFacts]
    """Every product, those no longer sold among them."""
    products_by_code: Mapping[str, ProductFacts]
    """The products that are sold."""
    price_book: PriceBook

    def local_date(self, moment: datetime) -> date:
        """The calendar day of a moment where the desk is."""
        return self.calendar.local_date(moment)

    def product_of_form(self, form: str, loan_type: str) -> ProductFacts | None:
        """The product that an old form number means; for an FHA loan its FHA variant, where there is one."""
        wanted = form.strip().upper()
        named = [p for p in self.products_by_code.values() if wanted and p.legacy_form.upper() == wanted]
        fha = [p for p in named if p.code.endswith("-FHA")]
        ordinary = [p for p in named if not p.code.endswith("-FHA")]
        candidates = fha if loan_type == "fha" and fha else ordinary
        return candidates[0] if len(candidates) == 1 else None


@dataclass(frozen=True, kw_only=True)
class OrderFacts:
    """Everything a rule may look at, about one order."""

    order: OrderRecord
    desk: DeskFacts
    client: ClientFacts
    bill_to: ClientFacts
    credit: CreditFacts
    fee_lines: tuple[FeeLineFacts, ...] = ()
    vendor: VendorFacts | None = None
    restricted_party: str = ""
    """Who of loan production is behind the order: its loan officer, or who sent it."""
    duplicates: tuple[DuplicateFacts, ...] = ()
    portal_twin: str = ""
    """The number of an earlier order with the same portal order id."""
    quote: QuoteFacts | None = None

    def changed(self, **changes: Any) -> OrderFacts:
        """The same facts with other values in columns of the order."""
        return replace(self, order=replace(self.order, **changes))

    @functools.cached_property
    def product(self) -> ProductFacts | None:
        """What is ordered: the product, or what the old form number means when no product is named."""
        if self.order.product_id is not None:
            return self._known(self.desk.products, self.order.product_id, "product")
        if self.order.product_text.strip():
            return self.desk.products_by_code.get(self.order.product_text.strip().upper())
        return self.desk.product_of_form(self.order.legacy_form, self.order.loan_type)

    @functools.cached_property
    def add_on_codes(self) -> tuple[str, ...]:
        """Codes of the add-ons the order lists."""
        return tuple(line.code for line in self.fee_lines if line.kind == "add_on")

    @functools.cached_property
    def ordered_date(self) -> date:
        """The day the order was placed, where the desk is."""
        return self.desk.local_date(self.order.ordered_at)

    @functools.cached_property
    def days_to_due(self) -> int | None:
        """Business days from the day after it was placed through its due date; None without one."""
        due = self.order.due_date
        return None if due is None else self.desk.calendar.business_days_between(self.ordered_date, due)

    @functools.cached_property
    def quote_fits(self) -> bool:
        """Whether the accepted quote it names was given to this client for this product and property."""
        quote = self.quote
        return (
            quote is not None
            and quote.client_id == self.order.ordered_by_id
            and self.product is not None
            and quote.product_code == self.product.code
            and quote.property_key == self.order.property_key
            and (quote.expires_date is None or quote.expires_date >= self.ordered_date)
        )

    @functools.cached_property
    def agreed_price(self) -> Decimal | None:
        """The fee of the accepted quote that the order came from."""
        return self.quote.fee_amount if self.quote is not None else self.order.agreed_price

    @functools.cached_property
    def effective_tech_fee(self) -> Decimal:
        """The client's own tech fee, or the product's, or the desk's (rule PRC-106)."""
        agreed = [self.client.tech_fee, self.product.tech_fee if self.product else None, self.desk.tech_fee]
        return next(fee for fee in agreed if fee is not None)

    @functools.cached_property
    def price(self) -> Price | NoPrice:
        """What the order should cost, with the explanation a person reads, or why there is no price."""
        return self._price_on(self.ordered_date)

    def list_prices(self) -> dict[date, Price]:
        """What the price lists say on each day on which one of them began, before or after the order came."""
        if self.product is None:
            return {}
        starts = self.desk.price_book.starts(
            product_id=self.product.id,
            client_id=self.order.ordered_by_id,
            state=self.order.state.strip().upper(),
            county=self.order.county,
        )
        prices = {day: self._price_on(day) for day in starts}
        return {day: price for day, price in prices.items() if isinstance(price, Price)}

    def _price_on(self, day: date) -> Price | NoPrice:
        if self.product is None:
            return NoPrice(reason="Nothing in the order names a product that we sell.")
        return resolve_price(
            book=self.desk.price_book,
            product_id=self.product.id,
            needs_quote=self.product.quote_required,
            client_id=self.order.ordered_by_id,
            state=self.order.state.strip().upper(),
            county=self.order.county,
            on=day,
            add_on_codes=self.add_on_codes,
            tech_fee=self.effective_tech_fee,
            quote_number=self.order.quote_number,
            quoted_fee=self.agreed_price if self.quote is None or self.quote_fits else None,
        )

    @staticmethod
    def _known(facts: Mapping[int, Any], key: int, what: str) -> Any:
        try:
            return facts[key]
        except KeyError:
            raise MissingFact(f"The {what} {key} of this order was not loaded.") from None
