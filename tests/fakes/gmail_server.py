"""Gmail in a process of its own: Google's consent, its token server, and as much of the Gmail API as we use.

    python -m tests.fakes.gmail_server LOG [--port N] [--address orders@meridianvs.test] [--messages N] [--units N]

It prints one line of JSON with its address, and goes on until it is ended. Point the program at it and connect a
mailbox in the console; consent is given at once:

    GMAIL_API_ROOT=http://127.0.0.1:8026/ GOOGLE_CLIENT_ID=client GOOGLE_CLIENT_SECRET=secret ...   # --port 8026

LOG is the oracle: one JSON object a line for every call and every part of a batch, with the units it costs and when
it came. `--units` is the quota of a user in a minute; what goes beyond it is answered with 429, as Google does.
`POST /control` gives orders and answers with the ids of all mails (`ids`); each key is an order:

- `add`: mails to put into the mailbox, `{"raw": base64, "labels": [...], "days_ago": 0}` each
- `relabel`: `{"name": its id, "add": [...], "remove": [...]}`; `delete`: ids of mails that are gone
- `fault`: `{"name": ..., "on": "messages.get", "times": 1, "retry_after": "1", "seconds": 1}` for the next such calls
- `chances`: `{"rate": 0.1, "names": [...], "seed": 1}`: faults at random; rate 0 ends them
- `page`: the most that a list gives at once, or `[least, most]` to split pages at random
- `repeat`: the chance that a record of the history is told twice; `units`: another quota
- `forget_history`: every history id so far is answered with 404
- `revoke`: whatever tokens were given are refused from now on; `expire`: the access tokens alone
- `deny`: what consent leaves out, a list of scopes; `profile`: another address that Google lets in

A fault is a status (`429`, `403` for rateLimitExceeded, `500`, `503`, `404`), `reset` or `hang` before the call is
served, `serve_then_reset` or `serve_then_hang` after it, or `rewrite` for a send whose Message-ID Google replaces.
"""

from __future__ import annotations

import argparse
import base64
import json
import random
import secrets
import socket
import struct
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser, BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.fakes.gmail_consent import Consent

UNITS = {
    "getProfile": 1,
    "history.list": 2,
    "messages.list": 5,
    "messages.get": 20,
    "attachments.get": 20,
    "messages.send": 100,
}
MINUTE_NS = 60 * 10**9
DAY_MS = 86_400_000
REASONS = {403: "rateLimitExceeded", 404: "notFound", 429: "rateLimitExceeded"}


@dataclass
class Mail:
    """One mail of the mailbox."""

    id: str
    thread: str
    raw: bytes
    labels: list[str]
    at_ms: int

    def as_json(self, form: str) -> dict[str, Any]:
        answer = {
            "id": self.id,
            "threadId": self.thread,
            "labelIds": self.labels,
            "internalDate": str(self.at_ms),
            "sizeEstimate": len(self.raw),
        }
        if form == "raw":
            answer["raw"] = base64.urlsafe_b64encode(self.raw).decode().rstrip("=")
        elif form == "metadata":
            headers = BytesHeaderParser().parsebytes(self.raw)
            answer["payload"] = {
                "headers": [{"name": name, "value": str(value)} for name, value in headers.items()]
            }
        return answer


@dataclass
class Fault:
    name: str = ""
    on: str = ""
    times: int = 1
    retry_after: str = ""
    seconds: float = 3600


class Dropped(Exception):
    """This connection is to be reset."""


@dataclass
class Gmail:
    """The mailbox, its history, what goes wrong, and the log."""

    log: TextIO
    address: str
    units: int
    consent: Consent
    mails: dict[str, Mail] = field(default_factory=dict)
    history: list[tuple[int, str, dict[str, Any]]] = field(default_factory=list)
    history_id: int = 1000
    oldest_history: int = 0
    faults: list[Fault] = field(default_factory=list)
    chance: random.Random = field(default_factory=random.Random)
    chances: dict[str, Any] = field(default_factory=lambda: {"rate": 0.0, "names": []})
    page: tuple[int, int] = (500, 500)
    repeat: float = 0.0
    spent: deque[tuple[int, int]] = field(default_factory=deque)
    spent_units: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)

    def note(self, event: str, **entry: Any) -> None:
        line = {"event": event, **entry, "monotonic_ns": time.monotonic_ns()}
        self.log.write(json.dumps(line) + "\n")
        self.log.flush()

    def add(self, raw: bytes, labels: list[str], days_ago: float = 0, thread: str = "") -> Mail:
        self.history_id += self.chance.randint(1, 5)
        number = f"{0x18F000000000 + self.history_id * 4096 + len(self.mails):x}"
        at_ms = int(time.time() * 1000 - days_ago * DAY_MS)
        mail = Mail(number, thread or number, raw, labels, at_ms)
        self.mails[mail.id] = mail
        said = {"id": mail.id, "threadId": mail.thread, "labelIds": labels}
        self.history.append((self.history_id, "messagesAdded", {"message": said}))
        return mail

    def relabel(self, name: str, add: list[str] = (), remove: list[str] = ()) -> None:
        mail = self.mails[name]
        mail.labels = [one for one in mail.labels if one not in remove] + list(add)
        self.history_id += 1
        said = {
            "message": {"id": name, "threadId": mail.thread, "labelIds": mail.labels},
            "labelIds": list(remove),
        }
        self.history.append((self.history_id, "labelsRemoved", said))

    def order(self, orders: dict[str, Any]) -> dict[str, Any]:
        """Carry out what `POST /control` asks for."""
        answer: dict[str, Any] = {}
        for one in orders.get("add", ()):
            how = {name: one[name] for name in ("days_ago", "thread") if name in one}
            mail = self.add(base64.b64decode(one["raw"]), one.get("labels", ["INBOX", "UNREAD"]), **how)
            answer.setdefault("added", []).append(mail.id)
        if "relabel" in orders:
            self.relabel(**orders["relabel"])
        for name in orders.get("delete", ()):
            del self.mails[name]
        if "fault" in orders:
            self.faults.append(Fault(**orders["fault"]))
        if "chances" in orders:
            self.chances = orders["chances"]
            self.chance = random.Random(self.chances.get("seed"))
        if "page" in orders:
            page = orders["page"]
            self.page = tuple(page) if isinstance(page, list) else (page, page)
        self.repeat = orders.get("repeat", self.repeat)
        self.units = orders.get("units", self.units)
        self.address = orders.get("profile", self.address)
        if orders.get("forget_history"):
            self.oldest_history = self.history_id + 1
            self.history_id += 1
        self.consent.order(orders)
        return {**answer, "ids": list(self.mails)}

    def fault_of(self, method: str) -> Fault:
        """What goes wrong with this call, if anything."""
        for fault in self.faults:
            if fault.times and fault.on in ("", method):
                fault.times -= 1
                return fault
        if self.chance.random() < self.chances["rate"]:
            names = [name for name in self.chances["names"] if name != "404" or method == "history.list"]
            return (
                Fault(self.chance.choice(names), seconds=self.chances.get("seconds", 1)) if names else Fault()
            )
        return Fault()

    def spend(self, method: str) -> bool:
        """Count the call's units; False when they are beyond the quota of the last minute."""
        now, cost = time.monotonic_ns(), UNITS[method]
        while self.spent and self.spent[0][0] < now - MINUTE_NS:
            self.spent_units -= self.spent.popleft()[1]
        self.spent.append((now, cost))
        self.spent_units += cost
        return self.spent_units <= self.units

    def call(self, method: str, target: str, answer: Any) -> tuple[int, Any, dict[str, str]]:
        """Serve one call, or one part of a batch, and write it down."""
        with self.lock:
            fault = self.fault_of(method)
            within = self.spend(method)
            status, said, extra = 200, None, {}
            if fault.name in ("reset", "hang"):
                status = 0
            elif not within or fault.name.isdigit():
                status = int(fault.name) if fault.name.isdigit() else 429
                said, extra = _error(status), {"Retry-After": fault.retry_after} if fault.retry_after else {}
            else:
                try:
                    said = answer(fault)
                except LookupError:
                    status, said = 404, _error(404)
            entry = {"method": method, "target": target, "units": UNITS[method], "status": status}
            self.note("call", **entry, fault=fault.name, over=not within)
        if fault.name in ("hang", "serve_then_hang"):
            time.sleep(fault.seconds)
        if fault.name in ("reset", "hang", "serve_then_reset", "serve_then_hang"):
            raise Dropped
        return status, said, extra

    def page_size(self, wanted: int) -> int:
        return min(wanted, self.chance.randint(*self.page))


def _error(status: int) -> dict[str, Any]:
    reason = REASONS.get(status, "backendError")
    said = f"Ordered to say {status}."
    return {"error": {"code": status, "message": said, "errors": [{"reason": reason, "message": said}]}}


class Api:
    """The calls of the Gmail API, each as a method and an answer."""

    def __init__(self, gmail: Gmail) -> None:
        self.gmail = gmail

    def serve(
        self, verb: str, path: str, query: dict[str, str], body: bytes
    ) -> tuple[int, Any, dict[str, str]]:
        parts = path.removeprefix("/gmail/v1/users/me/").split("/")
        match verb, parts:
            case "GET", ["profile"]:
                return self.gmail.call("getProfile", "", lambda fault: self._profile())
            case "GET", ["history"]:
                return self.gmail.call("history.list", "", lambda fault: self._history(query))
            case "GET", ["messages"]:
                return self.gmail.call("messages.list", query.get("q", ""), lambda fault: self._list(query))
            case "POST", ["messages", "send"]:
                return self.gmail.call("messages.send", "", lambda fault: self._send(json.loads(body), fault))
            case "GET", ["messages", name]:
                return self.gmail.call(
                    "messages.get",
                    name,
                    lambda fault: self.gmail.mails[name].as_json(query.get("format", "full")),
                )
            case "GET", ["messages", name, "attachments", number]:
                return self.gmail.call(
                    "attachments.get", name, lambda fault: self._attachment(name, int(number))
                )
        return 404, _error(404), {}

    def _profile(self) -> dict[str, Any]:
        gmail = self.gmail
        return {
            "emailAddress": gmail.address,
            "historyId": str(gmail.history_id),
            "messagesTotal": len(gmail.mails),
            "threadsTotal": len(gmail.mails),
        }

    def _history(self, query: dict[str, str]) -> dict[str, Any]:
        gmail, start = self.gmail, int(query["startHistoryId"])
        if start < gmail.oldest_history:
            raise LookupError(start)
        offset = int(query.get("pageToken", "0"))
        records = [record for record in gmail.history if record[0] > start]
        size = gmail.page_size(int(query.get("maxResults", "100")))
        answer: dict[str, Any] = {"historyId": str(gmail.history_id)}
        told = []
        for number, kind, said in records[offset : offset + size]:
            record = {"id": str(number), "messages": [said["message"]], kind: [said]}
            told += [record] * (2 if gmail.chance.random() < gmail.repeat else 1)
        if told:
            answer["history"] = told
        if offset + size < len(records):
            answer["nextPageToken"] = str(offset + size)
        return answer

    def _list(self, query: dict[str, str]) -> dict[str, Any]:
        gmail, offset = self.gmail, int(query.get("pageToken", "0"))
        found = sorted(filter(_matcher(query), gmail.mails.values()), key=lambda mail: (-mail.at_ms, mail.id))
        size = gmail.page_size(int(query.get("maxResults", "100")))
        answer: dict[str, Any] = {"resultSizeEstimate": 201 if found else 0}
        if found:
            answer["messages"] = [
                {"id": mail.id, "threadId": mail.thread} for mail in found[offset : offset + size]
            ]
        if offset + size < len(found):
            answer["nextPageToken"] = str(offset + size)
        return answer

    def _send(self, body: dict[str, Any], fault: Fault) -> dict[str, Any]:
        raw = base64.urlsafe_b64decode(body["raw"] + "=" * (-len(body["raw"]) % 4))
        if fault.name == "rewrite":
            lines = raw.split(b"\r\n")
            lines = [
                b"Message-ID: <rewritten@mail.test>" if x.startswith(b"Message-ID:") else x for x in lines
            ]
            raw = b"\r\n".join(lines)
        mail = self.gmail.add(raw, ["SENT"], thread=body.get("threadId", ""))
        content = base64.b64encode(raw).decode()
        self.gmail.note("sent", id=mail.id, thread=mail.thread, content=content)
        return {"id": mail.id, "threadId": mail.thread, "labelIds": mail.labels}

    def _attachment(self, name: str, number: int) -> dict[str, Any]:
        parts = list(BytesParser().parsebytes(self.gmail.mails[name].raw).walk())
        content = parts[number].get_payload(decode=True)
        return {"size": len(content), "data": base64.urlsafe_b64encode(content).decode().rstrip("=")}


def _matcher(query: dict[str, str]) -> Any:
    """What a search finds: as much of Gmail's language as the program speaks."""
    terms = query.get("q", "").split()
    hidden = set() if query.get("includeSpamTrash") == "true" else {"SPAM", "TRASH"}

    def matches(mail: Mail) -> bool:
        if hidden & set(mail.labels):
            return False
        for term in terms:
            name, _, value = term.lstrip("-").partition(":")
            if name == "after":
                holds = mail.at_ms >= int(value) * 1000
            elif name == "before":
                holds = mail.at_ms < int(value) * 1000
            elif name == "in":
                holds = {"drafts": "DRAFT", "sent": "SENT", "chats": "CHAT"}[value] in mail.labels
            elif name == "to":
                holds = value in str(BytesHeaderParser().parsebytes(mail.raw)["To"])
            elif name == "rfc822msgid":
                header = BytesHeaderParser().parsebytes(mail.raw)["Message-ID"] or ""
                holds = header.strip().strip("<>") == value.strip("<>")
            else:
                raise ValueError(f"The fake does not know the term {term}.")
            if holds == term.startswith("-"):
                return False
        return True

    return matches


class Door(BaseHTTPRequestHandler):
    """HTTP for everything: consent, tokens, the API, batches, and control."""

    protocol_version = "HTTP/1.1"
    gmail: Gmail

    def do_GET(self) -> None:  # noqa: N802
        self._answer("GET")

    def do_POST(self) -> None:  # noqa: N802
        self._answer("POST")

    def log_message(self, *args: Any) -> None:
        """The log is ours."""

    def _answer(self, verb: str) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        parts = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        try:
            status, answer, extra = self._serve(verb, parts.path, query, body)
        except Dropped:
            # Linger of no time: the other side sees a reset and not an end.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            return
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json; charset=UTF-8", **extra}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _serve(
        self, verb: str, path: str, query: dict[str, str], body: bytes
    ) -> tuple[int, Any, dict[str, str]]:
        gmail = self.gmail
        match verb, path:
            case "POST", "/control":
                with gmail.lock:
                    return 200, gmail.order(json.loads(body)), {}
            case "GET", "/o/oauth2/v2/auth":
                where = f"{query['redirect_uri']}?{urlencode(gmail.consent.ask(query))}"
                return 302, b"", {"Location": where}
            case "POST", "/token":
                form = {name: values[-1] for name, values in parse_qs(body.decode()).items()}
                status, said = gmail.consent.give_token(form)
                gmail.note("token", grant=form.get("grant_type"), status=status)
                return status, said, {}
            case "POST", "/revoke":
                form = {name: values[-1] for name, values in parse_qs(body.decode()).items()}
                status = gmail.consent.revoke(form.get("token", ""))
                gmail.note("revoke", status=status)
                return status, {}, {}
            case "POST", "/batch/gmail/v1" | "/batch":
                return self._batch(body)
        if not gmail.consent.lets_in(self.headers.get("Authorization", "")):
            gmail.note("refused", path=path)
            return 401, _error(401), {}
        return Api(gmail).serve(verb, path, query, body)

    def _batch(self, body: bytes) -> tuple[int, Any, dict[str, str]]:
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        boundary = secrets.token_hex(12)
        answers = []
        for part in BytesParser().parsebytes(head + body).get_payload():
            answers.append(self._part(part["Content-ID"], part.get_payload(decode=True)))
        content = b"".join(b"--%s\r\n%s\r\n" % (boundary.encode(), one) for one in answers)
        kind = f"multipart/mixed; boundary={boundary}"
        return 200, content + b"--%s--\r\n" % boundary.encode(), {"Content-Type": kind}

    def _part(self, content_id: str, request: bytes) -> bytes:
        line, _, rest = request.partition(b"\n")
        verb, target, _ = line.decode().split(" ", 2)
        headers = BytesHeaderParser().parsebytes(rest)
        parts = urlsplit(target)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if self.gmail.consent.lets_in(headers["Authorization"] or ""):
            status, answer, extra = Api(self.gmail).serve(verb, parts.path, query, b"")
        else:
            status, answer, extra = 401, _error(401), {}
        lines = [
            "Content-Type: application/http",
            f"Content-ID: <response-{content_id.strip('<>')}>",
            "",
            f"HTTP/1.1 {status} Said",
            "Content-Type: application/json; charset=UTF-8",
            *(f"{name}: {value}" for name, value in extra.items()),
            "",
            json.dumps(answer),
        ]
        return "\r\n".join(lines).encode()


def plain_mail(number: int, address: str) -> bytes:
    """A mail like any other, for a mailbox that must hold something."""
    return (
        f"From: Person {number} <person{number % 50}@bluemesacu.test>\r\nTo: {address}\r\n"
        f"Subject: Question {number}\r\nMessage-ID: <seed-{number}@bluemesacu.test>\r\n"
        "Date: Mon, 23 Nov 2026 08:00:00 -0700\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\nIs file {number} done?\r\n"
    ).encode()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.gmail_server", description="A fake Gmail.")
    parser.add_argument("log", type=Path, help="where each call is written down")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--address", default="orders@meridianvs.test", help="whose mailbox it is")
    parser.add_argument("--messages", type=int, default=0, help="how many mails it holds from the start")
    parser.add_argument("--units", type=int, default=6000, help="the quota of a user in a minute")
    options = parser.parse_args()
    with options.log.open("a") as log:
        gmail = Gmail(log, options.address, options.units, Consent())
        for number in range(options.messages):
            gmail.add(plain_mail(number, options.address), ["INBOX"])
        server = ThreadingHTTPServer(("127.0.0.1", options.port), type("Bound", (Door,), {"gmail": gmail}))
        server.daemon_threads = True
        print(json.dumps({"root": f"http://127.0.0.1:{server.server_port}/"}), flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
