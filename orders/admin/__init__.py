"""The console's pages for orders: the desk's queue and its exceptions, the catalogue, and clients' credit."""

from orders.admin.catalogue import (
    AcceptedQuoteAdmin,
    AddOnAdmin,
    OrderDeskSettingsAdmin,
    PriceRowAdmin,
    ProductAdmin,
)
from orders.admin.checklists import ChecklistAdmin
from orders.admin.credit import ClientCreditTermsAdmin, InvoiceAdmin, PaymentAdmin
from orders.admin.documents import OrderDocumentAdmin
from orders.admin.fee_approvals import FeeApprovalAdmin
from orders.admin.history import OrderChangeAdmin, OrderHoldAdmin, OrderTransitionAdmin
from orders.admin.order_exceptions import OrderExceptionAdmin
from orders.admin.orders import FeeLineAdmin, OrderAdmin, ProcessingJobAdmin
from orders.admin.overrides import OrderOverrideAdmin, OrderOverrideChangeAdmin, OverrideCeilingAdmin

__all__ = [
    "AcceptedQuoteAdmin",
    "AddOnAdmin",
    "ChecklistAdmin",
    "ClientCreditTermsAdmin",
    "FeeApprovalAdmin",
    "FeeLineAdmin",
    "InvoiceAdmin",
    "OrderAdmin",
    "OrderChangeAdmin",
    "OrderDeskSettingsAdmin",
    "OrderDocumentAdmin",
    "OrderExceptionAdmin",
    "OrderOverrideAdmin",
    "OrderOverrideChangeAdmin",
    "OrderHoldAdmin",
    "OrderTransitionAdmin",
    "OverrideCeilingAdmin",
    "PaymentAdmin",
    "PriceRowAdmin",
    "ProcessingJobAdmin",
    "ProductAdmin",
]
