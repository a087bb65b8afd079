"""What follows from a mail by its category, in one table.

Guardrail 1 stands above it: a person gets a task by the client's explicit words alone
(`engagement.mail.client_requests`), never by a category.
"""

from __future__ import annotations

# Mail that speaks of an order, a quote or a deal even when it names none: then the only open one of the client is
# meant. Everything else is linked only by a number or by its conversation.
ABOUT_ORDERS = frozenset(
    {
        "order_change", "order_hold", "order_resume", "order_cancel", "order_status_request", "revision_request",
        "rov_request", "complaint", "praise", "feedback_response",
    }
)  # fmt: skip
ABOUT_QUOTES = frozenset({"bid_award", "bid_loss", "bid_deferred", "bid_question"})
ABOUT_DEALS = frozenset(
    {"bid_request", "bid_award", "bid_loss", "bid_deferred", "bid_question", "renewal", "upsell"}
)

# A mail with one of these may be anybody's, or wants to be obeyed: nothing follows from it but a warning.
UNTRUSTED_FLAGS = frozenset({"dmarc_fail", "look_alike_domain", "injected_instructions"})
