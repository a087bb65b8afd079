"""Reading who is due: overdue clocks and what is known about their contacts, in a fixed number of statements.

Reads only. What follows from it is judged in `engagement.rules` and proposed by `engagement.engine`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Count, Q

from agent.models import Card
from agent.models.cards import CardQuerySet
from agent.states import KEY_FREEING_STATES, OPEN_STATES, CardState
from engagement.models import Client, Contact, ContactAddress, ContactAffiliation, EngagementClock, Touch
from engagement.rules import Due, best_correspondent, check_in_priority, occasion_of, why_not_a_correspondent

ENGINE = "engagement"
CHECK_IN_KIND = "send_email"
ACTIVITY = timedelta(days=90)
# A check-in in one of these states will not be made for this occasion, whatever the next plan says.
REFUSED_STATES = (CardState.BLOCKED, CardState.REJECTED)


@dataclass(frozen=True, kw_only=True)
class DueBook:
    """Everybody who is due, whether or not they can be written to.

    An account that is overdue is served through its best correspondent, and stands in their `Due`; without
    anybody to write to it is unreachable.
    """

    people: tuple[Due, ...]
    closed_accounts: tuple[Client, ...]
    unreachable_accounts: tuple[Client, ...]


@dataclass(frozen=True, kw_only=True)
class EngagementStatistics:
    """The desk's 21-day contact in figures; `compliance` is the share of clocks in time, 1.0 without any."""

    contacts: int
    overdue_contacts: int
    accounts: int
    overdue_accounts: int

    @property
    def compliance(self) -> float:
        clocks = self.contacts + self.accounts
        overdue = self.overdue_contacts + self.overdue_accounts
        return 1.0 if not clocks else round((clocks - overdue) / clocks, 4)


def check_in_cards() -> CardQuerySet:
    """The cards by which this engine keeps in contact."""
    return Card.objects.filter(engine=ENGINE, kind=CHECK_IN_KIND)


def select_next_contacts(*, now: datetime, limit: int | None = None, is_rehearsal: bool = False) -> list[Due]:
    """Who should be written to next, the most urgent first (spec P0.4, `selectNextContactsToTouch`).

    Leaves out whoever cannot be written to, and whoever has a card for this occasion already.
    """
    book = read_due(now=now, is_rehearsal=is_rehearsal)
    people = [
        due
        for due in book.people
        if due.card is None and why_not_a_correspondent(due.contact, due.address, now=now) is None
    ]
    return sorted(people, key=lambda due: work_order(due, now))[:limit]


def work_order(due: Due, now: datetime) -> tuple[int, datetime, int]:
    """By priority, then by how long somebody has waited."""
    return (-check_in_priority(due, now), due.clocks[0].next_touch_due_at, due.contact.pk)


def engagement_statistics(*, now: datetime) -> EngagementStatistics:
    """Count the clocks that the desk answers for, and those overdue (spec P0.4, `getEngagementStats`)."""
    overdue = Q(next_touch_due_at__lt=now)
    counts = EngagementClock.objects.kept().aggregate(
        contacts=Count("contact"),
        overdue_contacts=Count("contact", filter=overdue),
        accounts=Count("client"),
        overdue_accounts=Count("client", filter=overdue),
    )
    return EngagementStatistics(**counts)


def count_unserved(*, now: datetime) -> int:
    """How many people are owed a contact that the agent can still make: the fact that research waits for.

    Counted are active people of open clients (or of none) who are not away, overdue at `now`, with a name and an
    address.
    Somebody whose check-in is proposed, waits, was rehearsed or is on its way still counts: only a real
    touch serves them. Somebody whose check-in was refused since they fell due (suppressed, rejected by a
    person) does not: there is nothing left to do for them, and research must not wait for ever.
    """
    due_at = dict(
        EngagementClock.objects.overdue(now).of_contacts().values_list("contact_id", "next_touch_due_at")
    )
    people = dict(
        Contact.objects.filter(pk__in=due_at, is_active=True, is_shared_mailbox=False)
        .exclude(first_name="")
        .exclude(away_until__gt=now)
        .values_list("pk", "client_id")
    )
    employers = {client_id for client_id in people.values() if client_id is not None}
    clients = set(Client.objects.open().filter(pk__in=employers).values_list("pk", flat=True))
    addresses = ContactAddress.objects.filter(contact_id__in=people, is_primary=True)
    owed = {
        contact_id
        for contact_id in addresses.values_list("contact_id", flat=True)
        if people[contact_id] is None or people[contact_id] in clients
    }
    refused = check_in_cards().filter(contact_id__in=owed, state__in=REFUSED_STATES)
    for contact_id, proposed_at in refused.values_list("contact_id", "proposed_at"):
        if proposed_at >= due_at[contact_id]:
            owed.discard(contact_id)
    return len(owed)


def no_longer_owed(*, now: datetime) -> set[int]:
    """Contacts whose check-in waits although neither they nor any of their accounts are overdue any more."""
    waiting = set(check_in_cards().filter(state__in=OPEN_STATES).values_list("contact_id", flat=True))
    accounts: dict[int | None, set[int]] = defaultdict(set)
    main = Contact.objects.filter(pk__in=waiting).values_list("pk", "client_id")
    further = ContactAffiliation.objects.filter(contact_id__in=waiting).values_list("contact_id", "client_id")
    for contact_id, client_id in [*main, *further]:
        accounts[client_id].add(contact_id)
    overdue = EngagementClock.objects.overdue(now)
    owed = set(overdue.filter(contact_id__in=waiting).values_list("contact_id", flat=True))
    overdue_accounts = overdue.filter(client_id__in=[pk for pk in accounts if pk is not None])
    for client_id in overdue_accounts.values_list("client_id", flat=True):
        owed |= accounts[client_id]
    return waiting - owed


def read_due(*, now: datetime, is_rehearsal: bool) -> DueBook:
    """Read everybody who is due. `is_rehearsal` says which cards count as made: rehearsals, or real ones."""
    clocks = list(EngagementClock.objects.overdue(now).select_related("contact__client", "client"))
    accounts = [clock for clock in clocks if clock.client is not None and clock.client.is_open]
    own = {clock.contact_id: clock for clock in clocks if clock.contact_id is not None}
    members = _members_of([clock.client_id for clock in accounts])
    contacts = {clock.contact_id: clock.contact for clock in own.values()}
    contacts |= {contact.pk: contact for people in members.values() for contact in people}
    known = _read_known(
        contacts, own=own, accounts=accounts, members=members, is_rehearsal=is_rehearsal, now=now
    )
    people = {contact_id: known.due(contacts[contact_id], is_contact_overdue=True) for contact_id in own}
    unreachable: list[Client] = []
    for account in accounts:
        best = best_correspondent(known.correspondents(account, members[account.client_id]))
        if best is None:
            unreachable.append(account.client)
            continue
        serving = people.get(best.contact.pk, best)
        people[best.contact.pk] = replace(serving, accounts=(*serving.accounts, account))
    return DueBook(
        people=tuple(known.with_card(due) for due in people.values()),
        closed_accounts=tuple(clock.client for clock in clocks if clock.client and not clock.client.is_open),
        unreachable_accounts=tuple(unreachable),
    )


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What was read about the contacts of one due book, by id."""

    clocks: Mapping[int, EngagementClock]
    addresses: Mapping[int, str]
    touches: Mapping[int, Touch]
    activity: Mapping[int, int]
    open_cards: Mapping[int, Card]
    cards: Mapping[str, Card]
    overdue: Collection[int]
    now: datetime

    def due(self, contact: Contact, *, is_contact_overdue: bool) -> Due:
        return Due(
            contact=contact,
            clock=self.clocks[contact.pk],
            is_contact_overdue=is_contact_overdue,
            address=self.addresses.get(contact.pk, ""),
            last_touch=self.touches.get(contact.pk),
            recent_touches=self.activity.get(contact.client_id, 0) if contact.client_id else 0,
        )

    def correspondents(self, account: EngagementClock, contacts: Iterable[Contact]) -> list[Due]:
        """The people of an account who can be written to, and whose check-in has not been refused."""
        candidates = [
            self.with_card(
                replace(self.due(contact, is_contact_overdue=contact.pk in self.overdue), accounts=(account,))
            )
            for contact in contacts
        ]
        return [
            replace(due, accounts=(), card=None)
            for due in candidates
            if why_not_a_correspondent(due.contact, due.address, now=self.now) is None
            and (due.card is None or due.card.state not in REFUSED_STATES)
        ]

    def with_card(self, due: Due) -> Due:
        card = self.open_cards.get(due.contact.pk) or self.cards.get(due.dedupe_key)
        return replace(due, card=card)


def _members_of(client_ids: Collection[int | None]) -> dict[int | None, list[Contact]]:
    """The contacts of each client, those included who mainly work for another."""
    members: dict[int | None, list[Contact]] = defaultdict(list)
    for contact in Contact.objects.unmerged().filter(client_id__in=client_ids).select_related("client"):
        members[contact.client_id].append(contact)
    further = ContactAffiliation.objects.filter(client_id__in=client_ids, contact__merged_into__isnull=True)
    for affiliation in further.select_related("contact__client"):
        members[affiliation.client_id].append(affiliation.contact)
    return members


def _read_known(
    contacts: Mapping[int, Contact],
    *,
    own: Mapping[int, EngagementClock],
    accounts: Iterable[EngagementClock],
    members: Mapping[int | None, list[Contact]],
    is_rehearsal: bool,
    now: datetime,
) -> _Known:
    others = EngagementClock.objects.filter(contact_id__in=contacts.keys() - own.keys())
    addresses = ContactAddress.objects.filter(contact_id__in=contacts, is_primary=True)
    touches = Touch.objects.filter(contact_id__in=contacts).latest_by_contact()
    clients = {contact.client_id for contact in contacts.values() if contact.client_id is not None}
    activity = Touch.objects.filter(client_id__in=clients, at__gt=now - ACTIVITY).values_list("client_id")
    occasions = {occasion_of(contacts[contact_id], clock) for contact_id, clock in own.items()}
    occasions |= {occasion_of(contact, clock) for clock in accounts for contact in members[clock.client_id]}
    cards = list(
        check_in_cards()
        .filter(Q(dedupe_key__in=occasions) | Q(contact_id__in=contacts, state__in=OPEN_STATES))
        .filter(is_rehearsal=is_rehearsal)
        .exclude(Q(state__in=KEY_FREEING_STATES) | Q(state=CardState.FAILED, effect_began=False))
    )
    return _Known(
        clocks={**own, **{clock.contact_id: clock for clock in others}},
        addresses=dict(addresses.values_list("contact_id", "email_normalised")),
        touches={touch.contact_id: touch for touch in touches},
        activity=dict(activity.annotate(touches=Count("pk"))),
        open_cards={card.contact_id: card for card in cards if card.state in OPEN_STATES},
        cards={card.dedupe_key: card for card in cards},
        overdue=own.keys(),
        now=now,
    )
