"""The webhook client: a signed POST to an address that somebody typed, which may therefore lead anywhere.

An operator of one tenant could name a service inside our own network, or a name that resolves to one by the time we
ask again (DNS rebinding). So: https only; the name is resolved once, every address it has must be public, and the
connection goes to one of exactly those; no redirect is followed, no proxy used, no answer read beyond its status line;
five seconds in all once the name is resolved. Source: reliability notes (i6); address lists: RFC 6890, RFC 4291.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import SplitResult, urlsplit

SECONDS = 5.0
# The library's own limits end an answer that is all headers; of its body nothing is read.
FORBIDDEN = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",  # a cloud's own services, on a public address
        "::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "fc00::/7", "fe80::/10",
        "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class WebhookRefused(RuntimeError):
    """A notice was not delivered to a webhook; the message says why."""


def post_notice(
    url: str, *, body: bytes, headers: Mapping[str, str], is_loopback_allowed: bool = False
) -> None:
    """POST `body` as JSON; raises `WebhookRefused` unless the answer is 2xx within five seconds.

    `is_loopback_allowed` is for tests and for a relay on this very machine: it lets http and https reach 127.0.0.0/8
    and ::1, and nothing else that is forbidden.
    """
    parts = _parse(url, is_loopback_allowed)
    address = resolve_public(parts.hostname or "", _port(parts), is_loopback_allowed=is_loopback_allowed)
    connection = _connect(parts, address)
    deadline = threading.Timer(SECONDS, connection.hang_up)
    deadline.daemon = True
    deadline.start()
    try:
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request("POST", target, body=body, headers={"Content-Type": "application/json", **headers})
        status = connection.getresponse().status
        if connection.is_over:  # an answer that was cut short can look like a whole one
            raise TimeoutError("the time is over")
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise WebhookRefused(f"It could not be reached: {type(error).__name__}: {error}") from error
    finally:
        deadline.cancel()
        connection.close()
    if not 200 <= status < 300:
        redirect = " Redirects are not followed." if 300 <= status < 400 else ""
        raise WebhookRefused(f"It answered {status}.{redirect}")


def sign(body: bytes, *, secret: str, timestamp: int) -> str:
    """The value of `X-Agent-Signature`: HMAC-SHA256 over time, dot and body, so that an old one cannot be replayed."""
    digest = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={digest}"


def resolve_public(host: str, port: int, *, is_loopback_allowed: bool = False) -> Address:
    """The address to connect to; raises `WebhookRefused` when any address of the name leads inside."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise WebhookRefused(f"{host} cannot be resolved: {error}") from error
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    for address in addresses:
        if address.is_loopback and is_loopback_allowed:
            continue
        if not is_public(address):
            raise WebhookRefused(f"{host} leads to {address}, which is not a public address.")
    return addresses[0]


def is_public(address: Address) -> bool:
    """Whether an address lies outside every private, local, reserved and metadata range, also when wrapped in IPv6."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is None and address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if int(address) >> 32 == 0:  # IPv4-compatible, long abolished (RFC 4291, 2.5.5.1)
            return False
    return not any(address in network for network in FORBIDDEN)


def _parse(url: str, is_loopback_allowed: bool) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise WebhookRefused(f"The address cannot be read: {error}") from error
    schemes = ("https", "http") if is_loopback_allowed else ("https",)
    if parts.scheme not in schemes or not host or parts.username is not None:
        raise WebhookRefused("The address must begin with https:// and may not hold a login.")
    return parts


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


class _Pinned(http.client.HTTPConnection):
    """A connection to one address that was looked at, under the name that was asked for."""

    def __init__(self, host: str, port: int, address: Address, context: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self._address = address
        self._context = context
        self.is_over = False

    def connect(self) -> None:
        self.sock = socket.create_connection((str(self._address), self.port), timeout=SECONDS)
        if self._context is not None:
            self.sock = self._context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
        if self.is_over:
            raise TimeoutError("the time is over")
        if isinstance(self.sock, ssl.SSLSocket):
            self.sock.do_handshake()

    def hang_up(self) -> None:
        """The time is over, however slowly the other side drips: whatever waits for it fails."""
        self.is_over = True
        if self.sock is not None:
            with suppress(OSError):  # it has gone already
                # The plain socket's: that of TLS would take its session from under whoever is reading.
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


def _connect(parts: SplitResult, address: Address) -> _Pinned:
    context = ssl.create_default_context() if parts.scheme == "https" else None
    if context is None and not address.is_loopback:
        raise WebhookRefused("The address must begin with https://.")
    return _Pinned(parts.hostname or "", _port(parts), address, context)
