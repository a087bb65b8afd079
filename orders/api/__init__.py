"""Orders and their exceptions as other programs read and send them. What happens to them is `orders.services`."""

from orders.api.exceptions import ApplyFix, ExceptionList, ExceptionRow, UndoFix
from orders.api.orders import OrderRow, Orders, ValidateOrder

__all__ = ["ApplyFix", "ExceptionList", "ExceptionRow", "OrderRow", "Orders", "UndoFix", "ValidateOrder"]
