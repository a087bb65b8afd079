"""The link in a message by which its recipient stops such messages: made when it is composed, read when it is used.

The link names the tenant and the card, and through the card the person, the address and the stream, none of which
can be read from it. It is signed and the same at every try, and it never expires: a link in an old message must keep
working (RFC 8058 asks for a link that cannot be guessed, and for no log-in). What the link may do is
`engagement.mail.preferences`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

# Signed for this purpose alone. Keys that were in use before are in SECRET_KEY_FALLBACKS.
SALT = "engagement.mail.opt_out"
_NAMED = re.compile(r"([1-9][0-9]{0,18})-([1-9][0-9]{0,18})")


@dataclass(frozen=True)
class Named:
    """What a link names."""

    tenant_id: int
    card_id: int


def link_of_card(*, tenant_id: int, card_id: int) -> str:
    """The link for the recipient of a card's message; empty while `PUBLIC_URL` is not set."""
    if not settings.PUBLIC_URL:
        return ""
    token = _signer().sign(f"{tenant_id}-{card_id}")
    return f"{settings.PUBLIC_URL}{reverse('mail:preferences', args=[token])}"


def read_token(token: str) -> Named | None:
    """What the token names, or None when it is not one of ours as we wrote it."""
    try:
        named = _NAMED.fullmatch(_signer().unsign(token))
    except BadSignature:
        return None
    return Named(int(named[1]), int(named[2])) if named else None


def _signer() -> Signer:
    """A full stop between value and signature: a colon is cut off by programs that look for links in text."""
    return Signer(salt=SALT, sep=".")
