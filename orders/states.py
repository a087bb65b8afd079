"""The stages of an order and the one table of its legal moves, and the states of its exceptions and queue.

No ORM and no services here: every module of the app imports this one, and it imports none of theirs.
"""

from __future__ import annotations

from django.db import models

# Who acts where no person does.
AGENT = "agent"


class Stage(models.TextChoices):
    """Where an order stands (domain, section 1.1)."""

    RECEIVED = "received", "Received"  # captured; the clock to acknowledge it runs
    EXCEPTION = "exception", "Exception"  # a blocking exception is open; never set by hand
    ACCEPTED = "accepted", "Accepted"  # fee and due date agreed
    ASSIGNING = "assigning", "Assigning"  # offered or out for bids
    ASSIGNED = "assigned", "Assigned"  # offered to one vendor, not answered
    NEGOTIATING = "negotiating", "Negotiating"  # the vendor counters fee or due date
    VENDOR_ACCEPTED = "vendor_accepted", "Vendor accepted"
    SCHEDULED = "scheduled", "Scheduled"  # the inspection has a date
    INSPECTED = "inspected", "Inspected"  # from here a cancellation costs money
    SUBMITTED = "submitted", "Submitted"  # the report is uploaded
    IN_REVIEW = "in_review", "In review"
    REVISION = "revision", "Revision"  # returned to the vendor, before or after delivery
    DELIVERED = "delivered", "Delivered"
    ROV = "rov", "Reconsideration of value"  # disputed after delivery
    CLOSED = "closed", "Closed"  # billed and paid
    ON_HOLD = "on_hold", "On hold"  # paused; the due date is given back on resume
    CANCELLED = "cancelled", "Cancelled"


S = Stage
# Nothing is due any more.
FINISHED_STAGES: frozenset[Stage] = frozenset({S.DELIVERED, S.ROV, S.CLOSED, S.CANCELLED})
# Nothing is left to decide about them, credit included.
SETTLED_STAGES: frozenset[Stage] = frozenset({S.CLOSED, S.CANCELLED})
# Work has not been agreed: the only stages in which a safe fix is applied without a person (domain, 2.1.5).
INTAKE_STAGES: frozenset[Stage] = frozenset({S.RECEIVED, S.EXCEPTION})
# A vendor has the file, now or before (rule CRD-308).
ASSIGNED_STAGES: frozenset[Stage] = frozenset(
    {
        S.ASSIGNED, S.NEGOTIATING, S.VENDOR_ACCEPTED, S.SCHEDULED, S.INSPECTED, S.SUBMITTED, S.IN_REVIEW,
        S.REVISION, S.DELIVERED, S.ROV, S.CLOSED,
    }
)  # fmt: skip
# The vendor still owes the report (rule VND-505).
WITH_VENDOR_STAGES: frozenset[Stage] = frozenset(
    {S.ASSIGNED, S.NEGOTIATING, S.VENDOR_ACCEPTED, S.SCHEDULED, S.INSPECTED, S.REVISION}
)
# The inspection has taken place: a cancellation costs, and property and product stand fast.
INSPECTED_STAGES: frozenset[Stage] = frozenset(
    {S.INSPECTED, S.SUBMITTED, S.IN_REVIEW, S.REVISION, S.DELIVERED, S.ROV, S.CLOSED}
)
# Every stage from which work may pause; an order on hold returns to the stage it was held from.
HOLDABLE_STAGES: frozenset[Stage] = frozenset(S) - {S.ON_HOLD, S.CLOSED, S.CANCELLED}

_FORWARD: dict[Stage, frozenset[Stage]] = {
    S.RECEIVED: frozenset({S.EXCEPTION, S.ACCEPTED}),
    S.EXCEPTION: frozenset({S.RECEIVED, S.ACCEPTED}),
    S.ACCEPTED: frozenset({S.ASSIGNING, S.ASSIGNED}),
    S.ASSIGNING: frozenset({S.ASSIGNED}),
    S.ASSIGNED: frozenset({S.NEGOTIATING, S.VENDOR_ACCEPTED, S.ASSIGNING}),
    S.NEGOTIATING: frozenset({S.VENDOR_ACCEPTED, S.ASSIGNING}),
    S.VENDOR_ACCEPTED: frozenset({S.SCHEDULED}),
    S.SCHEDULED: frozenset({S.INSPECTED, S.VENDOR_ACCEPTED}),
    S.INSPECTED: frozenset({S.SUBMITTED}),
    S.SUBMITTED: frozenset({S.IN_REVIEW}),
    S.IN_REVIEW: frozenset({S.REVISION, S.DELIVERED}),
    S.REVISION: frozenset({S.SUBMITTED, S.IN_REVIEW}),
    S.DELIVERED: frozenset({S.REVISION, S.ROV, S.CLOSED}),
    S.ROV: frozenset({S.DELIVERED, S.CLOSED}),
    S.ON_HOLD: HOLDABLE_STAGES | {S.CANCELLED},
    S.CLOSED: frozenset(),
    S.CANCELLED: frozenset(),
}
MOVES: dict[Stage, frozenset[Stage]] = {
    stage: targets | ({S.ON_HOLD, S.CANCELLED} if stage in HOLDABLE_STAGES else frozenset())
    for stage, targets in _FORWARD.items()
}


def sources_of(target: Stage) -> frozenset[Stage]:
    """The stages from which an order may move to `target`."""
    return frozenset(stage for stage, targets in MOVES.items() if target in targets)


class HoldReason(models.TextChoices):
    """Why an order is paused."""

    AWAITING_PAYMENT = "awaiting_payment", "Awaiting payment"
    BORROWER_UNAVAILABLE = "borrower_unavailable", "Borrower unavailable"
    ACCESS_PROBLEM = "access_problem", "Access problem"
    PROPERTY_NOT_READY = "property_not_ready", "Property not ready"
    MISSING_DOCUMENTS = "missing_documents", "Missing documents"
    CLIENT_REQUEST = "client_request", "Client's request"
    FEE_APPROVAL = "fee_approval", "Fee approval"
    CREDIT_HOLD = "credit_hold", "Credit hold"
    DISASTER_AREA = "disaster_area", "Disaster area"
    TITLE_ISSUE = "title_issue", "Title issue"
    AWAITING_FHA_CASE = "awaiting_fha_case", "Awaiting FHA case number"


class CancelReason(models.TextChoices):
    """Why an order was cancelled."""

    BORROWER_WITHDREW = "borrower_withdrew", "Borrower withdrew"
    LOAN_DENIED = "loan_denied", "Loan denied"
    DUPLICATE = "duplicate", "Duplicate"
    WRONG_PRODUCT = "wrong_product", "Wrong product"
    NO_APPRAISER = "no_appraiser", "No appraiser"
    FEE = "fee", "Fee"
    CLIENT_ERROR = "client_error", "Client's error"
    PORTAL_EXPIRED = "portal_expired", "Portal offer expired"


class RovParty(models.TextChoices):
    """Who asks to have the value reconsidered."""

    BORROWER = "borrower", "Borrower"  # may ask once for a report
    CLIENT = "client", "Client"


class Severity(models.TextChoices):
    """How much an exception matters."""

    BLOCKING = "blocking", "Blocking"  # the order may not go on
    WARNING = "warning", "Warning"  # a person should know
    INFO = "info", "Info"


class ExceptionState(models.TextChoices):
    """Whether the last look at the order still found it."""

    OPEN = "open", "Open"
    RESOLVED = "resolved", "Resolved"


class FixState(models.TextChoices):
    """What became of the safe fix that a rule offers."""

    NONE = "", "No safe fix"
    PROPOSED = "proposed", "Proposed"  # offered; the order had gone too far to change it without a person
    APPLIED = "applied", "Applied"
    UNDONE = "undone", "Undone"  # a person took it back; it is not applied again


class JobState(models.TextChoices):
    """Where an entry of the processing queue stands."""

    QUEUED = "queued", "Queued"
    CLAIMED = "claimed", "Claimed"  # a worker has it; a stale claim is free again
    DONE = "done", "Done"
    FAILED = "failed", "Failed"  # tried as often as allowed; waits for a person


class OverrideState(models.TextChoices):
    """Where a person's override of exceptions stands."""

    AWAITING = "awaiting", "Waits for a second person"
    IN_FORCE = "in_force", "In force"
    WITHDRAWN = "withdrawn", "Withdrawn"  # by a person
    VOIDED = "voided", "Voided"  # the order is no longer the one it was given for
    EXPIRED = "expired", "Expired"


# The others are ends: an override that has ended stays ended.
STANDING_OVERRIDES: frozenset[OverrideState] = frozenset({OverrideState.AWAITING, OverrideState.IN_FORCE})


class OverrideReason(models.TextChoices):
    """Why a person lets an order go on in spite of an exception."""

    CLIENT_CONFIRMED = "client_confirmed", "The client has confirmed it"
    CREDIT_RELEASED = "credit_released", "Accounts have released the credit"
    PAYMENT_AGREED = "payment_agreed", "Payment has been agreed"
    FEE_AGREED = "fee_agreed", "The fee has been agreed"
    CHECKED_BY_HAND = "checked_by_hand", "Checked by hand: the order is right"
    NOT_A_DUPLICATE = "not_a_duplicate", "A second order is wanted"
    OTHER = "other", "Something else"
