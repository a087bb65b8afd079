"""Fakes as a test has them: started, asked, ordered about and ended."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]
API_KEY = "re_test"


@dataclass(frozen=True)
class MailProvider:
    """A running `tests.fakes.mail_provider`: where it listens, and what it wrote down."""

    http: str
    smtp: str
    log: Path

    @property
    def entries(self) -> list[dict[str, Any]]:
        """Every line of its log."""
        return [json.loads(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []

    @property
    def taken(self) -> list[dict[str, Any]]:
        """The messages it took, with the bytes it was given."""
        found = [entry for entry in self.entries if entry["event"] == "taken"]
        return [{**entry, "content": base64.b64decode(entry["content"])} for entry in found]

    def order(self, fault: str = "", **how: Any) -> None:
        """Order a fault for the next messages (`times`, `seconds`, `retry_after`); none ends the one in force."""
        body = json.dumps({"fault": fault, **how}).encode()
        request = urllib.request.Request(f"{self.http}control", data=body, method="POST")
        urllib.request.urlopen(request, timeout=10).close()

    def environment(self, door: str) -> dict[str, str]:
        """What points the program at one of its doors, `http` or `smtp`."""
        if door == "http":
            return {"RESEND_API_KEY": API_KEY, "RESEND_API_URL": self.http}
        return {"RESEND_API_KEY": "", "EMAIL_URL": self.smtp}


@dataclass(frozen=True)
class WebhookReceiver:
    """A running `tests.fakes.webhook_receiver`: where it listens, and what it wrote down."""

    port: int
    scheme: str
    log: Path

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def posts(self) -> list[dict[str, Any]]:
        """Every request it was sent: path, headers, body."""
        return [json.loads(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []


@dataclass(frozen=True)
class GmailServer:
    """A running `tests.fakes.gmail_server`: where it listens, and what it wrote down."""

    root: str
    log: Path

    @property
    def entries(self) -> list[dict[str, Any]]:
        """Every line of its log."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def calls(self, method: str = "") -> list[dict[str, Any]]:
        """The calls of the API, all or of one method, the parts of batches among them."""
        called = [entry for entry in self.entries if entry["event"] == "call"]
        return [entry for entry in called if method in ("", entry["method"])]

    @property
    def sent(self) -> list[bytes]:
        """The bytes of each message that it was given to send."""
        return [base64.b64decode(entry["content"]) for entry in self.entries if entry["event"] == "sent"]

    def order(self, **orders: Any) -> dict[str, Any]:
        """Give it orders; see its own description."""
        request = urllib.request.Request(
            f"{self.root}control", data=json.dumps(orders).encode(), method="POST"
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            said: dict[str, Any] = json.load(answer)
        return said

    def add(self, *mails: bytes, **how: Any) -> list[str]:
        """Put mails into the mailbox; returns their ids. `labels` and `days_ago` hold for all of them."""
        entries = [{"raw": base64.b64encode(raw).decode(), **how} for raw in mails]
        ids: list[str] = self.order(add=entries)["added"]
        return ids

    def busiest_minute(self) -> int:
        """The most units that any sixty seconds saw."""
        spent = [(entry["monotonic_ns"], entry["units"]) for entry in self.calls()]
        most, total, first = 0, 0, 0
        for at, units in spent:
            total += units
            while spent[first][0] < at - 60 * 10**9:
                total -= spent[first][1]
                first += 1
            most = max(most, total)
        return most


@contextmanager
def gmail_server(log: Path, *arguments: str) -> Iterator[GmailServer]:
    """A Gmail for the length of the block; `arguments` are those of its command line."""
    with _running("tests.fakes.gmail_server", str(log), *arguments) as where:
        yield GmailServer(**where, log=log)


@dataclass(frozen=True)
class FakeLanguageModel:
    """A running `tests.fakes.language_model`: where it listens, and what it was shown."""

    http: str
    log: Path

    @property
    def url(self) -> str:
        return f"{self.http}/v1/chat/completions"

    @property
    def questions(self) -> list[dict[str, Any]]:
        """Every question it was asked: path, headers, body."""
        return [json.loads(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []

    def order(self, **how: Any) -> None:
        """Say how it answers from now on (`content`, `status`, `raw`, `hang`)."""
        request = urllib.request.Request(f"{self.http}/control", data=json.dumps(how).encode(), method="POST")
        urllib.request.urlopen(request, timeout=10).close()


@contextmanager
def language_model(log: Path) -> Iterator[FakeLanguageModel]:
    """A language model for the length of the block."""
    with _running("tests.fakes.language_model", str(log)) as where:
        yield FakeLanguageModel(**where, log=log)


@dataclass(frozen=True)
class EmbeddingEndpoint:
    """A running `tests.fakes.embedding_endpoint`: where it listens, and what it was asked."""

    http: str
    log: Path

    @property
    def url(self) -> str:
        return f"{self.http}/v1/embeddings"

    @property
    def requests(self) -> list[dict[str, Any]]:
        """Every request: headers, body."""
        return [json.loads(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []

    def order(self, **how: Any) -> None:
        """Say how it answers from now on (`status`, `raw`, `dimensions`, `seconds`)."""
        request = urllib.request.Request(f"{self.http}/control", data=json.dumps(how).encode(), method="POST")
        urllib.request.urlopen(request, timeout=10).close()


@contextmanager
def embedding_endpoint(log: Path) -> Iterator[EmbeddingEndpoint]:
    """An embeddings endpoint for the length of the block."""
    with _running("tests.fakes.embedding_endpoint", str(log)) as where:
        yield EmbeddingEndpoint(**where, log=log)


@contextmanager
def webhook_receiver(log: Path, *arguments: str) -> Iterator[WebhookReceiver]:
    """A receiver of webhooks for the length of the block; `arguments` are those of its command line."""
    with _running("tests.fakes.webhook_receiver", str(log), *arguments) as where:
        yield WebhookReceiver(**where, log=log)


@contextmanager
def mail_provider(log: Path, *arguments: str) -> Iterator[MailProvider]:
    """A provider for the length of the block; `arguments` are those of its command line."""
    with _running("tests.fakes.mail_provider", str(log), "--api-key", API_KEY, *arguments) as where:
        yield MailProvider(**where, log=log)


@dataclass(frozen=True)
class NameServer:
    """A running `tests.fakes.dns_server`: where it listens, and the zones that it answers from."""

    port: int
    zones: Path

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def publish(self, zones: Mapping[str, Any]) -> None:
        """Answer from these zones from now on: a name with its type, such as `a.test TXT`, to texts."""
        fresh = self.zones.with_suffix(".new")
        fresh.write_text(json.dumps(zones))
        fresh.replace(self.zones)


@contextmanager
def name_server(zones: Path) -> Iterator[NameServer]:
    """A name server for the length of the block, which knows nothing at first."""
    zones.write_text("{}")
    with _running("tests.fakes.dns_server", str(zones)) as where:
        yield NameServer(**where, zones=zones)


@dataclass(frozen=True)
class ObjectStorage:
    """A running `tests.fakes.object_storage`: where it listens, and the folder that it keeps objects in."""

    endpoint: str
    folder: Path

    def order(self, *, is_broken: bool) -> None:
        """Have it answer every request with an error, or no longer."""
        broken = self.folder / "broken"
        broken.touch() if is_broken else broken.unlink(missing_ok=True)


@contextmanager
def object_storage(folder: Path) -> Iterator[ObjectStorage]:
    """A storage that speaks S3 for the length of the block, empty at first."""
    folder.mkdir()
    with _running("tests.fakes.object_storage", str(folder)) as where:
        yield ObjectStorage(**where, folder=folder)


@contextmanager
def _running(module: str, *arguments: str) -> Iterator[dict[str, Any]]:
    """A fake as a process of its own for the length of the block; yields where it says it listens."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
    )
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()
