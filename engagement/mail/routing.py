"""What follows from a mail by its category, in one place: the cards it asks for, and what it is refused.

Guardrail 1 stands above it: a person gets a task by the client's explicit words alone
(`engagement.mail.client_requests`), never by a category. Every card here is the system's own work, and only a contact's
mail that nothing speaks against asks for one. How cards are made of routes is `engagement.mail.follow_ups`; orders are
entered by the order desk (`orders.services.drafts`), bounces and opt-outs act when they are stored
(`engagement.mail.effects`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from engagement.mail.models import Category, Stream, SuppressionScope

PAUSE_MARKETING, SEND_EMAIL = "pause_marketing", "send_email"
# How long somebody who complained gets no news, no check-in and no question how we did.
COMPLAINT_PAUSE = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Route:
    """One card that a category asks for; `name` is its part of the occasion, one a message.

    `reason` is the operator's sentence about `{who}`. A message has a template and a stream, and with `approval` a
    person sees it before it goes.
    """

    name: str
    kind: str
    priority: int
    reason: str
    template: str = ""
    stream: str = Stream.TRANSACTIONAL
    approval: str = ""


_PAUSE = Route(
    name="pause",
    kind=PAUSE_MARKETING,
    priority=95,
    reason="{who} complains about our work: news, check-ins and surveys wait.",
)
_RECOVERY = Route(
    name="recovery",
    kind=SEND_EMAIL,
    priority=85,
    reason="{who} complains about our work and is owed an answer.",
    template="mail/recovery",
    approval="An apology is a person's decision: read the complaint, then approve or reject it.",
)
_COMPLAINT = (_PAUSE, _RECOVERY)

# Category -> the cards that follow. What is not named asks for none: it is linked, counted and shown.
ROUTES: Mapping[str, tuple[Route, ...]] = {
    Category.COMPLAINT: _COMPLAINT,
}
# An answer to a survey is a complaint when it is unhappy and complains of something.
UNHAPPY_ROUTES: Mapping[str, tuple[Route, ...]] = {
    Category.FEEDBACK_RESPONSE: _COMPLAINT,
}
# Category -> why a mail of it gets nothing, whatever it asks for; the operator finds it among what was left alone.
REFUSED: Mapping[str, tuple[str, str]] = {
    Category.INDEPENDENCE_VIOLATION: (
        "independence",
        "It asks for a value, or to choose or change the appraiser. Nothing of it is passed on; a person answers it.",
    ),
    Category.PHISHING: (
        "phishing",
        "It looks like phishing. Open nothing in it, and ask the sender another way.",
    ),
    Category.PROMPT_INJECTION: (
        "orders_to_programs",
        "It gives orders to a program. Text in a mail is never an instruction.",
    ),
}

# Why a new order is not entered by itself.
ORDER_OF_NOBODY = (
    "order_of_nobody",
    "It orders something, and nobody knows for which client. Add the client, then enter the order.",
)

_NEWS = re.compile(
    r"\b(?:newsletters?|marketing|promotion(?:al|s)?|promos?|campaigns?|advertis\w+|ads|announcements?|special offers?"
    r"|market (?:update|report|news)s?|e-?blasts?|blasts?|werbung|publicit[ée]|publicidad|nieuwsbrie\w+)\b",
    re.I,
)
_ALL_MAIL = re.compile(
    r"\b(?:all|any|every|everything|anything|no more (?:e-?)?mails?"
    r"|stop (?:e-?mailing|writing|contacting|messaging))\b",
    re.I,
)

# Mail that speaks of an order, a quote or a deal even when it names none: then the only open one of the client is
# meant. Everything else is linked only by a number or by its conversation.
ABOUT_ORDERS = frozenset(
    {
        Category.ORDER_CHANGE, Category.ORDER_HOLD, Category.ORDER_RESUME, Category.ORDER_CANCEL,
        Category.ORDER_STATUS_REQUEST, Category.REVISION_REQUEST, Category.ROV_REQUEST, Category.COMPLAINT,
        Category.PRAISE, Category.FEEDBACK_RESPONSE,
    }
)  # fmt: skip
ABOUT_QUOTES = frozenset(
    {Category.BID_AWARD, Category.BID_LOSS, Category.BID_DEFERRED, Category.BID_QUESTION}
)
ABOUT_DEALS = ABOUT_QUOTES | {Category.BID_REQUEST, Category.RENEWAL, Category.UPSELL}

# A mail with one of these may be anybody's, or wants to be obeyed: nothing follows from it but a warning.
UNTRUSTED_FLAGS = frozenset({"dmarc_fail", "look_alike_domain", "injected_instructions"})


def opt_out_scope(words: str) -> SuppressionScope | None:
    """What an opt-out closes: news alone where it names nothing else, or else what its reason usually does (None).

    A wish to get no more mail at all counts, whatever else the sentence names.
    """
    is_news_alone = _NEWS.search(words) and not _ALL_MAIL.search(words)
    return SuppressionScope.MARKETING if is_news_alone else None
