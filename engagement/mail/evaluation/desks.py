"""What one tenant knows of the mails at hand. Reads only, each batch in one scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo

from agent.models import Tenant
from agent.tenancy import tenant_scope
from engagement.mail.evaluation.reports import EvaluatedMail
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


def find_known_senders(tenant: Tenant, mails: Iterable[EvaluatedMail]) -> frozenset[str]:
    """The senders of these mails who are contacts of the tenant."""
    with tenant_scope(tenant):
        correspondents = Correspondents.load(mail.sender for mail in mails)
        return frozenset(correspondents.contacts)
