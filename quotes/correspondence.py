"""Which quotes and bids a mail is about. How a link is kept is `engagement.mail.links`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import ClassVar

from agent.registry import Ref
from engagement.mail.links import Finder, Mail
from engagement.mail.routing import ABOUT_QUOTES
from quotes.models import Quote


class QuoteFinder(Finder):
    """Quotes and bids, by their number."""

    kind: ClassVar[str] = "quote"
    number_types: ClassVar[frozenset[str]] = frozenset({"quote"})
    topics: ClassVar[frozenset[str]] = ABOUT_QUOTES

    def by_number(self, mails: Sequence[Mail]) -> Mapping[int, Sequence[Ref]]:
        """One query."""
        wanted = {mail.pk: {ref for kind, ref in mail.references if kind == "quote"} for mail in mails}
        numbers = {number for one in wanted.values() for number in one}
        rows = Quote.objects.filter(quote_number__in=numbers).order_by("id")
        quotes = list(rows.values_list("pk", "quote_number"))
        return {
            pk: [_ref(quote, number) for quote, number in quotes if number in named]
            for pk, named in wanted.items()
        }

    def open_for(self, mails: Sequence[Mail]) -> Mapping[int, Sequence[Ref]]:
        """The quotes that the sender's client has and has not answered. One query."""
        found: dict[int, list[Ref]] = defaultdict(list)
        clients = {mail.client_id for mail in mails if mail.client_id is not None}
        rows = Quote.objects.awaited().filter(client__in=clients).order_by("id")
        for pk, number, client in rows.values_list("pk", "quote_number", "client_id"):
            found[client].append(_ref(pk, number))
        return {mail.pk: found.get(mail.client_id or 0, []) for mail in mails}


def _ref(pk: int, number: str) -> Ref:
    return Ref(kind=QuoteFinder.kind, id=str(pk), label=number)
