"""Asking the DNS for texts, at the machine's own resolvers or at those of `DNS_RESOLVERS`."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import dns.exception
import dns.nameserver
import dns.resolver
from django.conf import settings

from engagement.mail.domain_records import DnsSilent

# For one name, all resolvers and tries together.
SECONDS = 5.0


def make_lookup() -> Callable[[str], tuple[str, ...]]:
    """A function from a name to its TXT records, each put together from its pieces.

    A name that does not exist has none; raises `DnsSilent` when no resolver could tell.
    """
    resolver = dns.resolver.Resolver(configure=not settings.DNS_RESOLVERS)
    resolver.lifetime = SECONDS
    if settings.DNS_RESOLVERS:
        resolver.nameservers = [_nameserver(address) for address in settings.DNS_RESOLVERS]
    known: dict[str, tuple[str, ...]] = {}

    def lookup(name: str) -> tuple[str, ...]:
        if name not in known:
            known[name] = _ask(resolver, name)
        return known[name]

    return lookup


def _ask(resolver: dns.resolver.Resolver, name: str) -> tuple[str, ...]:
    try:
        answer = resolver.resolve(name, "TXT", search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return ()
    except dns.exception.DNSException as error:
        raise DnsSilent(f"{type(error).__name__} for {name}.") from error
    return tuple(b"".join(record.strings).decode("utf-8", "replace") for record in answer)


def _nameserver(address: str) -> dns.nameserver.Nameserver:
    parts = urlsplit(f"//{address}")
    return dns.nameserver.Do53Nameserver(str(parts.hostname), parts.port or 53)
