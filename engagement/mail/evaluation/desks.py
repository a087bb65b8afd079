"""What one tenant knows of the mails at hand. Reads only, each batch in one scope."""

from __future__ import annotations

from collections.abc import Iterable

from agent.models import Tenant
from agent.tenancy import tenant_scope
from engagement.mail.evaluation.reports import EvaluatedMail
from engagement.mail.senders import Correspondents, OwnAddresses


def load_own_domains(tenant: Tenant) -> tuple[str, ...]:
    """The domains whose every address is one of the tenant's people."""
    with tenant_scope(tenant):
        return tuple(sorted(OwnAddresses.load().domains))


def find_known_senders(tenant: Tenant, mails: Iterable[EvaluatedMail]) -> frozenset[str]:
    """The senders of these mails who are contacts of the tenant."""
    with tenant_scope(tenant):
        correspondents = Correspondents.load(mail.sender for mail in mails)
        return frozenset(correspondents.contacts)
