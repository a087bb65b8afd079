"""What a mail provider tells us by webhook: who may tell us anything, and its words in ours. Through django-anymail.

Nothing is read before its signature has been verified, and nothing is verified without a secret: Anymail itself takes
an unsigned event while none is set, and only warns. What an event changes is `engagement.mail.provider_events`'.
A further provider of Anymail's is an entry in `WEBHOOKS`, with the reader of what it calls things.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from anymail.exceptions import AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent
from anymail.webhooks.resend import ResendTrackingWebhookView
from django.conf import settings
from django.http import HttpRequest

from engagement.addresses import normalised_or_none
from engagement.mail.models import BounceSeverity, ProviderEventKind
from engagement.mail.providers.resend import TAG, ResendProvider
from engagement.mail.wording import in_words

# RFC 3463, in what a server answered.
_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
SHORTEST_KEY = 16
PERMANENT, SUPPRESSED = "Permanent", "email.suppressed"
KIND_OF_TYPE = {
    "email.sent": ProviderEventKind.ACCEPTED,
    "email.delivery_delayed": ProviderEventKind.DELAYED,
    "email.delivered": ProviderEventKind.DELIVERED,
    "email.failed": ProviderEventKind.FAILED,
    "email.bounced": ProviderEventKind.BOUNCED,
    SUPPRESSED: ProviderEventKind.BOUNCED,
    "email.complained": ProviderEventKind.COMPLAINED,
    "email.unsubscribed": ProviderEventKind.UNSUBSCRIBED,
}


class WebhookClosed(RuntimeError):
    """No secret is set by which an event could be told from a forgery; the message says which."""


class ForgedEvent(ValueError):
    """What was posted is not the provider's: not signed, signed otherwise, too old, or not in its form."""


@dataclass(frozen=True, kw_only=True)
class ToldEvent:
    """One thing that a provider tells us of one message, verified and read.

    `message_name` is what we called the message when we gave it to the provider, `provider_id` what it calls it.
    Both only say where to look: whether we sent such a message to `recipient` is for the database to say.
    """

    provider: str
    event_id: str
    kind: ProviderEventKind
    message_name: str
    provider_id: str
    recipient: str
    severity: BounceSeverity = BounceSeverity.SOFT
    status: str = ""
    detail: str = ""
    at: datetime | None = None


def read_webhook(provider: str, request: HttpRequest) -> ToldEvent | None:
    """The event that a provider posts; None for what changes nothing, such as a message that was opened.

    A link that was followed, or a picture that was fetched, is as often a scanner's or a proxy's doing as a person's
    (pitfall O1). Raises `KeyError` for a provider without webhooks, `WebhookClosed` and `ForgedEvent`.
    """
    return WEBHOOKS[provider](request)


def is_signing_secret(text: str) -> bool:
    """Whether the text can be the key of Resend's signatures: `whsec_` and base64 (docs.svix.com, "Verifying")."""
    key = text.removeprefix("whsec_")
    try:
        return len(base64.b64decode(key + "=" * (-len(key) % 4), validate=True)) >= SHORTEST_KEY
    except ValueError:
        return False


def _read_resend(request: HttpRequest) -> ToldEvent | None:
    secret = settings.RESEND_SIGNING_SECRET
    if not is_signing_secret(secret):
        raise WebhookClosed(
            "RESEND_SIGNING_SECRET is not set, or no signing secret, so nobody can prove to be Resend."
        )
    event = _verify(lambda: ResendTrackingWebhookView(signing_secret=secret), request)
    said = event.esp_event if isinstance(event.esp_event, dict) else {}
    data = said.get("data")
    kind = KIND_OF_TYPE.get(str(said.get("type")))
    if kind is None or not isinstance(data, dict):
        return None
    # Resend lists addresses that bounced for good or complained, and writes to none of them again.
    is_listed = said["type"] == SUPPRESSED
    bounce = _mapping(data.get("bounce") or data.get("suppressed") or data.get("failed"))
    diagnostic = _in_one_line(bounce.get("diagnosticCode"))
    found = _STATUS.search(diagnostic)
    status = found[0] if found else ""
    words = " ".join(filter(None, [_in_one_line(bounce.get("subType")), diagnostic or event.description]))
    return ToldEvent(
        provider=ResendProvider.name,
        event_id=event.event_id,
        kind=kind,
        message_name=_name_in(data),
        provider_id=str(event.message_id or ""),
        recipient=normalised_or_none(event.recipient or "") or "",
        severity=_severity_of(PERMANENT if is_listed else bounce.get("type"), status, diagnostic),
        status=status,
        detail=words or _in_one_line(bounce.get("reason")),
        at=event.timestamp,
    )


def _verify(make_view: Callable[[], Any], request: HttpRequest) -> AnymailTrackingEvent:
    """Anymail's reading of a request, once its signature holds. Nothing is told to its receivers."""
    try:
        view = make_view()
        view.run_validators(request)
        (event,) = view.parse_events(request)
    except AnymailWebhookValidationFailure as error:
        raise ForgedEvent(in_words(error.__cause__ or error)) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        # A signature or a body that is not even in the form that the library reads.
        raise ForgedEvent(f"It cannot be read ({type(error).__name__}).") from error
    return event


def _name_in(data: Mapping[str, Any]) -> str:
    """What we called the message: the tag, or else the Message-ID among its headers."""
    tags = data.get("tags")
    if isinstance(tags, list):
        tags = {str(_mapping(tag).get("name")): _mapping(tag).get("value") for tag in tags}
    named = _mapping(tags).get(TAG)
    if isinstance(named, str):
        return named
    headers = data.get("headers")
    for header in map(_mapping, headers if isinstance(headers, list) else ()):
        if str(header.get("name")).lower() == "message-id":
            return str(header.get("value")).strip().removeprefix("<").partition("@")[0]
    return ""


def _severity_of(type_: Any, status: str, diagnostic: str) -> BounceSeverity:
    """Resend's own word, corrected by what the recipient's server answered: a policy's refusal is no dead address."""
    # Only where an event is read: the vocabulary of reading takes half a second to compile.
    from engagement.mail.reading.bounces import is_hard

    if type_ != PERMANENT or (diagnostic and not is_hard(status, diagnostic)):
        return BounceSeverity.SOFT
    return BounceSeverity.HARD


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _in_one_line(value: Any) -> str:
    parts = value if isinstance(value, list) else [value]
    return in_words(" ".join(part for part in parts if isinstance(part, str))) if value else ""


WEBHOOKS: Mapping[str, Callable[[HttpRequest], ToldEvent | None]] = {ResendProvider.name: _read_resend}
