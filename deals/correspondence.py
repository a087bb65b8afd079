"""Which deals a mail is about. How a link is kept is `engagement.mail.links`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.db.models import Q

from agent.registry import Ref
from deals.models import Deal
from engagement.mail.links import Finder, Mail
from engagement.mail.routing import ABOUT_DEALS


class DealFinder(Finder):
    """Deals. They have no number, so a mail is linked by its conversation or by whom it is from."""

    kind: ClassVar[str] = "deal"
    number_types: ClassVar[frozenset[str]] = frozenset()
    topics: ClassVar[frozenset[str]] = ABOUT_DEALS

    def by_number(self, mails: Sequence[Mail]) -> Mapping[int, Sequence[Ref]]:
        return {}

    def open_for(self, mails: Sequence[Mail]) -> Mapping[int, Sequence[Ref]]:
        """The sender's own open deals, or else those of their client. One query."""
        people = {mail.contact_id for mail in mails if mail.contact_id is not None}
        clients = {mail.client_id for mail in mails if mail.client_id is not None}
        rows = Deal.objects.open().filter(Q(contact__in=people) | Q(client__in=clients)).order_by("id")
        deals = list(rows.only("title", "contact_id", "client_id"))
        found = {}
        for mail in mails:
            own = [deal for deal in deals if mail.contact_id and deal.contact_id == mail.contact_id]
            theirs = [deal for deal in deals if mail.client_id and deal.client_id == mail.client_id]
            found[mail.pk] = [
                Ref(kind=self.kind, id=str(deal.pk), label=deal.title) for deal in own or theirs
            ]
        return found
