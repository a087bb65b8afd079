"""What one tenant knows of the mails at hand. Reads only, each batch in one scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from agent.models import Tenant
from agent.registry import registry
from agent.tenancy import tenant_scope
from engagement.mail.evaluation.reports import EvaluatedMail
from engagement.mail.links import LinksMail, Mail
from engagement.mail.models import Tier
from engagement.mail.reading import Reference
from engagement.mail.senders import Correspondents, OwnAddresses, load_client_domains


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where and for whom mails are read: nowhere in particular, unless a tenant is named."""

    zone: tzinfo | None = None
    own_domains: tuple[str, ...] = ()
    known_domains: frozenset[str] = frozenset()


def load_desk(tenant: Tenant) -> Desk:
    """The tenant's own zone, and the domains of their people and clients."""
    with tenant_scope(tenant):
        own = tuple(sorted(OwnAddresses.load().domains))
        return Desk(zone=tenant.zone, own_domains=own, known_domains=load_client_domains())


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What a tenant knows of one mail: whether a contact wrote it, and which of its numbers are theirs."""

    is_known_contact: bool
    links: tuple[Reference, ...]


def look_up(tenant: Tenant, mails: Sequence[EvaluatedMail]) -> list[Standing]:
    """The standing of each mail, in order. A fixed number of statements, whatever the number of mails.

    A number that no domain of the tenant knows is left out, like another tenant's; one of a type that no domain keeps
    stands as it is.
    """
    with tenant_scope(tenant):
        correspondents = Correspondents.load(mail.sender for mail in mails)
        resolved = _resolve(mails, correspondents)
    return [
        Standing(
            is_known_contact=correspondents.contact_of(mail.sender) is not None,
            links=tuple(one for one in mail.links if (number, one.ref) in resolved),
        )
        for number, mail in enumerate(mails)
    ]


def _resolve(mails: Sequence[EvaluatedMail], correspondents: Correspondents) -> set[tuple[int, str]]:
    """The numbers that mean something to the tenant, each with the place of its mail; each domain is asked once."""
    asked = [(number, one) for number, mail in enumerate(mails) for one in mail.links]
    questions = [
        Mail(
            pk=key,
            thread_id=0,
            contact_id=None,
            client_id=_client_id(correspondents, mails[number].sender),
            tier=Tier.HUMAN,
            standing=correspondents.standing_of(mails[number].sender),
            category="",
            references=((one.type, one.ref),),
        )
        for key, (number, one) in enumerate(asked)
    ]
    finders = [finder for engine in registry if isinstance(engine, LinksMail) for finder in engine.finders]
    kept = {kind for finder in finders for kind in finder.number_types}
    found = {key for finder in finders for key, rows in finder.by_number(questions).items() if rows}
    return {
        (number, one.ref) for key, (number, one) in enumerate(asked) if key in found or one.type not in kept
    }


def _client_id(correspondents: Correspondents, address: str) -> int | None:
    client = correspondents.client_of(address)
    return client.pk if client else None
