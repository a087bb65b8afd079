"""The card that ends an override whose time is over, and has its order looked at again."""

from __future__ import annotations

from collections.abc import Sequence

from agent.models import Card
from agent.registry import Content, Cycle, DatabaseHandler, Effect, Evidence, Outcome, Proposal, Ref
from orders.models import OrderOverride
from orders.services.overrides import expire_overrides

EXPIRE_OVERRIDE = "expire_override"


class ExpireOverrideHandler(DatabaseHandler):
    """Ends an override that nobody renewed; what it covered blocks its order again."""

    kind = EXPIRE_OVERRIDE
    label = "End an expired override"

    def freeze(self, cards: Sequence[Card], cycle: Cycle) -> Sequence[Content]:
        """What each card ends, as its page shows it."""
        return [
            Content(
                body=str(card.payload["override"]).encode(),
                details={"order": card.subject_label, "codes": card.payload["codes"]},
            )
            for card in cards
        ]

    def apply(self, card: Card, cycle: Cycle) -> Outcome:
        """End one."""
        return self.apply_all([card], cycle)[0]

    def apply_all(self, cards: Sequence[Card], cycle: Cycle) -> Sequence[Outcome]:
        """End those that still stand; of the others somebody else has disposed."""
        ended = expire_overrides(override_ids=[card.payload["override"] for card in cards], now=cycle.now)
        ids = {override.pk for override in ended}
        return [
            Outcome(effect=Effect.DONE, reason="It is over, and the order is looked at again.")
            if card.payload["override"] in ids
            else Outcome(effect=Effect.DONE, reason="It had ended before.")
            for card in cards
        ]


def propose_expiry(override: OrderOverride, *, priority: int) -> Proposal:
    """The card of one override whose time is over."""
    order, codes = override.order, override.codes
    return Proposal(
        kind=EXPIRE_OVERRIDE,
        subject=Ref(kind="order", id=str(order.pk), label=order.order_number),
        reason=f"The override of {', '.join(codes)} that {override.requested_by} gave has run out.",
        evidence=(Evidence(type="override", id=str(override.pk), quote=override.words),),
        dedupe_key=f"expire_override:{override.pk}:{override.expires_at.isoformat()}",
        payload={"override": override.pk, "codes": codes},
        priority=priority,
    )
