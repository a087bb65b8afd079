"""The one door to a mail provider: which one is in force, and handing it exactly the frozen bytes.

No other package that writes to clients imports `smtplib`, `django.core.mail` or `anymail` (a test reads the imports).
Which card may be sent is the policy's business, what a message says is `engagement.mail.rendering`'s, its bytes are
`engagement.mail.outbound`'s.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from agent.models import Intent, Tenant
from agent.registry import Effect, Outcome
from agent.switches import effective_send_mode
from agent.tenancy import tenant_scope
from agent.tenant_settings import AgentSettings
from engagement.mail.gmail.accounts import find_sender
from engagement.mail.outbound import can_reach
from engagement.mail.providers.contract import Provider, read_recipients
from engagement.mail.providers.gmail import GmailProvider
from engagement.mail.providers.resend import ResendProvider
from engagement.mail.providers.smtp import SmtpProvider
from engagement.mail.providers.webhooks import (
    ForgedEvent,
    ToldEvent,
    WebhookClosed,
    is_signing_secret,
    read_webhook,
)

__all__ = [
    "ForgedEvent",
    "Provider",
    "ToldEvent",
    "WebhookClosed",
    "ask_again",
    "choose_provider",
    "deliver",
    "is_signing_secret",
    "provider_in_force",
    "provider_name",
    "read_webhook",
]


def choose_provider() -> Provider:
    """The way out of the open scope's tenant: its own mailbox at Gmail, else the installation's provider."""
    sender = find_sender()
    if sender is not None:
        return GmailProvider(tenant_id=sender.tenant_id, account_id=sender.pk)
    return provider_in_force()


def provider_in_force() -> Provider:
    """The installation's: Resend when `RESEND_API_KEY` is set, else the mail server of `EMAIL_URL`."""
    if settings.RESEND_API_KEY:
        return ResendProvider(
            api_key=settings.RESEND_API_KEY, api_url=settings.RESEND_API_URL, timeout=settings.EMAIL_TIMEOUT
        )
    return SmtpProvider()


def provider_name() -> str:
    """What the provider in force is called, by limits per provider and in results."""
    return provider_in_force().name


def deliver(*, tenant: Tenant, account: str, content: bytes, recipient: str, idempotency_key: str) -> Outcome:
    """Hand the bytes to a provider, to one recipient, once, and say how that ended. Never raises for a refusal.

    `account` is that of the provider which was chosen when the effect began (`Provider.account`). The send mode is
    read here once more, right before the socket.
    """
    refusal = _why_not(tenant, recipient)
    if refusal:
        return Outcome(effect=Effect.RETRY, reason=refusal)
    addresses = read_recipients(content)
    if addresses != [recipient]:
        return Outcome(
            effect=Effect.FAILED, reason=f"The message is addressed to {addresses}, not to {recipient}."
        )
    provider = _provider_of(account, tenant)
    return provider.deliver(content=content, recipient=recipient, idempotency_key=idempotency_key)


def _provider_of(account: str, tenant: Tenant) -> Provider:
    """The provider of an account: a mailbox at Gmail by its number, else the installation's."""
    name, _, number = account.partition(" ")
    if name == GmailProvider.name and number.isdecimal():
        return GmailProvider(tenant_id=tenant.pk, account_id=int(number))
    return provider_in_force()


def ask_again(*, tenant: Tenant, intent: Intent, now: datetime) -> Outcome:
    """Settle a delivery whose answer was lost, as far as the provider in force can.

    Asking a provider again may be what lets the message leave, so the send mode binds here as well.
    """
    refusal = _why_not(tenant, intent.details["to"])
    if refusal:
        return Outcome(effect=Effect.UNKNOWN, reason=f"The provider cannot be asked again: {refusal}")
    with tenant_scope(tenant):
        provider = choose_provider()
    return provider.reconcile(intent, now=now)


def _why_not(tenant: Tenant, recipient: str) -> str:
    agent_settings: AgentSettings = tenant.settings
    mode = effective_send_mode(agent_settings)
    if can_reach(recipient, mode=mode, allowlist=agent_settings.internal_allowlist):
        return ""
    return f"The send mode is {mode}: nothing leaves to {recipient}."
