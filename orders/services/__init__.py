"""What people, commands and engines may do with orders. Each module says which transaction it works in."""

from orders.services.checking import CheckedLine, check_lines
from orders.services.intake import ImportRefused, ImportSummary, import_orders
from orders.services.queue import QueueResult, enqueue_orders, process_order_queue, receive_orders
from orders.services.validation import UnableToUndoFix, undo_fix, validate_orders

__all__ = [
    "CheckedLine",
    "ImportRefused",
    "ImportSummary",
    "QueueResult",
    "UnableToUndoFix",
    "check_lines",
    "enqueue_orders",
    "import_orders",
    "process_order_queue",
    "receive_orders",
    "undo_fix",
    "validate_orders",
]
