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
from orders.admin.order_exceptions import OrderExceptionAdmin
from orders.admin.orders import FeeLineAdmin, OrderAdmin, OrderTransitionAdmin, ProcessingJobAdmin
from orders.admin.overrides import OrderOverrideAdmin, OrderOverrideChangeAdmin, OverrideCeilingAdmin

__all__ = [
    "AcceptedQuoteAdmin",
    "AddOnAdmin",
    "ChecklistAdmin",
    "ClientCreditTermsAdmin",
    "FeeLineAdmin",
    "InvoiceAdmin",
    "OrderAdmin",
    "OrderDeskSettingsAdmin",
    "OrderExceptionAdmin",
    "OrderOverrideAdmin",
    "OrderOverrideChangeAdmin",
    "OrderTransitionAdmin",
    "OverrideCeilingAdmin",
    "PaymentAdmin",
    "PriceRowAdmin",
    "ProcessingJobAdmin",
    "ProductAdmin",
]
