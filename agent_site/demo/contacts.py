"""The people of the desk: those who write in its mails by name, the others invented, each with their last touch.

The engagement ages and the quirks are the specification's (`contacts` in `desk.json`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from agent_site.demo.clients import DemoClient
from agent_site.demo.correspondents import NAMED, WITHOUT_CLIENT, NamedContact
from agent_site.demo.people import Person, PhoneBook, invented_people
from agent_site.demo.tenants import DemoTenant, Moment
from engagement.mail.models import SuppressionReason, SuppressionScope
from engagement.models import ContactRole, TouchKind

# Further people at a client beside the four that every lender has.
_LARGE = {
    "Cascade Home Lending": 6, "Northgate Savings Bank": 6, "Summit Ridge Mortgage": 6,
    "Gulf Coast Community Bank": 6, "Blue Mesa Credit Union": 5, "Lakeshore Bank": 5,
    "Palmetto Lending Group": 5, "Union Station Private Bank": 5, "Redstone Mutual Mortgage": 5,
}  # fmt: skip
_LENDER_SIZE, _OTHER_SIZE = 4, 2
_LENDER_ROLES = (
    (ContactRole.LOAN_OFFICER, "Senior Loan Officer"),
    (ContactRole.PROCESSOR, "Loan Processor"),
    (ContactRole.APPRAISAL_DESK, "Appraisal Coordinator"),
    (ContactRole.ACCOUNTS_PAYABLE, "Accounts Payable"),
    (ContactRole.UNDERWRITER, "Underwriter"),
    (ContactRole.EXECUTIVE, "Vice President, Lending"),
)
_OTHER_ROLES = {
    "attorney": ((ContactRole.ATTORNEY, "Partner"), (ContactRole.OTHER, "Paralegal")),
    "title": ((ContactRole.OTHER, "Escrow Officer"), (ContactRole.ACCOUNTS_PAYABLE, "Bookkeeper")),
    "relocation": ((ContactRole.OTHER, "Relocation Counselor"), (ContactRole.ACCOUNTS_PAYABLE, "Accountant")),
    "investor": ((ContactRole.EXECUTIVE, "Managing Member"), (ContactRole.OTHER, "Office Manager")),
    "accountant": ((ContactRole.OTHER, "Tax Partner"), (ContactRole.ACCOUNTS_PAYABLE, "Office Manager")),
    "nonprofit": ((ContactRole.EXECUTIVE, "Executive Director"), (ContactRole.OTHER, "Land Steward")),
}
# People who also work for a second client: (client, role) and the other client.
_TWO_CLIENTS = {
    ("Columbia Gorge Mortgage", ContactRole.ACCOUNTS_PAYABLE): "Rainier First Bank",
    ("Tarpon Springs Title", ContactRole.ACCOUNTS_PAYABLE): "Hillsborough Heirs LLC",
}
_BOUNCED = {
    ("Redstone Mutual Mortgage", ContactRole.UNDERWRITER): 33,
    ("Lakeshore Bank", ContactRole.ACCOUNTS_PAYABLE): 41,
    ("Gulf Coast Community Bank", ContactRole.UNDERWRITER): 29,
}
_LEGAL = {("Hillsborough Heirs LLC", ContactRole.OTHER): 58}
_NO_MARKETING = frozenset(
    {("Mile High Bridge Capital", ContactRole.PROCESSOR), ("Bayline Credit Union", ContactRole.PROCESSOR)}
)
# Clients whose people are pinned to an age; one is quiet as a whole, one is not written to any more.
_PINNED_AGES = {"Confluence CU": (26, 27, 28, 29), "Willamette Home Finance": (16, 17, 18, 19)}
# Whole days since the last touch, by the specification's ranges, and how many people of both companies are dealt
# each: its figures less those pinned above and in `correspondents`.
AGE_RANGES = {
    "touched<=14d": range(1, 15),
    "15-21d": range(15, 21),
    "22-30d overdue": range(22, 31),
    ">30d overdue": range(31, 57),
}
_DEALT = {"touched<=14d": 63, "15-21d": 29, "22-30d overdue": 18, ">30d overdue": 10}
_AREAS = {
    "CO": ("303", "720"), "OR": ("503",), "WA": ("206",), "NE": ("402",), "MT": ("406",), "FL": ("727",),
}  # fmt: skip
_ZONES = {"OR": "America/Los_Angeles", "WA": "America/Los_Angeles", "NE": "America/Chicago"}
# How long ago people of no client became known.
_KNOWN_DAYS = 210
_COLLEAGUES = {"meridian": ("Priya Nair", "Marcus Webb"), "harborpine": ("Caleb Moreau", "Inez Fontaine")}
_KINDS = (TouchKind.EMAIL_RECEIVED, TouchKind.EMAIL_SENT, TouchKind.CALL, TouchKind.EMAIL_SENT)


@dataclass(frozen=True, kw_only=True)
class DemoTouch:
    """One contact with a person in the past."""

    kind: TouchKind
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DemoSuppression:
    """Why one address is not written to."""

    reason: str
    scope: str
    detail: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DemoContact:
    """One person or shared mailbox; `client` is a reference, empty for people of no client."""

    client: str
    further_clients: tuple[str, ...] = ()
    first_name: str
    last_name: str
    addresses: tuple[str, ...]
    role: ContactRole
    title: str = ""
    phone_e164: str = ""
    timezone: str = ""
    is_shared_mailbox: bool = False
    created_at: datetime
    days_since_touch: int | None = None
    touches: tuple[DemoTouch, ...] = ()
    suppressions: tuple[DemoSuppression, ...] = ()

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


def demo_contacts(tenant: DemoTenant, clients: Sequence[DemoClient], at: Moment) -> list[DemoContact]:
    """The people of one company's clients, with touches and suppressions."""
    people = list(_all_people(tenant, clients, at))
    ages = iter(_ages_to_deal(tenant, sum(contact.days_since_touch is None for contact in people)))
    dealt = [
        contact if contact.days_since_touch is not None else replace(contact, days_since_touch=next(ages))
        for contact in people
    ]
    return [
        replace(contact, touches=_touches(contact, number, tenant, at))
        for number, contact in enumerate(dealt)
    ]


def correspondent_of(client: str, contacts: Sequence[DemoContact]) -> str:
    """The address of the person with whom business is done at a client: whoever writes to us, or the first."""
    people = [
        one for one in contacts if one.client == client and not one.is_shared_mailbox and not one.suppressions
    ]
    return people[0].addresses[0]


def _all_people(tenant: DemoTenant, clients: Sequence[DemoClient], at: Moment) -> Iterator[DemoContact]:
    names = invented_people(start=0 if tenant.slug == "meridian" else 300)
    phones = PhoneBook()
    references = {client.name: client.reference for client in clients}
    for client in clients:
        for position, contact in enumerate(_people_of(client, names, phones)):
            key = (client.name, contact.role)
            other = _TWO_CLIENTS.get(key)
            yield replace(
                contact,
                further_clients=(references[other],) if other else (),
                days_since_touch=_pinned_age(contact, key, position),
                suppressions=_suppressions(key, at),
            )
    for named in WITHOUT_CLIENT.get(tenant.slug, ()):
        yield _of_named(named, "", at.ago(_KNOWN_DAYS))


def _pinned_age(contact: DemoContact, key: tuple[str, ContactRole], position: int) -> int | None:
    """Days since the touch of somebody to whom no age is dealt."""
    if contact.days_since_touch is not None:
        return contact.days_since_touch
    if key[0] in _PINNED_AGES:
        return _PINNED_AGES[key[0]][position]
    return _BOUNCED.get(key) or _LEGAL.get(key)


def _people_of(client: DemoClient, names: Iterator[Person], phones: PhoneBook) -> Iterator[DemoContact]:
    named = NAMED.get(client.name, ())
    yield from (_of_named(person, client.reference, client.created_at) for person in named)
    if client.client_type == "private":
        first, _, last = client.name.partition(" ")
        yield _invented(client, Person(first_name=first, last_name=last), ContactRole.PRIVATE, "", phones)
        return
    roles = _LENDER_ROLES if client.is_lender else _OTHER_ROLES[client.client_type]
    size = _LARGE.get(client.name, _LENDER_SIZE if client.is_lender else _OTHER_SIZE)
    taken = {person.role for person in named}
    free = [(role, title) for role, title in roles if role not in taken]
    for role, title in free[: size - len(named)]:
        yield _invented(client, next(names), role, title, phones)


def _of_named(named: NamedContact, client: str, created_at: datetime) -> DemoContact:
    return DemoContact(
        client=client,
        first_name=named.first_name,
        last_name=named.last_name,
        addresses=named.addresses,
        role=named.role,
        title=named.title,
        phone_e164=named.phone_e164,
        timezone=named.timezone,
        is_shared_mailbox=named.is_shared_mailbox,
        created_at=created_at,
        days_since_touch=named.days_since_touch,
    )


def _invented(
    client: DemoClient, person: Person, role: ContactRole, title: str, phones: PhoneBook
) -> DemoContact:
    state = client.states[0]
    return DemoContact(
        client=client.reference,
        first_name=person.first_name,
        last_name=person.last_name,
        addresses=(f"{person.local_part}@{client.email_domain}",),
        role=role,
        title=title,
        phone_e164=phones.take(*_AREAS[state]),
        timezone=_ZONES.get(state, ""),
        created_at=client.created_at,
    )


def _suppressions(key: tuple[str, ContactRole], at: Moment) -> tuple[DemoSuppression, ...]:
    if key in _BOUNCED:
        reason, scope, detail = SuppressionReason.HARD_BOUNCE, SuppressionScope.ALL, "5.1.1 User unknown"
    elif key in _LEGAL:
        reason, scope, detail = (
            SuppressionReason.LEGAL,
            SuppressionScope.ALL,
            "Counsel asked for no further contact.",
        )
    elif key in _NO_MARKETING:
        reason, scope, detail = (
            SuppressionReason.UNSUBSCRIBE,
            SuppressionScope.MARKETING,
            "Took themselves off the newsletter.",
        )
    else:
        return ()
    return (DemoSuppression(reason=reason, scope=scope, detail=detail, at=at.ago(19)),)


def _ages_to_deal(tenant: DemoTenant, count: int) -> list[int]:
    """Days since the last touch for everybody whose age is not pinned, the ranges mixed.

    One hand for both companies: the first takes from its beginning, the second from its end.
    """
    hand = [
        AGE_RANGES[name][number * 5 % len(AGE_RANGES[name])]
        for name, quota in _DEALT.items()
        for number in range(quota)
    ]
    # 47 has no factor in common with the length, so every card is dealt once.
    mixed = [hand[number * 47 % len(hand)] for number in range(len(hand))]
    return mixed[:count] if tenant.slug == "meridian" else mixed[-count:]


def _touches(contact: DemoContact, number: int, tenant: DemoTenant, at: Moment) -> tuple[DemoTouch, ...]:
    """The last touch, and for every second person an earlier one."""
    days = [contact.days_since_touch or 0]
    if number % 2 == 0:
        days.append(days[0] + 17 + number % 11)
    colleague = _COLLEAGUES[tenant.slug][number % 2]
    touches = []
    for position, ago in enumerate(days):
        kind = _KINDS[(number + position) % len(_KINDS)]
        by = contact.full_name if kind == TouchKind.EMAIL_RECEIVED else colleague
        moment = at.ago(ago) - timedelta(minutes=7 * number % 240)
        touches.append(DemoTouch(kind=kind, by=by, at=moment))
    return tuple(touches)
