"""The console's pages for orders: the desk's queue and its exceptions, the catalogue, and clients' credit."""

from orders.admin.catalogue import (
    AcceptedQuoteAdmin,
    AddOnAdmin,
    OrderDeskSettingsAdmin,
    PriceRowAdmin,
    ProductAdmin,
)
from orders.admin.credit import ClientCreditTermsAdmin, InvoiceAdmin, PaymentAdmin
from orders.admin.order_exceptions import OrderExceptionAdmin
from orders.admin.orders import FeeLineAdmin, OrderAdmin, OrderTransitionAdmin, ProcessingJobAdmin

__all__ = [
    "AcceptedQuoteAdmin",
    "AddOnAdmin",
    "ClientCreditTermsAdmin",
    "FeeLineAdmin",
    "InvoiceAdmin",
    "OrderAdmin",
    "OrderDeskSettingsAdmin",
    "OrderExceptionAdmin",
    "OrderTransitionAdmin",
    "PaymentAdmin",
    "PriceRowAdmin",
    "ProcessingJobAdmin",
    "ProductAdmin",
]
