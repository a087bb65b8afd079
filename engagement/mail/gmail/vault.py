"""Refresh tokens at rest: encrypted, and bound to the mailbox they were given for.

The keys are `GMAIL_TOKEN_KEYS`, the newest first. A token is decrypted with whichever fits and encrypted with the
first. Fernet takes no associated data, so tenant and mailbox stand beside the token inside what is encrypted: a row
copied to another mailbox opens for nobody.
"""

from __future__ import annotations

import json

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class VaultClosed(RuntimeError):
    """A token cannot be encrypted or decrypted; the message says what to do and holds nothing of the token."""


def seal_token(token: str, *, tenant_id: int, mailbox_id: int) -> str:
    """The token as it is stored."""
    plain = json.dumps({"tenant": tenant_id, "mailbox": mailbox_id, "token": token})
    return _ring().encrypt(plain.encode()).decode("ascii")


def open_token(sealed: str, *, tenant_id: int, mailbox_id: int) -> str:
    """The token again; raises `VaultClosed` under other keys, or for another mailbox than it was given for."""
    try:
        plain = json.loads(_ring().decrypt(sealed.encode("ascii")))
    except (InvalidToken, ValueError):
        raise VaultClosed(
            "The stored access cannot be read with GMAIL_TOKEN_KEYS. Put the key back that it was encrypted "
            "with, or connect the mailbox again."
        ) from None
    if (plain.get("tenant"), plain.get("mailbox")) != (tenant_id, mailbox_id):
        raise VaultClosed("The stored access belongs to another mailbox. Connect this one again.")
    token: str = plain["token"]
    return token


def reseal_token(sealed: str) -> str:
    """The same token encrypted with the newest key; raises `VaultClosed` when no key fits."""
    try:
        return _ring().rotate(sealed.encode("ascii")).decode("ascii")
    except InvalidToken:
        raise VaultClosed("A stored access cannot be read with GMAIL_TOKEN_KEYS.") from None


def is_sealed_with_newest(sealed: str) -> bool:
    """Whether the newest key is the one that opens it."""
    try:
        _fernets()[0].decrypt(sealed.encode("ascii"))
    except InvalidToken:
        return False
    return True


def find_bad_keys() -> list[int]:
    """The places (from 1) of keys that are none; a key itself is never shown."""
    bad = []
    for place, key in enumerate(settings.GMAIL_TOKEN_KEYS, start=1):
        try:
            Fernet(key)
        except ValueError:
            bad.append(place)
    return bad


def _ring() -> MultiFernet:
    return MultiFernet(_fernets())


def _fernets() -> list[Fernet]:
    if not settings.GMAIL_TOKEN_KEYS or find_bad_keys():
        raise VaultClosed("GMAIL_TOKEN_KEYS is missing or holds what is no key. `manage.py check` says more.")
    return [Fernet(key) for key in settings.GMAIL_TOKEN_KEYS]
