"""What people, commands and engines may do with orders. Each module says which transaction it works in."""

from orders.services.checking import CheckedLine, check_lines
from orders.services.fixes import UnableToApplyFix, UnableToUndoFix, apply_fix, undo_fix
from orders.services.intake import ImportRefused, ImportSummary, import_orders
from orders.services.override_rights import OverrideRefused, ceiling_of, may_override
from orders.services.overrides import (
    approve_override,
    expire_overrides,
    override_exceptions,
    withdraw_override,
)
from orders.services.queue import QueueResult, enqueue_orders, process_order_queue, receive_orders
from orders.services.validation import validate_orders

__all__ = [
    "CheckedLine",
    "ImportRefused",
    "ImportSummary",
    "OverrideRefused",
    "QueueResult",
    "UnableToApplyFix",
    "UnableToUndoFix",
    "apply_fix",
    "approve_override",
    "ceiling_of",
    "check_lines",
    "enqueue_orders",
    "expire_overrides",
    "import_orders",
    "may_override",
    "override_exceptions",
    "process_order_queue",
    "receive_orders",
    "undo_fix",
    "validate_orders",
    "withdraw_override",
]
