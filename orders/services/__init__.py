"""What people, commands and engines may do with orders. Each module says which transaction it works in."""

from orders.services.acceptance import accept_order
from orders.services.assignment import (
    assign_vendor,
    record_counter,
    record_vendor_acceptance,
    start_assigning,
)
from orders.services.cancellation import cancel_order, cancellation_fee
from orders.services.changes import ChangeRefused, change_order
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
from orders.services.holds import hold_order, resume_order
from orders.services.inspections import (
    call_off_inspection,
    record_contact_attempt,
    record_inspection,
    schedule_inspection,
)
from orders.services.intake import ImportRefused, ImportSummary, import_orders
from orders.services.override_rights import OverrideRefused, ceiling_of, may_override
from orders.services.overrides import (
    approve_override,
    expire_overrides,
    override_exceptions,
    withdraw_override,
)
from orders.services.queue import QueueResult, enqueue_orders, process_order_queue, receive_orders
from orders.services.reports import (
    close_order,
    conclude_rov,
    deliver_order,
    open_rov,
    request_revision,
    start_review,
    submit_report,
)
from orders.services.stages import MoveRefused, time_orders
from orders.services.validation import validate_orders

__all__ = [
    "CheckedLine",
    "CreditRefused",
    "ChangeRefused",
    "ImportRefused",
    "ImportSummary",
    "OverrideRefused",
    "MoveRefused",
    "QueueResult",
    "UnableToApplyFix",
    "UnableToUndoFix",
    "apply_fix",
    "apply_payment",
    "approve_override",
    "ceiling_of",
    "check_lines",
    "dispute_invoice",
    "accept_order",
    "assign_vendor",
    "call_off_inspection",
    "cancel_order",
    "cancellation_fee",
    "change_order",
    "close_order",
    "conclude_rov",
    "deliver_order",
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
    "hold_order",
    "import_orders",
    "open_rov",
    "process_order_queue",
    "receive_orders",
    "record_contact_attempt",
    "record_counter",
    "record_inspection",
    "record_vendor_acceptance",
    "request_revision",
    "resume_order",
    "schedule_inspection",
    "start_assigning",
    "start_review",
    "submit_report",
    "time_orders",
    "undo_fix",
    "validate_orders",
    "void_invoice",
    "withdraw_override",
]
