"""Whom a check-in is written to, how urgent it is, and in which words: pure functions over what was read.

No ORM queries, clock or settings here. Whether a message may leave (suppression, caps) is the kernel's
policy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from agent.models import Card
from agent.registry import Evidence, Ref
from agent.states import CardState
from engagement.models import Client, ClientStatus, Contact, ContactRole, EngagementClock, Touch, TouchKind

# How much a role weighs when one of several people is written to: those who send orders first.
ROLE_WEIGHT: dict[ContactRole, int] = {
    ContactRole.APPRAISAL_DESK: 20,
    ContactRole.PROCESSOR: 17,
    ContactRole.EXECUTIVE: 15,
    ContactRole.ATTORNEY: 15,
    ContactRole.PRIVATE: 12,
    ContactRole.UNDERWRITER: 10,
    ContactRole.LOAN_OFFICER: 8,
    ContactRole.ACCOUNTS_PAYABLE: 5,
    ContactRole.OTHER: 3,
}
MAX_DAYS_SCORE = 60
MAX_ACTIVITY_SCORE = 10
ACCOUNT_SCORE = 10


TOUCH_WORDS: dict[TouchKind, str] = {
    TouchKind.EMAIL_RECEIVED: "e-mail from",
    TouchKind.EMAIL_SENT: "e-mail to",
    TouchKind.CALL: "call with",
    TouchKind.MEETING: "meeting with",
}


@dataclass(frozen=True, kw_only=True)
class Due:
    """One contact who is owed a check-in, with everything that was read about them.

    `clock` is the contact's own clock; `accounts` are the overdue clocks of the clients for whom this is
    the best person to write to. At least one of them all is overdue. `card` is the card that this
    occasion already has, or any other check-in to this contact that still stands open.
    """

    contact: Contact
    clock: EngagementClock
    is_contact_overdue: bool
    accounts: tuple[EngagementClock, ...] = ()
    address: str = ""
    last_touch: Touch | None = None
    card: Card | None = None
    recent_touches: int = 0

    @property
    def clocks(self) -> tuple[EngagementClock, ...]:
        """The overdue clocks, the contact's own first."""
        return (self.clock, *self.accounts) if self.is_contact_overdue else self.accounts

    @property
    def client(self) -> Client | None:
        """The client the check-in speaks of: the contact's own, unless only another one is overdue."""
        if self.is_contact_overdue or self.contact.client_id in {clock.client_id for clock in self.accounts}:
            return self.contact.client
        return self.accounts[0].client

    @property
    def dedupe_key(self) -> str:
        """The occasion of this check-in."""
        return occasion_of(self.contact, self.clocks[0])


def occasion_of(contact: Contact, clock: EngagementClock) -> str:
    """The dedupe key of a check-in: this contact, and the day on which the clock fell due."""
    return f"check_in:{contact.pk}:{clock.next_touch_due_at.date().isoformat()}"


def check_in_priority(due: Due, now: datetime) -> int:
    """How urgent a check-in is, 0 to 100.

    One point for each day overdue (up to 60), the weight of the role (up to 20), one point for each touch
    with the client in the last 90 days (up to 10: an active client is missed sooner), and 10 when nobody
    at the client has been in contact at all. Source: spec P0.4, priority scoring.
    """
    days = max((now - clock.next_touch_due_at).days for clock in due.clocks)
    return (
        min(days, MAX_DAYS_SCORE)
        + ROLE_WEIGHT[ContactRole(due.contact.role)]
        + min(due.recent_touches, MAX_ACTIVITY_SCORE)
        + (ACCOUNT_SCORE if due.accounts else 0)
    )


def why_not_a_correspondent(contact: Contact, address: str, *, now: datetime) -> tuple[str, str] | None:
    """Why no personal check-in can be written to a contact, as (code, sentence); None when one can."""
    if contact.has_left:
        return "left_company", f"{contact} has left the company."
    if not contact.is_active:
        return "inactive", f"{contact} is not active any more."
    client = contact.client
    if client is not None and not client.is_open:
        return why_not_an_account(client)
    if contact.is_shared_mailbox:
        return "shared_mailbox", f"{contact} is a shared mailbox: a check-in is written to a person."
    if not address:
        return "no_address", f"There is no e-mail address for {contact}. Add one."
    if not contact.first_name:
        return (
            "no_name",
            f"Nobody knows the first name behind {address}. Add it, so that a check-in can greet.",
        )
    if contact.is_away(now):
        return (
            "away",
            f"{contact} is away until {contact.away_until:%Y-%m-%d}, as their automatic reply says.",
        )
    return None


def why_not_an_account(client: Client) -> tuple[str, str]:
    """Why the desk does not keep in contact with a client that is not open, as (code, sentence)."""
    status = ClientStatus(client.status)
    return f"client_{status}", f"{client} is {status.label.lower()}."


def why_not_again(card: Card, is_rehearsal: bool) -> tuple[str, str]:
    """Why an occasion that has its card already gets no second one, as (code, sentence)."""
    match CardState(card.state):
        case CardState.DONE if is_rehearsal:
            return (
                "rehearsed",
                "The check-in has been rehearsed; nothing is sent while the send mode is dry run.",
            )
        case CardState.DONE:
            return "done", "A check-in has been sent for this."
        case CardState.BLOCKED | CardState.REJECTED | CardState.FAILED:
            return (
                "refused",
                f"The check-in was refused: {card.rule_reason or card.get_state_display().lower()}",
            )
        case CardState.UNKNOWN:
            return "unknown", "Nobody knows whether the check-in was sent. A person must settle it."
        case state:
            detail = f": {card.rule_reason}" if card.rule_reason else "."
            return "waiting", f"A check-in is {state.label.lower()}{detail}"


def best_correspondent(candidates: Iterable[Due]) -> Due | None:
    """Who should hear from us when a whole account is overdue.

    Somebody who is owed a check-in of their own before anybody else, then by role, then whoever was
    touched last.
    """
    ranked = sorted(
        candidates,
        key=lambda due: (
            not due.is_contact_overdue,
            -ROLE_WEIGHT[ContactRole(due.contact.role)],
            -due.clock.runs_since.timestamp(),
            due.contact.pk,
        ),
    )
    return ranked[0] if ranked else None


def reason_for(due: Due, now: datetime) -> str:
    """The sentences an operator reads on the card."""
    sentences = []
    if due.is_contact_overdue:
        employer = due.contact.client
        whom = f"{due.contact} ({employer})" if employer is not None else str(due.contact)
        sentences.append(f"No contact with {whom} {_how_long(due.clock, now)}.")
    sentences += [
        f"No contact with anybody at {account.client} {_how_long(account, now)}." for account in due.accounts
    ]
    if not due.is_contact_overdue:
        sentences.append(f"{due.contact} is the person to write to.")
    return " ".join(sentences)


def evidence_for(due: Due) -> tuple[Evidence, ...]:
    """What shows that the contact is due: the last touch, or the clock where there is none to show."""
    evidence = [_clock_evidence(account) for account in due.accounts]
    if due.is_contact_overdue:
        own = (
            _clock_evidence(due.clock)
            if due.last_touch is None
            else _touch_evidence(due.last_touch, due.contact)
        )
        evidence.insert(0, own)
    return tuple(evidence)


def _touch_evidence(touch: Touch, contact: Contact) -> Evidence:
    quote = f"{touch.at:%Y-%m-%d} {TOUCH_WORDS[TouchKind(touch.kind)]} {contact}"
    return Evidence(type="touch", id=str(touch.pk), quote=quote)


def _clock_evidence(clock: EngagementClock) -> Evidence:
    if clock.last_touch_at is None:
        quote = f"{clock.started_at:%Y-%m-%d} added; no contact since"
    else:
        kind = TouchKind(clock.last_touch_kind).label.lower()
        quote = f"{clock.last_touch_at:%Y-%m-%d} last contact: {kind}, by {clock.last_touch_by}"
    return Evidence(type="clock", id=str(clock.pk), quote=quote)


def contact_ref(contact: Contact) -> Ref:
    """The contact as cards name it."""
    label = f"{contact}, {contact.client}" if contact.client is not None else str(contact)
    return Ref(kind="contact", id=str(contact.pk), label=label)


def client_ref(client: Client) -> Ref:
    """The client as cards name it."""
    return Ref(kind="client", id=str(client.pk), label=client.name)


def _how_long(clock: EngagementClock, now: datetime) -> str:
    days = clock.days_without_touch(now)
    if clock.last_touch_at is None:
        return f"in the {days} days since the clock began; the limit is {clock.limit_days}"
    # On the first day over the limit both numbers are the same, and "over" says what the difference is.
    over = "over " if days == clock.limit_days else ""
    return f"for {over}{days} days; the limit is {clock.limit_days}"
