"""A mailbox at Gmail that we may read, without the way through the browser."""

from __future__ import annotations

import base64
import hashlib
import json
import urllib.error
import urllib.request
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from agent.models import Tenant
from agent.tenancy import tenant_scope
from engagement.mail.gmail.accounts import open_account
from engagement.mail.gmail.models import GmailAccount, GmailMessageId
from engagement.mail.gmail.states import SCOPE_READ, SCOPE_SEND
from engagement.mail.gmail.vault import seal_token
from engagement.mail.models import Mailbox, Message
from tests.fakes.running import GmailServer
from tests.mail.cast import letter


def consent(server: GmailServer, *scopes: str) -> str:
    """A refresh token, as somebody gets it who says yes to everything."""
    verifier = "v" * 50
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "client_id": "client",
        "response_type": "code",
        "redirect_uri": "http://localhost/back",
        "scope": " ".join(scopes or (SCOPE_READ, SCOPE_SEND)),
        "state": "s",
        "access_type": "offline",
        "code_challenge": digest,
        "code_challenge_method": "S256",
    }
    code = parse_qs(urlsplit(_redirect(f"{server.root}o/oauth2/v2/auth?{urlencode(asked)}")).query)["code"][0]
    form = {
        "grant_type": "authorization_code",
        "client_id": "client",
        "client_secret": "secret",
        "code": code,
        "redirect_uri": "http://localhost/back",
        "code_verifier": verifier,
    }
    with urllib.request.urlopen(f"{server.root}token", urlencode(form).encode()) as answer:
        token: str = json.load(answer)["refresh_token"]
    return token


def _redirect(url: str) -> str:
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: Any) -> None:
            return None

    try:
        urllib.request.build_opener(Stay).open(url)
    except urllib.error.HTTPError as answer:
        return answer.headers["Location"]
    raise AssertionError("Google sent nobody back.")


def connect(
    server: GmailServer, tenant: Tenant, now: datetime, *, address: str = "", is_sender: bool = False
) -> GmailAccount:
    """Connect the tenant's primary mailbox, or the one of the address."""
    token = consent(server)
    with tenant_scope(tenant):
        mailbox = Mailbox.objects.get(address_normalised=address) if address else Mailbox.objects.primary()
        return open_account(
            mailbox=mailbox,
            sealed_token=seal_token(token, tenant_id=tenant.pk, mailbox_id=mailbox.pk),
            scopes=[SCOPE_READ, SCOPE_SEND],
            is_sender=is_sender,
            now=now,
        )


def mails(first: int, last: int, **headers: str) -> list[bytes]:
    """Mails with the Message-IDs `<first@x>` to `<last@x>`."""
    return [
        letter(message_id=f"<{number}@x>", text=f"Mail number {number}.\n", **headers)
        for number in range(first, last + 1)
    ]


def stored(tenant: Tenant) -> list[str]:
    """The Message-IDs that the tenant has, sorted."""
    with tenant_scope(tenant):
        return sorted(Message.objects.values_list("message_id", flat=True))


def handled(tenant: Tenant) -> dict[str, str]:
    """What became of each message at Gmail."""
    with tenant_scope(tenant):
        return dict(GmailMessageId.objects.values_list("gmail_message_id", "handling"))


def account_of(tenant: Tenant) -> GmailAccount:
    """The tenant's one connection as it is now."""
    with tenant_scope(tenant):
        return GmailAccount.objects.select_related("mailbox").get()
