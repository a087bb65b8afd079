"""What people, commands and engines may do with orders. Each module says which transaction it works in."""

from orders.services.checking import CheckedLine, check_lines
from orders.services.credit import (
    CreditRefused,
    apply_payment,
    dispute_invoice,
    hold_credit,
    issue_invoice,
    look_again_at_payers,
    post_payment,
    release_credit,
    set_credit_terms,
    settle_dispute,
    void_invoice,
)
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
    "CreditRefused",
    "ImportRefused",
    "ImportSummary",
    "OverrideRefused",
    "QueueResult",
    "UnableToApplyFix",
    "UnableToUndoFix",
    "apply_fix",
    "apply_payment",
    "approve_override",
    "ceiling_of",
    "check_lines",
    "dispute_invoice",
    "enqueue_orders",
    "expire_overrides",
    "hold_credit",
    "import_orders",
    "issue_invoice",
    "look_again_at_payers",
    "may_override",
    "override_exceptions",
    "post_payment",
    "process_order_queue",
    "receive_orders",
    "release_credit",
    "set_credit_terms",
    "settle_dispute",
    "undo_fix",
    "validate_orders",
    "void_invoice",
    "withdraw_override",
]
