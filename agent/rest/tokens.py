"""Making, using and revoking API tokens.

A token says whose it is, because nothing of a tenant can be looked up before its scope is open:
`vna_<tenant>_<secret>`. Only its SHA-256 is kept; a secret of 256 random bits needs no slower hash.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from agent.models import Tenant
from agent.rest.models import REQUESTS_PER_MINUTE, ApiToken
from agent.tenancy import require_tenant_id, tenant_scope

TOKEN = re.compile(r"vna_([1-9][0-9]{0,17})_[A-Za-z0-9_-]{43}")
LONGEST_LIFETIME = timedelta(days=366)
# One statement proves the token, notes its use and counts the request. A row that is counted is locked for as long as
# this alone takes, and losing a count in a crash harms nobody.
ASYNCHRONOUS_SQL = "SET LOCAL synchronous_commit = off"
USE_SQL = """
    UPDATE api_tokens
    SET last_used_at = %(now)s, window_start = %(minute)s,
        window_used = CASE WHEN window_start = %(minute)s THEN window_used + 1 ELSE 1 END
    WHERE digest = %(digest)s AND revoked_at IS NULL AND expires_at > %(now)s
    RETURNING id, name, scopes, window_used, requests_per_minute
"""


class TokenRefused(ValueError):
    """The token opens nothing; the message says why and what to do."""


class InvalidToken(ValueError):
    """No token can be made like this; the message says what is wrong."""


@dataclass(frozen=True, kw_only=True)
class TokenUse:
    """One request's use of a token."""

    tenant: Tenant
    token_id: int
    name: str
    scopes: frozenset[str]
    used: int
    limit: int

    @property
    def is_over_limit(self) -> bool:
        """Whether this minute has seen more requests than the token may make."""
        return self.used > self.limit


def create_token(
    *,
    name: str,
    scopes: Iterable[str],
    known_scopes: Iterable[str],
    expires_at: datetime,
    actor: str,
    now: datetime,
    requests_per_minute: int = REQUESTS_PER_MINUTE,
) -> tuple[ApiToken, str]:
    """Make a token of the open scope's tenant; returns its row and its text, which nobody can read again.

    Raises `InvalidToken`.
    """
    name, wanted = name.strip(), sorted(set(scopes))
    _check(name, wanted, set(known_scopes), expires_at, requests_per_minute, now)
    text = f"vna_{require_tenant_id()}_{secrets.token_urlsafe(32)}"
    row = ApiToken.objects.create(
        name=name,
        digest=_digest(text),
        ending=text[-4:],
        scopes=wanted,
        requests_per_minute=requests_per_minute,
        created_at=now,
        created_by=actor,
        expires_at=expires_at,
    )
    return row, text


def _check(
    name: str, wanted: list[str], known: set[str], expires_at: datetime, limit: int, now: datetime
) -> None:
    if not name or len(name) > 100:
        raise InvalidToken("Give the token a name of at most 100 characters: what uses it.")
    if not wanted:
        raise InvalidToken(f"Give the token at least one scope of: {', '.join(sorted(known))}.")
    if unknown := [scope for scope in wanted if scope not in known]:
        raise InvalidToken(
            f"There is no scope {', '.join(unknown)}. Those there are: {', '.join(sorted(known))}."
        )
    if not now < expires_at <= now + LONGEST_LIFETIME:
        raise InvalidToken(f"A token ends in the future, and at most {LONGEST_LIFETIME.days} days from now.")
    if not 1 <= limit <= 1_000_000:
        raise InvalidToken("Let the token make between 1 and 1,000,000 requests a minute.")
    if ApiToken.objects.filter(name=name, revoked_at__isnull=True).exists():
        raise InvalidToken(
            f"A token called {name} is there already. Revoke it first, or choose another name."
        )


def revoke_token(*, token: ApiToken, actor: str, reason: str, now: datetime) -> None:
    """End a token at once. Raises `TokenRefused` when it was revoked before, `InvalidToken` without a reason."""
    if not reason.strip():
        raise InvalidToken("Say why the token is revoked; the reason is kept with it.")
    changed = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(
        revoked_at=now, revoked_by=actor, revoke_reason=reason.strip()[:500]
    )
    if not changed:
        raise TokenRefused(f"The token {token.name} was revoked before.")


def use_token(text: str, *, now: datetime) -> TokenUse:
    """Prove a token, note its use and count the request against its limit, in a transaction of its own.

    Raises `TokenRefused`.
    """
    found = TOKEN.fullmatch(text)
    tenant = Tenant.objects.filter(pk=int(found[1])).first() if found else None
    if tenant is None:
        raise TokenRefused("This is no API token of ours.")
    minute = now.replace(second=0, microsecond=0)
    with tenant_scope(tenant), connection.cursor() as cursor:
        cursor.execute(ASYNCHRONOUS_SQL)
        cursor.execute(USE_SQL, {"now": now, "minute": minute, "digest": _digest(text)})
        row = cursor.fetchone()
        if row is None:
            raise TokenRefused(_why_refused(text))
    token_id, name, scopes, used, limit = row
    return TokenUse(
        tenant=tenant,
        token_id=token_id,
        name=name,
        scopes=frozenset(json.loads(scopes)),
        used=used,
        limit=limit,
    )


def _why_refused(text: str) -> str:
    """Told only to whoever holds the token's text."""
    token = ApiToken.objects.filter(digest=_digest(text)).first()
    if token is None:
        return "This is no API token of ours."
    if token.revoked_at is not None:
        return f"This token was revoked on {token.revoked_at:%Y-%m-%d}. Ask for a new one."
    return f"This token ended on {token.expires_at:%Y-%m-%d}. Ask for a new one."


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
