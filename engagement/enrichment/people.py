"""Whom one mail shows: its writer, colleagues who were copied, and colleagues whom the text names.

Pure functions over a stored message. A name or an address in a mail is data from outside: it says that somebody may
work at the writer's own domain, and nothing else. Keeping what was seen is `engagement.enrichment.services`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import getaddresses

from engagement.addresses import domain_of, is_automated, is_freemail, normalised_or_none
from engagement.enrichment.models import Sighting
from engagement.mail.models import Direction, Message, SenderStanding, Tier

# A mail to hundreds of people shows a mailing, and a text with dozens of addresses a list: no circle of colleagues.
MAX_COPIED = 20
MAX_NAMED = 5
MAX_TEXT = 20_000
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_TWO_WORDS = re.compile(r"(?=\b([^\W\d_][\w'’-]{0,40})\s+([^\W\d_][\w'’-]{0,40}))")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One person in one mail."""

    address: str
    name: str
    sighting: Sighting
    message: Message


def people_in(message: Message) -> Iterator[Seen]:
    """The people a received mail shows, the surest sighting of each last.

    A person's mail shows its writer and colleagues copied; their text, that of an automatic reply included ("write
    to Dana in the meantime"), names colleagues. Only mail whose sender is not known to be forged counts, nobody at a
    public mail service, and no machine; a stranger cannot vouch for an address at somebody else's domain.
    """
    domain = domain_of(message.from_address)
    if message.direction != Direction.IN or message.tier not in (Tier.HUMAN, Tier.AUTO_REPLY):
        return
    if message.standing == SenderStanding.OWN or "dmarc_fail" in message.reading.get("flags", ()):
        return
    if not domain or is_freemail(domain):
        return
    yield from _named(message, domain)
    yield from _successor(message, domain)
    if message.tier == Tier.HUMAN:
        yield from _copied(message, domain)
        if not is_automated(message.from_address):
            yield Seen(
                address=message.from_address, name=message.from_name, sighting=Sighting.WROTE, message=message
            )


def name_behind(address: str, text: str) -> str:
    """The full name in the text that the address is made of ("Dana Pruitt" for dpruitt@), or nothing.

    Only two capitalised words that spell the local part in one of the usual ways: a wrong name would greet.
    """
    local = _folded(address.rpartition("@")[0])
    for first, last in _TWO_WORDS.findall(text[:MAX_TEXT]):
        if first[0].isupper() and last[0].isupper() and local in _spellings(_folded(first), _folded(last)):
            return f"{first} {last}"
    return ""


def could_be_called(address: str, first: str, last: str) -> bool:
    """Whether an address is spelled from a name in one of the usual ways."""
    if not first or not last:
        return False
    local = _folded(address.rpartition("@")[0].partition("+")[0])
    return local in _spellings(_folded(first), _folded(last))


def _copied(message: Message, domain: str) -> Iterator[Seen]:
    copied = [*message.to_addresses, *message.cc_addresses]
    for entry in copied if len(copied) <= MAX_COPIED else ():
        address = normalised_or_none(entry["address"])
        if _is_colleague(address, domain):
            yield Seen(address=address, name=entry["name"], sighting=Sighting.COPIED, message=message)


def _named(message: Message, domain: str) -> Iterator[Seen]:
    text = message.newest_text[:MAX_TEXT]
    found = dict.fromkeys(normalised_or_none(word) for word in _ADDRESS.findall(text))
    colleagues = [address for address in found if _is_colleague(address, domain)]
    for address in colleagues if len(colleagues) <= MAX_NAMED else ():
        name = name_behind(address, text)
        # A signature may give the writer's own second address.
        if not name or _folded(name) != _folded(message.from_name):
            yield Seen(address=address, name=name, sighting=Sighting.NAMED, message=message)


def _successor(message: Message, domain: str) -> Iterator[Seen]:
    """Whom the automatic reply of somebody who left names in their place."""
    reply = message.reading.get("auto_reply") or {}
    if message.tier != Tier.AUTO_REPLY or not reply.get("left_company"):
        return
    for name, text in getaddresses([str(reply.get("instead") or "")]):
        address = normalised_or_none(text)
        if _is_colleague(address, domain):
            known = name or name_behind(address, message.newest_text)
            yield Seen(address=address, name=known, sighting=Sighting.REPLACES, message=message)


def _is_colleague(address: str | None, domain: str) -> bool:
    return address is not None and domain_of(address) == domain and not is_automated(address)


def _spellings(first: str, last: str) -> set[str]:
    joined = {f"{first}{mark}{last}" for mark in ("", ".", "_", "-")}
    return {
        *joined,
        f"{first[0]}{last}",
        f"{first[0]}.{last}",
        f"{first}{last[0]}",
        f"{last}{first[0]}",
        first,
    }


def _folded(text: str) -> str:
    """Lower case without accents and apostrophes, as addresses are made from names."""
    plain = unicodedata.normalize("NFKD", text).lower()
    return "".join(
        character for character in plain if not unicodedata.combining(character) and character not in "'’"
    )
