"""Tables of orders. Clients, contacts and vendors live in `engagement`, quotes and deals in their apps."""

from orders.models.catalogue import (
    AcceptedQuote,
    AddOn,
    OrderDeskSettings,
    PriceRow,
    Product,
    ValuationMethod,
)
from orders.models.checklists import Checklist, ChecklistOutcome
from orders.models.credit import ClientCreditTerms, Invoice, InvoiceState, Payment, PaymentKind
from orders.models.documents import OrderDocument, OrderDocumentKind
from orders.models.fee_approvals import FeeApproval
from orders.models.history import OrderChange, OrderHold
from orders.models.orders import (
    NEGATIVE_LINE_KINDS,
    FeeLine,
    FeeLineKind,
    LoanPurpose,
    LoanType,
    Occupancy,
    Order,
    OrderTransition,
    PaymentType,
    PropertyType,
)
from orders.models.overrides import OrderOverride, OrderOverrideChange, OverrideCeiling
from orders.models.queue import CLAIM_LIFETIME, JobReason, OrderException, ProcessingJob

__all__ = [
    "CLAIM_LIFETIME",
    "NEGATIVE_LINE_KINDS",
    "AcceptedQuote",
    "AddOn",
    "Checklist",
    "ChecklistOutcome",
    "ClientCreditTerms",
    "FeeApproval",
    "FeeLine",
    "FeeLineKind",
    "Invoice",
    "InvoiceState",
    "JobReason",
    "LoanPurpose",
    "LoanType",
    "Occupancy",
    "Order",
    "OrderChange",
    "OrderDeskSettings",
    "OrderDocument",
    "OrderDocumentKind",
    "OrderException",
    "OrderOverride",
    "OrderOverrideChange",
    "OrderHold",
    "OrderTransition",
    "OverrideCeiling",
    "Payment",
    "PaymentKind",
    "PaymentType",
    "PriceRow",
    "ProcessingJob",
    "Product",
    "PropertyType",
    "ValuationMethod",
]
