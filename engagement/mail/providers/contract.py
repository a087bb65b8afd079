"""What every mail provider must do, and the message as a provider's library is given it.

A provider that keeps idempotency keys can be asked again with the same key: it takes the message once. One without
keys cannot, and what it did with a message whose answer was lost stays unknown (RFC 1047).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import datetime
from typing import Any, ClassVar

from django.core import mail

from agent.models import Intent
from agent.registry import Effect, Outcome
from engagement.mail.frozen import FrozenMail, read_frozen

# What a provider's library writes itself, from the message's own fields.
_WRITTEN_BY_THE_LIBRARY = frozenset(
    {"from", "to", "subject", "mime-version", "content-type", "content-transfer-encoding"}
)


class Provider(ABC):
    """One way out for mail. `name` is what limits, results and operators call it."""

    name: ClassVar[str]
    keeps_keys: ClassVar[bool]
    # What the provider has its customers publish in the DNS: the name below their domain that the envelope sender is
    # at (empty: the domain itself), what their SPF record includes, and under which selector its key stands.
    return_path: ClassVar[str] = ""
    spf_include: ClassVar[str] = ""
    dkim_selector: ClassVar[str] = ""
    # Whose mailboxes the provider gives to anybody, and whose records are its own business.
    own_domains: ClassVar[frozenset[str]] = frozenset()

    @property
    def account(self) -> str:
        """Who would remember a key: kept with each intent, for a key is worth nothing at another account."""
        return self.name

    @abstractmethod
    def deliver(self, *, content: bytes, recipient: str, idempotency_key: str) -> Outcome:
        """Hand over the frozen bytes once, to one recipient. Never raises for a refusal, and never tries twice.

        FAILED and RETRY are certain: the message was not taken. UNKNOWN: it may have been.
        """

    def reconcile(self, intent: Intent, *, now: datetime) -> Outcome:
        """Settle a delivery whose answer was lost: DONE, FAILED, or UNKNOWN when nobody can tell (now)."""
        return Outcome(
            effect=Effect.UNKNOWN,
            reason="The answer was lost while the message was being handed over. Look for "
            f"{intent.details['message_id']} at the mail provider, then settle the card by hand.",
        )


def read_recipients(content: bytes) -> list[str]:
    """To whom frozen bytes are addressed."""
    return [person.address for person in read_frozen(content).recipients]


class FrozenMessage(mail.EmailMessage):
    """A message of Django's whose bytes are the frozen ones, whatever backend asks for them."""

    def __init__(self, content: bytes) -> None:
        self._frozen = read_frozen(content)
        self.content = content
        super().__init__(
            subject=self._frozen.get("Subject"),
            body=self._frozen.text,
            from_email=self._frozen.get("From"),
            to=[person.shown for person in self._frozen.recipients],
            headers={
                name: value
                for name, value in self._frozen.headers
                if name.lower() not in _WRITTEN_BY_THE_LIBRARY
            },
        )

    @property
    def name(self) -> str:
        """What its Message-ID calls it: the part before the @, which names the card (`message_id_of_card`)."""
        return self._frozen.get("Message-ID").strip().removeprefix("<").partition("@")[0]

    def message(self, *args: Any, **kwargs: Any) -> Any:
        return _Bytes(self.content, self._frozen)


class _Bytes:
    """What a backend needs of a composed message: its bytes, and its headers by name."""

    def __init__(self, content: bytes, frozen: FrozenMail) -> None:
        self._content = content
        self._frozen = frozen

    def as_bytes(self, *args: Any, linesep: str = "\n", **kwargs: Any) -> bytes:
        return self._content.replace(b"\r\n", linesep.encode("ascii"))

    def get_charset(self) -> None:
        return None

    def __getitem__(self, name: str) -> str | None:
        return self._frozen.get(name) or None
