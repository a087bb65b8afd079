"""The ten queries that every cycle lives on, named in one place: measured by `rls`, explained by tests/proof.

Each is the program's own QuerySet, with parameters that fit the book of `tests.bench.books`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from agent.models import Card, Event
from agent.states import OPEN_STATES
from engagement.due import ACTIVITY
from engagement.mail.models import EmailSuppression
from engagement.models import ContactAddress, EngagementClock, Touch

# As many people as a batch of the executor looks up at once.
PEOPLE = 50
PAGE = 50


@dataclass(frozen=True)
class HotQuery:
    """One query: what it is for, its rows at a moment, and how many of them are read (None: all)."""

    name: str
    rows: Callable[[datetime], QuerySet[Any]]
    limit: int | None = None


def people() -> list[int]:
    """The contacts that the queries ask for, in every book the same."""
    return [1 + 9 * number for number in range(PEOPLE)]


def addresses() -> list[str]:
    """Their addresses."""
    return [f"person{number}@client{number + 1}.test" for number in people()]


HOT_QUERIES = (
    HotQuery("who is overdue", lambda now: EngagementClock.objects.overdue(now)),
    HotQuery("clocks of people", lambda now: EngagementClock.objects.filter(contact_id__in=people())),
    HotQuery(
        "last touches of people",
        lambda now: Touch.objects.filter(contact_id__in=people()).latest_by_contact(),
    ),
    HotQuery(
        "how active clients are",
        lambda now: Touch.objects.filter(client_id__in=range(1, 3), at__gt=now - ACTIVITY),
    ),
    HotQuery(
        "addresses of people",
        lambda now: ContactAddress.objects.filter(contact_id__in=people(), is_primary=True),
    ),
    HotQuery(
        "whose an address is", lambda now: ContactAddress.objects.filter(email_normalised__in=addresses())
    ),
    HotQuery(
        "who is suppressed",
        lambda now: EmailSuppression.objects.in_force(now).of_people(addresses(), people()),
    ),
    HotQuery("what can be claimed", lambda now: Card.objects.claimable(now), PAGE),
    HotQuery(
        "open cards of people",
        lambda now: Card.objects.filter(contact_id__in=people(), state__in=OPEN_STATES),
    ),
    HotQuery(
        "what has happened since",
        lambda now: Event.objects.filter(writer_xid__gte=1000, writer_xid__lt=2000).order_by(
            "writer_xid", "id"
        ),
        PAGE,
    ),
)
