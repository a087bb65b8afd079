"""The link by which a client fills in what its order lacks: made with the mail, read when the page is opened.

It names the tenant, the checklist and the last day, none of which can be changed without our key. Who holds it may
answer that checklist and nothing else (`orders.services.answers`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

# Signed for this purpose alone. Keys that were in use before are in SECRET_KEY_FALLBACKS.
SALT = "orders.answers"
LIFETIME = timedelta(days=21)
# With letters between the numbers: nothing that looks for account or card numbers finds any in it.
_NAMED = re.compile(r"t([1-9][0-9]{0,18})c([1-9][0-9]{0,18})u([0-9]{8})")


@dataclass(frozen=True)
class Named:
    """What a link names; `last_day` is in the tenant's zone, included."""

    tenant_id: int
    checklist_id: int
    last_day: date


def link_of_checklist(*, tenant_id: int, checklist_id: int, last_day: date) -> str:
    """The link to the page of a checklist; empty while `PUBLIC_URL` is not set."""
    if not settings.PUBLIC_URL:
        return ""
    token = _signer().sign(f"t{tenant_id}c{checklist_id}u{last_day:%Y%m%d}")
    return f"{settings.PUBLIC_URL}{reverse('orders:answer', args=[token])}"


def read_token(token: str) -> Named | None:
    """What the token names, or None when it is not one of ours as we wrote it."""
    try:
        found = _NAMED.fullmatch(_signer().unsign(token))
    except BadSignature:
        return None
    if found is None:
        return None
    day = found[3]
    return Named(int(found[1]), int(found[2]), date(int(day[:4]), int(day[4:6]), int(day[6:])))


def _signer() -> Signer:
    """A full stop between value and signature: a colon is cut off by programs that look for links in text."""
    return Signer(salt=SALT, sep=".")
