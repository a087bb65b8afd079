"""Mail that comes in under a Message-ID of ours and is not from us: sent back by a program, or made to look so.

A message of ours is known by its Message-ID: that one is in the store proves that it left. So nobody else's mail is
stored under such a name, and what bears one is a program's doing and nobody's words (pitfalls L1, W7).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from agent.models import Tenant
from agent.tenancy import require_tenant_id
from engagement.mail.letters import Letter
from engagement.mail.models import Tier
from engagement.mail.outbound import read_card_name
from engagement.mail.senders import OwnAddresses


def take_names_back(letters: Sequence[Letter]) -> list[Letter]:
    """The letters, with another Message-ID for those that bear one of ours. Two queries, and none where none does."""
    named = [letter for letter in letters if _card_of(letter)]
    if not named:
        return list(letters)
    slug = Tenant.objects.values_list("slug", flat=True).get(pk=require_tenant_id())
    own = OwnAddresses.load()
    return [_renamed(letter) if _is_taken(letter, slug, own) else letter for letter in letters]


def _is_taken(letter: Letter, slug: str, own: OwnAddresses) -> bool:
    """Whether it bears a name that only our own messages have. A copy of what we sent is from one of our addresses."""
    is_ours = own.owns(letter.from_address) and not letter.is_dmarc_failed
    return _card_of(letter) == slug and not is_ours


def _card_of(letter: Letter) -> str:
    """The slug of the tenant whose card its Message-ID names; empty for the names that others give."""
    named = read_card_name(letter.message_id.removeprefix("<").partition("@")[0])
    return named.tenant_slug if named else ""


def _renamed(letter: Letter) -> Letter:
    """The letter under a name of its own, the same at every import; a person's becomes a program's."""
    digest = hashlib.sha256(f"{letter.message_id} {letter.from_address} {letter.size}".encode()).hexdigest()
    tier = Tier.AUTOMATED if letter.tier == Tier.HUMAN else letter.tier
    return replace(letter, message_id=f"<{digest}@not-ours.invalid>", tier=tier)
