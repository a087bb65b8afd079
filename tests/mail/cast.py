"""The people and mails of the mail tests, made through the services that the program itself uses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from agent.models import Tenant
from agent.registry import Cycle
from agent.states import SendMode
from agent.tenancy import tenant_scope
from engagement.mail.models import DomainCheck, DomainResult, Mailbox
from engagement.mail.services import ImportSummary, import_messages
from engagement.mail.sources import RawMail
from tests.engagement.cast import make_client, make_contact

ORDERS = "orders@meridianvs.test"
TOMAS = "therrera@bluemesacu.test"
ASKS = (
    "Hi Priya,\n\nThanks for the numbers. Can you call me Thursday at 2pm? I'd rather talk.\n\nBest,\nTomás\n"
)
QUOTE = "Can you call me Thursday at 2pm?"


def vouch_for_domain(now: Any, address: str = ORDERS) -> None:
    """In a scope: a look at the records of the address's domain that found everything in order.

    Of a later day, because tests pretend weeks, and a look is good for one.
    """
    domain, later = address.rpartition("@")[2], now + timedelta(days=366)
    DomainCheck.objects.create(domain=domain, result=DomainResult.PASSED, checked_at=later)


def furnish(tenant: Tenant, now: Any, *, address: str = ORDERS, with_contact: bool = True) -> None:
    """Give a tenant its mailbox, Blue Mesa as a client, and Tomás as its contact with two addresses."""
    with tenant_scope(tenant):
        Mailbox.objects.create(address_normalised=address, display_name="Orders", is_primary=True)
        vouch_for_domain(now, address)
        client = make_client(now, email_domain="bluemesacu.test")
        if with_contact:
            make_contact(now, client, addresses=[TOMAS, "tomas@home.example.com"])


def letter(
    *,
    sender: str = f"Tomás Herrera <{TOMAS}>",
    to: str = ORDERS,
    text: str = "Thanks, all set.\n",
    **headers: str,
) -> bytes:
    """The bytes of a plain mail; `message_id` and other headers by name, with underscores for dashes."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = sender, to
    values: Mapping[str, str] = {
        "subject": "Turn times",
        "date": "Mon, 23 Nov 2026 08:00:00 -0700",
        "message_id": "<1@bluemesacu.test>",
    }
    for name, value in {**values, **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def bring_in(tenant: Tenant, now: Any, *mails: bytes) -> ImportSummary:
    """Import mails given as bytes."""
    raws = [RawMail(f"mail {number}", content) for number, content in enumerate(mails, start=1)]
    return import_messages(tenant=tenant, raws=raws, now=now)


def delivery_report(
    *recipients: tuple[str, str], message_id: str = "<dsn@mx.test>", original: str = "", date: str = ""
) -> bytes:
    """A delivery status notification (RFC 3464) about recipients with their status codes."""
    blocks = "\n\n".join(
        f"Final-Recipient: rfc822; {address}\nAction: failed\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; 550 {status} {'User unknown' if status == '5.1.1' else 'Mailbox full'}"
        for address, status in recipients
    )
    return f"""Return-Path: <>
From: Mail Delivery System <mailer-daemon@mx.test>
To: {ORDERS}
Subject: Undelivered Mail Returned to Sender
Date: {date or "Mon, 23 Nov 2026 08:30:00 -0700"}
Message-ID: {message_id}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

Your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.test

{blocks}

--b
Content-Type: message/rfc822

From: Orders <{ORDERS if original else "somebody@else.test"}>
To: {recipients[0][0]}
Subject: Checking in
Message-ID: {original or "<elsewhere@else.test>"}

Hello

--b--
""".replace("\n", "\r\n").encode()


def make_cycle(tenant: Tenant, now: Any, **changes: Any) -> Cycle:
    """A cycle as the kernel hands it to an engine; live unless said otherwise."""
    values: dict[str, Any] = {"settings": tenant.settings, "send_mode": SendMode.LIVE}
    return Cycle(tenant=tenant, now=now, **values | changes)
