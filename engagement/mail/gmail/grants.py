"""Connecting a mailbox: to Google's consent and back, and taking the access away again.

The way is OAuth 2.0 for web servers with PKCE (RFC 7636). What brings a person back to us is a state that we signed,
that is good for ten minutes, once, and in the session that began it; everything else is `ConsentRefused`. Services
talk to Google, so they open their own scopes and refuse to be called inside one.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import requests
import structlog
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.crypto import salted_hmac

from agent.models import Tenant
from agent.tenancy import refuse_tenant_scope, tenant_scope
from engagement.addresses import normalised_or_none
from engagement.mail.gmail.accounts import close_account, is_configured, open_account, unlock
from engagement.mail.gmail.client import GmailClient, Pace, PutOff
from engagement.mail.gmail.endpoints import address_of
from engagement.mail.gmail.models import GmailAccount, GmailConsent
from engagement.mail.gmail.states import SCOPE_READ, SCOPE_SEND, ConnectionStatus
from engagement.mail.gmail.vault import VaultClosed, seal_token
from engagement.mail.models import Mailbox
from engagement.mail.wording import in_words

logger = structlog.get_logger(__name__)

SALT = "engagement.mail.gmail.state"
PKCE_SALT = "engagement.mail.gmail.pkce"
GOOD_FOR = timedelta(minutes=10)


class ConsentRefused(ValueError):
    """Nothing was connected; the message says why and what to do, and holds nothing of a code or token."""


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Who goes to Google: the person's name here, and their session's key."""

    name: str
    session_key: str

    @property
    def digest(self) -> str:
        return _digest(self.session_key)


@dataclass(frozen=True, kw_only=True)
class Token:
    """What Google gave: it stays in memory until it is encrypted or taken back."""

    refresh_token: str
    scopes: frozenset[str]


def begin_consent(
    *, tenant: Tenant, mailbox_id: int, wants_to_send: bool, visitor: Visitor, now: datetime
) -> str:
    """The address at Google that a person is sent to. Raises `ConsentRefused`."""
    refuse_tenant_scope("begin_consent")
    if not is_configured():
        raise ConsentRefused(
            "Gmail is not set up: set GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET and GMAIL_TOKEN_KEYS, and restart."
        )
    if not settings.PUBLIC_URL:
        raise ConsentRefused("Google must know where to send you back: set PUBLIC_URL, and restart.")
    nonce = secrets.token_urlsafe(32)
    with tenant_scope(tenant):
        mailbox = Mailbox.objects.filter(pk=mailbox_id).first()
        if mailbox is None:
            raise ConsentRefused("There is no such mailbox.")
        GmailConsent.objects.create(
            mailbox=mailbox,
            nonce_digest=_digest(nonce),
            session_digest=visitor.digest,
            begun_by=visitor.name,
            wants_to_send=wants_to_send,
            begun_at=now,
            expires_at=now + GOOD_FOR,
        )
    asked = {
        "client_id": settings.GOOGLE_CLIENT_ID,
        "redirect_uri": redirect_uri(),
        "response_type": "code",
        "scope": " ".join([SCOPE_READ, SCOPE_SEND] if wants_to_send else [SCOPE_READ]),
        "state": _signer().sign(nonce),
        "code_challenge": _challenge(_verifier(nonce)),
        "code_challenge_method": "S256",
        # A refresh token comes with the first consent only, unless consent is asked for anew.
        "access_type": "offline",
        "prompt": "consent",
        "login_hint": mailbox.address_normalised,
    }
    return f"{address_of('authorize')}?{urlencode(asked)}"


def end_consent(
    *, tenant: Tenant, state: str, code: str, error: str, visitor: Visitor, now: datetime
) -> GmailAccount:
    """Take back a person who was at Google, and connect the mailbox that they went for. Raises `ConsentRefused`.

    The state is used up first: whatever happens next, it brings nobody back a second time.
    """
    refuse_tenant_scope("end_consent")
    nonce, consent = _use_state(tenant, state, visitor, now)
    if error or not code:
        raise ConsentRefused(
            "Google gave no access, because it was not agreed to. Begin again when it may be."
        )
    token = _redeem(code, _verifier(nonce))
    try:
        _check_scopes(token, consent)
        _check_address(token, consent.mailbox)
        with tenant_scope(tenant):
            sealed = seal_token(token.refresh_token, tenant_id=tenant.pk, mailbox_id=consent.mailbox_id)
            account = open_account(
                mailbox=consent.mailbox,
                sealed_token=sealed,
                scopes=token.scopes,
                is_sender=consent.wants_to_send,
                now=now,
            )
    except (ConsentRefused, VaultClosed) as refusal:
        # An access that is of no use to us must not lie about at Google.
        _take_back(token.refresh_token)
        raise ConsentRefused(str(refusal)) from None
    logger.info("gmail_connected", tenant=tenant.slug, mailbox=consent.mailbox_id, by=visitor.name)
    return account


def disconnect(*, tenant: Tenant, account_id: int) -> str:
    """Give the access back to Google, and forget the token whether or not Google heard it; returns what to tell."""
    refuse_tenant_scope("disconnect")
    with tenant_scope(tenant):
        account = GmailAccount.objects.select_related("mailbox").get(pk=account_id)
        if account.status != ConnectionStatus.CONNECTED:
            return f"{account} is not connected."
        try:
            token = unlock(account)
        except VaultClosed:
            token = ""
        close_account(account_id=account_id, status=ConnectionStatus.NOT_CONFIGURED)
    logger.info("gmail_disconnected", tenant=tenant.slug, mailbox=account.mailbox_id)
    if token and _take_back(token):
        return f"{account} is disconnected, and Google knows it. The mail that was read stays."
    return (
        f"{account} is disconnected here, but Google did not confirm it. Take the access away at "
        "https://myaccount.google.com/connections as well."
    )


def redirect_uri() -> str:
    """The one address that Google sends people back to, letter by letter as it is registered there."""
    return f"{settings.PUBLIC_URL}{reverse('gmail:callback')}"


def _use_state(tenant: Tenant, state: str, visitor: Visitor, now: datetime) -> tuple[str, GmailConsent]:
    """The nonce and the consent of a state, which is used up from here on."""
    refusal = ConsentRefused(
        "This way back from Google is not good any more: it was used, is older than ten minutes, or was begun "
        "elsewhere. Open the mailbox and connect it again."
    )
    try:
        nonce = _signer().unsign(state)
    except BadSignature:
        raise refusal from None
    with tenant_scope(tenant):
        mine = GmailConsent.objects.filter(
            nonce_digest=_digest(nonce),
            session_digest=visitor.digest,
            begun_by=visitor.name,
            expires_at__gt=now,
            used_at__isnull=True,
        )
        if not mine.update(used_at=now):
            raise refusal
        return nonce, GmailConsent.objects.select_related("mailbox").get(nonce_digest=_digest(nonce))


def _redeem(code: str, verifier: str) -> Token:
    """The tokens for a code (RFC 6749, section 4.1.3)."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": settings.GOOGLE_CLIENT_ID,
        "client_secret": settings.GOOGLE_CLIENT_SECRET,
        "redirect_uri": redirect_uri(),
        "code_verifier": verifier,
    }
    answer = _post("token", form)
    said: Any = None
    if answer is not None and answer.status_code == 200:
        try:
            said = answer.json()
        except ValueError:
            said = None
    if not isinstance(said, dict) or not said.get("refresh_token"):
        status = "no answer" if answer is None else f"status {answer.status_code}"
        raise ConsentRefused(f"Google gave no lasting access ({status}). Connect the mailbox again.")
    return Token(refresh_token=said["refresh_token"], scopes=frozenset(str(said.get("scope", "")).split()))


def _check_scopes(token: Token, consent: GmailConsent) -> None:
    """People may untick what they are asked for."""
    if SCOPE_READ not in token.scopes:
        raise ConsentRefused(
            "Google lets us in, but not to read mail: the box for reading was left unticked. Connect the mailbox "
            "again and tick it."
        )
    if consent.wants_to_send and SCOPE_SEND not in token.scopes:
        raise ConsentRefused(
            "Google lets us read, but not send: the box for sending was left unticked. Connect the mailbox again and "
            "tick it, or connect it for reading only."
        )


def _check_address(token: Token, mailbox: Mailbox) -> None:
    """The person may have been logged in at Google as somebody else."""
    client = GmailClient(
        refresh_token=token.refresh_token, pace=Pace(take=lambda units: timedelta(0), seconds=0)
    )
    try:
        address, _ = client.read_profile()
    except (PutOff, RuntimeError) as error:
        raise ConsentRefused(
            f"The mailbox could not be looked at: {in_words(error)} Connect it again."
        ) from None
    finally:
        client.close()
    if normalised_or_none(address) != mailbox.address_normalised:
        raise ConsentRefused(
            f"Google let us into {address}, and this mailbox is {mailbox}. Connect it again and choose that account."
        )


def _take_back(token: str) -> bool:
    """Ask Google to forget a token; whether it did."""
    answer = _post("revoke", {"token": token})
    return answer is not None and answer.status_code == 200


def _post(name: str, form: dict[str, str]) -> requests.Response | None:
    """One request with a form, or None when there was no answer. What was sent is in no error and no log."""
    try:
        return requests.post(
            address_of(name), data=form, timeout=settings.GMAIL_TIMEOUT, allow_redirects=False
        )
    except requests.RequestException as error:
        logger.warning("google_unreachable", at=name, error=type(error).__name__)
        return None


def _verifier(nonce: str) -> str:
    """PKCE's secret, made from the nonce with our key, so that it need not be kept anywhere."""
    return salted_hmac(PKCE_SALT, nonce, algorithm="sha256").hexdigest()


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _signer() -> Signer:
    return Signer(salt=SALT)
