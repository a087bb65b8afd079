"""A mail provider of its own process: HTTP in Resend's shape, and SMTP. Its log is the oracle: what it took has left.

    python -m tests.fakes.mail_provider LOG [--api-key KEY] [--no-keys] [--no-op] [--http-port N] [--smtp-port N]

It prints one line of JSON with its two addresses, and goes on until it is ended. For a demonstration, point the
program at either of them and watch LOG grow, one JSON object a line:

    RESEND_API_KEY=re_demo RESEND_API_URL=http://127.0.0.1:8025/ ...     # --api-key re_demo --http-port 8025
    EMAIL_URL=smtp://127.0.0.1:2525 ...                                  # --smtp-port 2525

`POST /emails` takes a message and answers {"id": ...}. A key that was seen before gets the same id, and the message is
not taken again; with another body it gets 409. `--no-keys` ignores keys. `--no-op` takes everything and keeps nothing,
for measuring. `GET /emails` lists what was taken. `POST /control` orders a fault for the next requests:

    {"fault": "accept_then_hang", "times": 1, "seconds": 30, "retry_after": "120"}

`times` counts messages and is without end when it is missing; no fault ends the one in force. The faults:

- `accept_then_hang`, `accept_then_reset`: the message is taken, the answer never comes
- `accept_then_502`: the message is taken, and a gateway says that it does not know
- `reset`, `hang`: the connection is reset, or goes silent, before the message is taken
- `slow`: taken and answered, `seconds` later
- `429`, `500`, `401`, ...: HTTP answers with that status and takes nothing
- `mail:553`, `rcpt:451`, `data:554`, ...: SMTP answers that command with that code and takes nothing
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import hashlib
import json
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from pathlib import Path
from typing import Any, TextIO

from aiosmtpd.smtp import SMTP

FOREVER = 3600
REASONS = {200: "OK", 401: "Unauthorized", 404: "Not Found", 409: "Conflict", 429: "Too Many Requests"}


class Dropped(Exception):
    """This connection is to be reset."""


@dataclass
class Fault:
    """What goes wrong with the next messages; an empty name is nothing."""

    name: str = ""
    times: int | None = None
    seconds: float = FOREVER
    retry_after: str = ""

    def strike(self) -> Fault:
        """The fault for one message, which uses up one of its times."""
        if not self.name or self.times == 0:
            return Fault()
        if self.times is not None:
            self.times -= 1
        return Fault(self.name, None, self.seconds, self.retry_after)


@dataclass
class Provider:
    """What both doors share: the fault in force, the keys, and the log of what was taken."""

    log: TextIO
    api_key: str
    keeps_keys: bool
    is_no_op: bool
    fault: Fault = field(default_factory=Fault)
    keys: dict[str, tuple[str, str]] = field(default_factory=dict)
    taken: list[dict[str, Any]] = field(default_factory=list)

    def note(self, event: str, **entry: object) -> dict[str, Any]:
        """Write one line down; it is on its way to the disk before anybody is answered."""
        line = {
            "event": event,
            **entry,
            "at": datetime.now(UTC).isoformat(),
            "monotonic_ns": time.monotonic_ns(),
        }
        self.log.write(json.dumps(line) + "\n")
        self.log.flush()
        return line

    def take(self, door: str, content: bytes, **entry: object) -> str:
        """Take one message: from here on it has left."""
        name = str(uuid.uuid4())
        if not self.is_no_op:
            digest = hashlib.sha256(content).hexdigest()
            body = base64.b64encode(content).decode()
            self.taken.append(self.note("taken", door=door, id=name, digest=digest, **entry, content=body))
        return name


class HttpDoor:
    """POST /emails as Resend answers it, and the control of the whole provider."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                method, path, headers, body = await _read_request(reader)
                status, answer, extra = await self._answer(method, path, headers, body)
                writer.write(_response(status, answer, extra))
                await writer.drain()
        except Dropped:
            writer.transport.abort()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def _answer(
        self, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, Any, dict[str, str]]:
        if (method, path) == ("POST", "/control"):
            self.provider.fault = Fault(**{"name": "", **_renamed(json.loads(body or b"{}"))})
            return 200, {"fault": self.provider.fault.name}, {}
        if (method, path) == ("GET", "/emails"):
            return 200, {"data": self.provider.taken}, {}
        if (method, path) == ("POST", "/emails"):
            return await self._emails(headers, body)
        return 404, {"name": "not_found", "message": "There is nothing here."}, {}

    async def _emails(self, headers: dict[str, str], body: bytes) -> tuple[int, Any, dict[str, str]]:
        provider, key = self.provider, headers.get("idempotency-key", "")
        if provider.api_key and headers.get("authorization") != f"Bearer {provider.api_key}":
            return 403, {"statusCode": 403, "name": "invalid_api_key", "message": "API key is invalid"}, {}
        fault = provider.fault.strike()
        if fault.name == "reset":
            raise Dropped
        if fault.name == "hang":
            await asyncio.sleep(fault.seconds)
            raise Dropped
        if fault.name.isdigit():
            provider.note("refused", door="http", key=key, status=int(fault.name))
            return _refusal(int(fault.name), fault)
        known = provider.keys.get(key) if provider.keeps_keys and key else None
        digest = hashlib.sha256(body).hexdigest()
        if known and known[0] != digest:
            provider.note("refused", door="http", key=key, status=409)
            said = "Same idempotency key used with a different request payload."
            return 409, {"statusCode": 409, "name": "invalid_idempotent_request", "message": said}, {}
        name = known[1] if known else self._take(key, digest, body)
        if known:
            provider.note("repeated", door="http", key=key, id=name)
        return await _after_taking(fault, name)

    def _take(self, key: str, digest: str, body: bytes) -> str:
        message = {} if self.provider.is_no_op else json.loads(body)
        recipients = [parseaddr(one)[1] for one in message.get("to", [])]
        name = self.provider.take(
            "http",
            body,
            key=key,
            sender=parseaddr(message.get("from", ""))[1],
            recipients=recipients,
            message_id=message.get("headers", {}).get("Message-ID", ""),
        )
        if key and self.provider.keeps_keys:
            self.provider.keys[key] = (digest, name)
        return name


class SmtpDoor:
    """The handler of aiosmtpd: takes what it is given, unless a fault says otherwise."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        session.fault = self.provider.fault.strike()
        if session.fault.name == "reset":
            server.transport.abort()
            return None
        if session.fault.name == "hang":
            await asyncio.sleep(session.fault.seconds)
        refusal = _smtp_refusal(session.fault, "mail")
        if not refusal:
            envelope.mail_from = address
        return refusal or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        refusal = _smtp_refusal(session.fault, "rcpt")
        if not refusal:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        refusal = _smtp_refusal(session.fault, "data")
        if refusal:
            return refusal
        content = envelope.original_content
        headers = {} if self.provider.is_no_op else BytesHeaderParser().parsebytes(content)
        self.provider.take(
            "smtp",
            content,
            key="",
            sender=envelope.mail_from,
            recipients=envelope.rcpt_tos,
            message_id=(headers.get("Message-ID") or "").strip(),
        )
        if session.fault.name == "accept_then_reset":
            server.transport.abort()
            return None
        if session.fault.name in ("accept_then_hang", "slow"):
            await asyncio.sleep(session.fault.seconds)
        return "250 Taken"


async def _read_request(reader: asyncio.StreamReader) -> tuple[str, str, dict[str, str], bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = head[0].split(" ", 2)
    pairs = (line.split(":", 1) for line in head[1:] if ":" in line)
    headers = {name.strip().lower(): value.strip() for name, value in pairs}
    return method, path, headers, await reader.readexactly(int(headers.get("content-length", "0")))


def _response(status: int, answer: Any, extra: dict[str, str]) -> bytes:
    body = json.dumps(answer).encode()
    lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'Said')}", "Content-Type: application/json"]
    lines += [f"Content-Length: {len(body)}", *(f"{name}: {value}" for name, value in extra.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def _after_taking(fault: Fault, name: str) -> tuple[int, Any, dict[str, str]]:
    """What is said once the message has been taken."""
    if fault.name == "accept_then_reset":
        raise Dropped
    if fault.name in ("accept_then_hang", "slow"):
        await asyncio.sleep(fault.seconds)
    if fault.name == "accept_then_hang":
        raise Dropped
    if fault.name == "accept_then_502":
        return 502, {"message": "Bad gateway"}, {}
    return 200, {"id": name}, {}


def _refusal(status: int, fault: Fault) -> tuple[int, Any, dict[str, str]]:
    extra = {"Retry-After": fault.retry_after} if fault.retry_after else {}
    extra |= {"Location": "http://127.0.0.1:9/emails"} if 300 <= status < 400 else {}
    return status, {"statusCode": status, "name": "ordered", "message": f"Ordered to say {status}."}, extra


def _smtp_refusal(fault: Fault, command: str) -> str:
    """The reply that the fault orders to this command; empty when it orders none."""
    ordered, _, code = fault.name.partition(":")
    return f"{code} {code[0]}.0.0 Ordered to say so" if ordered == command and code else ""


def _renamed(ordered: dict[str, Any]) -> dict[str, Any]:
    return {"name" if name == "fault" else name: value for name, value in ordered.items()}


async def serve(options: argparse.Namespace) -> None:
    """Open both doors, say where they are, and stay."""
    loop = asyncio.get_running_loop()
    with options.log.open("a") as log:
        provider = Provider(
            log, api_key=options.api_key, keeps_keys=not options.no_keys, is_no_op=options.no_op
        )
        http = await asyncio.start_server(HttpDoor(provider).serve, "127.0.0.1", options.http_port)
        smtp = await loop.create_server(
            lambda: SMTP(SmtpDoor(provider), hostname="fake.test", loop=loop), "127.0.0.1", options.smtp_port
        )
        ports = [server.sockets[0].getsockname()[1] for server in (http, smtp)]
        where = {"http": f"http://127.0.0.1:{ports[0]}/", "smtp": f"smtp://127.0.0.1:{ports[1]}"}
        print(json.dumps(where), flush=True)
        await asyncio.gather(http.serve_forever(), smtp.serve_forever())


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.fakes.mail_provider", description="A fake mail provider."
    )
    parser.add_argument("log", type=Path, help="where each message taken is written down")
    parser.add_argument("--api-key", default="", help="the only key let in; without it any is")
    parser.add_argument("--no-keys", action="store_true", help="ignore idempotency keys")
    parser.add_argument("--no-op", action="store_true", help="take everything, keep nothing")
    parser.add_argument("--http-port", type=int, default=0)
    parser.add_argument("--smtp-port", type=int, default=0)
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
