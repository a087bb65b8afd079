"""Moving stored tokens to the newest key, so that an older one can be thrown away."""

from __future__ import annotations

from dataclasses import dataclass

from agent.models import Tenant
from agent.tenancy import refuse_tenant_scope, tenant_scope
from engagement.mail.gmail.models import GmailAccount
from engagement.mail.gmail.vault import VaultClosed, is_sealed_with_newest, reseal_token

BATCH = 100


@dataclass(frozen=True, kw_only=True)
class Rotated:
    """What became of one tenant's tokens: encrypted anew, with the newest key already, and those no key opens."""

    tenant: str
    resealed: int
    current: int
    unreadable: tuple[str, ...]


def rotate_keys(*, tenant: Tenant) -> Rotated:
    """Encrypt the tenant's tokens with the newest key. A transaction for each hundred; doing it again does nothing."""
    refuse_tenant_scope("rotate_keys")
    resealed, current, last = 0, 0, 0
    unreadable: list[str] = []
    while True:
        with tenant_scope(tenant):
            later = GmailAccount.objects.connected().filter(pk__gt=last).select_related("mailbox")
            page = list(later.select_for_update(of=("self",))[:BATCH])
            old = [account for account in page if not is_sealed_with_newest(account.refresh_token)]
            done = [account for account in old if _reseal(account, unreadable)]
            GmailAccount.objects.bulk_update(done, ["refresh_token"])
        resealed, current = resealed + len(done), current + len(page) - len(old)
        if len(page) < BATCH:
            return Rotated(
                tenant=tenant.slug, resealed=resealed, current=current, unreadable=tuple(unreadable)
            )
        last = page[-1].pk


def _reseal(account: GmailAccount, unreadable: list[str]) -> bool:
    try:
        account.refresh_token = reseal_token(account.refresh_token)
    except VaultClosed:
        unreadable.append(str(account))
        return False
    return True
